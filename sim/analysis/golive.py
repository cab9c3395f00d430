"""Months counted from go-live: what a firm is like before and after its first project works, against the reference."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.analysis.comparison import Comparison
from sim.analysis.resample import mean_interval
from sim.arrays import Floats, Ints

BEFORE, AFTER = -6, 24
SHOWN = {
    "utilisation": ("How full the busiest step was", "points"),
    "wait_ratio": ("Wait over normal work time", "times the work"),
    "orders_served": ("Orders delivered", "orders a month"),
}
"""Series told around a go-live: words for people and unit of the difference."""
FEWEST = 5
"""Futures below which nothing is said about a month."""


@dataclass(frozen=True)
class AroundGoLive:
    """A paired difference by month since go-live, all (months,): futures behind it, mean, likely range."""

    months: Ints
    futures: Ints
    mean: Floats
    low: Floats
    high: Floats


def live_months(comparison: Comparison, arm: str) -> Floats:
    """Month in which each world's first project of the first firm went live, NaN where none did, (worlds,)."""
    first = [
        min((p.live_month for p in projects if p.live_month >= 0 and p.firm == 0), default=np.nan)
        for projects in comparison.projects[arm].values()
    ]
    return np.array(first, dtype=np.float64)


def since_live(comparison: Comparison, arm: str, metric: str, span: tuple[int, int] = (BEFORE, AFTER)) -> Floats:
    """The choice less the reference by month since go-live, (worlds, months); NaN outside the run or after closing."""
    gap = np.where(comparison.open_in_both(arm), comparison.series_gap(arm, metric), np.nan)
    out = np.full((comparison.worlds, span[1] - span[0]), np.nan)
    for world, live in enumerate(live_months(comparison, arm)):
        if np.isfinite(live):
            months = int(live) + np.arange(*span)
            inside = (months >= 0) & (months < comparison.months)
            out[world, inside] = gap[world, months[inside]]
    return out


def around_go_live(comparison: Comparison, arm: str, metric: str) -> AroundGoLive:
    """Mean paired difference by month since go-live; months with too few futures are left out."""
    gap = since_live(comparison, arm, metric)
    futures = np.isfinite(gap).sum(axis=0)
    kept = futures >= FEWEST
    low, high = mean_interval(gap[:, kept]) if kept.any() else (np.zeros(0), np.zeros(0))
    mean = np.array([np.nanmean(column) for column in gap[:, kept].T])
    return AroundGoLive(np.arange(BEFORE, AFTER)[kept], futures[kept], mean, low, high)
