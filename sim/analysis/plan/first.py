"""The numbers behind the first page, in one table."""

from __future__ import annotations

import numpy as np

from sim.analysis.plan.answer import gained
from sim.analysis.plan.money import payback
from sim.analysis.plan.sheets import Cell, Column, Sheet, ranged
from sim.analysis.plan.study import NOTHING, PLAN, PlanStudy
from sim.analysis.returns import Share, share
from sim.analysis.till import till

NONE = float("nan")


def first_sheet(study: PlanStudy) -> Sheet:
    """Goal, gain, payback and the worst months, with the plan and when nothing is done; a unit for every row."""
    comparison = study.comparison
    gain = gained(study, PLAN)
    back, worst, without = payback(study), till(comparison, PLAN), till(comparison, NOTHING)
    deep, deep_without = (float(np.quantile(found.lowest_usd, 0.05)) for found in (worst, without))
    lowest, lowest_without = (float(np.median(found.lowest_usd)) for found in (worst, without))
    rows: list[tuple[Cell, ...]] = [
        _share("Meets the goal", share(study.reached(PLAN)), share(study.reached(NOTHING)).value),
        ("Gain over doing nothing, on average", "USD", gain.mean, gain.low, gain.high, NONE),
        _share("Better off than doing nothing", share(study.gain_usd > 0)),
        _share("Worse off than doing nothing", share(study.gain_usd < 0)),
        _share("Paid back", back.back),
        _share("Never paid back", back.never),
        ("Paid back in half of the futures by month", "", back.middle, NONE, NONE, NONE),
        ("Paid back in 10 of 100 futures by month", "", back.early, NONE, NONE, NONE),
        ("Lowest point of the till, middle future", "USD", lowest, NONE, NONE, lowest_without),
        ("Lowest point of the till, worst 5 of 100", "USD", deep, NONE, NONE, deep_without),
        ("Month of the lowest point", "", float(worst.usual_month), NONE, NONE, float(without.usual_month)),
        _share("Within the credit line", worst.within, without.within.value),
        ("Extra cash for 95 of 100, at least", "USD", worst.buffer_usd, NONE, NONE, without.buffer_usd),
    ]
    columns = (Column("What"), Column("Unit"), *ranged("Plan", "row"), Column("Doing nothing", "row"))
    return Sheet("first_page", "The first page in numbers", columns, tuple(rows))


def _share(name: str, found: Share, without: float = NONE) -> tuple[Cell, ...]:
    """A row about a share of futures."""
    return name, "futures", found.value, found.low, found.high, without
