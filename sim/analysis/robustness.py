"""Which choice stands up best when the future is unknown: regret, maximin, satisficing and the bad tail.

Means hide what an owner fears. Four old answers stand side by side, because reasonable people differ on which
to follow: the best worst case (Wald 1950), the least regret (Savage 1951), the best chance of being good
enough (Simon 1956) and the mean of the worst futures (CVaR, Rockafellar and Uryasev 2000). All choices live
through the same futures; a future is one world, or the mean of the worlds of one design point.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sim.analysis.resample import estimate, mean_interval, share_interval
from sim.arrays import Floats
from sim.errors import InputError

TAIL = 0.05
CRITERIA = {
    "mean": "best on average",
    "worst": "best worst case",
    "tail": "best in its worst futures",
    "goal_share": "most often good enough",
    "regret_mean": "least regret on average",
    "regret_worst": "least worst regret",
}


def regret(outcomes: Floats, better: int = 1) -> Floats:
    """What each choice gives away in each future against the best choice there, (futures, choices), never below 0.

    `better` is 1 where more is better, -1 where less is.
    """
    gain = better * outcomes
    return gain.max(axis=1, keepdims=True) - gain


def tail_mean(outcomes: Floats, share: float = TAIL, axis: int = 0) -> Floats:
    """Mean of the worst `share` of futures along an axis (CVaR); a future that is cut counts in part."""
    ordered = np.sort(outcomes, axis=axis)
    count = ordered.shape[axis]
    weight = np.clip(share * count - np.arange(count), 0.0, 1.0)
    return np.asarray(np.moveaxis(ordered, axis, -1) @ weight / weight.sum(), dtype=np.float64)


def robustness(outcomes: Mapping[str, Floats], goal: float, reference: str = "none", better: int = 1) -> pd.DataFrame:
    """One row per choice (`outcomes[choice]` has shape (futures,)), with 95% intervals over futures.

    Columns, in the unit of the outcome: mean, worst, tail (mean of the worst twentieth), regret_mean and
    regret_worst; goal_share is the share of futures in which the outcome is at least as good as `goal`. Columns
    with `_low` and `_high` bound the ones that are means; worst cases have none, for they only get worse with
    more futures. Raises InputError if the reference (doing nothing) is not among the choices or a value is missing.
    """
    if reference not in outcomes:
        raise InputError(f"Doing nothing ({reference}) must be among the choices; found {', '.join(outcomes)}.")
    values = np.column_stack([np.asarray(column, dtype=np.float64) for column in outcomes.values()])
    if not np.isfinite(values).all():
        raise InputError("A table of regret needs the outcome of every choice in every future; some are missing.")
    gain, lost = better * values, regret(values, better)
    hits, futures = (gain >= better * goal).sum(axis=0), len(gain)
    tails = np.array([estimate(column, tail_mean) for column in gain.T])
    shares = [share_interval(int(hit), futures) for hit in hits]
    table = pd.DataFrame({"mean": values.mean(axis=0), "worst": better * gain.min(axis=0)}, index=list(outcomes))
    _bounded(table, "tail", better * tails[:, 0], *np.sort(better * tails[:, 1:3], axis=1).T)
    _bounded(table, "goal_share", hits / futures, *np.array(shares).T)
    _bounded(table, "regret_mean", lost.mean(axis=0), *mean_interval(lost))
    table["regret_worst"] = lost.max(axis=0)
    low, high = mean_interval(values)
    return table.assign(mean_low=low, mean_high=high, futures=futures).rename_axis("choice")


def winners(table: pd.DataFrame, better: int = 1) -> dict[str, str]:
    """The choice that wins by each of `CRITERIA`; of equals the first."""
    upward = {"mean": better, "worst": better, "tail": better, "goal_share": 1, "regret_mean": -1, "regret_worst": -1}
    return {name: str((side * table[name]).idxmax()) for name, side in upward.items()}


def _bounded(table: pd.DataFrame, name: str, value: Floats, low: Floats, high: Floats) -> None:
    """Put a column and its bounds into the table."""
    table[name], table[f"{name}_low"], table[f"{name}_high"] = value, low, high
