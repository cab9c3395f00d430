"""How long a large firm takes to act."""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Floats, Ints

LAG_STEPS = 3
"""Shape of the Gamma: as many exponential steps (see it, decide it, do it), one after the other."""


def lag_months(mean: Floats, first: Floats, second: Floats, third: Floats) -> Ints:
    """Whole months until the third of three equally long exponential steps is done, at least one; (rows,)."""
    waited = -(mean / LAG_STEPS) * (numerics.log(first) + numerics.log(second) + numerics.log(third))
    months: Ints = np.maximum(np.ceil(waited), 1.0).astype(np.int64)
    return months
