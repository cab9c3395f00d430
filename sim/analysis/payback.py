"""When the money was back: the month from which the choice stays ahead of doing nothing, "never" included.

Money is what the firm made beyond the reference in the same world (cash and what the owner took out, less
what was borrowed), added up since the start. Being ahead once is not enough; it has to last to the end of the
window.
"""

from __future__ import annotations

import numpy as np

from sim.analysis.comparison import Comparison
from sim.analysis.flows import money_gap
from sim.arrays import Floats

NEVER = np.inf
NOTHING_SPENT = np.nan


def payback_month(comparison: Comparison, arm: str) -> Floats:
    """First month (1 is the first) from which the gap stays above zero, shape (worlds,).

    Infinite where that never happens, NaN where nothing was ever spent on automation.
    """
    spent = comparison.gap(arm, "automation_cost_usd") > 0
    return np.where(spent, month_ahead_for_good(money_gap(comparison, arm)), NOTHING_SPENT)


def month_ahead_for_good(gap: Floats) -> Floats:
    """The month (1 is the first) after the last one at or below zero; infinite if that is the last,
    (worlds,)."""
    months = gap.shape[1]
    behind = gap <= 0
    since_last_behind = behind[:, ::-1].argmax(axis=1)
    last_behind = np.where(behind.any(axis=1), months - since_last_behind, 0)
    return np.where(last_behind == months, NEVER, last_behind + 1.0)


def payback_shares(months_back: Floats) -> dict[str, float]:
    """Share of worlds by when the money was back: by year, later, never, nothing spent; they add up to 1."""
    year = np.ceil(months_back / 12)
    groups = {f"in year {n}": year == n for n in (1, 2, 3)} | {
        "later": np.isfinite(year) & (year > 3),
        "never": np.isposinf(months_back),
        "nothing spent": np.isnan(months_back),
    }
    return {name: float(group.mean()) for name, group in groups.items()}
