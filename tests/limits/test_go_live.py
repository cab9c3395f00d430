"""Going live disturbs before it helps: capacity dips, recovers within months, and the owner has less time meanwhile."""

from __future__ import annotations

import numpy as np
import pytest

from sim.arrays import Floats
from sim.formulas.disruption import fading
from sim.mechanisms import disruption
from sim.state import NO_TOOL
from sim.world import World
from tests.worlds import ALIKE, FAMILIES, live, make, planned, street

CALM = frozenset({"finance.close_firms", "entry.open_new_firms", "overruns.settle_the_account",
                  "integration.miss_edges"})
# Quoted at one month, so live by the end of the month after.
BOUGHT, LIVE, MONTHS = 4, 5, 40
PLAN = planned(("online_ordering", BOUGHT))
MAKING, HANDING_OVER, ORDERING = 1, 2, 3
OVEN = "production_kitchen_equipment"
RICH = {"focal": {"cash_days": 300.0}}


def capacity(own: object, ablated: frozenset[str] = CALM, **changes: dict[str, float]) -> Floats:
    """Mean over worlds of what the focal firm can do at taking orders among equals, relative to month 3, (months,)."""
    world = make(street(**ALIKE, **RICH, **changes), range(16), own)  # type: ignore[arg-type]
    world.ablated = ablated
    focal = np.arange(16) * world.firm_slots
    path = np.array([live(world, 1).firms.capacity[focal, ORDERING].copy() for _ in range(MONTHS)])
    return (path / path[BOUGHT - 1]).mean(axis=1)


def with_live_tools(
    *months_live: int, usage: float = 0.8, tool: str = "online_ordering", gain: float | None = None, **numbers: float
) -> World:
    """A street where every firm has had tools for so many months, at the step that tells what they disturb."""
    changes = {} if gain is None else {tool: {"equipment_gain": gain}}
    world = make(street(changes, disruption=numbers), [1, 2])
    firms = world.firms
    for slot, months in enumerate(months_live):
        firms.tool_family[:, slot] = FAMILIES.index(tool)
        firms.tool_usage[:, slot], firms.tool_months_live[:, slot] = usage, months
    disruption.settle_in(world)
    return world


def test_trouble_halves_with_every_half_life() -> None:
    left = fading(np.array([0.0, 3.0, 6.0, 30.0]), np.array(3.0))

    assert left.tolist() == pytest.approx([1.0, 0.5, 0.25, 2.0**-10], rel=1e-12)


def test_capacity_dips_at_go_live_and_recovers_within_months() -> None:
    """In event time, against the same firms with the same tool that disturbs nobody."""
    dips = capacity(PLAN) / capacity(PLAN, CALM | {"disruption.settle_in"})

    assert dips[:LIVE].tolist() == [1.0] * LIVE
    assert dips[LIVE] == dips.min()
    assert 0.85 < dips[LIVE] < 0.95  # others help out
    assert dips[LIVE] + 0.02 < dips[LIVE + 3] < 0.99
    assert dips[LIVE + 18 :].mean() == pytest.approx(1.0, abs=0.02)


def test_the_first_months_with_a_tool_are_worse_than_none_and_the_second_year_is_better() -> None:
    gain = capacity(PLAN) - capacity(planned())

    assert gain[LIVE : LIVE + 2].mean() < -0.03
    assert gain[LIVE + 12 :].mean() > 0.0


def test_a_stage_is_disturbed_by_the_part_of_its_work_that_the_tool_takes() -> None:
    """Ratings are shares of routine hours, and those are a part of the stage's hours."""
    world = with_live_tools(0, depth=0.4)
    disturbed = world.firms.disruption[0]
    taken = world.params.catalogue.hours_taken[0, FAMILIES.index("online_ordering")]

    assert disturbed == pytest.approx(0.4 * world.params.projects.routine_share[0] * taken)
    assert not disturbed[taken == 0.0].any()
    assert disturbed[ORDERING] > disturbed[HANDING_OVER] > 0.0
    assert (taken == 0.0).any()


def test_equipment_beside_the_old_slows_only_what_it_does_not_carry_itself() -> None:
    """An oven takes 15% of the making: beside five others it carries a sixth, beside nineteen a twentieth."""
    disturbed = [
        with_live_tools(0, tool=OVEN, gain=gain, depth=0.4).firms.disruption[0, MAKING] for gain in (0.2, 1 / 19, 0.0)
    ]

    assert disturbed == pytest.approx([0.0, 0.4 * 0.10, 0.4 * 0.15])


def test_software_that_spares_places_still_changes_all_the_work_it_takes() -> None:
    with_places, without = with_live_tools(0), with_live_tools(0, gain=0.0)

    assert np.array_equal(with_places.firms.disruption, without.firms.disruption)


def test_two_go_lives_slow_a_stage_one_after_the_other_and_share_one_owner() -> None:
    one, two = with_live_tools(0), with_live_tools(0, 3)
    hours = one.params.management.owner_hours_month[0]
    dip = one.firms.disruption[0, ORDERING]

    assert two.firms.disruption[0, ORDERING] == pytest.approx(1.0 - (1.0 - dip) * (1.0 - dip / 2.0))
    assert hours - one.firms.owner_hours[0] == pytest.approx(10.0)
    assert hours - two.firms.owner_hours[0] == pytest.approx(15.0)


def test_a_tool_that_nobody_uses_disturbs_nobody() -> None:
    world = with_live_tools(0, usage=0.0)

    assert not world.firms.disruption.any()


def test_without_depth_or_switched_off_nothing_is_disturbed() -> None:
    shallow, world = with_live_tools(0, depth=0.0, owner_hours_month=0.0), with_live_tools(0)
    world.ablated = frozenset({"disruption.settle_in"})
    before = world.firms.owner_hours.copy()
    disruption.settle_in(world)

    assert not shallow.firms.disruption.any()
    assert shallow.firms.owner_hours.max() == shallow.params.management.owner_hours_month[0]
    assert not world.firms.disruption.any()
    assert np.array_equal(world.firms.owner_hours, before)


def test_months_are_counted_from_go_live() -> None:
    world = make(street({"online_ordering": {"implementation_months": 3.0}}, **RICH), [1], PLAN)
    world.ablated = CALM
    counted = [int(live(world, 1).firms.tool_months_live[0, 0]) for _ in range(BOUGHT + 7)]

    assert counted == [0] * (BOUGHT + 4) + [1, 2, 3]
    assert world.firms.tool_family[0, 1] == NO_TOOL
