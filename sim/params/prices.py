"""Numbers of prices (M14, fixed markup)."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Prices:
    """How often a price is looked at, and how firms differ."""

    reset_month: Floats = par(0.10, "chance that a firm resets its price in a month",
        unit="probability/month", low=0.0, high=1.0, kind="measured", source="Nakamura and Steinsson 2008, fact F12")
    price_spread: Floats = par(0.03, "log standard deviation of list prices over firms at month 0",
        unit="log points", low=0.0, high=0.3, kind="assumed", source="assumption")
