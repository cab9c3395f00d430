"""Ruin over time: how many firms are still open, and how many months of life a choice gives or takes.

Curves are Kaplan-Meier. Life is compared by the restricted mean survival time, the months a firm is open
within the window, because its paired difference keeps the shared luck that a log-rank test throws away.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from sim.analysis.comparison import Comparison
from sim.analysis.resample import mean_interval, one_mean_interval
from sim.arrays import Bools, Floats

NORMAL = ndtri(0.975)  # half the width of a 95% band, in standard errors


@dataclass(frozen=True)
class Curve:
    """Share of firms still open at the start (month 0) and after each month, with a 95% band; (months + 1,)
    each."""

    share: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class LifeGap:
    """Months open within the window, choice minus reference, mean over worlds with its 95% interval."""

    months: float
    low: float
    high: float


def open_share(comparison: Comparison, arm: str) -> Curve:
    """Share still open over time: Kaplan-Meier for one firm per world, else the mean share."""
    return alive_curve(comparison.series[arm]["alive"])


def alive_curve(alive: Floats) -> Curve:
    """Share still open from (worlds, months): Kaplan-Meier where all are 1 or 0, else the mean share over worlds."""
    if np.isin(alive, (0.0, 1.0)).all():
        closed = alive[:, -1] == 0
        return kaplan_meier(alive.sum(axis=1) + closed, closed, alive.shape[1])
    low, high = mean_interval(alive)
    return Curve(*(np.concatenate([[1.0], part]) for part in (alive.mean(axis=0), low, high)))


def kaplan_meier(last_month: Floats, closed: Bools, months: int) -> Curve:
    """Kaplan-Meier share open with a log-log Greenwood band, by the month (1 is the first) of closing.

    Firms not `closed` were last seen open in their `last_month`; shapes (worlds,). The same bits as `scipy.stats.ecdf`,
    whose import alone takes longer than a page; the tests hold the two together.
    """
    times = np.arange(months + 1)
    there = np.maximum((last_month[:, None] >= times).sum(axis=0), 1)
    gone = ((last_month[:, None] == times) & closed[:, None]).sum(axis=0)
    share = np.cumprod((there - gone) / there)
    with np.errstate(divide="ignore", invalid="ignore"):
        wide = NORMAL * np.sqrt(1 / np.log(share) ** 2 * np.cumsum(gone / (there * (there - gone))))
        low, high = (np.clip(np.exp(-np.exp(np.log(-np.log(share)) + side * wide)), 0, 1) for side in (1, -1))
    return Curve(share, np.where(np.isfinite(low), low, share), np.where(np.isfinite(high), high, share))


def restricted_mean(curve: Curve) -> float:
    """Restricted mean survival time: months open within the window, the area under the curve."""
    return float(curve.share[:-1].sum())


def life_gap(comparison: Comparison, arm: str) -> LifeGap:
    """Paired difference of restricted mean survival time in months, arm minus reference: the area between curves."""
    months = comparison.series_gap(arm, "alive")[:, :-1].sum(axis=1)
    return LifeGap(float(months.mean()), *one_mean_interval(months))
