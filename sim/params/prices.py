"""Numbers of prices (M14)."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Prices:
    """How often a price is looked at, what moves a markup, and how firms differ."""

    reset_month: Floats = par(0.10, "chance that a firm resets its price in a month",
        unit="probability/month", low=0.0, high=1.0, kind="measured", source="Nakamura and Steinsson 2008, fact F12")
    price_spread: Floats = par(0.03, "log standard deviation of list prices over firms at month 0",
        unit="log points", low=0.0, high=0.3, kind="assumed", source="assumption")
    demand_response: Floats = par(0.10, "markup gained per log point of orders beyond those the firm was built for",
        unit="share/log point", low=0.0, high=1.0, kind="assumed", source="assumption: 10% more orders, 1% more")
    most_adapted: Floats = par(0.05, "most that demand, or quality, moves a markup",
        unit="share", low=0.0, high=0.5, kind="assumed", source="assumption: about the margin of the trade")
    premium_share: Floats = par(0.5, "part of what fewer visible faults are worth to customers that the firm charges",
        unit="share", low=0.0, high=1.0, kind="assumed", source="assumption: the gain is shared evenly")
