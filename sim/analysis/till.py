"""The worst of the till: its lowest point, how far that is from the credit line, and the extra cash that would help.

A firm whose bills go beyond cash and credit closes in that month, and what it could not pay is written off; that
amount, less the credit, is what it was short of. What it would have been short of later is not seen, so where more
than five of 100 futures end this way the extra cash is a least.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sim.analysis.comparison import Comparison
from sim.analysis.returns import Share, share
from sim.arrays import Bools, Floats, Ints

SAFE_SHARE = 0.95


@dataclass(frozen=True)
class Till:
    """The worst of the till under one choice, per future (worlds,): the lowest point, its month (1 is the first), what
    was missing beyond the credit line (below zero: what was left), and whether the firm closed with debts unpaid."""

    lowest_usd: Floats
    month: Ints
    short_usd: Floats
    unpaid: Bools

    @property
    def within(self) -> Share:
        """In how many futures the till stayed within the credit line."""
        return share(self.short_usd <= 0)

    @property
    def buffer_usd(self) -> float:
        """The least extra cash that keeps the lowest point within the credit line in 95 of 100 futures, rounded up."""
        return rounded_up(max(0.0, float(np.quantile(self.short_usd, SAFE_SHARE, method="inverted_cdf"))))

    @property
    def usual_month(self) -> int:
        """The month of the lowest point in the middle future."""
        return int(np.quantile(self.month, 0.5, method="inverted_cdf"))

    @property
    def spare_usd(self) -> float:
        """What is left to the credit line at the lowest point, in 95 of 100 futures; 0 where a buffer is needed."""
        return max(0.0, -float(np.quantile(self.short_usd, SAFE_SHARE, method="inverted_cdf")))

    @property
    def is_least(self) -> bool:
        """Whether more may be needed than is seen: more than five of 100 firms ran dry and closed with debts unpaid."""
        return self.buffer_usd > 0 and float(self.unpaid.mean()) > 1 - SAFE_SHARE


def rounded_up(usd: float) -> float:
    """The next amount that is written in full: three digits that matter, tens of dollars at the finest."""
    step = max(10.0, 10.0 ** (math.floor(math.log10(usd)) - 2)) if usd > 0.0 else 1.0
    return math.ceil(usd / step) * step


def till(comparison: Comparison, arm: str) -> Till:
    """The worst of the till under one choice."""
    series = comparison.series[arm]
    is_open, unpaid = series["alive"] > 0, series["flow_written_off"]
    credit = np.abs(series["overdraft_limit_usd"])
    before = np.concatenate([credit[:, :1], credit[:, :-1]], axis=1)
    seen = is_open | (unpaid > 0)
    cash = np.where(seen, np.where(is_open, series["cash_usd"], -unpaid), np.inf)
    short = np.where(seen, -cash - np.where(is_open, credit, before), -np.inf)
    in_debt = np.asarray((unpaid > 0).any(axis=1), dtype=np.bool_)
    return Till(cash.min(axis=1), cash.argmin(axis=1) + 1, short.max(axis=1), in_debt)
