"""From one state every score has the same offers and the same draws: no arm gets more to choose from, or other luck."""

from __future__ import annotations

import numpy as np
import pytest

from sim.look import look
from sim.observed import Observed
from sim.offers import offers
from sim.strategies.arms import SCORES
from sim.validation.agreement import COMPARED, agreement, choices, market, rank_correlation, snapshots
from sim.world import World
from tests.worlds import arm, busy, everybody, live, make

FREE = tuple(score for score in SCORES if score not in ("none", "planned"))


def picture(world: World, score: str) -> Observed:
    """What all small firms would see if they followed this score."""
    rows = np.nonzero(world.firms.open & ~world.firms.large)[0]
    world.firms.score[rows] = SCORES.index(score)
    return look(world, rows, offers(world, rows))


@pytest.mark.parametrize("score", FREE[1:])
def test_the_picture_is_the_same_bit_for_bit_whatever_the_score(score: str) -> None:
    world = live(everybody(make(busy(), [3, 4]), arm("none", assessment_months=2.0)), 8)
    first, second = picture(world, FREE[0]), picture(world, score)

    for name in ("open_to_buy", "one_off_usd", "running_usd_month", "months", "hands_orders", "equipment_orders",
                 "demand_orders", "process_quality", "forces", "taste", "coin", "talked_about", "brings_orders"):
        assert getattr(first, name).tobytes() == getattr(second, name).tobytes(), name
    assert first.rules.optimism.tobytes() == second.rules.optimism.tobytes()
    assert first.rules.hurdle.tobytes() == second.rules.hurdle.tobytes()


def test_ways_of_choosing_differ_on_identical_snapshots() -> None:
    seen = snapshots(market("bakery"), range(1, 9))
    shared = agreement(choices(seen))

    assert shared["tactical"]["aligned"] < 0.6
    assert all(shared[name][name] == 1.0 for name in COMPARED)
    assert np.array_equal(shared.to_numpy(), shared.to_numpy().T)
    ranks = rank_correlation(seen).to_numpy()
    assert (ranks[~np.eye(len(ranks), dtype=bool)] < 0.95).all()
