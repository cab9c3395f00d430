"""A draw is a pure function of who draws, what is decided, the month and the partner."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim import luck
from tests.worlds import make, street

WORLDS = np.array([luck.world_key(seed) for seed in range(40)], dtype=np.uint64)
KEYS = luck.birth_keys(WORLDS[0], "customer", np.arange(5000, dtype=np.uint64))


def test_a_draw_does_not_depend_on_where_in_the_array_its_owner_stands() -> None:
    whole = luck.draws(KEYS, "demand.look", 7)
    order = np.random.default_rng(3).permutation(len(KEYS))

    assert np.array_equal(luck.draws(KEYS[order], "demand.look", 7), whole[order])
    assert np.array_equal(luck.draws(KEYS[100:900:7], "demand.look", 7), whole[100:900:7])
    assert [float(luck.draws(KEYS[i:i + 1], "demand.look", 7)[0]) for i in range(50)] == whole[:50].tolist()


def test_a_row_draws_the_same_in_every_batch() -> None:
    alone, beside = make(street(), [5]), make(street(), [9, 5, 7])
    slots, people = alone.firm_slots, len(alone.people.luck)

    assert np.array_equal(alone.draws("quit", alone.people), beside.draws("quit", beside.people)[people:2 * people])
    assert np.array_equal(alone.draws("price", alone.firms), beside.draws("price", beside.firms)[slots:2 * slots])


def test_draws_differ_by_decision_month_and_partner() -> None:
    first = luck.draws(KEYS, "demand.look", 7)

    for other in (
        luck.draws(KEYS, "demand.taste", 7), luck.draws(KEYS, "demand.look", 8),
        luck.draws(KEYS, "demand.look", 7, np.uint64(1)),
    ):
        assert not (first == other).any()


def test_partners_broadcast_against_those_who_draw() -> None:
    table = luck.draws(KEYS[:, None], "hype", 2, np.arange(1, 4, dtype=np.uint64)[None, :])

    assert table.shape == (5000, 3)
    assert np.array_equal(table[:, 1], luck.draws(KEYS, "hype", 2, np.uint64(2)))


def test_births_of_one_world_share_no_key_with_another_kind_or_world() -> None:
    births = np.arange(2000, dtype=np.uint64)[None, :]
    keys = [luck.birth_keys(WORLDS[:, None], kind, births) for kind in ("firm", "person", "customer")]

    assert len(np.unique(np.stack(keys))) == 3 * 40 * 2000


def test_a_birth_key_depends_on_its_own_number_alone() -> None:
    assert np.array_equal(luck.birth_keys(WORLDS[0], "customer", np.array([4, 2], dtype=np.uint64)), KEYS[[4, 2]])


def test_worlds_of_neighbouring_seeds_draw_independently() -> None:
    keys = np.array([luck.world_key(seed) for seed in range(20_000)], dtype=np.uint64)
    draws = luck.draws(luck.birth_keys(keys, "firm", np.array([0], dtype=np.uint64)), "birth.owner", 0)

    assert stats.kstest(draws, "uniform").pvalue > 1e-3
    assert abs(np.corrcoef(draws[:-1], draws[1:])[0, 1]) < 4.0 / np.sqrt(len(draws))


def test_names_of_decisions_become_the_same_numbers_on_every_machine() -> None:
    """Pinned: another hash of the names would silently change every stored result."""
    assert int(luck.label("world")) == 0x0F93D6A77FC33158
    assert luck.label("birth.owner") != luck.label("birth.size")


def test_a_negative_seed_is_refused() -> None:
    with pytest.raises(OverflowError):
        luck.world_key(-1)
