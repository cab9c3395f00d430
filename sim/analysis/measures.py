"""The metrics of a choice: what whole runs side by side say, one number with its interval for each.

Same firm, same luck: everything is taken against the reference in the same world, and worlds are what is resampled.
Returns are ratios of sums over worlds, so that a firm that spent little does not count like one that spent much.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np

from sim.analysis.comparison import Comparison
from sim.analysis.marginal import placebo_share
from sim.analysis.parts import Part
from sim.analysis.payback import payback_month
from sim.analysis.people import hours
from sim.analysis.projects import missed
from sim.analysis.resample import RESAMPLES, SEED, estimate, one_mean_interval, ratio_interval
from sim.analysis.returns import share
from sim.analysis.robustness import tail_mean
from sim.arrays import Bools, Floats
from sim.observe.metrics import CHOICES

LAST_YEAR = slice(-12, None)


class Found(NamedTuple):
    """A number with its 95% interval over worlds; NaN where it does not exist."""

    value: float
    low: float
    high: float


NOTHING = Found(np.nan, np.nan, np.nan)


def measures(comparison: Comparison, arm: str) -> dict[str, Found]:
    """Every metric of `CHOICES` for one choice against the reference, in their order."""
    taken = {name: take(comparison, arm) for name, take in SIMPLE.items()}
    freed, books = hours(comparison, arm), missed(comparison, arm)
    uses = {part.name: _of_part(part) for part in freed.uses}
    taken |= {name: uses[use] for name, use in HOURS.items()} | {"hours_freed": _of_part(freed.freed)}
    taken |= {
        f"below_{name}": Found(part.share, part.low, part.high)
        for name, part in (("forecast", books.forecast), ("hurdle", books.hurdle), ("zero", books.zero))
    }
    return {name: taken[name] for name in CHOICES}


def _of_part(part: Part) -> Found:
    return Found(part.mean, part.low, part.high)


def _mean(values: Floats) -> Found:
    """Mean over the worlds that have a value."""
    known = values[np.isfinite(values)]
    if not len(known):
        return NOTHING
    return Found(float(known.mean()), *one_mean_interval(known))


def _ratio(top: Floats, bottom: Floats) -> Found:
    """Sum over sum, of worlds that have both; nothing where the bottom is not above zero."""
    both = np.isfinite(top) & np.isfinite(bottom)
    top, bottom = top[both], bottom[both]
    if bottom.sum() <= 0.0:
        return NOTHING
    return Found(float(top.sum() / bottom.sum()), *ratio_interval(top, bottom))


def _share(hits: Bools) -> Found:
    found = share(hits)
    return Found(found.value, found.low, found.high)


def _worst(comparison: Comparison, arm: str) -> Found:
    """How far the worst twentieth of futures lies from that of the reference; each has its own worst futures."""
    both = np.column_stack([comparison.scalar(name, "owner_value_usd") for name in (arm, comparison.reference.name)])
    places = np.random.default_rng(SEED).integers(0, len(both), size=(RESAMPLES, len(both)))
    drawn = np.stack([tail_mean(column[places], axis=1) for column in both.T])
    low, high = np.percentile(drawn[0] - drawn[1], (2.5, 97.5))
    chosen, without = tail_mean(both)
    return Found(float(chosen - without), float(low), float(high))


def _ledger_return(comparison: Comparison, arm: str) -> Found:
    gain = comparison.scalar(arm, "ledger_gain_usd") + comparison.scalar(arm, "refunds_avoided_usd")
    return _ratio(gain, comparison.scalar(arm, "automation_cost_usd"))


def _payback_months(comparison: Comparison, arm: str) -> Found:
    back = payback_month(comparison, arm)
    spent = back[~np.isnan(back)]
    if not len(spent) or np.isinf(np.median(spent)):
        return NOTHING
    found = estimate(np.where(np.isinf(spent), 1e6, spent), np.median)
    return Found(found.value, *(bound if bound < 1e6 else np.inf for bound in (found.low, found.high)))


def _never(comparison: Comparison, arm: str) -> Found:
    back = payback_month(comparison, arm)
    return _share(np.isposinf(back[~np.isnan(back)]))


def _premium(comparison: Comparison, arm: str) -> Found:
    """Difference in the logarithm of the last year's pace, in worlds in which the firm is open all year in both."""
    months = comparison.open_in_both(arm)[:, LAST_YEAR].all(axis=1)
    pace = [comparison.series[name]["throughput"][:, LAST_YEAR].mean(axis=1)
            for name in (arm, comparison.reference.name)]
    there = months & (np.minimum(*pace) > 0.0)
    return _mean(np.log(pace[0][there] / pace[1][there]))


def _won(comparison: Comparison, arm: str) -> Floats:
    gap: Floats = comparison.series_gap(arm, "orders_served")[:, LAST_YEAR].mean(axis=1)
    return gap


def _stolen(comparison: Comparison, arm: str) -> Found:
    """Orders that the other firms of the market deliver less, over orders won by those the choice is about."""
    won = comparison.firms * _won(comparison, arm)
    market: Floats = comparison.series_gap(arm, "orders_market")[:, LAST_YEAR].mean(axis=1)
    return _ratio(won - market, won)


def _placebo(comparison: Comparison, arm: str) -> Found:
    """Of the futures of a placebo, those in which the owner ends up worse off; nothing where none was played."""
    if comparison.placebo is None:
        return NOTHING
    _, worse = placebo_share(comparison.placebo)
    return Found(worse.value, worse.low, worse.high)


def _gap(metric: str, comparison: Comparison, arm: str) -> Found:
    return _mean(comparison.gap(arm, metric))


Take = Callable[[Comparison, str], Found]
SIMPLE: dict[str, Take] = {
    "npv_usd": partial(_gap, "owner_value_usd"),
    "worst_twentieth_usd": _worst,
    "ledger_return": _ledger_return,
    "cash_return": lambda c, arm: _ratio(c.scalar(arm, "before_after_gain_usd"), c.scalar(arm, "automation_cost_usd")),
    "causal_return": lambda c, arm: _ratio(c.gap(arm, "owner_value_usd"), c.gap(arm, "automation_cost_usd")),
    "payback_never": _never,
    "payback_months": _payback_months,
    "worse_off": lambda c, arm: _share(c.gap(arm, "owner_value_usd") < 0.0),
    "placebo_worse_off": _placebo,
    "throughput_premium": _premium,
    "orders_won": lambda c, arm: _mean(_won(c, arm)),
    "business_stolen": _stolen,
    "jobs_gone": lambda c, arm: _mean(-c.gap(arm, "employees_end")),
}
HOURS = {
    "hours_to_orders": "orders", "hours_to_work": "rework", "hours_unpaid": "unpaid", "hours_to_idle": "idle",
    "hours_ended": "closed",
}
