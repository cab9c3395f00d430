"""What a new tool costs a stage until people have settled in."""

from __future__ import annotations

from sim import numerics
from sim.arrays import Floats


def fading(months: Floats, half_life_months: Floats) -> Floats:
    """Part of the first month's trouble that is left so many months after go-live; 1 at 0, half each half-life."""
    return numerics.power(0.5, months / half_life_months)
