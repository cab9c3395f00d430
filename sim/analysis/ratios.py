"""How many times as likely is fast growth under one choice as under the other, in every form a world can give.

The same question has different answers for survivors and for all firms, for firms whose owners chose and for firms
that drew lots; side by side they show how much of a headline is selection. Worlds are resampled whole.
"""

from __future__ import annotations

import numpy as np

from sim.analysis.comparison import Comparison
from sim.analysis.growth import ratio_of_shares
from sim.analysis.resample import Estimate
from sim.analysis.twins import Table

TOO_FEW = "too few firms grew so fast to tell"
FAST, OPEN = "fast_growth_share", "alive_share"


def survivors(comparison: Comparison) -> Estimate:
    """The ratio as a survey sees it: firms still in business at the end, each by what it follows."""
    arms = _arms(comparison)
    fast, still_open = ([comparison.scalar(arm, metric) for arm in arms] for metric in (FAST, OPEN))
    return ratio_of_shares(fast, still_open)


def every_firm(comparison: Comparison) -> Estimate:
    """The ratio with every firm counted; a closed firm is one that did not grow."""
    shares = [comparison.scalar(arm, FAST) for arm in _arms(comparison)]
    return ratio_of_shares(shares, [np.ones_like(share) for share in shares])


def growth_ratios(comparison: Comparison) -> dict[str, Estimate]:
    """Words for each form -> its ratio, the main choice against the reference; nothing in runs under two years."""
    if not np.isfinite(comparison.scalar(comparison.main.name, FAST)).all():
        return {}
    if comparison.assignment != "chosen":
        return {"Every firm counted": every_firm(comparison), "Firms still in business": survivors(comparison)}
    forms = {
        "As a survey sees it: owners choose, firms still in business answer": survivors(comparison),
        "Owners choose, every firm counted": every_firm(comparison),
    }
    if comparison.by_lot is not None:
        forms["What the choice causes: as many firms by lot, every firm counted"] = every_firm(comparison.by_lot)
    return forms


def growth_table(comparison: Comparison) -> Table | None:
    """The forms with their likely ranges."""
    rows = tuple((words, times(found), _range(found)) for words, found in growth_ratios(comparison).items())
    return Table(("Who is counted", "Times as likely", "Likely range"), rows) if rows else None


def times(found: Estimate) -> str:
    """A ratio in words."""
    return f"{found.value:.2f} ×" if np.isfinite(found.value) else TOO_FEW


def _range(found: Estimate) -> str:
    high = f"{found.high:.2f}" if np.isfinite(found.high) else "no upper end"
    return f"{found.low:.2f} to {high}" if np.isfinite(found.low) else ""


def _arms(comparison: Comparison) -> tuple[str, str]:
    return comparison.main.name, comparison.reference.name
