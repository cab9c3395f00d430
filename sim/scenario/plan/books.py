"""A firm's own months as a CSV file: what they fix, and where they contradict what the owner says."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from sim.errors import Problem, nearest_name
from sim.scenario.firm_sense import WEEKS_MONTH
from sim.scenario.sentences import shown
from sim.scenario.toml_file import LIMIT_BYTES, refuse

COLUMNS = ("month", "orders", "revenue_usd", "cash_usd")
YEAR = 12
FEWEST, MOST = 3, 240
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Books:
    """Months in order, and what happened in each."""

    name: str
    months: tuple[str, ...]
    orders: tuple[float, ...]
    revenue_usd: tuple[float, ...]
    cash_usd: tuple[float, ...]

    @property
    def fixes(self) -> dict[str, float]:
        """What the last twelve months (or all, if fewer) say about the firm, by the keys of [firm]."""
        orders, revenue = math.fsum(self.orders[-YEAR:]), math.fsum(self.revenue_usd[-YEAR:])
        count = len(self.orders[-YEAR:])
        return {
            "orders_week": round(orders / count / WEEKS_MONTH, 2), "mean_order_usd": round(revenue / orders, 2),
            "cash_usd": max(self.cash_usd[-1], 0.0),
        }

    @property
    def growth_percent_year(self) -> float | None:
        """Orders of the last twelve months over the twelve before; None where there are no two years."""
        if len(self.orders) < 2 * YEAR:
            return None
        before = math.fsum(self.orders[-2 * YEAR : -YEAR])
        return 100.0 * (math.fsum(self.orders[-YEAR:]) / before - 1.0) if before else None

    def sentences(self) -> list[str]:
        """What the months say, in words."""
        fixed = self.fixes
        lines = [
            f"Your months {self.months[0]} to {self.months[-1]} ({self.name}) say: {fixed['orders_week']:,.0f} orders "
            f"a week at {fixed['mean_order_usd']:,.2f} USD, and {fixed['cash_usd']:,.0f} USD in cash now."
        ]
        if self.growth_percent_year is not None:
            lines.append(f"Orders of the last year against the year before: {self.growth_percent_year:+.1f}%.")
        if len(self.orders) >= YEAR:
            year = self.orders[-YEAR:]
            mean, best, worst = math.fsum(year) / YEAR, max(year), min(year)
            lines.append(
                f"Season: {self.months[-YEAR:][year.index(best)]} was {100 * (best / mean - 1):+.0f}% and "
                f"{self.months[-YEAR:][year.index(worst)]} {100 * (worst / mean - 1):+.0f}% against the mean month; "
                "the trade's own season is used in the futures."
            )
        return lines


def read_books(path: Path) -> Books:
    """Read the months; InputError with every hole, negative number and missing column."""
    lines = _lines(path)
    head = [cell.strip() for cell in next(csv.reader(lines[:1]), [])]
    refuse(_head_problems(path.name, head, lines))
    table = list(csv.reader(lines[1:]))
    refuse(_width_problems(path.name, head, table, lines))
    rows = [dict(zip(head, cells, strict=True)) for cells in table]
    refuse(_row_problems(path.name, rows, lines))
    columns = {name: tuple(float(row[name]) for row in rows) for name in COLUMNS[1:]}
    return Books(path.name, tuple(row["month"].strip() for row in rows), **columns)


def _lines(path: Path) -> list[str]:
    """The file's lines without empty ones at the end; InputError if it cannot be read."""
    try:
        raw = path.read_bytes()[: LIMIT_BYTES + 1]
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        refuse([Problem("is not UTF-8 text; save it as CSV UTF-8", path.name)])
    except (OSError, ValueError) as error:
        beside = [entry.name for entry in path.parent.glob("*.csv")]
        reason = getattr(error, "strerror", None) or str(error)
        refuse([Problem(f"cannot be read: {reason}{nearest_name(path.name, beside)}", path.name)])
    if len(raw) > LIMIT_BYTES:
        refuse([Problem(f"is larger than {LIMIT_BYTES // 1000} kB, the most that is read", path.name)])
    return text.rstrip().splitlines()


def _head_problems(name: str, head: Sequence[str], lines: Sequence[str]) -> Iterator[Problem]:
    """Columns that are missing or unknown."""
    if not lines:
        yield Problem(f"is empty; its first line must be {','.join(COLUMNS)}", name)
        return
    for column in COLUMNS:
        if column not in head:
            near = nearest_name(column, head).replace("did you mean", "is it")
            yield Problem(f"the column {column} is missing{near}; needed: {', '.join(COLUMNS)}", name, 1, 1, lines[0])
    count = len(lines) - 1
    if not FEWEST <= count <= MOST:
        yield Problem(f"has {count} months; {FEWEST} to {MOST} are needed", name)


def _width_problems(
    name: str, head: Sequence[str], table: Sequence[Sequence[str]], lines: Sequence[str]
) -> Iterator[Problem]:
    """Lines with more or fewer cells than the head, as a thousands separator makes them."""
    for at, cells in enumerate(table):
        if len(cells) != len(head):
            sentence = f"has {len(cells)} cells instead of {len(head)}; write numbers as 57400, without separators"
            yield Problem(sentence, name, at + 2, 1, lines[at + 1])


def _row_problems(name: str, rows: Sequence[dict[str, str]], lines: Sequence[str]) -> Iterator[Problem]:
    """Numbers that are missing, negative or none, and months that do not follow one another."""
    for at, row in enumerate(rows):
        for column in COLUMNS[1:]:
            if sentence := _number_problem(column, row.get(column, "").strip()):
                yield Problem(sentence, name, at + 2, 1, lines[at + 1])
    counted = [_month_number(row.get("month", "").strip()) for row in rows]
    for at, month in enumerate(counted):
        if month is None:
            given = shown(rows[at].get("month", ""))
            yield Problem(f"month is {given}; write it as 2025-01", name, at + 2, 1, lines[at + 1])
    for at, (one, two) in enumerate(pairwise(counted)):
        if one is not None and two is not None and two != one + 1:
            before = rows[at]["month"].strip()
            sentence = f"the month after {before} is missing; months must follow one another without holes"
            yield Problem(sentence, name, at + 3, 1, lines[at + 2])


def _number_problem(column: str, text: str) -> str:
    """What is wrong with a number, or nothing."""
    if not text:
        return f"{column} is empty; every month needs a number"
    try:
        value = float(text)
    except ValueError:
        return f"{column} is {shown(text)}; a plain number is needed, such as 1234.50"
    if not math.isfinite(value):
        return f"{column} is {text}; a finite number is needed"
    lowest = -1e9 if column == "cash_usd" else 0.0
    if value < lowest or (column != "cash_usd" and value == 0.0):
        return f"{column} is {text}; it must be above zero"
    return ""


def _month_number(text: str) -> int | None:
    """A month as a count, or None if it is none."""
    match = _MONTH.fullmatch(text)
    return int(match[1]) * YEAR + int(match[2]) if match else None
