"""Events: each kind moves what it says and nothing else, for its months; what has not come yet changes no bit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim import numerics, schedule
from sim.mechanisms import shocks
from sim.offers import offers
from sim.params.events import KINDS
from sim.state import FLOW
from sim.strategies.arms import Arm
from sim.world import World
from tests.worlds import FAMILIES, arm, coming, differing, everybody, live, make, planned, snapshot, story, street

CRM = FAMILIES.index("crm")
SIZES = {"demand": -0.3, "taste": 1.0, "supply": 0.2, "wage": 0.08, "interest": 0.12, "rule": 50.0,
         "rival_entry": 1.5, "subsidy": 0.4, "training_programme": 0.8, "breach": 20.0}
MOVES = {
    "demand": {"worlds.growth"}, "taste": {"worlds.taste"}, "interest": {"worlds.interest_month"},
    "supply": {"worlds.supply_level", "firms.materials_usd_order"},
    "wage": {"worlds.wage_level", "firms.wage_usd_hour"},
    "rule": {"worlds.rule_usd_month"}, "subsidy": {"worlds.subsidy"}, "training_programme": {"worlds.programme"},
    "breach": {"worlds.theft_wave"},
    "rival_entry": set(),
}


def event(kind: str, **changes: Any) -> dict[str, Any]:
    """An event of this kind in the third month."""
    attribute = {"attribute": "wait"} if kind == "taste" else {}
    return {"kind": kind, "size": SIZES[kind], "month": 2, **attribute, **changes}


def hit(*events: dict[str, Any], own: Arm | None = None, seeds: tuple[int, ...] = (1, 2, 3), **groups: Any) -> World:
    """Streets over which these events come, all of whose owners have one strategy."""
    return everybody(make(street(events=coming(*events), **groups), seeds), own or arm("none"))


def pair(kind: str, after: int, own: Arm | None = None, **changes: Any) -> tuple[World, World]:
    """The same streets after so many months, without the event and with it."""
    return live(hit(own=own), after), live(hit(event(kind, **changes), own=own), after)


@pytest.mark.parametrize("kind", KINDS)
def test_an_event_moves_what_it_says_and_nothing_else(kind: str) -> None:
    world = live(hit(event(kind)), 2)
    for step in schedule.MONTH[: schedule.MONTH.index(shocks.befall)]:
        step(world)
    before = snapshot(world)
    shocks.befall(world)

    assert differing(before, snapshot(world)) == MOVES[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_what_has_not_come_yet_changes_no_bit(kind: str) -> None:
    calm, waiting = pair(kind, 8, own=arm("npv", training=1.0), month=9)

    assert differing(snapshot(calm), snapshot(waiting)) == set()
    assert [story(calm, n) for n in range(3)] == [story(waiting, n) for n in range(3)]


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"rival_entry"}))
def test_an_event_that_is_over_leaves_its_numbers_as_they_were(kind: str) -> None:
    calm, over = pair(kind, 8, months=3)

    for name in ("growth", "taste", "supply_level", "wage_level", "interest_month", "rule_usd_month", "subsidy",
                 "programme", "theft_wave"):
        assert np.array_equal(getattr(calm.worlds, name), getattr(over.worlds, name)), name
    same = calm.firms.open & over.firms.open & (calm.firms.birth == over.firms.birth)
    for name in ("wage_usd_hour", "materials_usd_order"):
        assert getattr(over.firms, name)[same] == pytest.approx(getattr(calm.firms, name)[same], rel=1e-12), name


def flow(world: World, account: str) -> float:
    """This month's payments of all firms on an account."""
    return float(world.firms.flow_cents[:, FLOW[account]].sum())


def test_fewer_orders_come_while_customers_buy_less() -> None:
    calm, hit_ = pair("demand", 3)

    assert hit_.firms.orders_new.sum() / calm.firms.orders_new.sum() == pytest.approx(0.7, abs=0.03)


@pytest.mark.parametrize(("kind", "account", "factor"), [("supply", "materials", 1.2), ("wage", "wages", 1.08)])
def test_what_costs_more_is_paid_at_once(kind: str, account: str, factor: float) -> None:
    calm, hit_ = pair(kind, 3)

    assert flow(hit_, account) / flow(calm, account) == pytest.approx(factor, abs=0.005)


def test_wages_that_rise_everywhere_make_nobody_leave() -> None:
    calm, hit_ = pair("wage", 3)

    assert np.array_equal(calm.firms.quits, hit_.firms.quits)
    assert hit_.people.morale == pytest.approx(calm.people.morale, abs=1e-12)


def test_debts_cost_more_while_interest_is_up() -> None:
    calm, hit_ = (hit(*events) for events in ((), (event("interest"),)))
    for world in (calm, hit_):
        live(world, 2)
        world.firms.debt_cents[:] = 1_000_000
        live(world, 1)
    usual = float(calm.params.finance.interest_month[0])

    assert flow(hit_, "interest") / flow(calm, "interest") == pytest.approx((usual + 0.01) / usual, rel=1e-3)


