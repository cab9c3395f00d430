"""A stress-tested plan in memory: what happened to it, what was asked of it, and what the owner was unsure about.

Everything in this package works from a `PlanStudy` alone. Its comparison holds the same futures lived through once
for each choice; "none" is doing nothing and "plan" the plan as the owner wrote it down.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.analysis.comparison import Assumption, Comparison
from sim.analysis.returns import return_year
from sim.arrays import Bools, Floats
from sim.observe.metrics import SERIES

PLAN, NOTHING = "plan", "none"
TOTALS = ("quits", "hires")  # counts over the whole run although a series of the same name exists
READ = frozenset({name for name in SERIES if name.startswith("flow_")} | {
    "alive", "cash_usd", "overdraft_limit_usd", "profit_usd", "orders_demanded", "orders_served", "wait_ratio",
    "faulty_share", "hours_automated", "hours_idle", "hours_paid",
})  # the series that page, tables and answers are made of; others of a run need not be kept
YEAR = 12  # one month of a flow is luck and season, so a goal on a flow is held against the mean of a year
RETURN = "return_year"  # not of a run: of a choice against doing nothing, in the same future


@dataclass(frozen=True, kw_only=True)
class Goal:
    """What the owner wants: a measure at least or at most at a number by a month (1 is the first).

    The measure is a series, or a scalar where there is no series of that name, or the return on what is spent: then it
    is about the end of the run.
    """

    name: str
    label: str
    unit: str
    metric: str
    number: float
    by_month: int
    at_least: bool

    @property
    def at_the_end(self) -> bool:
        """Whether the measure is one number for the whole run."""
        return self.metric not in SERIES or self.metric in TOTALS


@dataclass(frozen=True, kw_only=True)
class Unsure:
    """Something the owner is not sure about: the range it may lie in and who said so (you, the vendor, the
    preset)."""

    name: str
    label: str
    unit: str
    low: float
    high: float
    said_by: str


@dataclass(frozen=True, kw_only=True)
class Project:
    """A project of the plan with its quote; `promised` is what the vendor says it will do."""

    label: str
    price_usd: float
    subscription_usd_month: float
    months_until_it_works: float
    promised: str


@dataclass(frozen=True, kw_only=True, eq=False)
class PlanStudy:
    """What there is to know about a plan; two studies are the same only if they are one.

    `comparison.arms` starts with "none" and "plan"; `drawn` has the index of `comparison.scalars` and a column for
    every `unsure.name`; `firm` says in pairs of words what the firm looks like; `defaults` are numbers nobody gave.
    """

    comparison: Comparison
    goal: Goal
    unsure: tuple[Unsure, ...]
    drawn: pd.DataFrame
    firm: tuple[tuple[str, str], ...]
    projects: tuple[Project, ...]
    defaults: tuple[Assumption, ...]

    @property
    def gain_usd(self) -> Floats:
        """What the plan left the owner beyond doing nothing, same future, dollars of today, (worlds,)."""
        return self.comparison.gap(PLAN, "owner_value_usd")

    def goal_value(self, arm: str) -> Floats:
        """The measure of the goal under a choice, (worlds,): a scalar as it is, a stock in the month of the goal, a
        flow as the mean of the year up to it; a return is not a number where nothing was spent."""
        if self.goal.metric == RETURN:
            return return_year(self.comparison, arm)
        if self.goal.at_the_end:
            return self.comparison.scalar(arm, self.goal.metric)
        first, last = self.goal_months
        values = self.comparison.series[arm][self.goal.metric][:, first - 1 : last]
        return np.asarray(values.mean(axis=1), dtype=np.float64)

    @property
    def goal_months(self) -> tuple[int, int]:
        """First and last of the months whose mean is held against the goal: a year of a flow, one month of a stock."""
        last = min(self.goal.by_month, self.comparison.months)
        stock = SERIES[self.goal.metric].unit in ("USD", "people")
        return last if stock else max(last - YEAR + 1, 1), last

    def reached(self, arm: str) -> Bools:
        """Whether the goal was met under a choice, (worlds,); a firm that had closed by then has not met it."""
        until = min(self.goal.by_month, self.comparison.months)
        value, is_open = self.goal_value(arm), self.comparison.series[arm]["alive"][:, until - 1] > 0
        return is_open & (value >= self.goal.number if self.goal.at_least else value <= self.goal.number)
