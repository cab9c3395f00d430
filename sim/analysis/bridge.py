"""From forecast to outcome: where the expected gain went, as an accounting identity.

The books of the projects lead from the forecast to what the projects' own work brought; whole runs then show what no
books can: what became of wages and customers beyond that, against the same firm with the same luck that chose the
reference. The parts add up to the outcome with nothing left over, in every world and hence in the mean. Months in
which the firm had closed under one choice only are a part of their own: a lost firm loses sales and saves wages, and
neither says anything about the tool. What the owner's worth holds beyond these flows (money that waits in the till
before it is taken out counts less, loans still owed, debts written off when a firm closes) is shown apart as `beyond`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter

import numpy as np

from sim.analysis.comparison import Comparison
from sim.analysis.flows import LOOKING, PEOPLE, REST, SALES, TOOLS, TROUBLE, discounted_gap
from sim.analysis.parts import Part, part
from sim.analysis.projects import booked
from sim.arrays import Floats
from sim.observe.observation import Project

BOOKED = {
    "cost": ("Cost against the quote", ("cost",)),
    "picture": ("Hope, claims and a wrong picture", ("optimism", "picture")),
    "stop": ("Stopped before they worked", ("stop",)),
    "delay": ("Late, or tried in a part first", ("delay",)),
    "usage": ("Not used", ("usage",)),
    "skill": ("Not yet mastered", ("skill",)),
    "volume": ("Orders and hours there to relieve", ("volume",)),
    "price": ("Prices and wages since then", ("price",)),
    "edges": ("Typing again, errors between systems", ("edges",)),
    "dip": ("Trouble of settling in", ("dip",)),
    "staff": ("Quits, layoffs, retraining", ("people",)),
    "later": ("Months after, and months that never came", ("later", "unseen", "closed")),
}
"""Steps that the projects' books show: label, and the parts of a project's bridge in it."""


@dataclass(frozen=True)
class Bridge:
    """forecast + sum(steps) = outcome, and outcome + beyond = gain (of the owner's worth), in every world."""

    forecast: Part
    steps: tuple[Part, ...]
    outcome: Part
    beyond: Part
    gain: Part

    @property
    def crossed(self) -> tuple[Part, ...]:
        """Every step from the forecast to the gain, that which the payments do not hold included."""
        return (*self.steps, self.beyond)


def bridge(comparison: Comparison, arm: str) -> Bridge:
    """The bridge of one choice against the reference; steps that are zero in every world are left out."""
    open_in_both = comparison.open_in_both(arm)
    tools, looking, trouble = (discounted_gap(comparison, arm, lines) for lines in (TOOLS, LOOKING, TROUBLE))
    volume, people, rest = (discounted_gap(comparison, arm, lines, open_in_both) for lines in (SALES, PEOPLE, REST))
    closed = discounted_gap(comparison, arm, (*SALES, *PEOPLE, *REST), ~open_in_both)
    cost, labour, gain, forecast = (
        _booked_gap(comparison, arm, attrgetter(f"{value}_usd")) for value in ("cost", "labour", "outcome", "forecast")
    )
    steps = (
        *_booked_steps(comparison, arm, tools + cost),
        part("looking", "Looking before buying", looking),
        part("people", "Wages and hiring beyond that", people - labour),
        part("customers", "Customers won or lost", volume - (gain + cost - labour)),
        part("trouble", "Safety, stolen data and fines", trouble),
        part("rest", "Overhead and interest", rest),
        part("closed", "Closing sooner or later", closed),
    )
    outcome = tools + looking + trouble + volume + people + rest + closed
    gained = comparison.gap(arm, "owner_value_usd")
    return Bridge(
        part("forecast", "Expected gain", forecast), tuple(step for step in steps if np.any(step.per_world != 0.0)),
        part("outcome", "What was paid and taken in", outcome),
        part("beyond", "Waiting in the till, loans, write-offs", gained - outcome),
        part("gain", "What came of it", gained),
    )


def _booked_steps(comparison: Comparison, arm: str, rounding: Floats) -> Iterator[Part]:
    """The steps that the books show; what the till paid for tools beyond them, but for rounding nothing, is cost."""
    for name, (label, parts) in BOOKED.items():
        shown = _booked_gap(comparison, arm, _sum_of(parts))
        yield part(name, label, shown + rounding if name == "cost" else shown)


def _booked_gap(comparison: Comparison, arm: str, value: Callable[[Project], float]) -> Floats:
    """A sum over the projects' books, choice less reference, (worlds,)."""
    return booked(comparison, arm, value) - booked(comparison, comparison.reference.name, value)


def _sum_of(parts: tuple[str, ...]) -> Callable[[Project], float]:
    """What some parts of a project's bridge come to."""
    return lambda project: math.fsum(project.parts_usd[part] for part in parts)
