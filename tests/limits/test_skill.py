"""Skill settles where learning and turnover balance, belongs to people, and is what a tool works with."""

from __future__ import annotations

import numpy as np
import pytest

from sim import schedule
from sim.arrays import Floats
from sim.formulas.skill import half_life_, learning_, next_skill_
from sim.mechanisms import skill
from sim.state import FLOW
from sim.world import World
from tests.worlds import FAMILIES, everybody, live, make, planned, street

BOUGHT = planned(("online_ordering", 0))
CALM = frozenset({"finance.close_firms", "entry.open_new_firms"})
EVEN = {"staffing": {"overload_quits": 0.0}, "morale": {"morale_quits": 0.0, "threat_quits": 0.0}}
SLOW = {"half_life_weak_months": 12.0, "half_life_strong_months": 12.0, "start": 0.0}


def automated(months: int, *ablated: str, **groups: dict[str, float]) -> World:
    """A street in which every small firm bought the same tool at the start, so many months on."""
    world = everybody(make(street(focal={"cash_days": 300.0}, **groups), range(8)), BOUGHT)
    world.firms.cash_cents[world.firms.open] += 10_000_000
    world.ablated = CALM | set(ablated)
    return live(world, months)


def firm_skill(world: World) -> Floats:
    """Skill on the first tool of each firm that has it at work."""
    owns = world.firms.open & (world.firms.tool_family[:, 0] == FAMILIES.index("online_ordering"))
    return world.firms.tool_skill[owns & (world.firms.tool_countdown[:, 0] == 0), 0]


def steady(start: float, learning_month: float, quits_month: float) -> float:
    """Mean skill S of (1 − q)(S + l(1 − S)) + q·start = S: some stay and learn, leavers are replaced by beginners."""
    stay = 1.0 - quits_month
    return (stay * learning_month + quits_month * start) / (1.0 - stay * (1.0 - learning_month))


def test_half_of_what_is_missing_is_learned_in_a_half_life() -> None:
    now, pace = 0.2, learning_(12.0, 0.0)
    for _ in range(12):
        now = next_skill_(now, 1.0, pace, 0.02)

    assert now == pytest.approx(0.6, rel=1e-12)


def test_the_half_life_runs_from_the_weakest_learner_to_the_strongest() -> None:
    assert [half_life_(general, 20.0, 4.0) for general in (0.0, 0.5, 1.0)] == [20.0, 12.0, 4.0]


def test_without_use_skill_fades() -> None:
    assert next_skill_(0.5, 0.0, 0.1, 0.02) == pytest.approx(0.49)


def test_turnover_alone_keeps_skill_near_six_tenths() -> None:
    """Ordinary quits of four in a hundred a month against a half-life of a year."""
    pace = learning_(12.0, 0.0)

    assert steady(0.0, pace, 0.04) == pytest.approx(0.58, abs=0.02)


def test_firms_settle_at_the_fixed_point_of_learning_and_turnover() -> None:
    """Quits are counted as they came; a post stays empty for a while, which the formula leaves out."""
    world = automated(30, "acceptance.accept_tools", skill=SLOW, **EVEN)
    seen, leavers, employed = [], 0, 0
    for _ in range(36):
        schedule.step(world)
        seen.append(firm_skill(world).mean())
        leavers += int(world.firms.quits.sum())
        employed += int((world.people.employer >= 0).sum())

    pace = learning_(12.0, 0.0)
    expected = steady(0.0, pace, leavers / employed)
    assert np.mean(seen) == pytest.approx(expected, abs=0.05)
    assert np.mean(seen) == pytest.approx(0.6, abs=0.08)


def test_without_quits_skill_goes_to_one() -> None:
    """Where the tool has been at work for eight years; a project that overran or began anew goes live late."""
    world = automated(120, "staffing.let_people_quit", "staffing.fill_posts", "acceptance.accept_tools")
    long_live = world.firms.tool_months_live[world.firms.open & (world.firms.tool_months_live[:, 0] > 0), 0] >= 96
    skill_now = firm_skill(world)[long_live]

    assert len(skill_now) > 25
    assert skill_now.min() > 0.97


def test_quits_cost_skill() -> None:
    staying, leaving = (automated(40, *without) for without in (("staffing.let_people_quit",), ()))

    assert firm_skill(leaving).mean() < firm_skill(staying).mean() - 0.1


def test_strong_learners_are_ahead_of_weak_ones() -> None:
    weak, strong = (automated(12, skill={"general_mean": mean}) for mean in (0.1, 0.9))

    assert firm_skill(strong).mean() > firm_skill(weak).mean() + 0.2


def test_somebody_hired_away_starts_at_nothing() -> None:
    world = automated(24)
    people = world.people
    people.tool_skill[:] = 0.9
    schedule.step(world)
    new = (people.employer >= 0) & (people.tenure == 0)

    assert new.any()
    assert not people.tool_skill[new].any()


def test_training_speeds_learning_and_costs_money_and_hours() -> None:
    worlds = [automated(8) for _ in range(2)]
    worlds[1].firms.training[:] = 1.0
    for world in worlds:
        world.firms.flow_cents[:] = 0
        skill.learn_tools(world)
    plain, trained = worlds
    users = plain.people.tool_skill.max(axis=1) > 0.0
    p = plain.params.skill

    assert firm_skill(trained).mean() > firm_skill(plain).mean()
    lessons = trained.people.hours_away.sum() / p.training_hours_month[0]
    assert 0 < lessons <= users.sum()
    assert trained.firms.hours_trained.sum() == pytest.approx(trained.people.hours_away.sum())
    spent = -(trained.firms.flow_cents - plain.firms.flow_cents)[:, FLOW["tools_running"]].sum() / 100.0
    assert spent == pytest.approx(lessons * p.training_usd_month[0])


def test_hours_in_training_are_missing_at_work() -> None:
    worlds = [automated(8) for _ in range(2)]
    worlds[1].firms.training[:] = 1.0
    before = [live(world, 1).firms.people_hours.sum() for world in worlds]

    assert before[1] == pytest.approx(before[0] - worlds[1].people.hours_away[worlds[1].people.employer >= 0].sum())


def test_those_who_know_the_tool_are_not_trained() -> None:
    world = automated(8)
    world.firms.training[:] = 1.0
    world.people.tool_skill[:] = 0.9
    skill.learn_tools(world)

    assert not world.people.hours_away.any()


def test_switched_off_everybody_knows_everything() -> None:
    world = automated(3, "skill.learn_tools")

    assert (world.firms.tool_skill == 1.0).all()
    assert not world.people.hours_away.any()
