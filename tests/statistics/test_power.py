"""The number of worlds is what the published tables say, and what it promises comes true."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.analysis.power import Promise, power_of, smallest_found, worlds_for
from sim.errors import InputError

PAIRS = [(0.2, 0.8, 199), (0.5, 0.8, 34), (0.8, 0.8, 15), (0.5, 0.95, 54)]
"""Size in standard deviations of the difference, power, matched pairs; two-sided 5%, as G*Power 3 gives them."""


@pytest.mark.parametrize(("size", "power", "worlds"), PAIRS)
def test_numbers_of_pairs_are_those_of_the_usual_tables(size: float, power: float, worlds: int):
    assert worlds_for(size, 1.0, Promise(power=power)) == worlds


def test_what_is_promised_comes_true_in_made_up_experiments():
    asked = Promise(comparisons=10)
    worlds = worlds_for(3.0, 10.0, asked)
    drawn = np.random.default_rng(5).normal(3.0, 10.0, (4000, worlds))
    found = (stats.ttest_1samp(drawn, 0.0, axis=1).pvalue <= 0.05 / 10).mean()
    assert found == pytest.approx(0.8, abs=0.025)


def test_without_a_difference_only_false_alarms_are_left():
    assert power_of(0.0, 1.0, 50, Promise()) == pytest.approx(0.05)


def test_more_comparisons_smaller_differences_and_more_noise_need_more_worlds():
    base = worlds_for(4.0, 20.0, Promise())
    assert worlds_for(4.0, 20.0, Promise(comparisons=21)) > base
    assert worlds_for(2.0, 20.0, Promise()) > 3 * base
    assert worlds_for(-4.0, 40.0, Promise()) > 3 * base


def test_the_smallest_difference_found_is_the_one_that_needs_these_worlds():
    asked = Promise(comparisons=21, power=0.9)
    size = smallest_found(20_000.0, 300, asked)
    assert worlds_for(size * 1.0001, 20_000.0, asked) == 300
    assert worlds_for(size * 0.9999, 20_000.0, asked) == 301


@pytest.mark.parametrize("worlds", [12, 40, 120, 240, 1000])
@pytest.mark.parametrize("comparisons", [1, 6, 21])
def test_a_smallest_difference_is_found_for_every_size_of_study(worlds: int, comparisons: int):
    asked = Promise(comparisons=comparisons)
    assert power_of(smallest_found(1.0, worlds, asked), 1.0, worlds, asked) == pytest.approx(asked.power, abs=1e-6)


@pytest.mark.parametrize("wrong", [{"alpha": 0.0}, {"power": 1.0}, {"comparisons": 0}, {"alpha": 0.9}])
def test_a_test_that_makes_no_sense_is_refused(wrong: dict[str, float]):
    with pytest.raises(InputError):
        Promise(**wrong)  # type: ignore[arg-type]


def test_nothing_to_find_is_refused():
    with pytest.raises(InputError):
        worlds_for(0.0, 1.0, Promise())


@pytest.mark.parametrize("worlds", [3, 10, 24, 250, 2000])
@pytest.mark.parametrize("size", [0.01, 0.5, 1.5, 4.0])
def test_power_lies_between_the_level_and_one_for_few_and_many_worlds(worlds: int, size: float):
    asked = Promise(comparisons=6)
    assert asked.level <= power_of(size, 1.0, worlds, asked) <= 1
    assert smallest_found(1.0, worlds, asked) > smallest_found(1.0, worlds + 1, asked)
