"""Whether a goal was reached in time."""

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
    values, until = series[goal.metric], goal.deadline_month
    first, last = float(values[:YEAR].mean()), float(values[until - YEAR : until].mean())
    wanted = first * (1.0 + goal.change)
    reached = last >= wanted if goal.change > 0.0 else last <= wanted
    return float(reached and series["alive"][until - 1] > 0.0)
