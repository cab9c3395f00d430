"""What the automation itself earned: same firm, same luck, no purchase.

The gain is the owner's value with the choice minus without it in the same world, after everything the
automation cost; the return per year spreads gain over cost evenly over the years watched, so that it can be
held against the return the owner asks for. Firms in which nothing was spent have no return and are counted,
never dropped silently.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.analysis.comparison import Comparison
from sim.analysis.resample import ratio_interval, share_interval
from sim.arrays import Bools, Floats


@dataclass(frozen=True)
class Share:
    """A share of worlds with its 95% interval."""

    hits: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share itself, NaN if it is a share of nothing."""
        return self.hits / self.of if self.of else float("nan")


@dataclass(frozen=True)
class Earned:
    """The return of one choice.

    `return_year` (worlds,) is NaN where nothing was spent; `pooled_year` is the ratio of sums over worlds
    with its interval; `ahead`, `cleared` and `lost` are shares of all worlds: better off than the reference,
    at or above the return asked for, worse off; `idle` counts the worlds in which nothing was spent.
    """

    return_year: Floats
    pooled_year: float
    low: float
    high: float
    ahead: Share
    cleared: Share
    lost: Share
    idle: int


def earned(comparison: Comparison, arm: str) -> Earned:
    """Gain over cost per year for one choice against the reference."""
    gain_usd = comparison.gap(arm, "owner_value_usd")
    cost_usd = comparison.gap(arm, "automation_cost_usd")
    spent, by_world = cost_usd > 0, return_year(comparison, arm)
    low, high = ratio_interval(gain_usd[spent], cost_usd[spent] * comparison.years)
    total_usd = cost_usd[spent].sum() * comparison.years
    return Earned(
        return_year=by_world,
        pooled_year=float(gain_usd[spent].sum() / total_usd) if total_usd > 0 else float("nan"),
        low=low,
        high=high,
        ahead=share(gain_usd > 0),
        cleared=share(by_world >= comparison.hurdle_year),
        lost=share(gain_usd < 0),
        idle=int((~spent).sum()),
    )


def return_year(comparison: Comparison, arm: str) -> Floats:
    """Gain over cost per year by world, (worlds,); NaN where nothing was spent."""
    cost_usd = comparison.gap(arm, "automation_cost_usd")
    spent = cost_usd > 0
    gain_usd = comparison.gap(arm, "owner_value_usd")
    return np.where(spent, gain_usd / np.where(spent, cost_usd, 1.0) / comparison.years, np.nan)


def share(hits: Bools) -> Share:
    """The share of worlds in which something holds."""
    low, high = share_interval(int(hits.sum()), hits.size)
    return Share(int(hits.sum()), hits.size, low, high)
