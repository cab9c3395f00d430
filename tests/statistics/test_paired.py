"""Paired statistics on made-up experiments: they find nothing in nothing, and cover what is there."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.analysis.columns import sign_flip_p
from sim.analysis.paired import max_t, paired_table, pairing_gain, split_half
from sim.analysis.resample import mean_interval
from sim.errors import InputError

EXPERIMENTS = 2000
CHOICES = 4


def tried(seed: int, worlds: int, effect: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Outcomes of (choices, reference) in the same worlds: luck shared by all, and some of each one's own."""
    luck = np.random.default_rng(seed)
    shared = luck.lognormal(0, 1, (worlds, 1))
    first = shared + luck.normal(effect, 0.3, (worlds, CHOICES))
    return first, shared + luck.normal(0, 0.3, (worlds, 1))


def usual(rejections: int, of: int, rate: float) -> bool:
    """Whether so many rejections are what a rate gives, at one in a thousand."""
    return bool(stats.binomtest(rejections, of, rate).pvalue > 0.001)


def test_a_against_a_rejects_at_the_nominal_rate():
    gaps = np.random.default_rng(1).standard_t(5, (40, EXPERIMENTS))
    assert usual(int((sign_flip_p(gaps) <= 0.05).sum()), EXPERIMENTS, 0.05)


@pytest.mark.slow
def test_max_t_over_choices_that_share_a_reference_rejects_at_the_nominal_rate():
    rejected = 0
    for seed in range(1000):
        first, reference = tried(seed, 30)
        rejected += bool((max_t(first - reference) <= 0.05).any())
    assert usual(rejected, 1000, 0.05)


def test_unadjusted_tests_of_four_choices_reject_far_too_often():
    rejected = 0
    for seed in range(300):
        first, reference = tried(seed, 30)
        rejected += bool((sign_flip_p(first - reference) <= 0.05).any())
    assert rejected / 300 > 0.09


def test_max_t_is_milder_than_holm_where_choices_share_luck_and_never_below_the_plain_value():
    first, reference = tried(5, 40, effect=0.1)
    gap = first - reference
    table = paired_table({"none": reference[:, 0], **{f"c{k}": first[:, k] for k in range(CHOICES)}}, "none")
    assert (table["p_max_t"] >= table["p_value"] - 0.01).all()
    assert table["p_max_t"].sum() < table["p_holm"].sum()
    assert max_t(gap).tolist() == table["p_max_t"].tolist()


def test_one_choice_alone_needs_no_adjustment():
    gap = np.random.default_rng(8).normal(0.2, 1, (50, 1))
    assert max_t(gap)[0] == pytest.approx(sign_flip_p(gap)[0], abs=1e-12)


@pytest.mark.parametrize(("skew", "worlds"), [(0.0, 50), (0.0, 200), (0.5, 100), (0.5, 200)])
def test_intervals_hold_a_known_truth_at_the_nominal_rate(skew, worlds):
    """Real coverage: symmetric .941 at 50 worlds and .952 at 200; lognormal (sd .5) .944 at 100 and .948 at 200."""
    luck = np.random.default_rng(8).normal(0, 1, (worlds, EXPERIMENTS))
    values = np.exp(skew * luck) if skew else luck
    low, high = mean_interval(values)
    truth = np.exp(skew**2 / 2) if skew else 0.0
    assert usual(int(((low <= truth) & (truth <= high)).sum()), EXPERIMENTS, 0.95)


@pytest.mark.parametrize(("worlds", "least"), [(50, 0.90), (100, 0.915), (200, 0.925)])
def test_intervals_of_a_very_skewed_mean_come_close(worlds, least):
    """Real coverage with lognormal (sd 1) differences, skewness 6: .915 at 50 worlds, .928 at 100, .937 at 200."""
    values = np.random.default_rng(7).lognormal(0, 1, (worlds, EXPERIMENTS))
    low, high = mean_interval(values)
    truth = np.exp(0.5)
    assert least < ((low <= truth) & (truth <= high)).mean() < 0.96


def test_shared_luck_makes_the_difference_as_exact_as_many_more_worlds():
    first, reference = tried(3, 500)
    assert pairing_gain(first[:, 0], reference[:, 0]) > 10
    assert pairing_gain(np.sort(first[:, 0]), reference[:, 0]) < 2


def test_a_row_holds_each_number_with_its_uncertainty():
    first, reference = tried(2, 80, effect=0.2)
    row = paired_table({"none": reference[:, 0], "a": first[:, 0]}, "none").loc["a"]
    gap = first[:, 0] - reference[:, 0]
    assert row["mean"] == pytest.approx(gap.mean())
    assert row["median"] == pytest.approx(np.median(gap))
    assert row["standardised"] == pytest.approx(gap.mean() / gap.std(ddof=1))
    assert row["better_share"] == pytest.approx((gap > 0).mean())
    assert row["mean_error"] == pytest.approx(gap.std(ddof=1) / np.sqrt(80), rel=0.05)
    for name in ("mean", "median", "standardised", "better_share"):
        assert row[f"{name}_low"] < row[name] < row[f"{name}_high"]
        assert row[f"{name}_error"] > 0


def test_less_is_better_turns_the_winner_round_and_nothing_else():
    first, reference = tried(2, 60, effect=0.2)
    outcomes = {"none": reference[:, 0], "a": first[:, 0]}
    more, less = (paired_table(outcomes, "none", better).loc["a"] for better in (1, -1))
    assert less["better_share"] == pytest.approx(1 - more["better_share"])
    assert less["mean"] == more["mean"]


def test_the_same_outcomes_differ_by_exactly_nothing():
    same = np.random.default_rng(1).normal(0, 1, 30)
    row = paired_table({"none": same, "twin": same.copy()}, "none").loc["twin"]
    assert (row["mean"], row["mean_low"], row["mean_high"], row["standardised"]) == (0, 0, 0, 0)
    assert (row["p_value"], row["p_holm"], row["p_max_t"], row["better_share"], row["halves_p"]) == (1, 1, 1, 0.5, 1)


def test_worlds_without_a_value_in_both_are_left_out_and_counted():
    values = np.arange(10.0)
    holes = np.where(values < 2, np.nan, values + 1)
    row = paired_table({"none": values, "a": holes}, "none").loc["a"]
    assert row["worlds"] == 8
    assert row["mean"] == 1


def test_halves_that_tell_the_same_pass_at_the_nominal_rate_and_a_drift_does_not():
    gaps = np.random.default_rng(9).normal(0, 1, (1000, 60))
    assert usual(sum(split_half(gap)["halves_p"] <= 0.05 for gap in gaps), 1000, 0.05)
    assert split_half(np.arange(60.0))["halves_p"] < 1e-6


def test_a_reference_that_is_not_there_is_named():
    with pytest.raises(InputError, match="none is not among"):
        paired_table({"a": np.zeros(3)}, "none")
