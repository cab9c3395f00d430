"""How firms of a trade differ in size and age: values at a given rank of the population, from published shares."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim import numerics
from sim.arrays import Floats

LARGEST = 99.0
"""Most people of a small firm, by the size classes of the sectors' files."""
SURVIVAL_YEARS = (0.0, 1.0, 3.0, 5.0, 10.0)
"""Ages at which the share of firms still there is published (fact F01)."""


def size_at(rank: Floats, mean: Floats, spread: Floats, smallest: Floats) -> Floats:
    """People at this rank (0 to 1) where sizes are lognormal with this mean: whole, from the smallest to 99.

    Where firms do not differ, the mean itself.
    """
    size = mean * numerics.exp(spread * numerics.normal(rank) - spread * spread / 2.0)
    return np.where(spread > 0.0, np.clip(np.floor(size + 0.5), smallest, LARGEST), mean)


def age_years_at(rank: Floats, alive: Sequence[Floats], oldest: Floats) -> Floats:
    """Age of the firm at this rank of a trade in which as many firms open as close, year after year.

    `alive` are the shares of firms still there at SURVIVAL_YEARS (the first is 1). Between two of these ages a constant
    share closes each year, beyond the last the share of the last stretch, up to the oldest age.
    """
    ends = (*SURVIVAL_YEARS[1:], np.inf)
    stretches = []
    for number, (begin, end) in enumerate(zip(SURVIVAL_YEARS, ends, strict=True)):
        there, (first, last) = alive[number], (number, number + 1) if number + 1 < len(alive) else (number - 1, number)
        years = SURVIVAL_YEARS[last] - SURVIVAL_YEARS[first]
        closing = np.maximum(numerics.log(alive[first] / alive[last]) / years, 1e-9)
        length = np.maximum(np.minimum(end, oldest) - begin, 0.0)
        stretches.append((there, closing, length, there * (1.0 - numerics.exp(-closing * length)) / closing))
    left, age = rank * np.add.accumulate([count for *_, count in stretches])[-1], np.zeros_like(rank)
    for there, closing, length, count in stretches:
        within = np.clip(left, 0.0, count) * closing / there
        age += np.minimum(-numerics.log(np.maximum(1.0 - within, 1e-12)) / closing, length)
        left = left - count
    return age
