"""How many worlds a comparison needs, settled before it is run.

Differences are paired by world, so the test is a t test of one mean, and its power is a tail of the noncentral t
distribution (Cohen 1988, chapter 2; `scipy.stats.nct`). Several comparisons share the chance of a false alarm evenly
(Bonferroni): steps down such as Holm's, by which results are judged, find no less. The difference that is worth
finding is not a matter of statistics; docs/decisions/0149 argues for it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats

from sim.errors import InputError

SMALLEST_SHARE = 0.05
"""The smallest difference that matters to an owner, over what the firm is worth to one who buys nothing."""
FEWEST, MOST = 2, 10_000_000


@dataclass(frozen=True)
class Promise:
    """What a study promises: at most so many false alarms over all comparisons, and so much power for each of them."""

    alpha: float = 0.05
    power: float = 0.8
    comparisons: int = 1

    def __post_init__(self) -> None:
        """Raise InputError for chances outside 0 to 1, or without a comparison."""
        if not (0 < self.alpha < self.power < 1 and self.comparisons >= 1):
            raise InputError(
                f"A promise needs 0 < alpha < power < 1 and a comparison; found alpha {self.alpha:g}, "
                f"power {self.power:g} and {self.comparisons} comparisons."
            )

    @property
    def level(self) -> float:
        """The p-value that each comparison has to beat."""
        return self.alpha / self.comparisons


def power_of(difference: float, spread: float, worlds: int, promise: Promise) -> float:
    """Chance that a true mean difference is found in so many worlds, two-sided.

    `spread` is the standard deviation between worlds of the paired difference, in the same unit.
    """
    freedom, shift = worlds - 1, abs(difference) / spread * np.sqrt(worlds)
    bar = stats.t.isf(promise.level / 2, freedom)
    return float(stats.nct.sf(bar, freedom, np.array([shift, -shift])).sum())  # the far lower tail, mirrored


def worlds_for(difference: float, spread: float, promise: Promise) -> int:
    """The fewest worlds in which a true difference is found with the power asked for; InputError if there is none."""
    if not (difference != 0 and spread > 0):
        raise InputError(f"A difference and a spread above zero are needed; found {difference:g} and {spread:g}.")
    low, high = FEWEST, FEWEST
    while power_of(difference, spread, high, promise) < promise.power:
        low, high = high, 2 * high
        if high > MOST:
            raise InputError(f"A difference of {difference:g} with a spread of {spread:g} needs over {MOST:,} worlds.")
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if power_of(difference, spread, middle, promise) >= promise.power else (middle, high)
    return high


def smallest_found(spread: float, worlds: int, promise: Promise) -> float:
    """The smallest true difference that so many worlds find with the power asked for, in the unit of the spread."""
    widest = 1.0
    while power_of(widest, 1.0, worlds, promise) < promise.power:
        widest *= 2.0
    share = optimize.brentq(lambda size: power_of(size, 1.0, worlds, promise) - promise.power, 0.0, widest)
    return float(share * spread)
