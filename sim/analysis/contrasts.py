"""Main effects and interactions of designs with two levels per factor, full or fractional.

A contrast is the mean at the high level minus the mean at the low level (Box, Hunter and Hunter 2005); an
interaction is half the difference of one factor's effect between the levels of another. Every design point is
lived through in the same worlds, so each world gives a contrast of its own and worlds are what is resampled. In a
fractional design some contrasts cannot be told apart; they are named beside the one that is reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import is_numeric_dtype

from sim.analysis.columns import sign_flip_p
from sim.analysis.paired import max_t
from sim.analysis.resample import mean_interval
from sim.arrays import Floats
from sim.errors import InputError

TIMES = " \N{MULTIPLICATION SIGN} "
MINUS = "\N{MINUS SIGN}"


def contrasts(levels: pd.DataFrame, outcomes: Floats, order: int = 2) -> pd.DataFrame:
    """One row per contrast up to an order: 1 gives main effects, 2 adds interactions of two factors, and so on.

    `levels` has one row per design point and one column per factor with two values each; `outcomes` has shape
    (points, worlds). Columns: order, effect, low, high (95%), mc_error, p_value, p_max_t (over all rows) and
    also, the names of what cannot be told apart from it. Raises InputError if a factor has not two values or the
    design is not balanced.
    """
    signs = _signs(levels)
    names, columns, also = _told_apart(signs, min(order, len(levels.columns)))
    by_world = (columns.T @ outcomes).T * (2 / len(levels))
    low, high = mean_interval(by_world)
    content = {
        "order": [name.count(TIMES) + 1 for name in names], "effect": by_world.mean(axis=0), "low": low, "high": high,
        "mc_error": by_world.std(axis=0, ddof=1) / np.sqrt(len(by_world)),
        "p_value": sign_flip_p(by_world), "p_max_t": max_t(by_world), "also": also,
    }  # fmt: skip
    return pd.DataFrame(content, index=pd.Index(names, name="contrast"))


def _signs(levels: pd.DataFrame) -> pd.DataFrame:
    """The design as -1 and 1, checked to be balanced."""
    odd = [str(factor) for factor in levels if levels[factor].nunique() != 2]
    if odd:
        raise InputError(f"Contrasts need two levels per factor; {', '.join(odd)} has another number.")
    signs = levels.apply(lambda column: np.where(column == _high(column), 1.0, -1.0))
    products = signs.to_numpy().T @ signs.to_numpy()
    if signs.to_numpy().sum(axis=0).any() or (products - np.diag(np.diag(products))).any():
        raise InputError("Contrasts need a balanced design: every pair of levels equally often.")
    return signs


def _high(column: pd.Series[Any]) -> Any:
    """The high level: the larger number, or the word that appears later."""
    return column.max() if is_numeric_dtype(column) else column.unique()[-1]


def _told_apart(signs: pd.DataFrame, order: int) -> tuple[list[str], Floats, list[str]]:
    """Names and columns of the contrasts that differ, lowest order first, and what each is mixed up with."""
    names: list[str] = []
    columns: list[Floats] = []
    also: list[list[str]] = []
    everything = signs.to_numpy()
    for chosen in _products(len(signs.columns), order):
        column = everything[:, chosen].prod(axis=1)
        name = TIMES.join(str(signs.columns[place]) for place in chosen)
        if abs(column.sum()) == len(column):
            continue
        twin = next((k for k, other in enumerate(columns) if abs(column @ other) == len(column)), None)
        if twin is None and len(chosen) <= order:
            names.append(name)
            columns.append(column)
            also.append([])
        elif twin is not None:
            also[twin].append(name if column @ columns[twin] > 0 else MINUS + name)
    return names, np.column_stack(columns), ["; ".join(others) for others in also]


def _products(factors: int, order: int) -> Iterator[Sequence[int]]:
    """Factors to multiply, up to one order beyond the one that is reported, so that aliases are seen."""
    for size in range(1, min(order + 1, factors) + 1):
        yield from (list(chosen) for chosen in combinations(range(factors), size))
