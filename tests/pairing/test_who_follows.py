"""Mixed and chosen: who follows hangs on own luck and owner alone, both groups live in one world, lots are fair."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from sim import numerics
from sim.following import following_count, reluctance
from sim.params import Params
from sim.run import Job, prepare, simulate, watched_rows
from tests.worlds import FAMILIES, arm, street

TITLES = {name: name for name in FAMILIES}


def market(**numbers: float) -> Params:
    """A street of ten small bakeries."""
    return street(setup={"small_firms": 10, "customers": 300, "spare_slots": 12}, assignment=numbers)


def job(assignment: str, others: bool = False, replicate: int = 0, strategy: str = "npv", **numbers: float) -> Job:
    return Job(market(**numbers), TITLES, arm(strategy), arm("none"), assignment, 1, replicate, 24,  # type: ignore[arg-type]
               others=others)


def rows(asked: Job) -> list[int]:
    return watched_rows(prepare([asked]), [asked])[0].tolist()


def test_every_small_firm_is_in_one_of_the_two_groups() -> None:
    for assignment in ("mixed", "chosen"):
        follow, others = rows(job(assignment)), rows(job(assignment, others=True))
        assert sorted(follow + others) == list(range(10))


def test_a_larger_share_adds_followers_and_takes_none_away() -> None:
    groups = [set(rows(job("mixed", saturation=q))) for q in (0.1, 0.3, 0.5, 0.9)]
    assert [len(group) for group in groups] == [1, 3, 5, 9]
    assert all(few < many for few, many in pairwise(groups))


@pytest.mark.parametrize(("share", "count"), [(0.0, 1), (0.04, 1), (0.25, 3), (0.5, 5), (1.0, 9)])
def test_neither_group_is_ever_empty(share: float, count: int) -> None:
    assert following_count(10, share) == count


def test_both_groups_are_told_of_the_same_world() -> None:
    """Followers' and others' orders of a month add up to those of a run that tells of all small firms."""
    follow, others = simulate([job("mixed", saturation=0.3)])[0], simulate([job("mixed", True, saturation=0.3)])[0]
    world = prepare([job("mixed", saturation=0.3)])

    assert (follow.watched_firms, others.watched_firms, follow.arm, others.arm) == (3, 7, "npv", "none")
    assert follow.scalars["projects"] > 0.0 == others.scalars["projects"]
    assert world.firms.score[:10].astype(bool).sum() == 3


def test_a_label_without_a_deed_leaves_every_bit_as_it_was() -> None:
    """Who is called what is no cause: where both strategies buy nothing, mixing them changes nothing."""
    alone = Job(market(), TITLES, arm("none"), arm("none"), "whole", 1, 0, 24)
    mixed = [simulate([job("mixed", others, strategy="none")])[0] for others in (False, True)]
    whole = simulate([alone])[0]
    both = np.mean([run.series["orders_served"] for run in mixed], axis=0)

    assert np.allclose(both, whole.series["orders_served"], rtol=1e-12)


def test_lots_ask_nothing_of_the_owner_and_choice_follows_quality_as_far_as_stated() -> None:
    found = {}
    for assignment, correlation in (("mixed", 0.8), ("chosen", 0.8), ("chosen", 0.0)):
        jobs = [job(assignment, replicate=n, choice_correlation=correlation) for n in range(60)]
        world = prepare(jobs)
        small = (np.arange(60)[:, None] * world.firm_slots + np.arange(1, 10)).reshape(-1)
        wish = -reluctance(world, small)
        found[assignment, correlation] = np.corrcoef(wish, world.firms.owner_quality[small])[0, 1]

    assert found["chosen", 0.8] == pytest.approx(0.8, abs=0.05)
    assert abs(found["mixed", 0.8]) < 0.12 > abs(found["chosen", 0.0])


def test_newcomers_follow_in_the_same_share() -> None:
    jobs = [job("mixed", replicate=n, saturation=0.3) for n in range(40)]
    world = prepare(jobs)
    assert world.worlds.follow_share.tolist() == [0.3] * 40
    assert numerics.normal(np.array([0.3]))[0] < 0.0
