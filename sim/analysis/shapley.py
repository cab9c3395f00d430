"""Which mechanism an effect comes from: the effect is split over mechanisms that can be switched off.

Switching one mechanism off and looking what is missing counts what two of them do together twice, or not at
all. The Shapley value (1953) averages what a mechanism adds over all orders in which mechanisms can be switched on;
it is the one split that adds up, treats equals alike and gives nothing to a mechanism that does nothing. Every
subset of a few switches is run in the same worlds, so the split is exact in every world and its intervals
are those of paired differences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import comb

import numpy as np
import pandas as pd

from sim.analysis.resample import mean_interval
from sim.arrays import Floats
from sim.errors import InputError

MOST_SWITCHES = 6
WITHOUT_ALL, IN_ALL = "with all of them off", "the whole effect"


def subsets(switches: Sequence[str]) -> Iterator[frozenset[str]]:
    """Every set of switches that can be off, from none to all; InputError for too many or the same one twice."""
    if not 1 <= len(switches) <= MOST_SWITCHES or len(set(switches)) != len(switches):
        found = ", ".join(switches) or "none"
        raise InputError(f"A split takes 1 to {MOST_SWITCHES} different switches (all subsets are run); found {found}.")
    for size in range(len(switches) + 1):
        yield from (frozenset(chosen) for chosen in combinations(switches, size))


def shapley(effects: Mapping[frozenset[str], Floats], switches: Sequence[str]) -> dict[str, Floats]:
    """The part of each switch in every world, (worlds,); with what is left with all off they add up to the effect.

    `effects[off]` is the effect per world with the mechanisms in `off` switched off, for every subset of the switches.
    """
    every = frozenset(switches)
    parts = {}
    for switch in switches:
        others = [name for name in switches if name != switch]
        part = np.zeros_like(effects[every])
        for on in subsets_or_none(others):
            weight = 1 / (len(switches) * comb(len(others), len(on)))
            part = part + weight * (effects[every - on - {switch}] - effects[every - on])
        parts[switch] = part
    return parts


def subsets_or_none(names: Sequence[str]) -> Iterator[frozenset[str]]:
    """Every subset of the names, the empty one included even where there are no names."""
    return subsets(names) if names else iter([frozenset()])


def shapley_table(effects: Mapping[frozenset[str], Floats], switches: Sequence[str]) -> pd.DataFrame:
    """One row per switch, then what is left with all off, then the whole effect; mean, low, high (95%), mc_error."""
    parts = shapley(effects, switches) | {
        WITHOUT_ALL: effects[frozenset(switches)], IN_ALL: effects[frozenset()],
    }  # fmt: skip
    values = np.column_stack(list(parts.values()))
    low, high = mean_interval(values)
    error = values.std(axis=0, ddof=1) / np.sqrt(len(values))
    content = {"mean": values.mean(axis=0), "low": low, "high": high, "mc_error": error}
    return pd.DataFrame(content, index=list(parts)).rename_axis("mechanism")
