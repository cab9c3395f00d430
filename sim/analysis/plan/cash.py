"""Can I survive the worst months? The lowest point of the till, how far it is from the credit line, and the extra cash
that would keep it there.

A firm whose bills go beyond cash and credit closes in that month, and what it could not pay is written off; that
amount, less the credit, is what it was short of. What it would have been short of later is not seen, so where more
than five of 100 futures end this way the extra cash is a least.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.analysis.comparison import Comparison
from sim.analysis.plan.sheets import Cell, Column, Sheet, ranged
from sim.analysis.plan.study import NOTHING, PLAN, PlanStudy
from sim.analysis.returns import Share, share
from sim.analysis.survival import open_share
from sim.arrays import Bools, Floats, Ints

SAFE_SHARE = 0.95
FAN = (5, 10, 25, 50, 75, 90, 95)


@dataclass(frozen=True)
class Till:
    """The worst of the till under one choice, per future (worlds,): the lowest point, its month (1 is the first), what
    was missing beyond the credit line (below zero: what was left), and whether that closed the firm."""

    lowest_usd: Floats
    month: Ints
    short_usd: Floats
    broke: Bools

    @property
    def within(self) -> Share:
        """In how many futures the till stayed within the credit line."""
        return share(self.short_usd <= 0)

    @property
    def buffer_usd(self) -> float:
        """The least extra cash that keeps the lowest point within the credit line in 95 of 100 futures."""
        return max(0.0, float(np.quantile(self.short_usd, SAFE_SHARE, method="inverted_cdf")))

    @property
    def usual_month(self) -> int:
        """The month of the lowest point in the middle future."""
        return int(np.quantile(self.month, 0.5, method="inverted_cdf"))

    @property
    def spare_usd(self) -> float:
        """What is left to the credit line at the lowest point, in 95 of 100 futures; 0 where a buffer is needed."""
        return max(0.0, -float(np.quantile(self.short_usd, SAFE_SHARE, method="inverted_cdf")))

    @property
    def is_least(self) -> bool:
        """Whether more may be needed than is seen, because firms that ran dry closed."""
        return self.buffer_usd > 0


def till(comparison: Comparison, arm: str) -> Till:
    """The worst of the till under one choice."""
    series = comparison.series[arm]
    is_open, unpaid = series["alive"] > 0, series["flow_written_off"]
    credit = np.abs(series["overdraft_limit_usd"])
    before = np.concatenate([credit[:, :1], credit[:, :-1]], axis=1)
    seen = is_open | (unpaid > 0)
    cash = np.where(seen, np.where(is_open, series["cash_usd"], -unpaid), np.inf)
    short = np.where(seen, -cash - np.where(is_open, credit, before), -np.inf)
    broke = np.asarray((unpaid > 0).any(axis=1), dtype=np.bool_)
    return Till(cash.min(axis=1), cash.argmin(axis=1) + 1, short.max(axis=1), broke)


def dip(comparison: Comparison) -> tuple[float, int]:
    """The most that the plan has less in the till than doing nothing, for the middle future, and its month (1 is the
    first); 0 where it never has."""
    middle = np.median(comparison.series_gap(PLAN, "cash_usd"), axis=0)
    return max(0.0, -float(middle.min())), int(middle.argmin()) + 1


def worst_sheet(study: PlanStudy) -> Sheet:
    """The worst of the till under every choice."""
    rows: list[tuple[Cell, ...]] = []
    for arm in study.comparison.arms:
        worst = till(study.comparison, arm.name)
        deep, middle = np.quantile(worst.lowest_usd, (0.05, 0.5))
        month, within = float(worst.usual_month), worst.within
        rows.append((arm.label, middle, deep, month, within.value, within.low, within.high, worst.buffer_usd))
    columns = (
        Column("Choice"), Column("Lowest point, middle future", "USD"), Column("Lowest point, worst 5 of 100", "USD"),
        Column("Lowest in month"), *ranged("Within credit", "futures"), Column("Extra cash for 95 of 100", "USD"),
    )  # fmt: skip
    return Sheet("worst_months", "The worst months of the till", columns, tuple(rows))


def months_sheet(study: PlanStudy) -> Sheet:
    """Money in the till month by month, with the plan and without, and the credit line."""
    comparison = study.comparison
    names = {PLAN: "plan", NOTHING: "nothing"}
    columns = [Column("Month")]
    values: list[Floats] = [np.arange(1.0, comparison.months + 1)]
    for arm, word in names.items():
        columns += [Column(f"Cash, {word}, {place} of 100 have less", "USD") for place in FAN]
        values += list(np.percentile(comparison.series[arm]["cash_usd"], FAN, axis=0))
    columns.append(Column("Credit line, plan, middle", "USD"))
    values.append(-np.median(np.abs(comparison.series[PLAN]["overdraft_limit_usd"]), axis=0))
    for arm, word in names.items():
        columns.append(Column(f"Still open, {word}", "futures"))
        values.append(open_share(comparison, arm).share[1:])
    return Sheet("cash_by_month", "Money in the till, month by month", tuple(columns), _rows(values))


def _rows(values: list[Floats]) -> tuple[tuple[Cell, ...], ...]:
    """Columns of equal length as rows."""
    return tuple(tuple(row) for row in np.stack(values, axis=1).tolist())
