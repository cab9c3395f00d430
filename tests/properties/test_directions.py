"""Which way a world moves when one number is turned, luck unchanged; and which numbers are only units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from sim.arrays import Floats
from sim.state import OUTSIDE
from sim.world import World
from tests.worlds import Changes, focal_rows, live, make, planned, street

SEEDS = range(24)
MONTHS = 12
LASTING = {"patience_months": 60.0, "overdraft_days": 120.0}


def lived(**groups: Changes) -> World:
    """A year of two dozen streets in which nobody closes."""
    lasting: Mapping[str, Changes] = {**groups, "finance": {**LASTING, **groups.get("finance", {})}}
    return live(make(street(**lasting), SEEDS), MONTHS)


def focal(world: World, column: str) -> float:
    """Mean of a column over the firms in focus."""
    values: Floats = getattr(world.firms, column)[focal_rows(world)]
    return float(values.mean())


@pytest.fixture(scope="module")
def plain() -> World:
    """The same year with nothing turned."""
    return lived()


def test_a_dearer_firm_sells_less() -> None:
    worlds = [make(street(finance=LASTING, prices={"reset_month": 0.0}), SEEDS) for _ in range(2)]
    worlds[1].firms.price_usd[focal_rows(worlds[1])] *= 1.1
    orders = [focal(live(world, MONTHS), "orders_new") for world in worlds]

    assert orders[1] < 0.97 * orders[0]


@pytest.mark.parametrize(
    ("group", "changes", "column", "sign"),
    [
        ("throughput", {"equipment_utilisation": 1.15}, "orders_served", -1),
        ("throughput", {"equipment_utilisation": 1.15}, "utilisation", +1),
        ("throughput", {"equipment_utilisation": 1.15}, "wait_ratio", +1),
        ("throughput", {"normal_utilisation": 0.7}, "utilisation", -1),
        ("errors", {"slip_share": 0.1}, "orders_faulty", +1),
        ("errors", {"slip_share": 0.1}, "cash_cents", -1),
        ("errors", {"quality_mean": 0.9}, "fault_share", -1),
        ("waiting", {"arrival_variation": 3.0}, "wait_ratio", +1),
        ("sector", {"quits_month": 0.15}, "utilisation", +1),
        ("staffing", {"fill_month": 0.2}, "utilisation", +1),
        ("demand", {"trend_year": 0.3}, "orders_new", +1),
        ("finance", {"payout_share": 0.0}, "cash_cents", +1),
    ],
)
def test_turning_a_number_moves_the_firm_that_way(
    plain: World, group: str, changes: Changes, column: str, sign: int
) -> None:
    turned = lived(**{group: changes})

    assert sign * (focal(turned, column) - focal(plain, column)) > 0.0


def test_customers_that_look_around_more_change_supplier_more() -> None:
    moves = []
    for attention in (0.05, 0.4):
        world = make(street(demand={"attention_month": attention}), range(8))
        before = world.customers.supplier.copy()
        live(world, 1)
        moves.append(float((world.customers.supplier != before).mean()))

    assert moves[1] > 4.0 * moves[0]


def test_an_oven_where_baking_is_tight_sells_more_than_a_till() -> None:
    """The plain fix of the bottleneck against the plain fix of another stage."""
    tight: dict[str, Any] = {"setup": {"bottleneck_stage": 1.0}, "throughput": {"equipment_utilisation": 1.2},
             "focal": {"cash_days": 300.0}, "finance": LASTING}
    served = []
    for item in ("expand:operations", "expand:marketing_sales"):
        world = live(make(street(**tight), SEEDS, planned((item, 1))), MONTHS)
        assert (world.firms.projects[focal_rows(world)] == 1).all()
        served.append(focal(world, "orders_served"))

    assert served[0] > 1.05 * served[1]


def test_a_world_without_attention_never_loses_a_customer() -> None:
    world = make(street(demand={"attention_month": 0.0}), [1, 2])
    world.ablated = frozenset({"finance.close_firms", "entry.open_new_firms"})
    before = world.customers.supplier.copy()
    live(world, MONTHS)

    assert np.array_equal(world.customers.supplier, before)
    assert (before == OUTSIDE).any()


def test_another_currency_is_another_unit_and_nothing_else() -> None:
    """Four to the dollar, a power of two: every price and wage is exactly four times as much, every order the same."""
    worlds = []
    for rate in (1.0, 4.0):
        money = {"order_value_usd": 14.0 * rate, "wage_usd_hour": 20.0 * rate}
        world = make(street(sector=money), range(4))
        world.ablated = frozenset({"finance.close_firms"})
        worlds.append(live(world, MONTHS))
    dollars, quarters = (world.firms for world in worlds)

    counts = ("orders_new", "orders_served", "orders_lost", "orders_faulty", "posts", "hires", "quits", "wait_ratio")
    for column in counts:
        assert np.array_equal(getattr(dollars, column), getattr(quarters, column)), column
    assert np.array_equal(4.0 * dollars.price_usd, quarters.price_usd)
    rounding = np.abs(4 * dollars.flow_cents - quarters.flow_cents)
    assert rounding.max() <= 20
