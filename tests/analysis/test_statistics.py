"""Statistics against known answers and against scipy."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats
from synthetic import ALIGNED, CHOICES, NONE, comparison

from sim.analysis.columns import holm, sign_flip_p, summary, wins
from sim.analysis.effects import differences, effects
from sim.analysis.resample import mean_interval, ratio_interval, share_interval
from sim.analysis.words import NEGLIGIBLE_SHARE

SKEWED = np.random.default_rng(3).lognormal(0, 1, (60, 3))


def test_the_interval_is_the_one_scipy_finds_column_by_column():
    low, high = mean_interval(SKEWED)
    for column, values in enumerate(SKEWED.T):
        other = stats.bootstrap((values,), np.mean, n_resamples=9999, method="BCa", rng=1).confidence_interval
        width = other.high - other.low
        assert low[column] == pytest.approx(other.low, abs=0.06 * width)
        assert high[column] == pytest.approx(other.high, abs=0.06 * width)


def test_the_interval_of_a_skewed_mean_covers_it_about_nineteen_times_in_twenty():
    draws = np.random.default_rng(11).lognormal(0, 0.8, (80, 600))
    low, high = mean_interval(draws)
    covered = ((low <= np.exp(0.32)) & (np.exp(0.32) <= high)).mean()
    assert 0.89 < covered < 0.975


def test_unknown_values_are_left_out_and_everything_else_stays_as_if_they_had_never_been():
    holes = np.vstack([SKEWED[:, :1], [[np.nan]] * 5])
    alone = summary(SKEWED[:, :1])
    seen = summary(holes)
    assert seen.known == 60
    assert seen.mean == pytest.approx(alone.mean)
    assert seen.median == pytest.approx(alone.median)
    assert seen.mc_error == pytest.approx(alone.mc_error)


def test_a_column_without_values_gives_no_numbers_and_no_warning():
    empty = np.full((5, 1), np.nan)
    low, high = mean_interval(empty)
    for number in (*summary(empty)[1:], low, high, sign_flip_p(empty), wins(empty)):
        assert np.isnan(number).all()


def test_equal_values_have_an_interval_of_width_zero():
    low, high = mean_interval(np.full((7, 1), 0.1))
    assert low[0] == high[0] == 0.1
    assert summary(np.full((7, 1), 0.1)).spread[0] == 0.0


def test_one_world_has_a_mean_and_no_interval():
    low, high = mean_interval(np.array([[3.0]]))
    assert summary(np.array([[3.0]])).mean[0] == 3.0
    assert np.isnan([low[0], high[0]]).all()


def test_identical_arms_differ_by_exactly_nothing():
    twin = replace(ALIGNED, name="twin", label="The same again")
    found = effects(comparison((NONE, ALIGNED, twin), worlds=20, months=24))
    for (a, b, metric), gap in found.differences.items():
        if {a, b} == {"aligned", "twin"} and gap.worlds:
            assert (gap.mean, gap.low, gap.high, gap.mc_error) == (0, 0, 0, 0), metric
            assert (gap.standardised, gap.p_value, gap.p_adjusted, gap.better_share) == (0, 1, 1, 0.5)


def test_sign_flips_agree_with_the_exact_count():
    gap = np.array([1.0, 2.0, 3.0, 4.0, -0.5])
    signs = np.array(np.meshgrid(*[[-1, 1]] * 5)).reshape(5, -1)
    exact = (np.abs(gap @ signs) >= gap.sum()).mean()
    assert sign_flip_p(gap[:, None])[0] == pytest.approx(exact, abs=0.02)


def test_a_test_of_nothing_rejects_about_one_time_in_twenty():
    nothing = np.random.default_rng(5).normal(0, 1, (40, 1000))
    assert 0.03 < (sign_flip_p(nothing) < 0.05).mean() < 0.07


def test_holm_gives_the_textbook_answer_and_ignores_missing_tests():
    adjusted = holm(np.array([[0.01], [0.04], [np.nan], [0.03]]))[:, 0]
    assert adjusted[[0, 1, 3]] == pytest.approx([0.03, 0.06, 0.06])
    assert np.isnan(adjusted[2])


def test_a_difference_is_read_as_a_minus_b_and_the_better_side_wins():
    first, second = np.array([[1.0], [2.0], [4.0]]), np.array([[3.0], [2.0], [1.0]])
    more, less = (differences(first, second, np.array([side]), 1)[0] for side in (1, -1))
    assert more.mean == less.mean == pytest.approx(1 / 3)
    assert more.median == 0
    assert more.better_share == less.better_share == 0.5
    assert differences(first + 5, second, np.array([-1]), 1)[0].better_share == 0


def test_pairing_gain_is_the_ratio_of_variances():
    luck = np.random.default_rng(2).normal(0, 10, (400, 1))
    own = np.random.default_rng(3).normal(0, 1, (400, 2))
    first, second = luck + own[:, :1], luck + own[:, 1:]
    gap = differences(first, second, np.array([1]), 1)[0]
    expected = (first.var(ddof=1) + second.var(ddof=1)) / (first - second).var(ddof=1)
    assert gap.pairing_gain == pytest.approx(expected)
    assert gap.pairing_gain > 50


def test_values_known_on_one_side_only_are_counted():
    first, second = np.array([[1.0], [np.nan], [2.0]]), np.array([[0.0], [1.0], [np.nan]])
    gap = differences(first, second, np.array([1]), 1)[0]
    assert (gap.worlds, gap.only_a, gap.only_b) == (1, 1, 1)
    assert gap.mean == 1


def test_a_ratio_of_sums_is_not_a_mean_of_ratios():
    top, bottom = np.array([10.0, 0.0, 1.0, 2.0] * 10), np.array([100.0, 1.0, 1.0, 1.0] * 10)
    low, high = ratio_interval(top, bottom)
    assert low < top.sum() / bottom.sum() < high < (top / bottom).mean()


def test_a_share_interval_keeps_the_ends_and_knows_its_size():
    assert share_interval(0, 50)[0] == 0
    assert share_interval(50, 50)[1] == 1
    low, high = share_interval(62, 100)
    assert 0.51 < low < 0.54
    assert 0.70 < high < 0.73


def test_levels_and_differences_agree():
    found = effects(comparison(worlds=30, months=24))
    gap = found.differences["aligned", "none", "owner_value_usd"]
    levels = [found.levels[arm, "owner_value_usd"].mean for arm in ("aligned", "none")]
    assert gap.mean == pytest.approx(levels[0] - levels[1])
    assert 0 < NEGLIGIBLE_SHARE < 0.05


def test_months_of_purchase_that_do_not_exist_are_counted_not_averaged():
    level = effects(comparison(worlds=10, months=24)).levels["none", "first_purchase_month"]
    assert level.missing == 10
    assert np.isnan(level.mean)


def test_five_arms_of_two_hundred_worlds_take_less_than_two_seconds():
    fifth = replace(ALIGNED, name="fifth")
    made = comparison((*CHOICES, fifth), worlds=200, months=24)
    start = time.process_time()
    effects(made)
    assert time.process_time() - start < 2.0
