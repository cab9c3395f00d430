"""Found on one half of the futures, told from the other: a rule sought among many flatters itself where it was found
(docs/decisions/0067)."""

from __future__ import annotations

import numpy as np
from scipy.special import betaln

from sim.analysis.returns import Share, share
from sim.arrays import Bools, Floats, Ints

CHANCE = 0.05
LEAST_APART = 0.1  # difference between two shares below which nobody would act on it; assumed
FEWEST = 10  # futures of either kind in each half, below which nothing is sought


def first_half(worlds: int) -> Bools:
    """Every second future, (worlds,)."""
    return np.arange(worlds) % 2 == 0


def enough(bad: Bools) -> bool:
    """Whether both halves hold enough futures of both kinds to look for what separates them."""
    half = first_half(len(bad))
    return min((bad & side).sum() for side in (half, ~half)) >= FEWEST and min(
        (~bad & side).sum() for side in (half, ~half)
    ) >= FEWEST


def shares_apart(signal: Bools, target: Bools) -> tuple[Share, Share, bool]:
    """Share of targets among those with the signal and among those without, and whether they clearly differ: by at
    least ten of 100 and more than luck would make them (Fisher's exact test)."""
    among, without = share(target[signal]), share(target[~signal])
    return among, without, bool(among.of and without.of and among.value - without.value >= LEAST_APART
                                and chance_of_more(among, without) < CHANCE)  # fmt: skip


def chance_of_more(among: Share, without: Share) -> float:
    """How likely luck alone would put so many of all hits, or more, among the first: Fisher's exact test, one-sided.

    As `scipy.stats.fisher_exact`, whose import alone takes longer than a page; the tests hold the two together.
    """
    hits = among.hits + without.hits
    more = np.arange(among.hits, min(hits, among.of) + 1)
    ways = _log_ways(among.of, more) + _log_ways(without.of, hits - more) - _log_ways(among.of + without.of, hits)
    return float(np.exp(ways).sum())


def _log_ways(of: int, chosen: Ints | int) -> Floats:
    """Logarithm of the number of ways to choose so many of so many."""
    return np.asarray(-betaln(of - chosen + 1, chosen + 1) - np.log1p(of), dtype=np.float64)