def test_a_rule_costs_every_tool_it_is_about_as_long_as_it_holds() -> None:
    buys = planned(("crm", 0))
    calm, hit_ = pair("rule", 6, own=buys, tool="crm", months=6)
    others = live(hit(event("rule", tool="online_ordering", months=6), own=buys), 6)
    at_work = int((hit_.tools_at_work & (hit_.firms.tool_family == CRM)).sum())

    assert at_work > 3
    assert flow(hit_, "tools_running") - flow(calm, "tools_running") == pytest.approx(-5000.0 * at_work)
    assert flow(others, "tools_running") == flow(calm, "tools_running")
    assert flow(live(hit_, 4), "tools_running") == flow(live(calm, 4), "tools_running")


def test_a_subsidy_lowers_the_price_of_its_tool_in_every_quote() -> None:
    calm, hit_ = pair("subsidy", 3, tool="crm")
    rows = np.nonzero(calm.firms.open)[0]
    usual, now = (offers(world, rows).one_off_usd for world in (calm, hit_))

    assert now[:, CRM] == pytest.approx(0.6 * usual[:, CRM])
    assert np.array_equal(np.delete(now, CRM, axis=1), np.delete(usual, CRM, axis=1))


def test_a_programme_trains_people_and_its_fees_are_paid_by_others() -> None:
    buys = planned(("crm", 0))
    calm, hit_ = pair("training_programme", 6, own=buys)
    paying = live(hit(own=planned(("crm", 0))), 2)
    paying.firms.training[:] = 0.8
    live(paying, 4)

    assert hit_.firms.hours_trained.sum() > 0.0
    assert flow(hit_, "tools_running") == flow(calm, "tools_running")
    assert hit_.firms.tool_skill.sum() == pytest.approx(paying.firms.tool_skill.sum())
    assert flow(paying, "tools_running") < flow(calm, "tools_running")


def test_more_thefts_come_to_those_whose_tools_lay_them_open() -> None:
    worlds = [live(hit(*events, own=own, seeds=tuple(range(1, 9)), incidents={"breach_year": 0.0}), 8)
              for events, own in (((), planned(("crm", 0))), ((event("breach"),), planned(("crm", 0))),
                                  ((event("breach"),), arm("none")))]
    thefts = [sum(len(note.rows) for note in world.journal if note.kind == "breach") for world in worlds]

    assert thefts[0] == thefts[2] == 0
    assert thefts[1] > 5


def test_a_rival_opens_and_nobody_elses_luck_moves() -> None:
    calm, hit_ = pair("rival_entry", 3)
    new = np.nonzero(hit_.firms.open & (hit_.firms.birth >= 1_000_000))[0]
    slots = calm.firm_slots

    assert (new % slots).tolist() == [slots - 1] * 3
    assert np.array_equal(calm.worlds.births, hit_.worlds.births)
    assert hit_.firms.normal_orders[new] == pytest.approx(
        1.5 * hit_.params.sector.employees_mean * hit_.params.sector.orders_employee_month)
    assert np.array_equal(hit_.firms.awareness_usual[new], hit_.firms.awareness[new])
    others = np.setdiff1d(np.arange(len(calm.firms.world)), new)
    assert np.array_equal(calm.firms.luck[others], hit_.firms.luck[others])
    assert np.array_equal(calm.firms.appeal[others], hit_.firms.appeal[others])


def test_a_rival_takes_customers_from_the_others() -> None:
    calm, hit_ = (hit(*events, seeds=tuple(range(1, 13))) for events in ((), (event("rival_entry"),)))
    for world in (calm, hit_):
        world.ablated = frozenset({"finance.close_firms"})
        live(world, 14)
    old = (calm.firms.birth < 5) & (calm.firms.birth >= 0)

    assert hit_.firms.orders_new[old].sum() < 0.97 * calm.firms.orders_new[old].sum()


def test_a_drawn_month_lies_in_its_span_differs_by_world_and_is_the_same_in_every_arm() -> None:
    drawn = event("wage", between=[3, 9])
    del drawn["month"]
    seeds = tuple(range(1, 41))
    told = []
    for own in (arm("none"), arm("npv", assessment_months=2.0)):
        world = live(hit(drawn, own=own, seeds=seeds), 11)
        told.append([[month for month, kind, slot, _ in story(world, n) if kind == "event" and slot == 4]
                     for n in range(len(seeds))])

    assert told[0] == told[1]
    months = [month for one in told[0] for month in one]
    assert len(months) == len(seeds)
    assert set(months) == set(range(3, 10))


def test_events_of_one_kind_add_up() -> None:
    world = live(hit(event("demand"), event("demand", size=0.5, months=1), event("subsidy"), event("subsidy", size=0.9),
                     demand={"trend_year": 0.0}), 3)

    assert world.worlds.growth == pytest.approx(0.7 * 1.5)
    assert world.worlds.subsidy == pytest.approx(1.0)


def test_books_close_under_events() -> None:
    world = hit(*(event(kind) for kind in KINDS), own=arm("npv", training=0.5), seeds=(1, 2, 3, 4))
    for _ in range(12):
        before = numerics.usd(world.firms.cash_cents).copy()
        same = world.firms.birth.copy()
        live(world, 1)
        kept = world.firms.open & (world.firms.birth == same)
        moved = numerics.usd(world.firms.flow_cents.sum(axis=1))
        assert (numerics.usd(world.firms.cash_cents) - before)[kept] == pytest.approx(moved[kept], abs=0.011)
