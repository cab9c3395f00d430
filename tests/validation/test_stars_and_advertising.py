"""What a star and advertising are worth, measured on paired worlds against what was published.

One rating star is 5 to 9% of an independent's revenue and nothing of a chain's (Luca 2016); advertising has a
short-run sales elasticity near .12 (Sethuraman, Tellis and Briesch 2011). Equipment is ample, nobody closes.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sim.arrays import Floats, Ints
from sim.world import World
from tests.worlds import live, make, street

WORLDS, MONTHS = 64, 18
NEIGHBOURHOOD = {"small_firms": 10, "large_firms": 2, "spare_slots": 10, "customers": 1500}
Change = Callable[[World, Ints, int], None]


def orders(change: Change, slot: int = 0) -> Floats:
    """Orders of the firm in this slot of every world, (months, worlds), with something changed every month."""
    world = make(street(setup=NEIGHBOURHOOD, throughput={"equipment_utilisation": 0.5}), range(WORLDS))
    world.ablated = frozenset({"finance.close_firms"})
    rows, lived = np.arange(WORLDS) * world.firm_slots + slot, []
    for month in range(MONTHS):
        change(world, rows, month)
        live(world, 1)
        lived.append(world.firms.orders_new[rows].astype(np.float64))
    return np.array(lived)


def nothing(world: World, rows: Ints, month: int) -> None:
    """Change nothing."""


def one_star_more(world: World, rows: Ints, month: int) -> None:
    """A star more in the first month, and what fades put back."""
    world.firms.reputation[rows] += 1.0 if month == 0 else world.params.reputation.fading_month[0]


def half_as_much_again(world: World, rows: Ints, month: int) -> None:
    """Advertise one and a half times the usual."""
    world.firms.advertising[rows] = 1.5


def gain(change: Change, months: slice, slot: int = 0) -> float:
    """Log change of all worlds' orders over these months."""
    with_it, without = orders(change, slot)[months].sum(), orders(nothing, slot)[months].sum()
    return float(np.log(with_it / without))


def test_a_star_is_worth_five_to_nine_per_cent_of_an_independents_revenue() -> None:
    assert 0.05 <= gain(one_star_more, slice(12, 18)) <= 0.09


def test_a_star_is_worth_nothing_to_a_chain() -> None:
    assert gain(one_star_more, slice(12, 18), slot=10) == pytest.approx(0.0, abs=0.005)


def test_advertising_has_a_short_run_elasticity_near_one_eighth() -> None:
    assert gain(half_as_much_again, slice(0, 12)) / np.log(1.5) == pytest.approx(0.12, abs=0.04)
