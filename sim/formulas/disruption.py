"""What a new tool costs a stage until people have settled in."""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Floats


def fading(months: Floats, half_life_months: Floats) -> Floats:
    """Part of the first month's trouble that is left so many months after go-live; 1 at 0, half each half-life."""
    return numerics.power(0.5, months / half_life_months)


def changed_work(taken: Floats, equipment_gain: Floats) -> Floats:
    """Share of a stage's work that is done in a new way: what a tool takes beyond what its own equipment carries.

    A machine that adds a fifth to the equipment carries a sixth of the work beside the old; shares, any one shape.
    Whatever a tool is rated at, no more than all of the work changes.
    """
    return np.maximum(np.minimum(taken, 1.0) - equipment_gain / (1.0 + equipment_gain), 0.0)
