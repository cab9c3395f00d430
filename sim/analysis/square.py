"""What is chosen against how much is assessed: two scores, each with and without assessment.

Named strategies bundle both; only the crossing tells which of the two did it. Differences are paired like all others:
in the same worlds, against the reference.
"""

from __future__ import annotations

import numpy as np

from sim.analysis.amounts import change, change_range
from sim.analysis.comparison import Comparison
from sim.analysis.effects import differences
from sim.analysis.twins import Table

METRIC = "owner_value_usd"
ROWS = (
    ("tactical", "tactical+assess2", "Looks at one step"),
    ("aligned+assess0", "aligned", "Looks at the whole chain"),
)


def square_table(square: Comparison) -> Table:
    """Owner's worth against doing nothing by score and assessment, and what each of the two adds."""
    (local, local_seen, local_words), (chain, chain_seen, chain_words) = ROWS
    gaps = {arm: square.gap(arm, METRIC) for arm in (local, local_seen, chain, chain_seen)}
    rows = [
        (local_words, _cell(gaps[local]), _cell(gaps[local_seen]), _cell(gaps[local_seen] - gaps[local])),
        (chain_words, _cell(gaps[chain]), _cell(gaps[chain_seen]), _cell(gaps[chain_seen] - gaps[chain])),
        ("What the wider look adds", _cell(gaps[chain] - gaps[local]), _cell(gaps[chain_seen] - gaps[local_seen]), ""),
    ]
    heads = ("How the project is chosen", "No assessment", "Two months of it", "What assessment adds")
    return Table(heads, tuple(rows))


def _cell(gap: np.ndarray[tuple[int], np.dtype[np.float64]]) -> str:
    """Mean and likely range of a paired difference in dollars."""
    found = differences(gap[:, None], np.zeros((len(gap), 1)), np.array([1]), 1)[0]
    return f"{change(found.mean, 'USD')}\n{change_range(found.low, found.high, 'USD')}"
