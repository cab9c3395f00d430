"""Money over time."""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Floats

LEAST_RATE = 1e-7
"""Below this rate a month, discounting is lost in rounding and left out."""


def annuity_factor(rate_month: Floats, months: Floats) -> Floats:
    """Present value of one dollar at the end of each of so many months; rate 0 gives the number of months."""
    safe = np.maximum(rate_month, LEAST_RATE)
    worth = (1.0 - numerics.power(1.0 / (1.0 + safe), months)) / safe
    return np.where(rate_month > LEAST_RATE, worth, months)
