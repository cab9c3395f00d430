"""What each project in turn is worth: the owner's worth with at most j projects, less that with at most j − 1.

Same firm, same luck, one project more: what it did to people and customers is in it, what looking for it cost too, and
projects that it made possible or crowded out later are not. In one future the difference is mostly luck, so it is read
as a mean over futures, and beside the same difference for a placebo, which is worth nothing by construction.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.analysis.comparison import Comparison
from sim.analysis.resample import ratio_interval
from sim.analysis.returns import Share, share
from sim.arrays import Bools, Floats

FEWEST_FUTURES = 16
VALUE, COST = "owner_value_usd", "automation_cost_usd"


def address(arm: str, count: int, placebo: bool = False) -> str:
    """The arm that starts at most so many projects, or is handed that many placebos."""
    return f"{arm.partition('#')[0]}{'+placebo' * placebo}+most{count}"


@dataclass(frozen=True)
class Step:
    """One project in turn, in the futures in which it was bought; `number` 0: all of them together.

    Money is discounted to month 0, with 95% intervals over futures; `back` is worth over cost, sum over sum; `below`
    and `placebo_below` are shares of single futures below zero, `spread_usd` and `placebo_spread_usd` what these
    differ by from future to future.
    """

    number: int
    worth_usd: float
    low_usd: float
    high_usd: float
    cost_usd: float
    back: float
    back_low: float
    back_high: float
    below: Share
    placebo_below: Share
    spread_usd: float
    placebo_spread_usd: float


def steps(comparison: Comparison, arm: str) -> tuple[Step, ...]:
    """Each project of an arm in turn, as far as it was played, then all together.

    The comparison is one of `sim.verbs.step_by_step.project_by_project`.
    """
    names = {one.name for one in comparison.arms}
    counts = [count for count in range(1, len(names)) if address(arm, count) in names]
    real = [_added(comparison, arm, count, placebo=False) for count in counts]
    nothing = [_added(comparison, arm, count, placebo=True) for count in counts]
    each = [_step(count, one, beside) for count, one, beside in zip(counts, real, nothing, strict=True)]
    return (*each, _step(0, np.vstack(real), np.vstack(nothing)))


def placebo_share(beside: Comparison) -> tuple[int, Share]:
    """In how many futures a placebo was handed out, and the share of these in which the owner ended up worse off."""
    arm = beside.main.name
    given = beside.scalar(arm, "projects") > 0
    return int(given.sum()), share(beside.gap(arm, VALUE)[given] < 0.0)


def _added(comparison: Comparison, arm: str, count: int, placebo: bool) -> Floats:
    """What the project of this number added: worth, cost and future, of futures in which it was bought; (n, 3)."""
    name = address(arm, count, placebo)
    before = address(arm, count - 1, placebo) if count > 1 else comparison.reference.name
    bought: Bools = comparison.scalar(name, "projects") >= count
    gaps = [comparison.scalar(name, metric) - comparison.scalar(before, metric) for metric in (VALUE, COST)]
    return np.column_stack([*gaps, np.arange(comparison.worlds)])[bought]


def _step(number: int, real: Floats, nothing: Floats) -> Step:
    """One row; futures are what is resampled, also where one holds several projects."""
    worth, cost, count = _by_future(real)
    low, high = ratio_interval(worth, count)
    paid = cost.sum() > 0.0
    return Step(
        number, *(_mean(real[:, 0]), low, high, _mean(real[:, 1])),
        float(worth.sum() / cost.sum()) if paid else np.nan, *(ratio_interval(worth, cost) if paid else (np.nan,) * 2),
        share(real[:, 0] < 0.0), share(nothing[:, 0] < 0.0), _spread(real[:, 0]), _spread(nothing[:, 0]),
    )


def _by_future(rows: Floats) -> tuple[Floats, Floats, Floats]:
    """Worth, cost and number of projects of every future that has any."""
    _, place = np.unique(rows[:, 2], return_inverse=True)
    worth, cost, count = (
        np.bincount(place, weights=column).astype(np.float64) for column in (*rows[:, :2].T, np.ones(len(rows)))
    )
    return worth, cost, count


def _mean(values: Floats) -> float:
    return float(values.mean()) if len(values) else np.nan


def _spread(values: Floats) -> float:
    return float(values.std(ddof=1)) if len(values) > 1 else np.nan
