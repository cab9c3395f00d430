"""Looks: boundaries against printed tables, and no more false alarms than promised."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.analysis.sequential import crossing_chances, first_stop, levels, look, obrien_fleming
from sim.errors import InputError

EXPERIMENTS = 2000
LOOKS = (10, 20, 30, 40, 50)
# Jennison and Turnbull (2000), tables 2.1 and 2.3: the last |z| of equally spaced two-sided looks.
LAST_Z = {
    (2, 0.05): 1.977, (3, 0.05): 2.004, (4, 0.05): 2.024, (5, 0.05): 2.040, (10, 0.05): 2.087,
    (4, 0.01): 2.609, (5, 0.01): 2.621,
}  # fmt: skip
POCOCK_Z = {2: 2.178, 5: 2.413, 10: 2.555}


@pytest.fixture(scope="module")
def nothing() -> np.ndarray:
    """Paired differences of experiments in which there is nothing to find, (experiments, worlds)."""
    return np.random.default_rng(20).normal(0, 1, (EXPERIMENTS, LOOKS[-1]))


@pytest.mark.parametrize(("design", "last"), LAST_Z.items())
def test_the_last_look_is_the_one_in_the_printed_tables(design, last):
    looks, alpha = design
    assert obrien_fleming(range(1, looks + 1), alpha)[-1] == pytest.approx(last, abs=0.001)


@pytest.mark.parametrize(("looks", "height"), POCOCK_Z.items())
def test_the_recursion_gives_pococks_constant_bounds_five_percent(looks, height):
    shares = np.arange(1, looks + 1) / looks
    assert crossing_chances(shares, np.full(looks, height)).sum() == pytest.approx(0.05, abs=2e-4)


def test_five_naive_looks_raise_fourteen_false_alarms_in_a_hundred():
    shares = np.arange(1, 6) / 5
    assert crossing_chances(shares, np.full(5, 1.96)).sum() == pytest.approx(0.142, abs=0.0005)


def test_one_look_is_an_ordinary_test_and_its_power_the_ordinary_power():
    assert obrien_fleming([50])[0] == pytest.approx(1.959964, abs=1e-6)
    power = crossing_chances(np.ones(1), np.array([1.959964]), drift=3.0)[0]
    assert power == pytest.approx(stats.norm.sf(1.959964 - 3) + stats.norm.cdf(-1.959964 - 3), abs=1e-9)


def test_unequal_looks_keep_the_promise_too():
    worlds = np.array([7, 40, 41, 200])
    assert crossing_chances(worlds / 200, obrien_fleming(worlds)).sum() == pytest.approx(0.05, abs=1e-6)


def test_stopping_by_the_boundary_finds_nothing_in_nothing_at_the_nominal_rate(nothing):
    alarms = sum(first_stop(gap, LOOKS).stops for gap in nothing)
    assert stats.binomtest(alarms, EXPERIMENTS, 0.05).pvalue > 0.001


def test_peeking_every_ten_worlds_finds_far_too_much_in_nothing(nothing):
    alarms = sum(any(look(gap[:seen], 0.05).stops for seen in LOOKS) for gap in nothing)
    assert alarms / EXPERIMENTS > 0.11


def test_the_intervals_of_all_looks_together_hold_the_truth(nothing):
    held = 0
    for gap in nothing[:1000]:
        seen = [look(gap[:worlds], level) for worlds, level in zip(LOOKS, levels(LOOKS), strict=True)]
        held += all(one.low <= 0 <= one.high for one in seen)
    assert stats.binomtest(held, 1000, 0.95).pvalue > 0.001


def test_a_large_effect_stops_early_and_says_so():
    gap = np.random.default_rng(4).normal(3, 1, 50)
    found = first_stop(gap, LOOKS)
    assert found.stops
    assert found.worlds < 50
    assert found.low < 3 < found.high


def test_equal_differences_are_certain_and_zeros_are_no_difference():
    assert look(np.full(10, 2.0), 0.01).stops
    assert not look(np.zeros(10), 0.01).stops


@pytest.mark.parametrize("worlds", [(), (10, 10), (20, 10), (0, 5)])
def test_looks_that_do_not_grow_are_refused(worlds):
    with pytest.raises(InputError, match="growing numbers"):
        obrien_fleming(worlds)
