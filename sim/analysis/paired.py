"""Paired differences in full: every number a referee asks for, each with its uncertainty.

A row is one choice against the reference in the same worlds. Beside mean and median stand the difference in its
own standard deviations, the probability that the choice does better, p-values adjusted over all choices (Holm;
step-down max-t of Westfall and Young 1993, flipping the signs of whole worlds, which keeps the choices' shared
luck), what the pairing was worth, and whether one half of the worlds tells the same as the other. Dunnett's
test ignores the pairing and is not used.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy import stats

from sim.analysis.columns import FLIPS, holm, sign_flip_p, signs, wins
from sim.analysis.resample import Estimate, Statistic, estimate, share_interval
from sim.arrays import Floats
from sim.errors import InputError


def paired_table(outcomes: Mapping[str, Floats], reference: str, better: int = 1) -> pd.DataFrame:
    """One row per choice but the reference; `outcomes[choice]` has shape (worlds,), the same worlds in each.

    Columns: worlds (in which both have a value); for mean, median (in the unit of the outcome), standardised (mean
    over standard deviation of the difference) and better_share the value, `_low`, `_high` (95%) and `_error` (Monte
    Carlo standard error); p_value, p_holm, p_max_t; pairing_gain (how many times as many unpaired worlds would have
    been as exact); first_half, second_half and halves_p (do the halves differ?). `better` is 1 where more is better,
    -1 where less is. Raises InputError if the reference is not among the choices.
    """
    if reference not in outcomes:
        raise InputError(f"{reference} is not among the choices: {', '.join(outcomes)}.")
    base = outcomes[reference]
    choices = [name for name in outcomes if name != reference]
    gaps = {name: outcomes[name] - base for name in choices}
    table = pd.DataFrame([_row(outcomes[name], base, better) for name in choices], index=choices)
    together = np.column_stack(list(gaps.values()))
    p_value = sign_flip_p(together)
    table = table.assign(p_value=p_value, p_holm=holm(p_value[:, None])[:, 0], p_max_t=max_t(together))
    table["pairing_gain"] = [pairing_gain(outcomes[name], base) for name in choices]
    halves = pd.DataFrame([split_half(gap) for gap in gaps.values()], index=choices)
    return table.join(halves).rename_axis("choice")


def standardised(values: Floats, axis: int = 0) -> Floats:
    """Mean over standard deviation along an axis; 0 where all values are 0, NaN where all are the same otherwise."""
    mean, spread = values.mean(axis=axis), values.std(axis=axis, ddof=1)
    return np.divide(mean, spread, out=np.where(mean == 0, 0.0, np.nan), where=spread > 0)


def max_t(gap: Floats) -> Floats:
    """Family-wise two-sided p-value of each column of (worlds, choices), step-down; NaN gaps count as unknown."""
    known = np.where(np.isfinite(gap), gap, 0.0)
    size = np.sqrt((known**2).sum(axis=0))
    scaled = np.divide(known, size, out=np.zeros_like(known), where=size > 0)
    seen = np.abs(scaled.sum(axis=0))
    order = np.argsort(seen, kind="stable")
    flipped = np.abs(signs(len(gap)) @ scaled[:, order])
    largest = np.maximum.accumulate(flipped, axis=1)
    stepped = (1 + (largest >= seen[order] - 1e-9).sum(axis=0)) / (1 + FLIPS)
    p_value = np.empty(len(seen))
    p_value[order] = np.maximum.accumulate(stepped[::-1])[::-1]
    return np.where(np.isfinite(gap).any(axis=0), p_value, np.nan)


def pairing_gain(first: Floats, second: Floats) -> float:
    """Variance of the difference had the worlds not been shared, over its variance with shared worlds."""
    both = np.isfinite(first) & np.isfinite(second)
    if both.sum() < 2:
        return np.nan
    shared = float((first[both] - second[both]).var(ddof=1))
    apart = float(first[both].var(ddof=1) + second[both].var(ddof=1))
    return apart / shared if shared > 0 else np.nan


def split_half(gap: Floats) -> dict[str, float]:
    """Mean difference in the first and the second half of the worlds, and the p-value (Welch) that they differ."""
    halves = [half[np.isfinite(half)] for half in np.array_split(gap, 2)]
    means = [float(half.mean()) if len(half) else np.nan for half in halves]
    told = min(len(half) for half in halves) > 1 and any(half.std() > 0 for half in halves)
    same = float(stats.ttest_ind(*halves, equal_var=False).pvalue) if told else 1.0 if means[0] == means[1] else np.nan
    return {"first_half": means[0], "second_half": means[1], "halves_p": same}


def _row(first: Floats, second: Floats, better: int) -> dict[str, float]:
    """The estimates of one choice against the reference."""
    gap = first - second
    known = int(np.isfinite(gap).sum())
    found: dict[str, Statistic] = {"mean": np.mean, "median": np.median, "standardised": standardised}
    estimates = {name: estimate(gap, statistic) for name, statistic in found.items()}
    estimates["better_share"] = _superiority(gap * better, known)
    row: dict[str, float] = {"worlds": known}
    for name, one in estimates.items():
        row |= {name: one.value, f"{name}_low": one.low, f"{name}_high": one.high, f"{name}_error": one.mc_error}
    return row


def _superiority(gain: Floats, known: int) -> Estimate:
    """Share of worlds in which the choice does better, ties half, with a Jeffreys interval."""
    share = float(wins(gain[:, None])[0])
    error = float(np.sqrt(share * (1 - share) / known)) if known else np.nan
    hits = share * known if known else 0.0
    return Estimate(share, *share_interval(hits, known), error)
