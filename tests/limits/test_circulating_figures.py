"""Two headline figures appear without misalignment and without any effect of alignment; neither may be a target.

"70% of projects miss the return that was wanted": choosing the best of three unbiased but noisy estimates is enough
(the winner's curse). "3.2 times as likely to grow by more than 15%": a trait that drives both alignment and growth is
enough (selection).
"""

from __future__ import annotations

import numpy as np
import pytest

from sim import luck, numerics

OWNERS = np.arange(400_000, dtype=np.uint64)
THREE = np.arange(1, 4, dtype=np.uint64)[None, :]


def test_seven_in_ten_chosen_projects_miss_their_forecast_by_the_winners_curse_alone() -> None:
    """True log payoff with standard deviation .4, unbiased noise .3, the best of three chosen."""
    truth = 0.4 * numerics.normal(luck.draws(OWNERS[:, None], "limits.truth", 0, THREE))
    noise = 0.3 * numerics.normal(luck.draws(OWNERS[:, None], "limits.noise", 0, THREE))
    chosen = (truth + noise).argmax(axis=1)

    missed = noise[np.arange(len(OWNERS)), chosen] > 0.0

    assert float((noise > 0.0).mean()) == pytest.approx(0.5, abs=0.002)
    assert float(missed.mean()) == pytest.approx(0.71, abs=0.005)


def test_aligned_firms_grow_three_times_as_often_by_selection_alone() -> None:
    """Correlation .8 with owner quality, median split, ten points per standard deviation, Laplace noise of .15."""
    quality = numerics.normal(luck.draws(OWNERS, "limits.quality", 0))
    alignment = 0.8 * quality + 0.6 * numerics.normal(luck.draws(OWNERS, "limits.alignment", 0))
    growth = 0.02 + 0.10 * quality + 0.15 * numerics.laplace(luck.draws(OWNERS, "limits.growth", 0))
    aligned, fast = alignment > np.median(alignment), growth > 0.15

    ratio = fast[aligned].mean() / fast[~aligned].mean()

    assert float(ratio) == pytest.approx(3.1, abs=0.06)


def test_without_the_trait_the_ratio_is_one() -> None:
    quality = numerics.normal(luck.draws(OWNERS, "limits.quality", 0))
    alignment = numerics.normal(luck.draws(OWNERS, "limits.alignment", 0))
    growth = 0.02 + 0.10 * quality + 0.15 * numerics.laplace(luck.draws(OWNERS, "limits.growth", 0))
    aligned, fast = alignment > 0.0, growth > 0.15

    assert float(fast[aligned].mean() / fast[~aligned].mean()) == pytest.approx(1.0, abs=0.03)
