"""Money over time."""

from __future__ import annotations

from sim import numerics
from sim.arrays import Floats


def annuity_factor(rate_month: Floats, months: Floats) -> Floats:
    """Present value of one dollar at the end of each of so many months; rate 0 gives the number of months."""
    safe = rate_month + (rate_month == 0.0)
    worth = (1.0 - numerics.power(1.0 / (1.0 + safe), months)) / safe
    return worth * (rate_month != 0.0) + months * (rate_month == 0.0)
