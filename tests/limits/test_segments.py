"""A second kind of customer orders more, cares more about reliability, and is counted apart."""

from __future__ import annotations

import numpy as np
import pytest

from sim.mechanisms import segments
from sim.run import Job, simulate
from sim.world import World
from tests.worlds import FAMILIES, NOTHING, busy, differing, live, make, snapshot, street

CATERING = {"second_share": 0.2}


def test_by_default_all_customers_are_of_one_kind() -> None:
    world = live(make(street(), [1, 2]), 3)

    assert not world.customers.segment.any()
    assert (world.customers.care == 1.0).all()
    assert not world.firms.customers[:, 1].any()
    assert not world.firms.orders_segment[:, 1].any()


def test_the_second_kind_is_as_frequent_and_orders_as_much_as_stated() -> None:
    world = make(street(segments=CATERING, setup={"customers": 4000}), [1, 2, 3])
    second = world.customers.segment == 1

    assert float(second.mean()) == pytest.approx(0.2, abs=0.015)
    size = world.customers.orders_month
    for number in range(3):
        here = world.customers.world == number
        assert size[here & second].max() == pytest.approx(5.0 * size[here & ~second].min())
        assert size[here & second].min() == pytest.approx(5.0 * size[here & ~second].max())


def test_all_customers_together_order_the_same_whatever_the_kinds() -> None:
    usual, mixed = make(street(), [1, 2]), make(street(segments=CATERING), [1, 2])

    assert mixed.customers.orders_month.sum() == pytest.approx(usual.customers.orders_month.sum())


def left_after(world: World, first: np.ndarray[tuple[int], np.dtype[np.int64]], segment: int) -> float:
    """Share of the first firms' customers of a kind who have gone."""
    own = (first % world.firm_slots == 0) & (first >= 0) & (world.customers.segment == segment)
    return float((world.customers.supplier[own] != first[own]).mean())


def test_an_unreliable_firm_loses_more_of_those_who_care() -> None:
    """One order in five: with two in five everybody who looks around leaves, whether they care or not."""
    world = make(street(segments={"second_share": 0.5}, setup={"customers": 600}), range(24))
    world.ablated = frozenset({"finance.close_firms", "entry.open_new_firms"})
    first = world.customers.supplier.copy()
    for _ in range(18):
        world.firms.faults_seen[:: world.firm_slots] = 0.2
        live(world, 1)

    assert left_after(world, first, segment=1) > left_after(world, first, segment=0) + 0.05


def owning_a_list(convenience_second: float) -> World:
    """Streets whose first firm has software at work that may serve the second kind; nothing else differs."""
    idle = {"one_off": 0.0, "subscription": 0.0, "hours_taken_marketing_sales": 0.0, "hours_taken_service": 0.0}
    size = {"customers": 600}
    world = make(street({"crm": idle | {"convenience_second": convenience_second}},
                        segments={"second_share": 0.5}, setup=size), range(24))
    world.ablated = frozenset({"finance.close_firms"})
    world.firms.tool_family[:: world.firm_slots, 0] = FAMILIES.index("crm")
    world.firms.tool_units[:: world.firm_slots, 0] = 1.0
    return live(world, 18)


def test_a_tool_for_the_second_kind_wins_customers_of_that_kind_and_none_of_the_usual() -> None:
    """Usual customers rather leave: the firm is fuller."""
    without, with_it = owning_a_list(0.0), owning_a_list(0.6)
    usual, second = [
        (with_it.firms.customers - without.firms.customers)[:: with_it.firm_slots, kind].mean() for kind in (0, 1)
    ]

    assert second > 2.0
    assert usual < 1.0
    assert with_it.firms.convenience_second[0] > 0.0
    assert not with_it.firms.convenience.any()
    assert not without.firms.convenience_second.any()


def test_every_customer_is_counted_once_and_nobody_is_kept_twice() -> None:
    world = make(busy(segments=CATERING), [1, 2, 3])
    for _ in range(18):
        before = world.firms.customers.copy()
        live(world, 1)
        firms = world.firms
        assert firms.customers.sum() == (world.customers.bought_from >= 0).sum()
        assert (firms.customers_kept <= firms.customers).all()
        assert np.array_equal(firms.orders_segment.sum(axis=1), firms.orders_new)
        kept = firms.customers_kept[firms.customers_had.sum(axis=1) == 0]
        assert not kept.any()
        assert ((firms.customers_had == before) | (firms.customers_had == 0)).all()


def test_a_new_firm_in_a_used_place_keeps_nobody() -> None:
    world = live(make(street(), [1]), 1)
    world.customers.bought_from[:] = np.where(world.customers.supplier == 0, 99, world.customers.bought_from)
    segments.count_customers(world)

    assert world.firms.customers[0].sum() > 0
    assert not world.firms.customers_kept[0].any()
    assert world.firms.customers_kept[1].sum() > 0


def test_the_focal_firms_sales_and_retention_are_measured_by_kind() -> None:
    family_names = {name: name for name in FAMILIES}
    job = Job(street(segments=CATERING), family_names, NOTHING, NOTHING, "focal", seed=1, replicate=0, months=24)
    seen = simulate([job])[0]

    assert 0.0 < seen.scalars["revenue_second_last_year_usd"] < seen.scalars["revenue_last_year_usd"]
    for kind in ("usual", "second"):
        yearly = float(np.prod(seen.series[f"kept_{kind}"][-12:]))
        assert seen.scalars[f"retention_{kind}_year"] == pytest.approx(yearly)
        assert 0.1 < yearly < 0.95


def test_counting_writes_what_it_says_and_moves_nobody() -> None:
    world = live(make(street(segments=CATERING), [1, 2]), 3)
    world.customers.supplier[:3] = world.customers.supplier[4]
    before = snapshot(world)
    segments.count_customers(world)

    assert differing(before, snapshot(world)) <= segments.count_customers.writes
