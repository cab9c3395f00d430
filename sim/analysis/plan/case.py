"""The business case: costs, benefits, flexibility and risk of the plan, and what it means for people and customers.

Costs and benefits are present values against doing nothing; they add up to the gain, in every future.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from sim.analysis.effects import Effects
from sim.analysis.flows import PEOPLE, REST, SALES, discounted_gap
from sim.analysis.parts import Part, part
from sim.analysis.plan.answer import WORTH
from sim.analysis.plan.regret import Regret, foresight_usd
from sim.analysis.plan.sheets import Cell, Column, Sheet, ranged
from sim.analysis.plan.study import NOTHING, PLAN, PlanStudy
from sim.analysis.returns import Share, share
from sim.analysis.robustness import tail_mean
from sim.analysis.till import till
from sim.observe.metrics import METRICS

LATER = {
    "plan_phased": "Taking it in steps instead",
    "wait_6": "Waiting half a year instead",
    "fix_first": "Mending the work first instead",
}
STAFF = ("employees_end", "quits", "hires", "hours_paid_month", "hours_automated_month", "hours_idle_month", "overload")
CUSTOMERS = (
    "orders_demanded_month", "orders_served_month", "orders_lost_month", "wait_ratio", "faulty_share",
    "retention_usual_year", "market_share_end",
)  # fmt: skip


@lru_cache(maxsize=1)
def costs(study: PlanStudy) -> tuple[Part, ...]:
    """What the plan costs, dollars of today."""
    lines = {
        "flow_tools_once": "Bought once",
        "flow_tools_running": "Subscriptions and fees",
        "flow_assessment": "Finding out beforehand",
        "flow_safeguards": "Security, oversight and consent",
        "flow_breaches": "Stolen data",
        "flow_fines": "Fines",
    }
    found = {line: discounted_gap(study.comparison, PLAN, (line,)) for line in lines}
    return tuple(part(line, lines[line], per_world) for line, per_world in found.items() if per_world.any())


def benefits(study: PlanStudy) -> list[Part]:
    """What comes of it besides, dollars of today; with the costs these add up to the gain."""
    comparison, both = study.comparison, study.comparison.open_in_both(PLAN)
    found = [
        part("sales", "Sales less materials and refunds", discounted_gap(comparison, PLAN, SALES, both)),
        part("people", "Wages and hiring", discounted_gap(comparison, PLAN, PEOPLE, both)),
        part("rest", "Overhead and interest", discounted_gap(comparison, PLAN, REST, both)),
        part("closed", "Closing sooner or later", discounted_gap(comparison, PLAN, (*SALES, *PEOPLE, *REST), ~both)),
    ]
    told = np.sum([line.per_world for line in (*costs(study), *found)], axis=0)
    return [*found, part("beyond", "Waiting in the till, loans, write-offs", study.gain_usd - told)]


def flexibility(study: PlanStudy) -> list[Part]:
    """What another way of doing the same would add to the plan's worth, dollars of today."""
    comparison = study.comparison
    plan = comparison.scalar(PLAN, WORTH)
    there = {arm.name for arm in comparison.arms}
    return [part(arm, text, comparison.scalar(arm, WORTH) - plan) for arm, text in LATER.items() if arm in there]


def case_sheet(study: PlanStudy, regrets: tuple[Regret, ...]) -> Sheet:
    """Costs, benefits, flexibility and risk in money."""
    gain = part("gain", "What the plan leaves you", study.gain_usd)
    rows: list[tuple[Cell, ...]] = [_line("Costs", cost) for cost in costs(study)]
    rows += [_line("Benefits", line) for line in benefits(study)]
    rows += [_line("Together", gain)]
    rows += [_line("Flexibility", line) for line in flexibility(study)]
    nan = float("nan")
    rows += [
        ("Knowing the future before choosing, at most", "Flexibility", foresight_usd(regrets), nan, nan),
        ("Gain in the worst 5 of 100 futures", "Risk", float(tail_mean(study.gain_usd)), nan, nan),
        ("Extra cash for 95 of 100, at least", "Risk", -till(study.comparison, PLAN).buffer_usd, nan, nan),
    ]
    columns = (Column("What"), Column("Side"), *ranged("Dollars of today", "USD", signed=True))
    return Sheet("business_case", "Costs, benefits, flexibility, risk", columns, tuple(rows))


def _line(side: str, line: Part) -> tuple[Cell, ...]:
    return line.label, side, line.mean, line.low, line.high


def risks_sheet(study: PlanStudy) -> Sheet:
    """What can go wrong, of 100 futures, with the plan and without."""
    comparison = study.comparison
    closed = [share(comparison.series[arm]["alive"][:, -1] == 0) for arm in (PLAN, NOTHING)]
    tills = [till(comparison, arm) for arm in (PLAN, NOTHING)]
    outside, unpaid = [share(one.short_usd > 0) for one in tills], [share(one.unpaid) for one in tills]
    missed = [share(~study.reached(arm)) for arm in (PLAN, NOTHING)]
    pairs = (
        ("The firm closes", closed), ("It closes with debts left unpaid", unpaid), ("Cash and credit run out", outside),
        ("The goal is missed", missed),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [(name, *_share(plan), *_share(nothing)) for name, (plan, nothing) in pairs]
    worse = share(study.gain_usd < 0)
    rows.append(("Worse off than doing nothing", *_share(worse), *[float("nan")] * 3))
    columns = (Column("What"), *ranged("Plan", "futures"), *ranged("Doing nothing", "futures"))
    return Sheet("risks", "What can go wrong", columns, tuple(rows))


def _share(found: Share) -> tuple[float, float, float]:
    return found.value, found.low, found.high


def measures_sheet(found: Effects, names: tuple[str, ...], title: str) -> Sheet:
    """Some measures with the plan, without, and the paired difference; a unit for every row."""
    rows: list[tuple[Cell, ...]] = []
    for name in names:
        gap = found.differences[PLAN, NOTHING, name]
        levels = (found.levels[arm, name].mean for arm in (NOTHING, PLAN))
        rows.append((METRICS[name].label, METRICS[name].unit, *levels, gap.mean, gap.low, gap.high))
    columns = (
        Column("Measure"), Column("Unit"), Column("Doing nothing", "row"), Column("Plan", "row"),
        *ranged("Difference", "row", signed=True),
    )  # fmt: skip
    return Sheet(title.lower().replace(" ", "_"), title, columns, tuple(rows))
