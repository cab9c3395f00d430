"""New firms: fewer come where the small firms there are work with tools, and who comes has the luck of before."""

from __future__ import annotations

import numpy as np
import pytest

from sim.mechanisms import entry
from sim.world import World
from tests.worlds import arm, busy, differing, everybody, live, make, snapshot, street

MONTHS = 18


def arrivals(deterrence: float, share: float) -> tuple[World, list[int]]:
    """Streets in which many firms open, tools doing a share of all work, and how many were scheduled by each month."""
    setup = {"spare_slots": 60}
    world = make(street(setup=setup, finance={"entry_year": 4.0, "entry_deterrence": deterrence}), [1, 2, 3])
    scheduled = []
    for _ in range(MONTHS):
        world.firms.automated_share[:] = share
        entry.open_new_firms(world)
        scheduled += world.worlds.births.tolist()
        world.month += 1
    return world, scheduled


def born(world: World) -> dict[tuple[int, int], tuple[int, float, int]]:
    """What luck gave each newcomer, by world and order of birth."""
    firms = world.firms
    return {
        (int(firms.world[row]), int(firms.birth[row])):
            (int(firms.luck[row]), float(firms.owner_quality[row]), int(firms.founded_month[row]))
        for row in np.nonzero(firms.open & (firms.birth >= 5))[0]
    }


def test_who_comes_although_others_are_deterred_has_the_luck_and_the_month_as_before() -> None:
    (usual, all_of_them), (wary, kept) = arrivals(0.0, 0.5), arrivals(1.5, 0.5)
    came, came_anyway = born(usual), born(wary)

    assert kept == all_of_them
    assert 0.2 < len(came_anyway) / len(came) < 0.8
    assert came_anyway.items() <= came.items()
    assert max(birth for _, birth in came_anyway) > len(came_anyway) / 3 + 5


@pytest.mark.parametrize(("deterrence", "share", "rate"), [(0.7, 0.3, 0.81), (1.0, 0.5, 0.61), (2.0, 0.5, 0.37)])
def test_the_rate_of_arrivals_falls_by_the_exponent_of_what_tools_do(
    deterrence: float, share: float, rate: float
) -> None:
    usual, wary = (len(born(arrivals(by, share)[0])) for by in (0.0, deterrence))

    assert wary / usual == pytest.approx(rate, abs=0.12)


def test_where_tools_do_nothing_as_many_come_whatever_the_deterrence() -> None:
    usual, wary = (snapshot(arrivals(deterrence, 0.0)[0]) for deterrence in (0.0, 10.0))

    assert differing(usual, wary) == set()


def test_where_tools_do_everything_hardly_anybody_comes() -> None:
    assert len(born(arrivals(10.0, 1.0)[0])) == 0


def test_tools_of_large_firms_of_closed_ones_and_of_idle_ones_deter_nobody() -> None:
    world = make(busy(), [1, 2])
    firms = world.firms
    firms.open[0], firms.orders_served[1] = False, 0
    unseen = firms.large | ~firms.open | (firms.orders_served == 0)
    firms.automated_share[unseen] = 1.0

    assert not entry.automated_work(world).any()
    firms.automated_share[~unseen] = 0.25
    assert entry.automated_work(world) == pytest.approx(0.25)


def test_a_larger_firm_deters_more_and_support_work_not_at_all() -> None:
    world = make(street(), [1])
    firms, chain = world.firms, world.params.sector.chain[0] > 0.0
    firms.automated_share[:, ~chain] = 1.0
    assert entry.automated_work(world)[0] == 0.0

    shares = []
    for row in np.argsort(firms.orders_served[:4]):
        firms.automated_share[:] = 0.0
        firms.automated_share[row] = 0.5
        shares.append(float(entry.automated_work(world)[0]))
    assert sorted(shares) == shares
    assert sum(shares) == pytest.approx(0.5)


def test_in_a_living_market_that_buys_tools_fewer_open() -> None:
    """The same purchases and the same luck up to the first who stays away."""
    worlds = [everybody(make(busy(finance={"entry_year": 1.0, "entry_deterrence": by}), range(1, 9)), arm("own_sake"))
              for by in (0.0, 10.0)]
    came = []
    for world in worlds:
        live(world, 30)
        came.append(sum(len(note.rows) for note in world.journal if note.kind == "enter"))

    assert np.array_equal(worlds[0].worlds.births, worlds[1].worlds.births)
    assert came[1] < came[0]
