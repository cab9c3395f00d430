"""Machines that err more with some: those feel it, a person who looks on catches part of it, and asking costs data."""

from __future__ import annotations

import numpy as np
import pytest

from sim.mechanisms import data, fairness
from sim.state import FLOW
from sim.strategies.arms import Arm
from sim.world import World
from tests.worlds import FAMILIES, NOTHING, arm, differing, live, make, part, snapshot, street

ORDERING = FAMILIES.index("online_ordering")
CALM = frozenset({"finance.close_firms", "entry.open_new_firms", "incidents.suffer_breaches"})
HARSH = {"online_ordering": {"error_gap": 0.8}}


def owning(own: Arm = NOTHING, gap: bool = True, **numbers: float) -> World:
    """Streets whose first firm has taken orders online for a month, much of the work."""
    world = make(street(HARSH if gap else {}, fairness=numbers), range(8), own)
    world.ablated = CALM
    live(world, 1)
    rows = np.arange(8) * world.firm_slots
    world.firms.tool_family[rows, 0] = ORDERING
    world.firms.tool_units[rows, 0] = 3.0
    return live(world, 6)


def first(world: World, name: str) -> np.ndarray:
    """A column of the first firm of each world."""
    return getattr(world.firms, name)[np.arange(8) * world.firm_slots]  # type: ignore[no-any-return]


def test_without_a_gap_nobody_is_harmed_and_looking_on_only_costs() -> None:
    plain, watched = owning(gap=False), owning(arm("none", oversight=1.0), gap=False)
    changed = differing(snapshot(plain), snapshot(watched))

    assert not first(watched, "orders_harmed").any()
    assert not first(watched, "error_gap").any()
    assert (first(watched, "flow_cents")[:, FLOW["safeguards"]] < 0).all()
    assert np.array_equal(plain.customers.supplier, watched.customers.supplier)
    assert np.array_equal(plain.customers.satisfaction, watched.customers.satisfaction)
    assert changed <= {
        "firms.oversight", "firms.flow_cents", "firms.cash_cents", "firms.profit_usd", "firms.outflow_usd",
        "firms.months_below",
    }


def test_the_group_is_less_satisfied_and_the_others_are_not() -> None:
    fair, unfair = owning(gap=False), owning()
    supplier = fair.customers.supplier
    stayed = (supplier >= 0) & (supplier % fair.firm_slots == 0) & (supplier == unfair.customers.supplier)
    group = fair.customers.group == 1
    worse = fair.customers.satisfaction - unfair.customers.satisfaction

    assert first(unfair, "error_gap").min() > 0.01
    assert worse[stayed & group].mean() > 5.0 * abs(worse[stayed & ~group].mean())
    assert worse[stayed & group].mean() > 0.0


def test_harmed_orders_are_given_money_back_for() -> None:
    world = owning(group_share=1.0)
    harmed, faulty = first(world, "orders_harmed"), first(world, "orders_faulty")
    share = world.params.rework.refund_share[0]
    owed = -(harmed + faulty) * first(world, "price_usd") * share

    assert harmed.sum() > 0
    assert first(world, "flow_cents")[:, FLOW["refunds"]] == pytest.approx(100.0 * owed, abs=0.51)


def test_the_more_somebody_looks_on_the_smaller_the_gap_and_the_dearer() -> None:
    levels = [owning(arm("none", oversight=level)) for level in (0.0, 0.5, 1.0)]
    gaps = [first(world, "error_gap") / first(world, "machine_decided") for world in levels]
    paid = [-first(world, "flow_cents")[:, FLOW["safeguards"]].mean() for world in levels]
    caught = levels[0].params.fairness.review_caught[0]

    assert gaps[1] == pytest.approx(gaps[0] * (1.0 - 0.5 * caught))
    assert gaps[2] == pytest.approx(gaps[0] * (1.0 - caught))
    assert paid[0] == 0.0 < paid[1] < paid[2]


def test_nobody_in_a_town_without_the_group_is_harmed() -> None:
    world = owning(group_share=0.0)

    assert first(world, "error_gap").min() > 0.0
    assert not first(world, "orders_harmed").any()
    assert not world.customers.group.any()


def test_data_in_tools_cost_trust_where_nobody_is_asked_and_asking_takes_the_worry_away() -> None:
    silent, half, open_ = (owning(arm("none", consent=level), worry=0.2) for level in (0.0, 0.5, 1.0))

    assert first(silent, "trust").max() < 0.0
    assert first(half, "trust") == pytest.approx(0.5 * first(silent, "trust"))
    assert not first(open_, "trust").any()
    usd = open_.params.fairness.consent_usd_month[0]
    assert (first(open_, "flow_cents")[:, FLOW["safeguards"]] == -round(100 * usd)).all()
    assert silent.customers.satisfaction.mean() < open_.customers.satisfaction.mean()


def test_who_asks_has_the_data_only_of_those_who_agree() -> None:
    worlds = [owning(arm("none", consent=level, integrate=1.0)) for level in (0.0, 1.0)]
    for world in worlds:
        world.firms.data_stock[:] = 0.0
        world.firms.automated_share[:] = 0.4
        data.gather(world)
    agree = worlds[0].params.fairness.agree_share[0]

    assert first(worlds[1], "data_stock") == pytest.approx(agree * first(worlds[0], "data_stock"))
    assert first(worlds[1], "data_stock").max() > 0.0


def test_a_harmed_group_in_one_world_leaves_the_next_world_as_it_was() -> None:
    together = make([street(HARSH), street()], [1, 2])
    alone = make(street(), [2])
    for world in (together, alone):
        world.firms.tool_family[world.firms.open, 0] = ORDERING
        world.firms.tool_units[world.firms.open, 0] = 3.0
        live(world, 5)

    assert together.firms.orders_harmed.any()
    assert differing(part(together, 1), part(alone, 0)) == set()


def test_switched_off_machines_treat_all_alike() -> None:
    world = owning()
    fairness.machines_treat_all_alike(world)

    assert not world.firms.error_gap.any()
