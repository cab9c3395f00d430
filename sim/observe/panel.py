"""The firm panel: what was true of every firm at the end of every month, for questions that a mean cannot answer.

A firm slot may pass from a firm that closed to an entrant, so the order of birth is always kept beside what was asked
for. Where no firm is in business there is no value: NaN, in every column.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields

import numpy as np

from sim import numerics
from sim.arrays import Floats
from sim.observe.metrics import Metric
from sim.state import Firms
from sim.world import World

BIRTH = "birth"
CENTS, USD = "cents", "USD"
_NOT_OFFERED = ("world", "luck", "open")  # the place of a firm, a key beyond what a float holds, and always true


def _offered() -> dict[str, tuple[str, Metric]]:
    """Name -> the column of the firms table it comes from, and what it means; cents are given in dollars."""
    found = {}
    for column in fields(Firms):
        said = column.metadata
        if not said["width"] and column.name not in _NOT_OFFERED:
            name = column.name.replace(f"_{CENTS}", f"_{USD.lower()}")
            label = f"{said['meaning'][0].upper()}{said['meaning'][1:]}"
            unit = said["unit"].replace(CENTS, USD)
            found[name] = column.name, Metric(name, unit, label, "of every firm in business at the end of the month")
    return found


_COLUMNS = _offered()
PANEL = {name: metric for name, (_, metric) in _COLUMNS.items()}


class Panel:
    """Writes down every firm slot of a batch month by month; without columns it does nothing."""

    def __init__(self, columns: Collection[str]) -> None:
        self.columns = sorted({*columns, BIRTH}) if columns else []
        self._months: list[Floats] = []

    def write(self, world: World) -> None:
        """Add this month."""
        if self.columns:
            shape = (len(self.columns), -1, world.firm_slots)
            self._months.append(np.stack([_now(world, name) for name in self.columns]).reshape(shape))

    def of(self, number: int) -> dict[str, Floats]:
        """What was written of one world of the batch: column -> (months, firm slots)."""
        return {
            name: np.stack([month[position, number] for month in self._months])
            for position, name in enumerate(self.columns)
        }


def _now(world: World, name: str) -> Floats:
    """A column for every slot of every world, (rows,)."""
    column, _ = _COLUMNS[name]
    values = getattr(world.firms, column)
    amounts = numerics.usd(values) if column != name else values.astype(np.float64)
    return np.where(world.firms.open, amounts, np.nan)
