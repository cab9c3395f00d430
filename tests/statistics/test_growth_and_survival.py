"""Growth ratios under known data-generating processes, and months of life against a closed form."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.analysis.growth import all_firms_ratio, causal_ratio, ratio_of_shares, survey_ratio
from sim.analysis.survival import kaplan_meier, restricted_mean

WORLDS, FIRMS = 200, 50
WORLD = np.repeat(np.arange(WORLDS), FIRMS)


def surveyed(quality_matters: float, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Growth, label and survival of firms; a good owner grows faster and is likelier to call the firm aligned."""
    luck = np.random.default_rng(seed)
    quality, taste = luck.normal(0, 1, (2, WORLDS * FIRMS))
    labelled = 0.8 * quality + 0.6 * taste > 0
    growth = 0.02 + 0.1 * quality_matters * quality + luck.laplace(0, 0.15 / np.sqrt(2), WORLDS * FIRMS)
    return growth, labelled, growth > -0.2


def test_a_survey_finds_three_times_the_growth_where_alignment_causes_none():
    growth, labelled, alive = surveyed(1.0)
    found = survey_ratio(growth, labelled, np.ones_like(alive), WORLD)
    assert found.value == pytest.approx(3.1, abs=0.3)
    assert found.low < found.value < found.high
    assert found.low > 2.5


def test_without_selection_survey_and_all_firms_agree_on_one():
    growth, labelled, alive = surveyed(0.0)
    for ratio in (survey_ratio, all_firms_ratio):
        found = ratio(growth, labelled, alive, WORLD)
        assert found.low < 1 < found.high


def test_the_closed_count_as_not_grown():
    growth, alive = np.full(8, 0.5), np.array([True, True, True, False] * 2)
    alive[[4, 5]] = False
    labelled = np.arange(8) < 4
    world = np.array([0, 0, 1, 1] * 2)
    assert survey_ratio(growth, labelled, alive, world).value == 1
    assert all_firms_ratio(growth, labelled, alive, world).value == pytest.approx((3 / 4) / (1 / 4))


def test_the_causal_ratio_of_a_choice_with_itself_is_exactly_one():
    growth = np.random.default_rng(4).normal(0.1, 0.2, 300)
    found = causal_ratio(growth, growth)
    assert (found.value, found.low, found.high, found.mc_error) == (1, 1, 1, 0)


@pytest.mark.slow
def test_the_causal_ratio_covers_a_known_one_at_the_nominal_rate():
    held = 0
    for seed in range(1000):
        luck = np.random.default_rng(seed).normal(0, 1, (3, 150))
        first, second = 0.2 * (0.6 * luck[0] + 0.8 * luck[1]) + 0.05, 0.2 * (0.6 * luck[0] + 0.8 * luck[2])
        found = causal_ratio(first, second)
        held += found.low <= stats.norm.sf(0.5) / stats.norm.sf(0.75) <= found.high
    assert 0.925 < held / 1000 < 0.97


def test_firms_of_one_world_are_one_piece_of_evidence():
    growth = np.repeat(np.random.default_rng(6).normal(0.1, 0.2, (60, 1)), 20, axis=1)
    other = np.repeat(np.random.default_rng(7).normal(0.1, 0.2, (60, 1)), 20, axis=1)
    assert causal_ratio(growth, other) == pytest.approx(causal_ratio(growth[:, 0], other[:, 0]))


def test_a_ratio_over_nobody_who_grew_is_endless_and_one_of_nobody_is_not_a_number():
    one, none = np.ones(5), np.zeros(5)
    assert np.isinf(ratio_of_shares([one, none], [one, one]).value)
    assert np.isnan(ratio_of_shares([none, none], [one, one]).value)
    assert np.isnan(ratio_of_shares([one, one], [none, one]).value)


@pytest.mark.parametrize("hazard", [0.01, 0.05])
def test_months_of_life_are_the_closed_form(hazard):
    """Closing with the same chance every month: the mean of min(T, m) is (1 - (1 - h)^m) / h."""
    window = 60
    month = np.random.default_rng(5).geometric(hazard, 20_000)
    curve = kaplan_meier(np.minimum(month, window).astype(float), month <= window, window)
    assert restricted_mean(curve) == pytest.approx(np.minimum(month, window).mean())
    assert restricted_mean(curve) == pytest.approx((1 - (1 - hazard) ** window) / hazard, rel=0.01)


def test_paired_months_of_life_see_what_a_log_rank_test_misses():
    """The same shocks close both firms, one of them two months later."""
    first = np.random.default_rng(8).geometric(0.02, 60).astype(float)
    second = np.minimum(first + 2, 60)
    first = np.minimum(first, 60)
    seen = [stats.CensoredData.right_censored(month, month >= 60) for month in (first, second)]
    assert stats.logrank(*seen).pvalue > 0.5
    assert stats.ttest_rel(second, first).pvalue < 1e-6
