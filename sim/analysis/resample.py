"""Intervals by resampling whole worlds, many columns at once.

BCa bootstrap (Efron 1987): percentiles of the resampled statistic, corrected for bias and skew. The resamples
are drawn once from a fixed seed and shared by all columns, so one matrix product replaces a loop over metrics
and two runs of the same comparison print the same interval. `scipy.stats.bootstrap` gives the same answer
column by column, some hundred times slower; the tests hold the two together.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from scipy.special import betaincinv, ndtr, ndtri

from sim.analysis.columns import summary
from sim.arrays import Floats

RESAMPLES = 4000
SEED = 20_260_101
TAILS = (0.025, 0.975)
Statistic = Callable[..., Floats]


class Estimate(NamedTuple):
    """A number with the bounds of its 95% interval and its Monte Carlo standard error."""

    value: float
    low: float
    high: float
    mc_error: float


@lru_cache(maxsize=8)
def world_counts(worlds: int) -> Floats:
    """How often each world is drawn in each resample, shape (RESAMPLES, worlds)."""
    even = np.full(worlds, 1 / worlds)
    return np.random.default_rng(SEED).multinomial(worlds, even, size=RESAMPLES).astype(np.float64)


def mean_interval(values: Floats) -> tuple[Floats, Floats]:
    """95% BCa interval of the mean of each column of (worlds, columns); NaN is left out column by column.

    A column whose values are all the same has an interval of width zero; one with fewer than two values has
    NaN.
    """
    known = np.isfinite(values)
    count, mean = summary(values)[:2]
    off = np.where(known, values - mean, 0.0)
    counts = world_counts(len(values))
    drawn = np.full((RESAMPLES, values.shape[1]), float(len(values)))
    gaps = ~known.all(axis=0)
    drawn[:, gaps] = counts @ known[:, gaps].astype(np.float64)
    resampled = np.divide(counts @ off, drawn, out=np.zeros_like(drawn), where=drawn > 0)
    left_out = -off / np.maximum(count - 1, 1)
    low, high = bca(np.zeros_like(mean), resampled, left_out)
    unknown = np.where(count > 1, 0.0, np.nan)
    return mean + low + unknown, mean + high + unknown


def one_mean_interval(values: Floats) -> tuple[float, float]:
    """The same for a single measure, (worlds,)."""
    low, high = mean_interval(values[:, None])
    return float(low[0]), float(high[0])


def ratio_interval(top: Floats, bottom: Floats) -> tuple[float, float]:
    """95% BCa interval of sum(top) / sum(bottom), both (worlds,): a ratio of sums, never a mean of ratios."""
    if len(top) < 2 or bottom.sum() == 0:
        return np.nan, np.nan
    counts = world_counts(len(top))
    estimate = np.array([top.sum() / bottom.sum()])
    spent = counts @ bottom
    resampled = np.where(spent != 0, (counts @ top) / np.where(spent != 0, spent, 1.0), estimate)
    rest = bottom.sum() - bottom
    left_out = np.where(rest != 0, (top.sum() - top) / np.where(rest != 0, rest, 1.0), estimate)
    low, high = bca(estimate, resampled[:, None], left_out[:, None])
    return float(low[0]), float(high[0])


def estimate(values: Floats, statistic: Statistic) -> Estimate:
    """Any statistic of the known values among (worlds,), with its 95% BCa interval and Monte Carlo standard error.

    `statistic(values, axis=...)` reduces one axis, as `np.median` does. NaN where there are fewer than two values.
    """
    known = values[np.isfinite(values)]
    count = len(known)
    if count < 2:
        return Estimate(float(statistic(known, axis=0)) if count else np.nan, np.nan, np.nan, np.nan)
    places = np.random.default_rng(SEED).integers(0, count, size=(RESAMPLES, count))
    resampled = statistic(known[places], axis=1)[:, None]
    others = np.broadcast_to(known, (count, count))[~np.eye(count, dtype=bool)].reshape(count, count - 1)
    value = np.atleast_1d(statistic(known, axis=0))
    low, high = bca(value, resampled, statistic(others, axis=1)[:, None])
    return Estimate(float(value[0]), float(low[0]), float(high[0]), float(resampled.std(ddof=1)))


def share_interval(hits: float, tries: int) -> tuple[float, float]:
    """95% interval of a share of worlds (Jeffreys); NaN without a single try."""
    if tries == 0:
        return np.nan, np.nan
    low, high = betaincinv(hits + 0.5, tries - hits + 0.5, TAILS)
    return (0.0 if hits == 0 else float(low)), (1.0 if hits == tries else float(high))


def bca(estimate: Floats, resampled: Floats, left_out: Floats) -> tuple[Floats, Floats]:
    """Bias-corrected, accelerated interval from resamples (resamples, columns) and the jackknife (worlds,
    columns)."""
    resamples = len(resampled)
    ordered = np.sort(resampled, axis=0)
    below = ((ordered < estimate).mean(axis=0) + (ordered <= estimate).mean(axis=0)) / 2
    bias = ndtri(np.clip(below, 0.5 / resamples, 1 - 0.5 / resamples))
    pull = left_out.mean(axis=0) - left_out
    spread = 6 * (pull**2).sum(axis=0) ** 1.5
    skew = np.divide((pull**3).sum(axis=0), spread, out=np.zeros_like(spread), where=spread > 0)
    low, high = (_at(ordered, _corrected(ndtri(tail), bias, skew)) for tail in TAILS)
    return low, high


def _corrected(tail: float, bias: Floats, skew: Floats) -> Floats:
    """The percentile to read instead of the plain tail."""
    return np.asarray(ndtr(bias + (bias + tail) / (1 - skew * (bias + tail))), dtype=np.float64)


def _at(ordered: Floats, share: Floats) -> Floats:
    """The value at a share of each sorted column, interpolated."""
    place = share * (len(ordered) - 1)
    lower = np.floor(place).astype(np.int64)
    upper = np.minimum(lower + 1, len(ordered) - 1)
    low = np.take_along_axis(ordered, lower[None, :], axis=0)[0]
    high = np.take_along_axis(ordered, upper[None, :], axis=0)[0]
    return np.asarray(low + (high - low) * (place - lower), dtype=np.float64)
