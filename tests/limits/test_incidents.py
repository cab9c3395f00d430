"""Data are stolen where tools lay them open, the less the better they are kept; without tools nothing of it happens."""

from __future__ import annotations

import numpy as np
import pytest

from sim.exposure import exposure
from sim.formulas.incidents import chance_month, days_out, heavy_cost, reached_by_rules
from sim.mechanisms import incidents, projects
from sim.offers import offers
from sim.state import FLOW, SEARCHING
from sim.strategies.arms import Arm
from sim.world import World
from tests.worlds import FAMILIES, NOTHING, arm, differing, everybody, live, make, snapshot, street

ORDERING, CRM = FAMILIES.index("online_ordering"), FAMILIES.index("crm")
EVEN = (np.arange(20_000) + 0.5) / 20_000.0
OFTEN = {"breach_year": 3.0, "breach_churn": 0.4, "breach_usd": 1000.0}


def owning(*families: int, own: Arm = NOTHING, regulation: float = 1.0, **numbers: float) -> World:
    """Streets in their second month whose firms have these tools at work."""
    world = everybody(make(street(sector={"regulation": regulation}, incidents=numbers), range(40)), own)
    live(world, 1)
    rows = np.nonzero(world.firms.open)[0]
    for slot, family in enumerate(families):
        world.firms.tool_family[rows, slot] = family
        world.firms.tool_units[rows, slot] = world.firms.tool_skill[rows, slot] = 1.0
        world.firms.tool_usage[rows, slot] = 1.0
    world.firms.flow_cents[:] = 0
    return world


def stolen(world: World) -> np.ndarray:
    """Firms whose data are stolen this month."""
    incidents.suffer_breaches(world)
    return np.nonzero(world.firms.breaches)[0]


def test_costs_have_the_mean_they_are_said_to_have_and_a_long_tail() -> None:
    usd = heavy_cost(EVEN, np.array(2000.0), np.array(1.5))

    assert usd.mean() == pytest.approx(2000.0, rel=0.03)
    assert np.median(usd) < 700.0
    assert usd.max() > 100_000.0


def test_a_chance_of_a_month_adds_up_to_the_events_of_a_year_where_they_are_rare() -> None:
    assert 12.0 * chance_month(np.array(0.06)) == pytest.approx(0.06, rel=0.01)
    assert chance_month(np.array(0.0)) == 0.0
    assert days_out(EVEN, np.array(3.0)).mean() == pytest.approx(3.0, rel=0.01)


def test_rules_reach_machines_only_above_a_threshold() -> None:
    reach = reached_by_rules(np.array([0.0, 0.5, 0.75, 1.0]), np.array(0.5))

    assert reach.tolist() == [0.0, 0.0, 0.5, 1.0]


def test_without_tools_nothing_is_stolen_stopped_or_fined() -> None:
    """The same street, however dangerous, is bit for bit the same."""
    dangerous = {"breach_year": 5.0, "outage_year": 12.0, "fine_year": 100.0, "breach_churn": 1.0}
    worlds = [live(make(street(sector={"regulation": 1.0}, incidents=numbers), [1, 2]), 8)
              for numbers in ({"breach_year": 0.0}, dangerous)]

    assert differing(snapshot(worlds[0]), snapshot(worlds[1])) == set()


def test_more_tools_lay_more_open_and_are_robbed_more_often_by_the_same_luck() -> None:
    one, two = owning(CRM, **OFTEN), owning(CRM, ORDERING, **OFTEN)
    opened = one.firms.open
    p = one.params.catalogue.exposure[0]

    assert exposure(one)[opened] == pytest.approx(p[CRM])
    assert exposure(two)[opened] == pytest.approx(p[CRM] + p[ORDERING])
    first, both = stolen(one), stolen(two)
    assert 5 < len(first) < len(both)
    assert set(first) < set(both)


def test_edges_are_doors() -> None:
    alone, joined = owning(CRM), owning(CRM, own=arm("none", integrate=1.0))
    small = ~alone.firms.large & alone.firms.open
    edges, each = alone.params.catalogue.edges[0, CRM], alone.params.incidents.edge_exposure[0]

    assert exposure(joined)[small] == pytest.approx(exposure(alone)[small] * (1.0 + edges * each))


def test_security_prevents_part_of_it_by_the_same_luck_and_is_paid_either_way() -> None:
    careless = owning(CRM, security_effect=1.0, **OFTEN)
    careful = owning(CRM, own=arm("none", security=1.0), security_effect=1.0, **OFTEN)
    small = ~careful.firms.large & careful.firms.open
    incidents.keep_watch(careful)
    usd = careful.params.incidents.security_usd_month[0]

    assert len(stolen(careless)) > 5
    assert not careful.firms.breaches[stolen(careful)][~careful.firms.large[stolen(careful)]].any()
    assert (careful.firms.flow_cents[small, FLOW["safeguards"]] == -round(100 * usd)).all()


def test_a_theft_costs_money_and_drives_some_customers_away_and_no_others() -> None:
    world = owning(CRM, **OFTEN)
    before = world.customers.supplier.copy()
    rows = stolen(world)
    gone = world.customers.supplier != before

    assert (world.customers.supplier[gone] == SEARCHING).all()
    assert gone.any()
    assert np.isin(before[gone], rows).all()
    assert (world.firms.flow_cents[:, FLOW["breaches"]] < 0).nonzero()[0].tolist() == rows.tolist()
    told = world.journal[-1]
    assert told.details["customers"].sum() == gone.sum()


def test_nobody_leaves_where_a_theft_drives_nobody_away() -> None:
    world = owning(CRM, **{**OFTEN, "breach_churn": 0.0})
    before = world.customers.supplier.copy()

    assert len(stolen(world)) > 5
    assert np.array_equal(world.customers.supplier, before)


def test_a_tool_that_stands_still_does_less_for_as_long() -> None:
    world = owning(ORDERING, outage_year=12.0)
    projects.put_tools_to_work(world)
    whole = world.firms.tool_orders.sum(axis=1)
    incidents.stop_tools(world)
    projects.put_tools_to_work(world)
    out = world.firms.tool_out[:, 0]

    assert (out > 0.0).sum() > 20
    assert world.firms.tool_orders.sum(axis=1) == pytest.approx(whole * (1.0 - out))


@pytest.mark.parametrize(("regulation", "fined"), [(0.45, False), (1.0, True)])
def test_only_regulated_trades_are_fined(regulation: float, fined: bool) -> None:
    world = owning(ORDERING, regulation=regulation, fine_year=50.0)
    world.firms.machine_decided[:] = 0.3
    incidents.face_the_rules(world)

    assert world.firms.fined.any() == fined
    assert (world.firms.flow_cents[:, FLOW["fines"]] < 0).tolist() == (world.firms.fined == 1).tolist()


def test_rules_make_a_tool_that_customers_meet_dearer_to_run_in_a_regulated_trade_alone() -> None:
    rows = np.array([0])
    free, bound = (
        offers(owning(regulation=level, rules_usd_month=80.0), rows).running_usd_month[0] for level in (0.4, 1.0)
    )
    facing = owning().params.catalogue.customer_facing[0] > 0.0

    assert (bound - free)[: len(facing)] == pytest.approx(80.0 * facing)
    assert not (bound - free)[len(facing):].any()
