"""Stars follow customers' feelings and fade; awareness is kept up by advertising and does not grow with size."""

from __future__ import annotations

import numpy as np
import pytest

from sim.mechanisms import demand, reputation
from sim.state import FLOW, OUTSIDE
from tests.worlds import differing, live, make, snapshot, street


def test_stars_settle_at_what_customers_feel_and_stay_in_their_bounds() -> None:
    world = make(street(), [1])
    world.customers.satisfaction[:] = np.where(world.customers.supplier == 0, 0.3, -9.0)
    world.worlds.satisfaction[:] = 0.1
    for _ in range(120):
        reputation.follow_ratings(world)

    assert world.firms.reputation[0] == pytest.approx(2.0 * 0.2, rel=1e-4)
    assert world.firms.reputation[1] == pytest.approx(-2.0, rel=1e-4)


def test_without_customers_a_reputation_fades() -> None:
    world = make(street(), [1])
    world.customers.supplier[:] = OUTSIDE
    world.firms.reputation[:] = 1.0
    reputation.follow_ratings(world)

    assert world.firms.reputation[world.firms.open] == pytest.approx(0.9)
    assert not world.firms.reputation[~world.firms.open].any()


def test_a_star_counts_for_small_firms_and_not_for_chains() -> None:
    world = make(street(), [1])
    before = demand.attraction(world)
    world.firms.reputation[:] += 1.0
    gained = demand.attraction(world) - before

    assert gained[~world.firms.large] == pytest.approx(world.params.reputation.star_weight[0])
    assert gained[world.firms.large] == pytest.approx(0.0)


def test_usual_advertising_keeps_awareness_where_it_is_and_costs_nothing_on_top() -> None:
    known = {"entrant_awareness": 1.0}
    world = live(make(street(finance={"entry_year": 0.0}, reputation=known), [1, 2]), 24)
    firms = world.firms

    assert np.array_equal(firms.awareness, firms.awareness_usual)
    reputation.advertise(world)
    world.firms.flow_cents[:] = 0
    reputation.advertise(world)
    assert not world.firms.flow_cents.any()


@pytest.mark.parametrize(
    ("advertising", "settles_at"), [(0.0, 0.0), (0.5, 0.5 * 0.5**1.3), (1.5, 0.5 * 1.5**1.3), (4.0, 1.0)]
)
def test_awareness_settles_where_advertising_keeps_it(advertising: float, settles_at: float) -> None:
    world = make(street(focal={"advertising": advertising}, reputation={"entrant_awareness": 1.0}), [1])
    for _ in range(120):
        reputation.advertise(world)

    assert world.firms.awareness[0] == pytest.approx(settles_at, abs=1e-6)
    assert world.firms.awareness[1] == 0.5


def test_advertising_beyond_the_usual_is_paid_for_and_less_of_it_saves() -> None:
    for advertising in (0.5, 3.0):
        world = make(street(focal={"advertising": advertising}), [1])
        firms = world.firms
        reputation.advertise(world)
        usd = -(advertising - 1.0) * 0.02 * firms.normal_orders[0] * firms.price_usd[0]

        assert firms.flow_cents[0, FLOW["overhead"]] == pytest.approx(100.0 * usd, abs=0.5)
        assert not firms.flow_cents[1:].any()


def test_awareness_does_not_depend_on_how_much_a_firm_sells() -> None:
    world = make(street(), [1])
    other = make(street(), [1])
    other.customers.supplier[:] = 1
    other.firms.orders_served[:] = 10**6
    for one in (world, other):
        reputation.advertise(one)

    assert np.array_equal(world.firms.awareness, other.firms.awareness)


def test_an_entrant_is_hardly_known_and_becomes_known() -> None:
    world = make(
        street(finance={"entry_year": 3.0}, setup={"spare_slots": 40}, reputation={"entrant_awareness": 0.2}), [1])
    world.ablated = frozenset({"finance.close_firms"})
    live(world, 1)
    new = np.nonzero(world.firms.birth == 5)[0]
    first = float(world.firms.awareness[new[0]])
    live(world, 36)

    assert first < 0.4 * 0.5
    assert world.firms.awareness[new] == pytest.approx(0.5, abs=0.01)


def test_switched_off_reputation_is_zero_and_awareness_what_is_usual() -> None:
    world = make(street(focal={"advertising": 3.0}), [1, 2])
    world.ablated = frozenset({"reputation.advertise", "reputation.follow_ratings"})
    live(world, 12)

    assert not world.firms.reputation.any()
    assert np.array_equal(world.firms.awareness, world.firms.awareness_usual)


def test_the_two_steps_write_what_they_say() -> None:
    world = live(make(street(focal={"advertising": 2.0}), [1, 2]), 3)
    for step in (reputation.advertise, reputation.follow_ratings):
        before = snapshot(world)
        step(world)
        assert differing(before, snapshot(world)) == {name for name in step.writes}


def test_the_market_does_not_tip_into_a_monopoly_in_ten_years() -> None:
    neighbourhood = {"small_firms": 10, "large_firms": 2, "spare_slots": 24, "customers": 600}
    world = make(street(setup=neighbourhood), range(16))

    def largest() -> float:
        served = world.firms.orders_served.reshape(16, -1).astype(float)
        return float((served.max(axis=1) / served.sum(axis=1)).mean())

    live(world, 12)
    first = largest()
    live(world, 108)

    assert largest() < first + 0.08
    assert largest() < 0.35
