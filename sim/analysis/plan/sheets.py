"""Tables that every way out shares: the page writes them for people, files and the workbook carry the raw numbers.

Numbers in text, table, figure, file and workbook agree because they are one number: a sheet holds it, everything else
reads it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from sim.analysis.amounts import change, level, per_hundred, percent, unit_words
from sim.analysis.twins import Table

LOW, HIGH = ", low", ", high"
NEVER = "never"
Cell = str | float


@dataclass(frozen=True)
class Column:
    """What stands in a column: its head, the unit of its numbers ("" for words, "futures" for a share of futures) and
    whether they are differences."""

    head: str
    unit: str = ""
    signed: bool = False

    @property
    def head_with_unit(self) -> str:
        """The head as files carry it: with the unit of the raw numbers."""
        unit = {"futures": "share of futures"}.get(self.unit, self.unit)
        return f"{self.head} ({unit})" if unit else self.head

    @property
    def head_for_people(self) -> str:
        """The head as the page shows it: with a unit only where the number does not carry it."""
        if self.unit == "futures":
            return f"{self.head}, of 100"
        carried = self.unit in ("", "USD", "month", "mixed") or self.unit.startswith("share")
        return self.head if carried else f"{self.head}, {unit_words(self.unit)}"

    def written(self, value: Cell) -> str:
        """A cell for people."""
        if isinstance(value, str):
            return value
        if math.isinf(value):
            return NEVER
        if self.unit == "futures":
            return per_hundred(value)
        if self.unit == "share":
            return change(value, "share") if self.signed else percent(value)
        return change(value, self.unit) if self.signed else level(value, self.unit)


@dataclass(frozen=True)
class Sheet:
    """A table of raw numbers and words: `name` is that of its file and its tab, the first column names the row.

    Columns whose heads end in ", low" and ", high" hold the likely range of the column before them.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def frame(self) -> pd.DataFrame:
        """Raw numbers under heads with units; "never" where a month never comes, missing where there is no value."""
        heads = [column.head_with_unit for column in self.columns]
        return pd.DataFrame([[plain(cell) for cell in row] for row in self.rows], columns=heads)

    def written(self) -> Table:
        """The table as people read it, likely ranges on a second line."""
        kept = [place for place, column in enumerate(self.columns) if not column.head.endswith((LOW, HIGH))]
        heads = tuple(self.columns[place].head_for_people for place in kept)
        return Table(heads, tuple(tuple(self._cell(row, place) for place in kept) for row in self.rows))

    def _cell(self, row: tuple[Cell, ...], place: int) -> str:
        """One cell, with its range where one follows."""
        column, text = self.columns[place], self.columns[place].written(row[place])
        if place + 1 == len(row) or not self.columns[place + 1].head.endswith(LOW):
            return text
        low, high = (column.written(value) for value in row[place + 1 : place + 3])
        if column.unit == "futures":
            return f"{text}\n{low}\N{EN DASH}{high}"
        return f"{text}\n{low.removesuffix(' points')} to {high}"


def ranged(head: str, unit: str, *, signed: bool = False) -> tuple[Column, Column, Column]:
    """A column followed by its likely range."""
    return Column(head, unit, signed), Column(head + LOW, unit, signed), Column(head + HIGH, unit, signed)


def plain(cell: Cell) -> str | float | None:
    """A cell for machines."""
    if isinstance(cell, str):
        return cell
    return NEVER if math.isinf(cell) else None if math.isnan(cell) else float(cell)
