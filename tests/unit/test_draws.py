"""Draws are uniform, keys are hashed and never added, and neighbours have nothing to do with one another."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from sim import numerics
from sim.arrays import Floats, Keys

COUNT = 1 << 17
ONES = 2**64 - 1
STEPS = np.arange(COUNT, dtype=np.uint64)
ZERO, ONE = np.uint64(0), np.uint64(1)
NEIGHBOURS = {
    "key": lambda shift: numerics.uniform(STEPS + shift, np.uint64(11), np.uint64(5), ZERO),
    "decision": lambda shift: numerics.uniform(np.uint64(7), STEPS + shift, np.uint64(5), ZERO),
    "month": lambda shift: numerics.uniform(np.uint64(7), np.uint64(11), STEPS + shift, ZERO),
    "partner": lambda shift: numerics.uniform(np.uint64(7), np.uint64(11), np.uint64(5), STEPS + shift),
}
ACROSS = {
    "month, other key": lambda: (
        numerics.uniform(STEPS, np.uint64(11), ZERO, ZERO), numerics.uniform(STEPS, np.uint64(11), ONE, ZERO)),
    "decision, other key": lambda: (
        numerics.uniform(STEPS, np.uint64(11), ZERO, ZERO), numerics.uniform(STEPS, np.uint64(12), ZERO, ZERO)),
    "partner, other key": lambda: (
        numerics.uniform(STEPS, np.uint64(11), ZERO, ONE), numerics.uniform(STEPS, np.uint64(11), ZERO, np.uint64(2))),
}


def p_flat(draws: Floats, bins: int = 256) -> float:
    """Chi-square probability of the counts if draws are uniform."""
    return float(stats.chisquare(np.bincount((draws * bins).astype(int), minlength=bins)).pvalue)


def p_pairs(first: Floats, second: Floats, bins: int = 16) -> float:
    """Chi-square probability of the joint counts if both are uniform and independent."""
    cell = (first * bins).astype(int) * bins + (second * bins).astype(int)
    return float(stats.chisquare(np.bincount(cell, minlength=bins * bins)).pvalue)


@pytest.mark.parametrize("what", list(NEIGHBOURS))
def test_draws_of_neighbours_are_uniform_and_uncorrelated(what: str) -> None:
    first, second = NEIGHBOURS[what](ZERO), NEIGHBOURS[what](ONE)

    assert p_flat(first) > 1e-3
    assert p_pairs(first, second) > 1e-3
    assert abs(np.corrcoef(first, second)[0, 1]) < 4.0 / np.sqrt(COUNT)


@pytest.mark.parametrize("what", list(ACROSS))
def test_one_agents_draws_say_nothing_about_its_other_draws(what: str) -> None:
    first, second = ACROSS[what]()

    assert p_pairs(first, second) > 1e-3
    assert abs(np.corrcoef(first, second)[0, 1]) < 4.0 / np.sqrt(COUNT)


def test_every_bit_of_a_draw_is_a_fair_coin() -> None:
    scaled = (NEIGHBOURS["key"](ZERO) * 2.0**52).astype(np.uint64)
    ones = [int(((scaled >> np.uint64(bit)) & ONE).sum()) for bit in range(52)]

    assert max(abs(count - COUNT / 2) for count in ones) < 4.5 * np.sqrt(COUNT) / 2


def test_the_best_of_equals_is_each_of_them_equally_often() -> None:
    firms = np.arange(1, 6, dtype=np.uint64)[None, :]
    liking = numerics.gumbel(numerics.uniform(STEPS[:, None], np.uint64(11), np.uint64(5), firms))

    assert stats.chisquare(np.bincount(liking.argmax(axis=1), minlength=5)).pvalue > 1e-3


def test_keys_are_hashed_not_added() -> None:
    """Added keys would give one draw to every (key, month) with the same sum."""
    here = numerics.uniform(STEPS + ONE, np.uint64(11), np.uint64(5), ZERO)
    there = numerics.uniform(STEPS, np.uint64(11), np.uint64(6), ZERO)

    assert not (here == there).any()
    assert p_pairs(here, there) > 1e-3


def test_the_places_of_the_arguments_are_not_exchangeable() -> None:
    a, b, c, d = (np.uint64(x) for x in (3, 5, 7, 9))
    orders = [(a, b, c, d), (b, a, c, d), (a, c, b, d), (a, b, d, c), (d, b, c, a)]

    assert len({float(numerics.uniform(*order)) for order in orders}) == len(orders)
    assert numerics.key(a, b) != numerics.key(b, a)


def test_no_two_births_share_a_key() -> None:
    parents = np.arange(300, dtype=np.uint64)[:, None]
    labels = np.arange(3000, dtype=np.uint64)[None, :]

    assert len(np.unique(numerics.key(parents, labels))) == 900_000


def unmixed(bits: int) -> int:
    """The number that the mixing of SplitMix64 turns into `bits`."""
    bits = _unshifted(bits, 31) * pow(0x94D049BB133111EB, -1, 2**64) & ONES
    bits = _unshifted(bits, 27) * pow(0xBF58476D1CE4E5B9, -1, 2**64) & ONES
    return _unshifted(bits, 30)


def _unshifted(bits: int, shift: int) -> int:
    """The x for which x ^ (x >> shift) is `bits`."""
    x = bits
    for _ in range(64 // shift + 1):
        x = bits ^ (x >> shift)
    return x


def salt(label: int) -> int:
    """What a label is mixed into before its key is scrambled."""
    return unmixed(int(numerics.key(np.uint64(0), np.uint64(label))))


def drawing(bits: int, decision: int, month: int, partner: int) -> int:
    """The key whose draw for this decision, month and partner comes from exactly these 64 bits."""
    asked = int(numerics.key(np.uint64(decision), np.uint64(month)))
    return unmixed(unmixed(bits) ^ salt(partner)) ^ salt(asked)


def extreme(bits: int) -> NDArray[np.float64]:
    """The draw that these 64 bits become."""
    key: Keys = np.array([drawing(bits, 11, 5, 0)], dtype=np.uint64)
    return numerics.uniform(key, np.uint64(11), np.uint64(5), ZERO)  # type: ignore[no-any-return]


def test_the_extreme_keys_are_the_extreme_draws() -> None:
    assert extreme(0)[0] < 1e-15
    assert extreme(1 << 63)[0] == pytest.approx(0.5, abs=1e-15)
    assert extreme(ONES)[0] > 1.0 - 1e-15


@pytest.mark.parametrize("bits", [0, 1, ONES, ONES - 1, ONES - 2**12], ids=hex)
def test_no_key_draws_zero_or_one(bits: int) -> None:
    """A draw of exactly 1 would be an infinitely liked firm and an owner of undefined quality."""
    draw = extreme(bits)

    assert 0.0 < draw[0] < 1.0
    assert np.isfinite([numerics.gumbel(draw), numerics.laplace(draw), numerics.normal(draw)]).all()
