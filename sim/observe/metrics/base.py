"""What a metric is, and what it is taken from: the month that was lived, or the whole run.

To add one, put an entry into the file of its theme, with the function that takes it; store, tables, report, JSON and
docs follow. A month's metric takes one value per firm watched; a run's metric is derived from the months that were
written down, so it costs nothing while worlds run. What can be derived is not written down.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from sim import numerics
from sim.arrays import Bools, Floats, Ints
from sim.params.goal import Goal
from sim.world import World

YEAR = 12


@dataclass(frozen=True)
class Metric:
    """A measured quantity; `better` is 1 if more is better, −1 if less is, 0 if neither."""

    name: str
    unit: str
    label: str
    line: str
    better: int = 0
    theme: str = ""


@dataclass(frozen=True, kw_only=True)
class Monthly(Metric):
    """One value per run and month: `of` gives it for every firm watched, (rows,).

    A closed firm counts as `closed`; None where `of` says what to write. What is `lasting` adds up over the run: of a
    firm that is gone it keeps the last value.
    """

    of: Callable[[Month], Floats | Ints | Bools]
    closed: float | None = 0.0
    lasting: bool = False


@dataclass(frozen=True, kw_only=True)
class Overall(Metric):
    """One value per run, from its months: `of` gives it for every run, (runs,); NaN where there is none."""

    of: Callable[[Lived], Floats]


class Watched(NamedTuple):
    """Rows of the firms watched, the births they must still hold, and of each firm what adds up over the run,
    (lasting metrics, rows), and its sales of the last two years by month, USD, (24, rows)."""

    rows: Ints
    births: Ints
    per_world: int
    totals: Floats
    sales_usd: Floats

    def present(self, world: World) -> Bools:
        """Which watched firms are still in business, (rows,)."""
        return world.firms.open[self.rows] & self.kept(world)

    def kept(self, world: World) -> Bools:
        """Which slots still hold the watched firm, open or closed (its last payments count)."""
        return world.firms.birth[self.rows] == self.births


class Month:
    """The month that has just been lived, as the firms watched lived it."""

    def __init__(self, world: World, watched: Watched) -> None:
        self.world, self.firms, self.params = world, world.firms, world.params
        self.rows, self.w = watched.rows, world.firms.world[watched.rows]
        self.here, self.kept = watched.present(world), watched.kept(world)
        self.sales_usd = watched.sales_usd

    def own(self, column: str) -> Any:
        """A column of the firms watched, (rows, …)."""
        return getattr(self.firms, column)[self.rows]

    def flow(self, account: int) -> Floats:
        """This month's payments on an account, + into the till, USD; also the last ones of a firm that closed."""
        return np.where(self.kept, numerics.usd(self.firms.flow_cents[self.rows, account]), 0.0)

    @cached_property
    def staff(self) -> Ints:
        """People employed by every firm, (firms,)."""
        return numerics.count_by(self.world.people.employer, len(self.firms.world))

    @cached_property
    def tools_at_work(self) -> Bools:
        """Slots of the firms watched that hold a tool in use, (rows, slots)."""
        return self.world.tools_at_work[self.rows]

    @cached_property
    def market_orders(self) -> Floats:
        """Orders delivered in each market, (worlds,)."""
        return self.world.sum_by_world(self.firms.world, self.firms.orders_served.astype(np.float64))


class Lived:
    """Whole runs side by side: every monthly metric by name, (runs, months); all else is (runs,)."""

    def __init__(
        self, series: Mapping[str, Floats], discount_month: Sequence[float], firms: int, goals: Sequence[Goal | None]
    ) -> None:
        self.series, self.firms, self.goals = series, firms, goals
        self.discount_month = np.asarray(discount_month, dtype=np.float64)
        self.months = int(series["alive"].shape[-1])
        self.last = slice(max(self.months - YEAR, 0), self.months)

    def __getitem__(self, name: str) -> Floats:
        return self.series[name]

    def flows(self, *accounts: str) -> Floats:
        """Payments on some accounts together, by month; added up one by one, the same beside other runs as alone."""
        total = np.zeros_like(self["flow_sales"])
        for account in accounts:
            total += self[f"flow_{account}"]
        return total

    @cached_property
    def weight(self) -> Floats:
        """Value at month 0 of a dollar at the end of month 0, 1, 2 …"""
        rate = self.discount_month[:, None]
        return np.asarray(numerics.power(1.0 / (1.0 + rate), np.arange(self.months, dtype=np.float64)))

    @cached_property
    def first_purchase(self) -> Ints:
        """Month of the first purchase; the length of the run where nothing was bought."""
        bought = self["projects"] > 0.0
        return np.where(bought.any(axis=1), bought.argmax(axis=1), self.months)

    def present_value(self, usd_month: Floats) -> Floats:
        """Money by month, brought to month 0."""
        return (usd_month * self.weight).sum(axis=1)

    def last_year(self, name: str) -> Floats:
        """Mean of the last twelve months."""
        return self[name][:, self.last].mean(axis=1)

    def year_sum(self, name: str) -> Floats:
        """Sum over the last twelve months; a shorter run is stretched to a year."""
        return self[name][:, self.last].sum(axis=1) * YEAR / min(self.months, YEAR)

    def end(self, name: str) -> Floats:
        """Value of the last month."""
        return self[name][:, -1]


def column(name: str) -> Callable[[Month], Floats]:
    """Takes a column of the firms watched as it is."""
    return lambda month: month.own(name)


def dollars(name: str) -> Callable[[Month], Floats]:
    """Takes a column of whole cents in dollars."""
    return lambda month: numerics.usd(month.own(name))


def mean_of_last_year(name: str) -> Callable[[Lived], Floats]:
    """Takes the mean of a monthly metric over the last twelve months."""
    return lambda run: run.last_year(name)


def sum_of_run(name: str) -> Callable[[Lived], Floats]:
    """Takes the sum of a monthly metric over the run."""
    return lambda run: run[name].sum(axis=1)


def at_the_end(name: str) -> Callable[[Lived], Floats]:
    """Takes a monthly metric's last value."""
    return lambda run: run.end(name)


def over(top: Floats, bottom: Floats) -> Floats:
    """A ratio; NaN where there is nothing to divide by."""
    return np.divide(top, bottom, out=np.full(np.shape(top), np.nan), where=bottom > 0.0)
