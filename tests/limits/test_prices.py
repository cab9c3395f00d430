"""Markups answer to demand within bounds, and to quality only as far as customers can see it."""

from __future__ import annotations

import numpy as np
import pytest

from sim.formulas.prices import pressure, quality_premium
from sim.mechanisms import prices
from sim.world import World
from tests.worlds import differing, live, make, snapshot, street

SEEN = {"quality_observed": np.array(1.0)}
BLIND = {"quality_observed": np.array(0.0)}


def busier(factor: float) -> World:
    """A street in which the first firm expects this many times the orders it was built for."""
    world = make(street(sector=BLIND), [1])
    world.firms.orders_expected[0] = factor * world.firms.normal_orders[0]
    prices.adapt_markups(world)
    return world


@pytest.mark.parametrize(("factor", "added"), [(1.0, 0.0), (1.1, 0.0095), (0.9, -0.0105), (3.0, 0.05), (0.0, -0.05)])
def test_a_markup_follows_demand_within_its_bounds(factor: float, added: float) -> None:
    firms = busier(factor).firms

    assert firms.markup[0] - firms.markup_own[0] == pytest.approx(added, abs=1e-4)
    assert firms.markup[1:5] == pytest.approx(firms.markup_own[1:5], abs=1e-12)


def test_an_unknown_demand_moves_a_markup_no_further_than_its_bound() -> None:
    none = np.zeros(1)

    assert pressure(none, none, np.full(1, 0.1), np.full(1, 0.05)) == 0.0
    assert pressure(none, np.full(1, 1e6), np.full(1, 1.0), np.full(1, 0.05)) == -0.05


def test_fewer_faults_earn_a_premium_only_where_customers_can_see_them() -> None:
    fewer, worth, most = np.array([0.02, -0.02, 0.9]), np.full(3, 0.8), np.full(3, 0.05)

    assert quality_premium(fewer, worth, np.ones(3), most) == pytest.approx([0.016, -0.016, 0.05])
    assert not quality_premium(fewer, worth, np.zeros(3), most).any()


@pytest.mark.parametrize(("sector", "earns"), [(SEEN, True), (BLIND, False)])
def test_a_firm_that_gets_better_charges_more_where_it_shows(sector: dict[str, object], earns: bool) -> None:
    world = make(street(sector=sector), [1])
    before = world.firms.markup.copy()
    world.firms.faults_seen[0] = 0.0
    prices.adapt_markups(world)

    assert bool(world.firms.markup[0] > before[0] + 0.005) is earns


def test_a_founding_price_already_holds_the_premium() -> None:
    """So that no price moves at month 0 for quality that was there before."""
    world = make(street(sector=SEEN), [1, 2])
    founded = world.firms.markup.copy()
    prices.adapt_markups(world)

    assert world.firms.markup[world.firms.open] == pytest.approx(founded[world.firms.open], abs=1e-12)


def test_a_tenth_of_prices_is_reset_in_a_month() -> None:
    """Between 9 and 12%, fact F12."""
    world = make(street(demand={"footfall_shock": 0.2}), range(40))
    live(world, 2)
    moved = []
    for _ in range(12):
        before, was = world.firms.price_usd.copy(), world.firms.birth.copy()
        live(world, 1)
        same = world.firms.open & (world.firms.birth == was)
        moved.append(float((world.firms.price_usd[same] != before[same]).mean()))

    assert 0.09 < np.mean(moved) < 0.12


def test_prices_stay_near_costs_for_ten_years() -> None:
    neighbourhood = {"small_firms": 10, "large_firms": 2, "spare_slots": 24, "customers": 600}
    world = live(make(street(setup=neighbourhood), range(12)), 120)
    ratio = world.firms.price_usd[world.firms.open] / 14.0

    assert 0.93 < float(ratio.mean()) < 1.07
    assert 0.8 < float(ratio.min()) < float(ratio.max()) < 1.25


def test_switched_off_every_firm_keeps_the_markup_it_was_founded_with() -> None:
    world = make(street(finance={"entry_year": 0.0}), [1, 2])
    world.ablated = frozenset({"prices.adapt_markups"})
    before = world.firms.markup.copy()
    live(world, 12)

    assert np.array_equal(world.firms.markup, before)


def test_adapting_writes_markups_alone() -> None:
    world = live(make(street(), [1, 2]), 3)
    before = snapshot(world)
    prices.adapt_markups(world)

    assert differing(before, snapshot(world)) <= prices.adapt_markups.writes
