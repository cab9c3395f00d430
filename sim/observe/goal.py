"""Whether a goal was reached in time, and how far it got."""

from __future__ import annotations

from collections.abc import Mapping

from sim.arrays import Floats
from sim.params.goal import Goal

YEAR = 12


def goal_hit(goal: Goal | None, series: Mapping[str, Floats]) -> float:
    """1 where the year before the deadline changed from the first year as wanted, 0 where not; NaN without a goal.

    `series` by name, each (months,). A firm that has closed has missed its goal; a run that ends before the deadline
    says nothing.
    """
    if goal is None or len(series["alive"]) < goal.deadline_month:
        return float("nan")
    first, last = _years(goal, series)
    wanted = first * (1.0 + goal.change)
    reached = last >= wanted if goal.change > 0.0 else last <= wanted
    return float(reached and series["alive"][goal.deadline_month - 1] > 0.0)


def goal_progress(goal: Goal | None, series: Mapping[str, Floats]) -> float:
    """How much of the wanted change was there by the deadline: 1 all of it, below 0 the wrong way; 0 once closed.

    NaN without a goal, in a run that ends before the deadline, and where there was nothing to change.
    """
    if goal is None or len(series["alive"]) < goal.deadline_month:
        return float("nan")
    first, last = _years(goal, series)
    if first == 0.0:
        return float("nan")
    return (last / first - 1.0) / goal.change if series["alive"][goal.deadline_month - 1] > 0.0 else 0.0


def _years(goal: Goal, series: Mapping[str, Floats]) -> tuple[float, float]:
    """Means of the first year and of the year before the deadline."""
    values, until = series[goal.metric], goal.deadline_month
    return float(values[:YEAR].mean()), float(values[until - YEAR : until].mean())
