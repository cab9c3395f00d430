"""How much of a move of market prices reaches a firm that buys."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats


def passed_on(index: Floats, power: Floats) -> Floats:
    """What a firm pays over month 0 when market prices are `index`: strong suppliers pass rises on, weak ones falls."""
    change = index - 1.0
    return 1.0 + np.where(change > 0.0, power, 1.0 - power) * change
