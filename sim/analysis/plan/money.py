"""When is it paid back, and what does it earn: months including "never", return and present value with their spread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.analysis.payback import payback_month
from sim.analysis.plan.answer import WORTH, gained
from sim.analysis.plan.sheets import Cell, Column, Sheet, ranged
from sim.analysis.plan.study import PLAN, PlanStudy
from sim.analysis.returns import Share, earned, share
from sim.arrays import Floats

SPREAD = (0.1, 0.5, 0.9)


@dataclass(frozen=True)
class Payback:
    """When the plan's money was back: the month (1 is the first) by which it is in 10, 50 and 90 of 100 futures
    (infinite where it never is), and the shares of futures in which it is back, never is, or nothing was spent."""

    early: float
    middle: float
    late: float
    back: Share
    never: Share
    idle: Share


def payback(study: PlanStudy, arm: str = PLAN) -> Payback:
    """When the money was back under one choice; futures in which nothing was spent are left out of the months."""
    months = payback_month(study.comparison, arm)
    spent = months[~np.isnan(months)]
    early, middle, late = _by(spent)
    shares = (share(np.isfinite(months)), share(np.isposinf(months)), share(np.isnan(months)))
    return Payback(early, middle, late, *shares)


def _by(months: Floats) -> tuple[float, float, float]:
    """The months by which 10, 50 and 90 of 100 had their money back."""
    if not months.size:
        return np.nan, np.nan, np.nan
    early, middle, late = np.quantile(months, SPREAD, method="inverted_cdf").tolist()
    return early, middle, late


def payback_sheet(study: PlanStudy) -> Sheet:
    """Months until the money was back, by choice."""
    rows: list[tuple[Cell, ...]] = []
    for arm in study.comparison.choices:
        found = payback(study, arm.name)
        months = (found.early, found.middle, found.late)
        rows.append((arm.label, *months, found.back.value, found.never.value, found.idle.value))
    columns = (
        Column("Choice"), Column("10 of 100 by month"), Column("50 of 100 by month"), Column("90 of 100 by month"),
        Column("Paid back", "futures"), Column("Never", "futures"), Column("Nothing spent", "futures"),
    )  # fmt: skip
    return Sheet("payback", "When the money is back", columns, tuple(rows))


def gains_sheet(study: PlanStudy) -> Sheet:
    """What each choice leaves the owner beyond doing nothing: on average with its range, and its spread."""
    rows: list[tuple[Cell, ...]] = []
    for arm in study.comparison.choices:
        gap = gained(study, arm.name)
        gain = study.comparison.gap(arm.name, WORTH)
        better, worse = float((gain > 0).mean()), float((gain < 0).mean())
        rows.append((arm.label, gap.mean, gap.low, gap.high, *np.quantile(gain, SPREAD).tolist(), better, worse))
    columns = (
        Column("Choice"), *ranged("Gain, on average", "USD", signed=True), Column("Worst 10 of 100", "USD", True),
        Column("Middle", "USD", True), Column("Best 10 of 100", "USD", True), Column("Better off", "futures"),
        Column("Worse off", "futures"),
    )  # fmt: skip
    return Sheet("gains", "What each choice leaves you, dollars of today", columns, tuple(rows))


def returns_sheet(study: PlanStudy) -> Sheet:
    """Return a year on each dollar spent: over all futures together, its spread, and how often it is enough."""
    rows: list[tuple[Cell, ...]] = []
    for arm in study.comparison.choices:
        found = earned(study.comparison, arm.name)
        spread = _rates(found.return_year)
        rows.append((arm.label, found.pooled_year, found.low, found.high, *spread, found.cleared.value))
    columns = (
        Column("Choice"), *ranged("Return a year", "share"), Column("Worst 10 of 100", "share"),
        Column("Middle", "share"), Column("Best 10 of 100", "share"), Column("Earns what was asked", "futures"),
    )  # fmt: skip
    return Sheet("returns", "Return a year on each dollar spent", columns, tuple(rows))


def _rates(return_year: Floats) -> list[float]:
    """The spread of the return over the futures in which something was spent."""
    known = return_year[np.isfinite(return_year)]
    return np.quantile(known, SPREAD).tolist() if known.size else [np.nan] * len(SPREAD)
