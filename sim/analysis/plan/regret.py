"""What would I regret: every choice against the best choice of the same future, doing nothing included.

The yardsticks are those of `sim.analysis.robustness`; here they stand in an owner's words.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.analysis.comparison import ArmInfo
from sim.analysis.effects import differences
from sim.analysis.plan.answer import WORTH, negligible_usd
from sim.analysis.plan.sheets import Cell, Column, Sheet, ranged
from sim.analysis.plan.study import PLAN, PlanStudy
from sim.analysis.resample import mean_interval
from sim.analysis.returns import share
from sim.analysis.robustness import regret, tail_mean
from sim.analysis.words import quoted
from sim.arrays import Floats

CHANCE = 0.05


@dataclass(frozen=True)
class Regret:
    """One choice: how much less than the best choice of that future it leaves (mean with range, and what ten of 100
    futures exceed), how often it is best or within a negligible amount, the owner's worth in the worst future and on
    average in the worst five of 100, and how often it meets the goal."""

    arm: ArmInfo
    mean_usd: float
    low_usd: float
    high_usd: float
    p90_usd: float
    best_share: float
    worst_usd: float
    worst_five_usd: float
    goal_share: float


def regrets(study: PlanStudy) -> tuple[Regret, ...]:
    """Every choice, the least regretted first."""
    worth = _worth(study)
    missed, tail = regret(worth), tail_mean(worth)
    low, high = mean_interval(missed)
    near = (missed <= negligible_usd(study)).mean(axis=0)
    found = [
        Regret(
            arm, float(missed[:, place].mean()), float(low[place]), float(high[place]),
            float(np.quantile(missed[:, place], 0.9)), float(near[place]), float(worth[:, place].min()),
            float(tail[place]), share(study.reached(arm.name)).value,
        )
        for place, arm in enumerate(study.comparison.arms)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.mean_usd))


def foresight_usd(found: tuple[Regret, ...]) -> float:
    """What knowing the future before choosing would be worth: the mean regret of the least regretted choice."""
    return found[0].mean_usd


def yardsticks(found: tuple[Regret, ...]) -> str:
    """Which choice comes first by the other yardsticks of somebody who does not know the future."""
    firsts = {
        "the best worst future": max(found, key=lambda one: one.worst_usd),
        "the best mean of the worst 5 of 100 futures": max(found, key=lambda one: one.worst_five_usd),
        "the goal met most often": max(found, key=lambda one: one.goal_share),
    }
    told = "; ".join(f"{what}: {quoted(one.arm.label)}" for what, one in firsts.items())
    return f"Least regretted on average: {quoted(found[0].arm.label)}; {told}."


def better_choice(study: PlanStudy) -> tuple[ArmInfo, float, float] | None:
    """The choice that clearly beats the plan: (choice, mean dollars more, share of futures in which it does); None if
    none does. Clear is a range above a negligible amount and a sign-flip test corrected for the number of choices."""
    comparison = study.comparison
    others = [arm for arm in comparison.arms if arm.name != PLAN]
    first = np.stack([comparison.scalar(arm.name, WORTH) for arm in others], axis=1)
    second = np.repeat(comparison.scalar(PLAN, WORTH)[:, None], len(others), axis=1)
    gaps = differences(first, second, np.array([1]), len(others))
    clear = [
        (arm, gap.mean, gap.better_share)
        for arm, gap in zip(others, gaps, strict=True)
        if gap.low > 0 and gap.mean > negligible_usd(study) and gap.p_adjusted < CHANCE
    ]
    return max(clear, key=lambda choice: choice[1]) if clear else None


def _worth(study: PlanStudy) -> Floats:
    """Worth to the owner, (worlds, choices)."""
    return np.stack([study.comparison.scalar(arm.name, WORTH) for arm in study.comparison.arms], axis=1)


def regret_sheet(found: tuple[Regret, ...]) -> Sheet:
    """The regret table; doing nothing is always a row."""
    rows: list[tuple[Cell, ...]] = [
        (
            one.arm.label, one.mean_usd, one.low_usd, one.high_usd, one.p90_usd, one.best_share, one.worst_usd,
            one.worst_five_usd, one.goal_share,
        )
        for one in found
    ]  # fmt: skip
    columns = (
        Column("Choice"), *ranged("Regret, on average", "USD"), Column("Regret, worst 10 of 100", "USD"),
        Column("Best, or nearly", "futures"), Column("Worth in the worst future", "USD"),
        Column("Worth in the worst 5 of 100", "USD"), Column("Meets the goal", "futures"),
    )  # fmt: skip
    return Sheet("regret", "How much less than the best choice of the same future", columns, tuple(rows))
