"""Statistics of many columns at once: one row per world, one column per measure, NaN for "no value"."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.arrays import Floats, Ints

FLIPS = 4999
SEED = 20_260_102


class Summary(NamedTuple):
    """Known values, mean, median, standard deviation and standard error of each column; NaN where none."""

    known: Ints
    mean: Floats
    median: Floats
    spread: Floats
    mc_error: Floats


def summary(values: Floats) -> Summary:
    """Summarise the known values of (worlds, columns); equal values have exactly that mean and spread 0."""
    frame = pd.DataFrame(values)
    known = np.isfinite(values).sum(axis=0)
    least = frame.min()
    mean = (least + (frame - least).mean()).to_numpy()
    spread = np.where((least == frame.max()) & (known > 1), 0.0, frame.std().to_numpy())
    return Summary(known, mean, frame.median().to_numpy(), spread, spread / np.sqrt(np.maximum(known, 1)))


def wins(gap: Floats) -> Floats:
    """Share of known gaps above zero, ties half, by column."""
    won = np.where(np.isfinite(gap), (np.sign(gap) + 1) / 2, np.nan)
    return pd.DataFrame(won).mean().to_numpy()


@lru_cache(maxsize=8)
def signs(worlds: int) -> Floats:
    """The flips of whole worlds that every test shares, (FLIPS, worlds)."""
    return np.random.default_rng(SEED).choice([-1.0, 1.0], size=(FLIPS, worlds))


def sign_flip_p(gap: Floats) -> Floats:
    """Two-sided p-value of "no difference" for each column of (worlds, columns); 1 where all gaps are 0."""
    known = np.where(np.isfinite(gap), gap, 0.0)
    slack = 1e-9 * np.abs(known).sum(axis=0)
    as_large = np.abs(signs(len(gap)) @ known) >= np.abs(known.sum(axis=0)) - slack
    p_value = (1 + as_large.sum(axis=0)) / (1 + FLIPS)
    return np.where(np.isfinite(gap).any(axis=0), p_value, np.nan)


def holm(p_values: Floats) -> Floats:
    """Step-down adjustment (Holm 1979) down each column of (tests, families); NaN tests do not count."""
    order = np.argsort(p_values, axis=0, kind="stable")
    tests = np.isfinite(p_values).sum(axis=0)
    left = np.maximum(tests - np.arange(len(p_values))[:, None], 1)
    stepped = np.maximum.accumulate(np.take_along_axis(p_values, order, axis=0) * left, axis=0)
    adjusted = np.empty_like(p_values)
    np.put_along_axis(adjusted, order, np.minimum(stepped, 1.0), axis=0)
    return adjusted


def ratio(top: Floats, bottom: Floats) -> Floats:
    """top / bottom where the bottom is above zero, else NaN."""
    return np.divide(top, bottom, out=np.full_like(top, np.nan), where=bottom > 0)
