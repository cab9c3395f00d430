"""What each choice did: levels per choice and paired differences between choices, with their uncertainty.

Worlds are the unit. A value that does not exist (the closing month of a firm that never closed) stays out of
the mean and is counted instead: `missing` for a level, `only_a` and `only_b` for a difference. Differences
are tested by flipping signs of whole worlds, which respects the pairing and makes no claim about shape, and
p-values are adjusted by Holm over all pairs of choices of a metric.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.analysis.columns import holm, ratio, sign_flip_p, summary, wins
from sim.analysis.comparison import Comparison
from sim.analysis.resample import mean_interval
from sim.arrays import Floats, Ints
from sim.observe.metrics import METRICS


@dataclass(frozen=True)
class Level:
    """One metric of one choice: NaN where no world has a value; `missing` counts worlds without one."""

    mean: float
    median: float
    low: float
    high: float
    mc_error: float
    worlds: int
    missing: int


@dataclass(frozen=True)
class Difference:
    """One metric, a - b in the same world.

    `standardised` is in standard deviations of the difference; `better_share` is the share of worlds in
    which a beats b (ties half; for a metric with no better side, in which a is higher); `pairing_gain` says
    how many times as many unpaired worlds would have given the same precision. All are NaN where they do not
    exist. `worlds` counts those in which both have a value, `only_a` and `only_b` those in which one has.
    """

    mean: float
    median: float
    low: float
    high: float
    mc_error: float
    standardised: float
    better_share: float
    p_value: float
    p_adjusted: float
    pairing_gain: float
    worlds: int
    only_a: int
    only_b: int


@dataclass(frozen=True)
class Effects:
    """Levels by (arm, metric) and differences by (a, b, metric), for every pair in `Comparison.pairs`."""

    levels: dict[tuple[str, str], Level]
    differences: dict[tuple[str, str, str], Difference]


def effects(comparison: Comparison, metrics: Sequence[str] = tuple(METRICS)) -> Effects:
    """All levels and all paired differences of a comparison, of every metric or of those named."""
    metrics = list(metrics)
    arms, pairs = [arm.name for arm in comparison.arms], comparison.pairs
    values = {arm: comparison.scalars[arm][metrics].to_numpy(dtype=np.float64) for arm in arms}
    every = np.concatenate([values[arm] for arm in arms], axis=1)
    first, second = (np.concatenate([values[arm] for arm in side], axis=1) for side in zip(*pairs, strict=True))
    better = np.array([METRICS[name].better for name in metrics])
    level_keys = [(arm, name) for arm in arms for name in metrics]
    pair_keys = [(a, b, name) for a, b in pairs for name in metrics]
    return Effects(
        dict(zip(level_keys, levels(every), strict=True)),
        dict(zip(pair_keys, differences(first, second, better, len(pairs)), strict=True)),
    )


def levels(values: Floats) -> list[Level]:
    """One level per column of (worlds, columns)."""
    seen = summary(values)
    low, high = mean_interval(values)
    missing = len(values) - seen.known
    return [Level(*row) for row in _rows(seen.mean, seen.median, low, high, seen.mc_error, seen.known, missing)]


def differences(first: Floats, second: Floats, better: Ints, pairs: int) -> list[Difference]:
    """One difference per column of (worlds, pairs x metrics), pairs outermost; `better` is (metrics,)."""
    gap = first - second
    seen = summary(gap)
    low, high = mean_interval(gap)
    side = np.tile(np.where(better == 0, 1, better), pairs)
    size = np.where((seen.mean == 0) & (seen.known > 0), 0.0, ratio(seen.mean, seen.spread))
    p_value = sign_flip_p(gap)
    p_adjusted = holm(p_value.reshape(pairs, -1)).ravel()
    unpaired = _variance_apart(first, second, gap)
    only_a = (np.isfinite(first) & ~np.isfinite(second)).sum(axis=0)
    only_b = (np.isfinite(second) & ~np.isfinite(first)).sum(axis=0)
    rows = _rows(
        seen.mean, seen.median, low, high, seen.mc_error, size, wins(gap * side), p_value, p_adjusted,
        ratio(unpaired, seen.spread**2), seen.known, only_a, only_b,
    )  # fmt: skip
    return [Difference(*row) for row in rows]


def _variance_apart(first: Floats, second: Floats, gap: Floats) -> Floats:
    """Variance the difference would have, had the worlds not been shared."""
    both = np.isfinite(gap)
    a, b = (summary(np.where(both, values, np.nan)).spread for values in (first, second))
    return a**2 + b**2


def _rows(*columns: NDArray[Any]) -> list[tuple[Any, ...]]:
    """Columns of equal length as rows of plain Python numbers."""
    return list(zip(*(column.tolist() for column in columns), strict=True))
