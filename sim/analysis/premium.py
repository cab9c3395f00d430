"""Where which choice wins: the winner in every cell of two factors, and whether that is sure.

A cell's premium is what the best choice gains over the second best in the same worlds. Picking the winner and
measuring its lead on the same worlds flatters it, so a cell is called sure only if the lead over every other
choice holds in the paired difference at a level shared out among the rivals (Bonferroni).
"""

from __future__ import annotations

import pandas as pd
from scipy import stats

from sim.analysis.columns import sign_flip_p
from sim.arrays import Floats
from sim.errors import InputError

NEEDED = ("x", "y", "choice", "replicate", "value")


def premium_cells(frame: pd.DataFrame, better: int = 1, alpha: float = 0.05) -> pd.DataFrame:
    """One row per cell: x, y, winner, premium (winner less runner-up), sure, worlds.

    `frame` is tidy with columns x, y, choice, replicate and value. Worlds that lack a choice are left out of their
    cell. Raises InputError if a column is missing or a cell has no complete world.
    """
    missing = [name for name in NEEDED if name not in frame]
    if missing:
        raise InputError(f"A map needs the columns {', '.join(NEEDED)}; missing: {', '.join(missing)}.")
    return pd.DataFrame([_cell(part, better, alpha) for _, part in frame.groupby(["x", "y"], sort=True)])


def _cell(part: pd.DataFrame, better: int, alpha: float) -> dict[str, object]:
    """The winner of one cell and its lead."""
    x, y = part["x"].iloc[0], part["y"].iloc[0]
    gain = better * part.pivot(index="replicate", columns="choice", values="value").dropna()
    if gain.empty or gain.shape[1] < 2:
        raise InputError(f"The cell x={x}, y={y} has no world in which two choices were run.")
    ranked = gain.mean().sort_values(ascending=False, kind="stable").index
    leads = gain[ranked[0]].to_numpy()[:, None] - gain[ranked[1:]].to_numpy()
    return {
        "x": x, "y": y, "winner": ranked[0], "premium": float(leads[:, 0].mean()),
        "sure": _certain(leads, alpha), "worlds": len(gain),
    }  # fmt: skip


def _certain(leads: Floats, alpha: float) -> bool:
    """Whether the lead over every other choice is more than luck; sign flips, or t where worlds are few."""
    level = alpha / leads.shape[1]
    p_values = sign_flip_p(leads) if len(leads) >= 8 else stats.ttest_1samp(leads, 0.0).pvalue
    return bool((p_values <= level).all())
