"""Can I survive the worst months? The till of every choice at its worst, and month by month."""

from __future__ import annotations

import numpy as np

from sim.analysis.comparison import Comparison
from sim.analysis.plan.sheets import Cell, Column, Sheet, ranged
from sim.analysis.plan.study import NOTHING, PLAN, PlanStudy
from sim.analysis.survival import open_share
from sim.analysis.till import till
from sim.arrays import Floats

FAN = (5, 10, 25, 50, 75, 90, 95)
MOSTLY, ABOUT = 0.5, 0.1  # a share of futures that is most of them, and one not worth telling apart; assumed


def dip(comparison: Comparison) -> tuple[float, int]:
    """The most that the plan has less in the till than doing nothing, for the middle future, and its month (1 is the
    first); 0 where it never has."""
    middle = np.median(comparison.series_gap(PLAN, "cash_usd"), axis=0)
    return max(0.0, -float(middle.min())), int(middle.argmin()) + 1


def loses_anyway(study: PlanStudy) -> bool:
    """Whether extra cash only delays the end, because the firm itself loses money.

    The rule on two shares: doing nothing runs beyond cash and credit in at least half of the futures, and the plan in
    as many, give or take ten of 100. Besides, the firm that does nothing must lose money while it is open in at least
    half of the futures: one that is only short of cash at first is helped by more of it.
    """
    failing, failing_with = (1 - till(study.comparison, arm).within.value for arm in (NOTHING, PLAN))
    series = study.comparison.series[NOTHING]
    made_usd = np.where(series["alive"] > 0, series["profit_usd"], 0.0).sum(axis=1)
    return bool(failing >= MOSTLY and abs(failing_with - failing) <= ABOUT and (made_usd < 0).mean() >= MOSTLY)


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
        Column("Lowest in month"), *ranged("Within credit", "futures"),
        Column("Extra cash for 95 of 100, at least", "USD"),
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
