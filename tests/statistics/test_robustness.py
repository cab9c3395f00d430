"""Regret and robustness against tables that can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.analysis.resample import estimate, mean_interval
from sim.analysis.robustness import regret, robustness, tail_mean, winners
from sim.errors import InputError

# Milnor's textbook table: each criterion has its own favourite.
TABLE = {
    "none": np.array([2.0, 2.0, 0.0, 1.0]),
    "steady": np.array([1.0, 1.0, 1.0, 1.0]),
    "bold": np.array([0.0, 4.0, 0.0, 0.0]),
    "split": np.array([1.0, 3.0, 0.0, 0.0]),
}


def test_regret_is_the_distance_to_the_best_choice_in_the_same_future():
    lost = regret(np.column_stack(list(TABLE.values())))
    assert lost.tolist() == [[0, 1, 2, 1], [2, 3, 0, 1], [1, 0, 1, 1], [0, 0, 1, 1]]
    assert (regret(-np.column_stack(list(TABLE.values())), better=-1) == lost).all()


def test_criteria_disagree_as_in_the_textbook():
    table = robustness(TABLE, goal=1.0)
    won = winners(table)
    assert (won["mean"], won["worst"], won["goal_share"]) == ("none", "steady", "steady")
    assert won["regret_worst"] == "split"
    assert table.loc["steady", "goal_share"] == 1
    assert table.loc["none", "regret_mean"] == 0.75


def test_turning_every_outcome_round_turns_nothing_else_round():
    skewed = {"none": np.random.default_rng(1).lognormal(0, 1, 60), "a": np.random.default_rng(2).normal(1, 2, 60)}
    up, down = robustness(skewed, goal=0.5), robustness({k: -v for k, v in skewed.items()}, goal=-0.5, better=-1)
    assert winners(up) == winners(down, better=-1)
    for name in ("mean", "worst", "tail"):
        assert (up[name] == -down[name]).all()
    assert up["tail_low"].tolist() == (-down["tail_high"]).tolist()
    assert up["goal_share"].tolist() == down["goal_share"].tolist()


def test_the_tail_is_the_mean_of_the_worst_futures_and_a_future_counts_in_part():
    outcomes = np.arange(100.0)[:, None]
    assert tail_mean(outcomes, 0.05)[0] == 2.0
    assert tail_mean(outcomes, 0.025)[0] == pytest.approx((0 + 1 + 0.5 * 2) / 2.5)
    assert tail_mean(outcomes, 1.0)[0] == outcomes.mean()


def test_the_tail_of_a_normal_is_the_closed_form():
    drawn = np.random.default_rng(3).normal(0, 1, (200_000, 1))
    assert tail_mean(drawn)[0] == pytest.approx(-stats.norm.pdf(stats.norm.ppf(0.05)) / 0.05, abs=0.02)


def test_doing_nothing_must_be_a_row_and_no_value_may_be_missing():
    with pytest.raises(InputError, match="Doing nothing"):
        robustness({"bold": TABLE["bold"]}, goal=1.0)
    with pytest.raises(InputError, match="missing"):
        robustness(TABLE | {"bold": np.array([1.0, np.nan, 0.0, 0.0])}, goal=1.0)


def test_the_general_interval_is_the_fast_one_for_means_and_scipys_for_medians():
    values = np.random.default_rng(5).lognormal(0, 1, (80, 2))
    bounds = np.array([estimate(column, np.mean)[1:3] for column in values.T]).T
    for fast, general in zip(mean_interval(values), bounds, strict=True):
        assert general == pytest.approx(fast, rel=0.05)
    found = estimate(values[:, 0], np.median)
    other = stats.bootstrap((values[:, 0],), np.median, method="BCa", rng=1)
    assert (found.low, found.high) == pytest.approx(tuple(other.confidence_interval), rel=0.1)
    assert found.mc_error == pytest.approx(other.standard_error, rel=0.1)
