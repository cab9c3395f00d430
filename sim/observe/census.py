"""The small firms of a market at month 0, in one line: how large and how old they are, and what they earn."""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Floats
from sim.world import World

MONTHS_YEAR = 12.0


def small_firms(world: World) -> dict[str, Floats]:
    """People employed, age in years and profit over sales at normal volume of every small firm, each (firms,)."""
    firms = world.firms
    rows = np.nonzero(firms.open & ~firms.large)[0]
    staff = numerics.count_by(world.people.employer, len(firms.open))[rows]
    return {
        "people": staff.astype(np.float64), "years": (world.month - firms.founded_month[rows]) / MONTHS_YEAR,
        "margin": firms.profit_usd[rows] / (firms.normal_orders[rows] * firms.price_usd[rows]),
    }


def told(world: World) -> str:
    """The census of month 0 for people: the middle firm, and the least and most."""
    counted = small_firms(world)
    people, years, margin = ((np.median(one), one.min(), one.max()) for one in counted.values())
    return (
        f"small firms at the start: {people[0]:.0f} people ({people[1]:.0f} to {people[2]:.0f}), "
        f"{years[0]:.0f} years old ({years[1]:.0f} to {years[2]:.0f}), "
        f"margin {margin[0]:.0%} ({_percent(margin[1])} to {_percent(margin[2])})"
    )


def _percent(share: float) -> str:
    return f"{'−' if round(share * 100) < 0 else ''}{abs(share):.0%}"
