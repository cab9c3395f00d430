"""Data say much only together; market prices reach a firm as far as suppliers are strong; partners help at a price."""

from __future__ import annotations

import numpy as np
import pytest

from sim.formulas.data import diminishing, insight
from sim.formulas.suppliers import passed_on
from sim.look import noise
from sim.mechanisms import choosing, data, suppliers
from sim.offers import offers
from sim.params.sector import STAGES
from sim.state import FLOW
from tests.worlds import arm, everybody, focal_rows, live, make, planned, street

ONE = np.array([[1.0] + [0.0] * 8])
FULL = np.array(3.0)


def sources(count: int, level: float = 1.0) -> float:
    """Insight from so many sources at a level."""
    stock = np.zeros((1, 9))
    stock[0, :count] = level
    return float(insight(stock, FULL)[0])


def test_one_source_says_nothing_and_several_more_than_in_proportion() -> None:
    assert float(insight(ONE, FULL)[0]) == 0.0
    assert [sources(count) for count in (1, 2, 3, 4)] == pytest.approx([0.0, 1 / 3, 1.0, 1.0])
    assert sources(3, 0.5) == pytest.approx(0.25)
    assert sources(3) - sources(2) > sources(2) - sources(1)


def test_each_insight_brings_less_than_the_one_before() -> None:
    steps = np.diff(diminishing(np.linspace(0.0, 1.0, 11), np.array(0.3), np.array(0.25)))

    assert (steps > 0.0).all()
    assert (np.diff(steps) < 0.0).all()
    assert diminishing(np.array(0.25), np.array(0.3), np.array(0.25)) == pytest.approx(0.15)


@pytest.mark.parametrize("integrate", [0.0, 1.0])
def test_only_joined_stages_gather_data_and_old_data_halve(integrate: float) -> None:
    world = make(street(data={"half_life_months": 6.0}), [1], arm("none", integrate=integrate))
    world.firms.automated_share[0, :3] = 0.5
    for _ in range(6):
        data.gather(world)
    assert world.firms.data_stock[0, :3].tolist() == pytest.approx([0.25 * integrate] * 3)
    full = world.firms.data_stock[0].copy()
    world.firms.automated_share[:] = 0.0
    for _ in range(6):
        data.gather(world)

    assert world.firms.data_stock[0].tolist() == pytest.approx((full / 2.0).tolist())


def test_insight_sharpens_the_picture_by_what_it_is_worth_and_not_at_all_by_default() -> None:
    ratio = {}
    for worth in (0.0, 3.0):
        world = make(street(data={"informativeness": worth}), [1])
        before = noise(world, np.array([0]))[0]
        world.firms.data_insight[0] = 1.0
        ratio[worth] = noise(world, np.array([0]))[0] / before
    k = make(street(), [1]).params.choosing.informativeness[0]

    assert ratio[0.0] == 1.0
    assert ratio[3.0] == pytest.approx((1.0 + 3.0 * k) ** -0.5)


def test_strong_suppliers_pass_rises_on_and_keep_falls() -> None:
    index = np.array([1.2, 1.0, 0.8])

    assert passed_on(index, np.array(1.0)) == pytest.approx([1.2, 1.0, 1.0])
    assert passed_on(index, np.array(0.0)) == pytest.approx([1.0, 1.0, 0.8])
    assert passed_on(index, np.array(0.5)) == pytest.approx([1.1, 1.0, 0.9])


def test_materials_follow_the_market_up_and_cost_what_they_did_where_it_is_flat() -> None:
    flat, rising = (live(make(street(suppliers={"trend_year": t, "power": 1.0}), [1]), 25) for t in (0.0, 0.1))
    same = flat.firms.open & rising.firms.open & (flat.firms.birth == rising.firms.birth) & (flat.firms.birth < 5)

    assert rising.worlds.input_prices[0] == pytest.approx(np.exp(0.1 * 24 / 12))
    assert (flat.firms.input_factor[same] == 1.0).all()
    risen = rising.firms.materials_usd_order[same] / flat.firms.materials_usd_order[same]
    assert risen == pytest.approx(rising.worlds.input_prices[0])
    assert rising.firms.price_usd[same].mean() > flat.firms.price_usd[same].mean()


def test_automated_buying_takes_power_from_suppliers() -> None:
    world = make(street(suppliers={"trend_year": 0.1, "power": 1.0, "buying_effect": 0.5}), [1])
    world.firms.automated_share[0, STAGES.index("procurement")] = 0.6
    world.month = 12
    suppliers.move_input_prices(world)
    rise = world.worlds.input_prices[0] - 1.0

    assert world.firms.input_factor[:2].tolist() == pytest.approx([1.0 + 0.7 * rise, 1.0 + rise])


def test_partners_plan_better_build_sooner_and_cost_more() -> None:
    alone, helped = (make(street(), [1, 2], arm("npv", partners=level)) for level in (0.0, 1.0))
    rows = focal_rows(alone)
    p, families = alone.params.partners, alone.worlds.hype.shape[1]
    first, second = offers(alone, rows), offers(helped, rows)
    k = alone.params.choosing.informativeness[0]
    dearer = second.one_off_usd[:, :families] / np.maximum(first.one_off_usd[:, :families], 1.0)
    priced = first.one_off_usd[:, :families] > 1.0

    ratio = noise(helped, rows) / noise(alone, rows)
    assert ratio == pytest.approx((1.0 + k * p.informativeness[0]) ** -0.5)
    assert dearer[priced] == pytest.approx(1.0 + p.premium[0])
    assert (second.months <= first.months).all()
    assert (second.months < first.months).any()
    assert np.array_equal(second.one_off_usd[:, families:], first.one_off_usd[:, families:])


def test_planners_are_paid_at_every_decision_even_if_nothing_is_bought() -> None:
    world = make(street(choosing={"decision_month": 1.0}), [1], arm("npv", partners=0.5))
    choosing.decide(world)
    usd = 0.5 * world.params.partners.planning_usd[0]

    assert world.firms.flow_cents[0, FLOW["assessment"]] == -round(100 * usd)


def test_who_is_helped_learns_a_tool_more_slowly() -> None:
    skill = []
    for level in (0.0, 1.0):
        world = everybody(make(street(partners={"sooner": 0.0}), range(4)), planned(("crm", 0)))
        world.ablated = frozenset({"finance.close_firms", "overruns.settle_the_account"})
        live(world, 3)
        world.firms.partners[:] = level
        live(world, 6)
        live_tools = world.firms.tool_skill[:, 0][world.tools_at_work[:, 0]]
        skill.append(live_tools.mean())

    assert skill[1] < skill[0]
