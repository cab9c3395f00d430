"""Which factors move an effect, over points spread across all ranges: rank correlations, one factor at a time.

Spearman's correlation asks only whether more of the factor goes with more of the effect, so a curved but rising answer
counts in full. Points are drawn independently of the luck, which all of them share, so a factor that does nothing is
found with the stated chance only; p-values are adjusted by Holm over all factors and arms.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from sim.analysis.columns import holm
from sim.analysis.points import words_of
from sim.arrays import Floats
from sim.design import Design

LEAST_POINTS = 4


def screen(design: Design, effects: pd.DataFrame, metric: str) -> pd.DataFrame:
    """One row per factor and arm: rank_correlation of the mean difference with the factor, p_value, p_holm.

    `effects` is what `sim.analysis.points.point_effects` returns. Words and positions of a dial count in the order of
    the file. NaN where a factor or an effect does not vary, or with fewer than four points.
    """
    shown = effects[effects["metric"] == metric]
    rows = []
    for factor in design.file.factor:
        order = words_of(factor)
        for arm in design.file.arms[1:]:
            there = shown[shown["arm"] == arm]
            level = there[factor.name].map(order.index) if order else there[factor.name]
            correlation, p_value = _correlated(level.to_numpy(np.float64), there["mean"].to_numpy(np.float64))
            rows.append({"factor": factor.name, "arm": arm, "rank_correlation": correlation, "p_value": p_value})
    table = pd.DataFrame(rows)
    return table.assign(p_holm=holm(table[["p_value"]].to_numpy())[:, 0])


def _correlated(level: Floats, effect: Floats) -> tuple[float, float]:
    """Spearman's correlation and its p-value; NaN where there is nothing to correlate."""
    if len(level) < LEAST_POINTS or np.ptp(level) == 0 or np.ptp(effect) == 0:
        return np.nan, np.nan
    found = stats.spearmanr(level, effect)
    return float(found.statistic), float(found.pvalue)
