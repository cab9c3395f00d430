"""Metrics of staying in business."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats
from sim.observe.metrics.base import Lived, Monthly, Overall, at_the_end


def _closed(run: Lived) -> Floats:
    closed = run["alive"] < 1.0
    known = closed.any(axis=1) & (run.firms == 1)
    return np.where(known, closed.argmax(axis=1), np.nan)


SCALARS = (
    Overall("alive_share", "share", "Still in business at the end", "1 or 0, or the share of firms", 1,
            of=at_the_end("alive")),
    Overall("closed_month", "month", "Month of closing", "missing where the firm is still open", 1, of=_closed),
)

SERIES = (
    Monthly("alive", "share", "In business", "1 or 0, or the share of firms", 1, of=lambda month: month.here),
)
