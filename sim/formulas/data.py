"""What data say: next to nothing from one source, more than in proportion from several that can be joined."""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Floats


def insight(stock: Floats, full_pairs: Floats) -> Floats:
    """Pairs of sources that can be joined over those that say all, at most 1; stock (rows, stages) -> (rows,)."""
    total, squares = numerics.row_sum(stock), numerics.row_sum(stock * stock)
    return np.minimum(0.5 * np.maximum(total * total - squares, 0.0) / full_pairs, 1.0)


def diminishing(insight_: Floats, most: Floats, half: Floats) -> Floats:
    """What insight brings: half of `most` at `half`, never quite all of it."""
    return most * insight_ / (insight_ + half)
