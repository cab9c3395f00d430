"""A world's fate depends on its numbers, its luck and its arm, not on its batch, its name or its neighbours."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim import population
from sim.run import Job, simulate
from sim.strategies.arms import Arm
from sim.world import World
from tests.worlds import (
    FAMILIES,
    NOTHING,
    arm,
    busy,
    differing,
    everybody,
    live,
    make,
    part,
    planned,
    snapshot,
    story,
    street,
)

MONTHS = 18
TITLES = {name: name for name in FAMILIES}
ARMS = [arm(score, assessment_months=2.0 * (score == "aligned")) for score in
        ("none", "random", "own_sake", "tactical", "aligned", "npv")]
PLAN = planned(("online_ordering", 2), ("expand:operations", 5), ("fix:operations", 9))


def lived(seeds: list[int], focal: Arm | list[Arm], **groups: dict[str, float]) -> World:
    """Busy worlds, a year and a half on."""
    return live(make(busy(**groups), seeds, focal), MONTHS)


def same(first: tuple[World, int], second: tuple[World, int]) -> None:
    """Hold two worlds to the same bits in every column, and to the same journal."""
    assert differing(part(*first), part(*second)) == set()
    assert story(*first) == story(*second)


def test_an_arm_under_another_name_is_the_same_arm() -> None:
    renamed = replace(ARMS[5], name="npv#2", label="Counts on it", line="In other words.")

    same((lived([3], ARMS[5]), 0), (lived([3], renamed), 0))


@pytest.mark.parametrize("focal", [*ARMS, PLAN], ids=lambda a: a.name)
def test_a_world_computed_again_is_the_same_world(focal: Arm) -> None:
    same((lived([11], focal), 0), (lived([11], focal), 0))


def test_a_world_alone_is_the_same_as_in_a_batch_of_64_and_in_another_order() -> None:
    seeds = list(range(100, 164))
    arms = [[*ARMS, PLAN][i % 7] for i in range(64)]
    batch = lived(seeds, arms)
    order = np.random.default_rng(1).permutation(64)
    shuffled = lived([seeds[i] for i in order], [arms[i] for i in order])

    for place in (0, 5, 31, 63):
        same((lived([seeds[place]], arms[place]), 0), (batch, place))
    for place, original in enumerate(order):
        same((shuffled, place), (batch, int(original)))


def test_worlds_with_other_numbers_may_stand_beside() -> None:
    """Every parameter may differ by world, and each world reads its own."""
    others = [
        busy(demand={"looks": 7.0, "attention_month": 0.6}), busy(throughput={"rho": -2000.0, "pooled_share": 0.0}),
        busy(sector={"quits_month": 0.2, "order_value_usd": 90.0}), busy(choosing={"noise": 0.0}),
        busy(finance={"patience_months": 1.0, "entry_year": 0.0}), busy(staffing={"ramp_months": 0.0}),
    ]
    batch = live(make(others, range(6), ARMS), MONTHS)

    for place, (numbers, own) in enumerate(zip(others, ARMS, strict=True)):
        same((live(make(numbers, [place], own), MONTHS), 0), (batch, place))


def test_arms_dealt_to_worlds_in_another_order_give_the_same_results_in_that_order() -> None:
    first, second = lived([5] * 6, ARMS), lived([5] * 6, ARMS[::-1])

    for place in range(6):
        same((first, place), (second, 5 - place))


def test_arms_of_one_seed_differ_only_by_what_they_did() -> None:
    """Or the pairs above would be equal because nothing ever differs."""
    world = lived([5] * 6, ARMS, finance={"patience_months": 60.0, "overdraft_days": 120.0})

    parts = [part(world, place) for place in range(6)]
    assert len({p["firms.cash_cents"].tobytes() for p in parts}) == 6
    assert len({p["people.luck"].tobytes() + p["customers.luck"].tobytes() for p in parts}) == 1


def test_other_seeds_are_other_worlds() -> None:
    world = lived([5, 6], NOTHING)

    assert len(differing(part(world, 0), part(world, 1))) > 40


def test_a_longer_life_begins_like_the_shorter_one() -> None:
    """And whether purchases stop later does not show before."""
    short, long = (make(busy(), [7, 8], arm("npv")) for _ in range(2))
    short.worlds.last_purchase_month[:], long.worlds.last_purchase_month[:] = 9, 30
    live(short, 10)
    while long.month < 10:
        live(long, 1)
    seen = snapshot(long)
    live(long, 14)

    assert differing(snapshot(short), seen) == {"worlds.last_purchase_month"}
    assert differing(seen, snapshot(long))


def test_the_first_firms_are_the_same_however_many_purchases_are_planned() -> None:
    """A plan that is never due is no plan."""
    never = planned(("online_ordering", 400), ("crm", 401))
    with_, without = part(lived([9], never), 0), part(lived([9], planned()), 0)

    assert differing(with_, without) == {"firms.plan", "firms.plan_month"}


def jobs(*arms: Arm, months: int = 14, replicate: int = 4) -> list[Job]:
    """One run per arm, as an experiment asks for it."""
    names = {family: family for family in FAMILIES}
    return [Job(busy(), names, own, NOTHING, "focal", 17, replicate, months) for own in arms]


def test_runs_differ_by_exactly_nothing_whatever_batch_they_are_computed_in() -> None:
    alone = [simulate([job])[0] for job in jobs(*ARMS)]
    together = simulate(jobs(*ARMS[::-1], *ARMS))

    for one, other in zip([*alone[::-1], *alone], together, strict=True):
        assert one.arm == other.arm
        np.testing.assert_equal(other.scalars, one.scalars)
        for name, series in one.series.items():
            np.testing.assert_array_equal(other.series[name], series, err_msg=name)
        assert one.events == other.events


def test_a_runs_result_does_not_depend_on_how_long_its_neighbours_may_buy() -> None:
    """Owners who judge over another window stop buying in another month."""
    lasting = {"patience_months": 60.0, "overdraft_days": 120.0}
    saving = {"window_months": 6.0, "decision_month": 0.3, "fund_share": 0.004, "fund_start_months": 0.0}
    patient = jobs(arm("own_sake"), months=30, replicate=6)[0]
    hasty = replace(patient, params=busy(choosing=saving, finance=lasting))

    alone, beside = simulate([hasty])[0], simulate([hasty, patient])[0]

    np.testing.assert_equal(beside.scalars, alone.scalars)


def test_a_strategy_for_every_small_firm_reaches_entrants_too() -> None:
    world = everybody(make(busy(finance={"entry_year": 1.0}), [2, 3]), arm("own_sake"))
    live(world, MONTHS)
    later = (world.firms.birth >= 5) & world.firms.open

    assert later.any()
    assert (world.firms.score[later] == world.firms.score[0]).all()


def test_an_item_that_does_not_exist_cannot_be_planned() -> None:
    with pytest.raises(ValueError, match="no such item to buy: 'expand:kitchen'"):
        make(street(), [1], planned(("expand:kitchen", 3)))


def test_worlds_of_different_sizes_cannot_share_a_batch() -> None:
    with pytest.raises(ValueError, match="must agree on firm slots, people, customers, tool families and events"):
        population.create([street(), street(setup={"customers": 151})], [1, 2])



def test_choices_of_one_future_start_from_copies_of_one_world_and_live_as_if_each_had_been_made_for_it() -> None:
    p, arms = busy(), [ARMS[0], PLAN, ARMS[4]]
    together = [Job(p, TITLES, choice, NOTHING, "focal", 5, future, MONTHS) for future in (0, 1) for choice in arms]

    for job, seen in zip(together, simulate(together), strict=True):
        alone = simulate([job])[0]
        assert seen.scalars.keys() == alone.scalars.keys()
        assert all(np.array_equal(seen.series[name], alone.series[name]) for name in alone.series)
        assert (seen.events, seen.projects) == (alone.events, alone.projects)


def test_slots_that_nobody_comes_to_change_nothing_and_are_left_out() -> None:
    job = Job(busy(), TITLES, PLAN, NOTHING, "focal", 5, 2, MONTHS)
    every_slot = replace(job, panel=frozenset({"quits"}))

    few, all_ = simulate([job])[0], simulate([every_slot])[0]

    assert population.create([job.params], [1], MONTHS).firm_slots < population.create([job.params], [1]).firm_slots
    assert all(np.array_equal(few.series[name], all_.series[name]) for name in few.series)
    assert (few.events, few.projects) == (all_.events, all_.projects)


def test_without_books_of_projects_a_firm_fares_the_same() -> None:
    job = Job(busy(), TITLES, PLAN, NOTHING, "focal", 5, 2, MONTHS)

    reckoned, plain = simulate([job])[0], simulate([replace(job, books=False)])[0]

    assert reckoned.projects
    assert plain.projects == ()
    assert all(np.array_equal(plain.series[name], reckoned.series[name]) for name in plain.series)
