"""Prototypes and new offers: what they cost, how many succeed, what they are worth, and how they fade."""

from __future__ import annotations

import numpy as np
import pytest

from sim.formulas.explore import months_to_market, sales_due_to, worth
from sim.mechanisms import explore
from sim.mechanisms.demand import attraction
from sim.scenario.arms_list import parse_arm
from sim.state import FLOW
from sim.world import World
from tests.worlds import arm, live, make, snapshot, street

MANY = (np.arange(20_000) + 0.5) / 20_000


def exploring(share: float = 0.5, **numbers: float) -> World:
    """A street whose first firm explores, with money for several prototypes."""
    world = make(street(explore=numbers), [1], arm("none", explore=share))
    world.firms.cash_cents[0], world.firms.explore_usd[0] = 10**9, 1e6 * (share > 0.0)
    return world


def test_a_share_of_prototypes_succeeds_and_what_succeeds_has_this_mean() -> None:
    values = worth(np.array(0.06), np.array(0.3), MANY)

    assert (values > 0.0).mean() == pytest.approx(0.3, abs=1e-3)
    assert values[values > 0.0].mean() == pytest.approx(0.06, rel=2e-3)
    assert not worth(np.array(0.06), np.array(0.0), MANY).any()


def test_prototypes_take_at_least_a_month_and_so_many_on_average() -> None:
    draws = np.random.default_rng(1).uniform(1e-9, 1.0, size=(2, 200_000))
    months = months_to_market(np.array(6.0), *draws)

    assert months.min() == 1
    assert months.mean() == pytest.approx(6.5, abs=0.05)


def test_sales_due_to_an_offer_grow_with_it_and_never_exceed_all() -> None:
    share = sales_due_to(np.array([0.0, 0.01, 0.1, 50.0]))

    assert share[0] == 0.0
    assert share[1] == pytest.approx(0.01, rel=0.01)
    assert (np.diff(share) > 0.0).all()
    assert share[3] == pytest.approx(1.0)


def test_a_prototype_is_paid_out_of_what_was_put_aside_for_it() -> None:
    world = exploring()
    explore.start_prototypes(world)
    price = 0.05 * world.firms.normal_orders[0] * world.firms.price_usd[0]

    assert world.firms.flow_cents[0, FLOW["tools_once"]] == -round(100 * price)
    assert world.firms.explore_usd[0] == pytest.approx(1e6 - price)
    assert world.firms.prototypes.tolist()[:2] == [1, 0]


@pytest.mark.parametrize("changes", [{"explore": 0.0}, {"explore_usd": 10.0}, {"cash_cents": 0}])
def test_without_the_wish_the_savings_or_the_cash_nothing_is_tried(changes: dict[str, float]) -> None:
    world = exploring()
    for name, value in changes.items():
        getattr(world.firms, name)[0] = value
    explore.start_prototypes(world)

    assert not world.firms.prototypes.any()
    assert not world.firms.flow_cents.any()


def test_an_offer_draws_customers_until_it_is_copied_and_a_failure_leaves_nothing() -> None:
    good, bad = exploring(success=1.0, appeal=0.2), exploring(success=0.0)
    for world in (good, bad):
        explore.start_prototypes(world)
        world.firms.offer_wait[0, 0] = 1
        world.firms.explore_usd[0] = 0.0
        explore.bring_to_market(world)
    first = float(good.firms.novelty[0])
    before = attraction(good)[0] - first

    assert first > 0.0
    assert good.firms.novelty_young[0] == first
    assert not bad.firms.novelty.any()
    assert not bad.firms.offer_worth.any()
    for _ in range(18):
        explore.bring_to_market(good)
    assert good.firms.novelty[0] == pytest.approx(first / 2.0)
    assert attraction(good)[0] == pytest.approx(before + first / 2.0)
    for _ in range(6):
        explore.bring_to_market(good)
    assert good.firms.novelty_young[0] == 0.0
    assert good.firms.novelty[0] > 0.0


def test_putting_aside_moves_part_of_a_month_s_saving_and_no_more_than_there_is() -> None:
    world = exploring(0.3)
    firms = world.firms
    firms.explore_usd[0], firms.fund_usd[0] = 0.0, 1000.0
    firms.flow_cents[0, FLOW["sales"]] = 4_000_000
    explore.put_aside(world)
    assert firms.explore_usd[0] == pytest.approx(0.3 * 0.015 * 40_000)
    assert firms.explore_usd[0] + firms.fund_usd[0] == pytest.approx(1000.0)

    firms.fund_usd[0] = 5.0
    explore.put_aside(world)
    assert firms.fund_usd[0] == 0.0


def test_who_does_not_explore_lives_as_if_nobody_could() -> None:
    plain, dear = (make(street(explore=numbers), [3], arm("aligned")) for numbers in ({}, {"appeal": 1.0}))

    assert {n: c.tobytes() for n, c in snapshot(live(plain, 12)).items()} == {
        n: c.tobytes() for n, c in snapshot(live(dear, 12)).items()}


def test_the_share_may_be_said_in_percent() -> None:
    assert parse_arm("aligned+explore30").explore == 0.3
    assert parse_arm("aligned+explore").explore == 1.0
