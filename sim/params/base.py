"""How a number is written down: value, unit, range, kind and source, and nothing without them.

A group of parameters is a frozen dataclass whose fields are made by `par`. In a scenario a parameter is one number; in
a run it is one number per world, shape (worlds,), so that every world of a batch may have its own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal, TypeVar

import numpy as np

Kind = Literal["measured", "calibrated", "assumed"]
Group = TypeVar("Group")


@dataclass(frozen=True)
class Meaning:
    """What stands beside a parameter's value; `low` and `high` bound what a scenario may say."""

    default: float
    unit: str
    low: float
    high: float
    kind: Kind
    source: str
    text: str

    def allows(self, value: float) -> bool:
        """Whether a scenario may set this value."""
        return self.low <= value <= self.high


def par(  # each argument is a duty of a number
    default: float, text: str, *, unit: str, low: float, high: float, kind: Kind, source: str
) -> Any:
    """Declare a parameter; ValueError if its source or unit is empty or its default is out of range."""
    if not source.strip() or not unit.strip() or not text.strip():
        raise ValueError(f"parameter {text!r} needs a text, a unit and a source")
    if kind not in ("measured", "calibrated", "assumed"):
        raise ValueError(f"parameter {text!r} is {kind!r}, not measured, calibrated or assumed")
    meaning = Meaning(default, unit, low, high, kind, source, text)
    if not meaning.allows(default) or math.isnan(default):
        raise ValueError(f"parameter {text!r}: default {default} is outside {low}…{high} {unit}")
    return field(default=default, metadata={"meaning": meaning})


def meanings(group: Any) -> dict[str, Meaning]:
    """The meaning of every parameter of a group, by name, in the order declared."""
    return {f.name: f.metadata["meaning"] for f in fields(group) if "meaning" in f.metadata}


def changed(group: Group, changes: dict[str, float]) -> Group:
    """A copy of the group with some values changed."""
    return replace(group, **changes)  # type: ignore[type-var]


def stacked(groups: Sequence[Group]) -> Group:
    """Stack the groups of several worlds into one whose values have shape (worlds,)."""
    first: Any = groups[0]
    each = {id(group): group for group in groups}  # worlds of one scenario share their groups
    position = {number: row for row, number in enumerate(each)}
    rows = [position[id(group)] for group in groups]
    names = [f.name for f in fields(first)]
    columns = {name: np.array([getattr(g, name) for g in each.values()], dtype=np.float64)[rows] for name in names}
    return replace(first, **columns)
