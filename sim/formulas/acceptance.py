"""Why people use a tool, and what use then becomes."""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Floats


def wanted_use(motivation: Floats, threshold: Floats) -> Floats:
    """Use that people with this motivation (log odds) want: logistic, and none at all below the threshold."""
    share: Floats = 1.0 / (1.0 + numerics.exp(-motivation))
    return np.where(share >= threshold, share, 0.0)


def towards(now: Floats, goal: Floats, pace: Floats) -> Floats:
    """The value a month later, having closed a part of the gap to its goal; all of one shape."""
    return now + pace * (goal - now)
