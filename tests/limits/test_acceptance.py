"""People use a tool that seems useful, easy and usual; above a threshold use feeds itself, below it it dies."""

from __future__ import annotations

import numpy as np
import pytest

from sim import schedule
from sim.arrays import Floats
from sim.formulas.acceptance import wanted_use_
from sim.mechanisms import acceptance
from sim.state import NO_TOOL
from sim.world import World
from tests.worlds import FAMILIES, Changes, arm, everybody, live, make, planned, street

BOUGHT = planned(("online_ordering", 0))
CALM = frozenset({"finance.close_firms", "entry.open_new_firms", "overruns.settle_the_account"})


def automated(months: int, *ablated: str, **groups: Changes) -> World:
    """A street in which every small firm bought the same tool at the start, so many months on."""
    world = everybody(make(street(**groups), range(8)), BOUGHT)
    world.firms.cash_cents[world.firms.open] += 10_000_000
    world.ablated = CALM | set(ablated)
    return live(world, months)


def usage(world: World) -> Floats:
    """Use of the first tool of each small firm that has one at work; a large firm may imitate it later."""
    owns = world.firms.open & ~world.firms.large & (world.firms.tool_family[:, 0] == FAMILIES.index("online_ordering"))
    return world.firms.tool_usage[owns & (world.firms.tool_countdown[:, 0] == 0), 0]


def committed(use: float, skill: float, usefulness: float, months: int) -> Floats:
    """Use so many months after everybody's use, skill and opinion were put there, nobody leaving."""
    world = automated(3, "staffing.let_people_quit")
    world.firms.culture[:] = 0.0
    world.people.threat[:] = 0.0
    world.people.tool_use[:] = use
    world.people.tool_skill[:] = skill
    world.firms.tool_usefulness[:] = usefulness
    return usage(live(world, months))


def test_use_is_even_at_no_motive_either_way_and_nothing_below_the_threshold() -> None:
    share = [wanted_use_(motive, 0.2) for motive in (-1.5, -1.0, 0.0, 5.0)]

    assert share == pytest.approx([0.0, 0.269, 0.5, 0.993], abs=1e-3)


def test_below_the_threshold_use_collapses() -> None:
    assert committed(use=0.1, skill=0.1, usefulness=0.05, months=24).max() < 0.02


def test_above_it_use_feeds_itself() -> None:
    assert committed(use=0.3, skill=0.2, usefulness=0.2, months=60).min() > 0.9


def test_results_are_what_keeps_use_alive() -> None:
    """The same commitment dies where nothing ever comes of it."""
    world = automated(3)
    world.firms.culture[:] = 0.0
    world.people.tool_use[:] = 0.6
    for _ in range(36):
        world.people.tool_skill[:] = 0.0
        world.firms.tool_usefulness[:] = 0.0
        schedule.step(world)

    assert usage(world).mean() < 0.1


def test_what_a_tool_is_thought_to_be_worth_follows_what_it_did() -> None:
    world = automated(3)
    firms = world.firms
    before = firms.tool_usefulness.copy()
    acceptance.accept_tools(world)
    live_ = firms.open & (firms.tool_family[:, 0] != NO_TOOL) & (firms.tool_countdown[:, 0] == 0)
    gain = firms.tool_usage[:, 0] * firms.tool_skill[:, 0]

    assert firms.tool_usefulness[live_, 0] == pytest.approx((0.9 * before[:, 0] + 0.1 * gain)[live_])


@pytest.mark.parametrize(("table", "column", "low", "high"), [
    ("firms", "culture", -2.0, 2.0), ("firms", "involvement", 0.0, 1.0), ("firms", "tool_usefulness", 0.1, 0.9),
    ("people", "tool_skill", 0.1, 0.9), ("people", "tool_use", 0.1, 0.9), ("people", "threat", 0.5, 0.0),
])
def test_each_reason_moves_use_its_way(table: str, column: str, low: float, high: float) -> None:
    seen = []
    for value in (low, high):
        world = automated(3)
        getattr(getattr(world, table), column)[:] = value
        acceptance.accept_tools(world)
        seen.append(usage(world).mean())

    assert seen[0] < seen[1] - 0.005


def test_involving_people_raises_use_delays_go_live_and_costs_the_owners_hours() -> None:
    plain, involved = (make(street(), range(8), own) for own in (BOUGHT, BOUGHT))
    for world, level in ((plain, 0.0), (involved, 1.0)):
        everybody(world, BOUGHT).firms.involvement[:] = level
        world.firms.cash_cents[world.firms.open] += 10_000_000
        world.ablated = CALM | {"disruption.settle_in"}
    bought = [live(world, 1).firms.tool_countdown[:, 0].copy() for world in (plain, involved)]
    rows = np.nonzero(involved.firms.projects > 0)[0]
    hours = [live(world, 1).firms.owner_hours[rows].copy() for world in (plain, involved)]

    assert (bought[1][rows] == bought[0][rows] + 1).all()
    assert hours[1].mean() < hours[0].mean()
    assert usage(live(involved, 12)).mean() > usage(live(plain, 12)).mean() + 0.02


def slow_tool(**numbers: float) -> World:
    """Every small firm has announced a tool that is half a year away."""
    world = everybody(make(street({"online_ordering": {"implementation_months": 6.0}}, **numbers), range(8)), BOUGHT)
    world.firms.cash_cents[world.firms.open] += 10_000_000
    world.ablated = CALM | {"staffing.let_people_quit", "staffing.fill_posts", "staffing.shift_time"}
    return world


def test_an_announced_tool_threatens_those_whose_work_it_takes_and_is_forgotten_after_go_live() -> None:
    world = live(slow_tool(), 2)
    people, family = world.people, FAMILIES.index("online_ordering")
    taken = world.params.catalogue.hours_taken[0, family]
    exposed = (people.time_share * taken).sum(axis=1)
    announced = (people.employer >= 0) & (world.firms.projects[people.employer] > 0)

    assert announced.any()
    assert people.threat[announced] == pytest.approx(exposed[announced])
    assert not people.threat[~announced].any()
    live(world, 5)
    at_go_live = people.threat.copy()
    live(world, 6)
    assert people.threat[announced] == pytest.approx(at_go_live[announced] / 2.0)


def test_having_a_say_calms() -> None:
    plain, calm = slow_tool(), slow_tool()
    calm.firms.involvement[:] = 1.0
    for world in (plain, calm):
        live(world, 1)

    assert calm.people.threat.sum() == pytest.approx(plain.people.threat.sum() / 2.0)


def test_switched_off_everybody_uses_everything_and_nobody_is_afraid() -> None:
    world = everybody(make(street(), [1, 2]), arm("own_sake"))
    world.ablated = frozenset({"acceptance.accept_tools", "acceptance.feel_threat"})
    live(world, 3)

    assert (world.firms.tool_usage == 1.0).all()
    assert not world.people.threat.any()
