"""Tables that every way out shares: the page writes them for people, files and the workbook carry the raw numbers.

Numbers in text, table, figure, file and workbook agree because they are one number: a sheet holds it, everything else
reads it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from sim.analysis.amounts import NONE, change, hundred_range, level, per_hundred, unit_words
from sim.analysis.twins import Table

LOW, HIGH, UNIT = ", low", ", high", "Unit"
NEVER = "never"
Cell = str | float


@dataclass(frozen=True)
class Column:
    """What stands in a column: its head, the unit of its numbers ("" for words and plain counts, "futures" for a share
    of futures, "row" where a column "Unit" names it row by row) and whether they are differences."""

    head: str
    unit: str = ""
    signed: bool = False

    @property
    def head_with_unit(self) -> str:
        """The head as files carry it: with the unit of the raw numbers."""
        unit = {"futures": "share of futures", "row": ""}.get(self.unit, self.unit)
        return f"{self.head} ({unit})" if unit else self.head

    @property
    def head_for_people(self) -> str:
        """The head as the page shows it: with a unit only where the number does not carry it."""
        if self.unit == "futures":
            return f"{self.head}, of 100"
        carried = self.unit in ("", "USD", "row") or self.unit.startswith("share")
        return self.head if carried else f"{self.head}, {unit_words(self.unit)}"

    def written(self, value: Cell, row_unit: str) -> str:
        """A cell for people."""
        unit = row_unit if self.unit == "row" else self.unit
        if isinstance(value, str):
            return value
        if math.isinf(value):
            return NEVER
        if unit == "futures":
            return per_hundred(value)
        return change(value, unit) if self.signed else level(value, unit)


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
        """The table as people read it: likely ranges on a second line, a row's unit beside its name."""
        kept = [place for place, column in enumerate(self.columns) if not column.head.endswith((LOW, HIGH, UNIT))]
        heads = tuple(self.columns[place].head_for_people for place in kept)
        return Table(heads, tuple(tuple(self._cell(row, place) for place in kept) for row in self.rows))

    def unit(self, row: tuple[Cell, ...], place: int) -> str:
        """The unit of one cell."""
        return self._row_unit(row) if self.columns[place].unit == "row" else self.columns[place].unit

    def _row_unit(self, row: tuple[Cell, ...]) -> str:
        """What the column "Unit" says, if there is one."""
        return next((str(cell) for cell, column in zip(row, self.columns, strict=True) if column.head == UNIT), "")

    def _cell(self, row: tuple[Cell, ...], place: int) -> str:
        """One cell, with its range where one follows."""
        column, unit = self.columns[place], self._row_unit(row)
        text = column.written(row[place], unit)
        if place == 0 and not (unit in ("", "USD", "ratio", "people") or unit.startswith("share")):
            return f"{text}, {'of 100' if unit == 'futures' else unit_words(unit)}"
        if place + 1 == len(row) or not self.columns[place + 1].head.endswith(LOW) or text == NONE:
            return text
        low, high = row[place + 1], row[place + 2]
        if isinstance(low, str) or isinstance(high, str) or math.isnan(low):
            return text
        if "futures" in (column.unit, unit):
            return f"{text}\n{hundred_range(low, high)}"
        return f"{text}\n{column.written(low, unit).removesuffix(' points')} to {column.written(high, unit)}"


def ranged(head: str, unit: str, *, signed: bool = False) -> tuple[Column, Column, Column]:
    """A column followed by its likely range."""
    return Column(head, unit, signed), Column(head + LOW, unit, signed), Column(head + HIGH, unit, signed)


def plain(cell: Cell) -> str | float | None:
    """A cell for machines."""
    if isinstance(cell, str):
        return cell
    return NEVER if math.isinf(cell) else None if math.isnan(cell) else float(cell)
