"""Versions of tools: progress, the end of support, what a newer version costs, and who may have one."""

from __future__ import annotations

import numpy as np
import pytest

from sim import numerics
from sim.buying import Terms, put_into_slot
from sim.formulas.frontier import FOR_EVER, moved_to, renewal_share, support_ends
from sim.look import look
from sim.mechanisms import frontier
from sim.offers import offers
from sim.state import NO_TOOL
from sim.vintages import installed, renewable
from sim.world import World
from tests.worlds import FAMILIES, arm, make, street

CRM, OVEN = FAMILIES.index("crm"), FAMILIES.index("production_kitchen_equipment")
AGES = {"support_months": 48.0, "price_fall_year": 0.06, "quality_rise_year": 0.04}


def with_tool(family: int = CRM, month: int = 60, **levers: float) -> World:
    """A street whose first firm has had a tool since month 0, so many months later; much money in the till."""
    world = make(street(frontier=AGES), [1], arm("npv", **levers))
    same = np.ones(1)
    put_into_slot(world, np.array([0]), np.array([family]), Terms(
        1000.0 * same, 50.0 * same, np.ones(1, dtype=np.int64), np.ones(1, dtype=np.int64), same, same, 0.0 * same))
    world.firms.tool_countdown[0, 0] = 0
    world.firms.tool_skill[0, 0], world.firms.tool_usage[0, 0] = 0.5, 0.8
    world.firms.cash_cents[0], world.firms.fund_usd[0] = 10**9, 1e6
    world.month = month
    return world


def test_progress_is_constant_and_starts_in_month_0() -> None:
    rate = np.array(0.05)

    assert float(moved_to(rate, 0)) == 1.0
    assert float(moved_to(rate, 24)) == pytest.approx(np.exp(0.1))
    assert float(moved_to(np.array(0.0), 500)) == 1.0


def test_support_lasts_half_to_one_and_a_half_times_its_mean_or_for_ever() -> None:
    draws = (np.arange(1000) + 0.5) / 1000
    ends = support_ends(10, np.array(48.0), draws) - 10

    assert ends.min() == 25
    assert ends.max() == 72
    assert ends.mean() == pytest.approx(48.5, abs=0.01)
    assert set(support_ends(10, np.array(0.0), draws).tolist()) == {FOR_EVER}


@pytest.mark.parametrize(("level", "share"), [(0.0, 1.3), (0.5, 0.9), (1.0, 0.5)])
def test_a_newer_version_is_cheap_behind_open_interfaces_and_dear_without(level: float, share: float) -> None:
    assert float(renewal_share(np.array(1.3), np.array(0.5), np.array(level))) == pytest.approx(share)


def test_open_interfaces_cost_a_tenth_once_and_save_at_every_newer_version() -> None:
    rows = np.array([0])
    for month, worlds in ((0, [make(street(frontier=AGES), [1], arm("npv", modular=level)) for level in (0.0, 1.0)]),
                          (60, [with_tool(modular=level) for level in (0.0, 1.0)])):
        plain, modular = (offers(world, rows).one_off_usd[0] for world in worlds)
        assert modular[CRM] / plain[CRM] == pytest.approx(1.1 if month == 0 else 0.5 / 1.3)
        assert modular[OVEN] == plain[OVEN]


def test_what_is_quoted_and_rated_follows_the_frontier_for_digital_tools_alone() -> None:
    early, late = with_tool(month=0), with_tool(month=60)
    rows, other = np.array([0]), FAMILIES.index("inventory_forecasting")
    first, then = (offers(world, rows).one_off_usd[0] for world in (early, late))
    seen = [look(world, rows, offers(world, rows)) for world in (early, late)]

    assert then[other] / first[other] == pytest.approx(np.exp(-0.3))
    assert then[OVEN] == first[OVEN]
    assert (seen[1].takes_over[0, other] == pytest.approx(np.exp(0.2) * seen[0].takes_over[0, other]))
    assert np.array_equal(seen[1].adds_equipment[0, OVEN], seen[0].adds_equipment[0, OVEN])


def test_a_supported_tool_keeps_its_strength_and_an_unsupported_one_fades() -> None:
    world = with_tool(month=10)
    frontier.lose_support(world)
    assert world.firms.tool_strength[0, 0] == 1.0

    world.month = int(world.firms.tool_support_end[0, 0])
    for _ in range(12):
        frontier.lose_support(world)
        world.month += 1
    assert world.firms.tool_strength[0, 0] == pytest.approx(0.97**12)
    assert [note.kind for note in world.journal] == ["support_end"]


def test_support_of_equipment_and_in_large_firms_never_ends() -> None:
    oven = with_tool(OVEN, month=10_000)
    large = with_tool(month=10_000)
    large.firms.large[0] = True

    assert not oven.unsupported.any()
    assert not large.unsupported.any()


@pytest.mark.parametrize(("month", "dynamic", "allowed"), [(12, 0.0, False), (12, 1.0, True), (80, 0.0, True)])
def test_an_owner_renews_what_nobody_supports_and_who_looks_over_things_whatever_has_a_better_version(
    month: int, dynamic: float, allowed: bool
) -> None:
    world, rows = with_tool(month=month, dynamic=dynamic), np.array([0])

    assert bool(renewable(world, rows)[0, CRM]) is allowed
    assert bool(offers(world, rows).open_to_buy[0, CRM]) is allowed
    assert installed(world, rows)[0, CRM] == 0


def test_renewing_is_foreseen_to_add_only_what_today_s_version_does_beyond_the_old_one_as_it_is_used() -> None:
    world, rows = with_tool(month=80), np.array([0])
    world.firms.tool_strength[0, 0] = 0.7
    fresh = make(street(frontier=AGES), [1], arm("npv"))
    whole, more = (look(one, rows, offers(one, rows)) for one in (fresh, world))

    gain = (float(numerics.exp(np.array(0.04 * 80 / 12))) - 0.7) * 0.5 * 0.8
    assert more.takes_over[0, CRM].tolist() == pytest.approx((gain * whole.takes_over[0, CRM]).tolist())
    assert more.running_usd_month[0, CRM] == pytest.approx(offers(world, rows).running_usd_month[0, CRM] - 50.0)
    assert more.fee_share[0, CRM] == 0.0


def test_a_new_version_takes_the_place_of_the_old_and_people_keep_what_they_know() -> None:
    world = with_tool(month=80)
    firms, people = world.firms, world.people
    same = np.ones(1)
    put_into_slot(world, np.array([0]), np.array([CRM]), Terms(
        500.0 * same, 40.0 * same, np.ones(1, dtype=np.int64), np.ones(1, dtype=np.int64), same, same, 0.0 * same))
    staff = np.nonzero(people.employer == 0)[0]
    people.tool_skill[staff, 0], people.tool_use[staff, 0] = 0.6, 0.9
    firms.tool_months_live[0, 0] = 79
    frontier.hand_over(world)
    assert firms.tool_family[0, :2].tolist() == [CRM, CRM]

    firms.tool_countdown[0, 1] = 0
    frontier.hand_over(world)

    assert firms.tool_family[0, :2].tolist() == [NO_TOOL, CRM]
    assert firms.tool_fee_usd_month[0, :2].tolist() == [0.0, 40.0]
    assert people.tool_skill[staff, 1].tolist() == [0.6] * len(staff)
    assert people.tool_use[staff, 1].tolist() == [0.9] * len(staff)
    assert firms.tool_strength[0, 1] == pytest.approx(np.exp(0.04 * 80 / 12))
