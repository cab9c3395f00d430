"""Shocks and policy events: what comes over a market in a month, for how long, and how large it is.

An event is data of a scenario, the same in every arm. Its month is given, or drawn by the world's luck between two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.arrays import Floats

FOR_GOOD = 600
"""Months of an event that lasts to the end: the longest run."""
EVERYTHING = -1
ATTRIBUTES = ("wait", "quality", "price")
WEIGHED = {"wait": "waits", "quality": "faulty orders", "price": "prices"}


@dataclass(frozen=True)
class EventKind:
    """A kind of event: the unit and range of its size, what it is about, whether it passes, and how it is told."""

    unit: str
    low: float
    high: float
    text: str
    more: str
    less: str
    about: str = ""
    passes: bool = True


EVENTS = {
    "demand": EventKind("share", -0.9, 2.0, "what customers order, less (−) or more",
                        "customers order {size:.0%} more everywhere", "customers order {size:.0%} less everywhere"),
    "taste": EventKind("share", -0.9, 4.0, "weight of an attribute, less (−) or more",
                       "{what} count for {size:.0%} more with customers",
                       "{what} count for {size:.0%} less with customers", about="attribute"),
    "supply": EventKind("share", -0.5, 3.0, "prices of materials, less (−) or more",
                        "materials cost {size:.0%} more everywhere", "materials cost {size:.0%} less everywhere"),
    "wage": EventKind("share", -0.3, 1.0, "wages, less (−) or more",
                      "wages rise by {size:.0%} everywhere", "wages fall by {size:.0%} everywhere"),
    "interest": EventKind("share a year", -0.2, 0.5, "interest on loans and overdrafts, less (−) or more",
                          "loans and overdrafts cost {points:g} points a year more",
                          "loans and overdrafts cost {points:g} points a year less"),
    "rule": EventKind("USD/month", 0.0, 10000.0, "what a rule adds to every tool in place",
                      "a rule makes {what} {size:,.0f} USD a month dearer to run", "", about="tool"),
    "rival_entry": EventKind("ratio", 0.1, 5.0, "size of a rival that opens, over the mean small firm",
                             "a rival opens, known from the start and {size:g} times as large as the mean small firm",
                             "", passes=False),
    "subsidy": EventKind("share", 0.0, 1.0, "part of the price that a subsidy pays",
                         "a subsidy pays {size:.0%} of the price of {what}", "", about="tool"),
    "training_programme": EventKind("index 0-1", 0.0, 1.0, "how far people are trained on tools at others' cost",
                                    "a programme trains people on their tools at level {size:g}", ""),
    "breach": EventKind("events/year", 0.0, 100.0, "more thefts of data, for tools whose exposures add up to 1",
                        "thieves of data come {size:g} times a year more often to firms whose tools lay them open", ""),
}
KINDS = tuple(EVENTS)


def none() -> Any:
    """Declare a column of events, empty by default."""
    return field(default_factory=lambda: np.zeros(0))


@dataclass(frozen=True, eq=False)
class Events:
    """The events of a scenario, shapes (events,), or (worlds, events) in a run.

    `kind` is a position in KINDS; an event begins in a month from `earliest` to `latest` and lasts `months`; `about` is
    the row of a tool family or the position of an attribute, EVERYTHING where it is about all of them.
    """

    kind: Floats = none()
    earliest: Floats = none()
    latest: Floats = none()
    months: Floats = none()
    size: Floats = none()
    about: Floats = none()


def told(kind: str, size: float, about: int, titles: Sequence[str]) -> str:
    """What comes over the market, in words; `titles` are those of the tool families."""
    one = EVENTS[kind]
    return (one.more if size >= 0.0 else one.less).format(
        size=abs(size), points=abs(100.0 * size), what=_what(one, about, titles))


def _what(kind: EventKind, about: int, titles: Sequence[str]) -> str:
    """Words for what an event is about."""
    if kind.about == "attribute":
        return WEIGHED[ATTRIBUTES[about]]
    return "every tool" if about == EVERYTHING else titles[about]


def lasts(kind: str, months: float) -> str:
    """Words for how long an event holds."""
    if not EVENTS[kind].passes:
        return ""
    count = int(months)
    return ", for good" if count >= FOR_GOOD else f", for {count} month{'s' * (count > 1)}"
