"""Why people use a tool, and what use then becomes."""

from __future__ import annotations

from sim.compiled import compiled
from sim.numerics import exp_


@compiled
def wanted_use_(motivation: float, threshold: float) -> float:
    """Use that people with this motivation (log odds) want: logistic, and none at all below the threshold."""
    share = 1.0 / (1.0 + exp_(-motivation))
    return share if share >= threshold else 0.0


@compiled
def towards_(now: float, goal: float, pace: float) -> float:
    """The value a month later, having closed a part of the gap to its goal."""
    return now + pace * (goal - now)


towards = towards_.py_func  # plain arithmetic: the same code serves arrays
