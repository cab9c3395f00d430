"""How many times as likely is growth? One question, three answers.

"Aligned firms are three times as likely to grow by more than 15% a year" can mean what a survey sees (firms
that call themselves aligned against the others, survivors answering), the same with closed firms counted as
firms that did not grow, or what following the strategy causes (the same firms in the same worlds, every firm
counted). Owners who choose well in other ways, too, and the silence of the closed, make the first larger
than the last. Each is a ratio of shares; its interval comes from resampling whole worlds.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim import numerics
from sim.analysis.resample import Estimate, bca, world_counts
from sim.arrays import Bools, Floats, Ints

FAST_YEAR = 0.15
UNKNOWN = Estimate(np.nan, np.nan, np.nan, np.nan)
Shares = tuple[Sequence[Floats], Sequence[Floats]]
"""Hits of two groups by world, and how many there are of each."""


def survey_ratio(growth_year: Floats, labelled: Bools, alive: Bools, world: Ints, fast: float = FAST_YEAR) -> Estimate:
    """Share growing faster than `fast` a year among labelled survivors over that among the other survivors.

    All arrays have shape (firms,); `world` says to which world a firm belongs.
    """
    grew = growth_year > fast
    return _of_groups([grew & alive & group for group in (labelled, ~labelled)],
                      [alive & group for group in (labelled, ~labelled)], world)  # fmt: skip


def all_firms_ratio(
    growth_year: Floats, labelled: Bools, alive: Bools, world: Ints, fast: float = FAST_YEAR
) -> Estimate:
    """The same with every firm counted; a closed firm is one that did not grow."""
    grew = (growth_year > fast) & alive
    return _of_groups([grew & group for group in (labelled, ~labelled)], [labelled, ~labelled], world)


def causal_ratio(first_growth_year: Floats, second_growth_year: Floats, fast: float = FAST_YEAR) -> Estimate:
    """Share growing faster than `fast` a year under the first choice over that under the second, same worlds.

    Shapes (worlds,) or (worlds, firms); a closed firm has a growth of -1.
    """
    tops: list[Floats] = []
    sizes: list[Floats] = []
    for growth in (first_growth_year, second_growth_year):
        grew = np.atleast_2d((growth > fast).T).T
        tops.append(grew.sum(axis=1).astype(np.float64))
        sizes.append(np.full(len(grew), grew.shape[1], dtype=np.float64))
    return ratio_of_shares(tops, sizes)


def ratio_of_shares(hits: Sequence[Floats], sizes: Sequence[Floats]) -> Estimate:
    """(hits[0] / sizes[0]) / (hits[1] / sizes[1]), each summed over worlds, (worlds,).

    Without hits in the second group the ratio is infinite, and so may be the upper bound; NaN where nobody grew or a
    group is empty.
    """
    if not all(size.any() for size in sizes):
        return UNKNOWN
    return _quotient([hits[0], sizes[1]], [hits[1], sizes[0]])


def ratio_of_ratios(first: Shares, second: Shares) -> Estimate:
    """The first ratio of shares over the second, in the same worlds: how many times the causal ratio a survey sees.

    Each is (hits, sizes) as `ratio_of_shares` takes them; a world is drawn for both or for neither.
    """
    (hits, sizes), (other_hits, other_sizes) = first, second
    if not all(size.any() for size in (*sizes, *other_sizes)):
        return UNKNOWN
    return _quotient([hits[0], sizes[1], other_hits[1], other_sizes[0]],
                     [hits[1], sizes[0], other_hits[0], other_sizes[1]])  # fmt: skip


def _quotient(over: Sequence[Floats], under: Sequence[Floats]) -> Estimate:
    """The product of some sums over worlds, over that of as many others; NaN for nothing over nothing."""
    columns = np.column_stack([*over, *under])
    total = columns.sum(axis=0)
    value = _lead(total[None, :])
    if total[: len(over)].min() == 0 and total[len(over) :].min() == 0:
        return UNKNOWN
    if len(columns) < 2:
        return Estimate(float(_odds(value)[0]), np.nan, np.nan, np.nan)
    resampled = _lead(world_counts(len(columns)) @ columns)
    bounds = bca(value, resampled[:, None], _lead(total - columns)[:, None])
    found, low, high = (float(_odds(one)[0]) for one in (value, *bounds))
    return Estimate(found, low, high, float(_odds(resampled).std(ddof=1)) if resampled.max() < 1 else np.nan)


def _lead(sums: Floats) -> Floats:
    """What stands above over all that stands above and below, 0 to 1, from rows of factors; 0.5 of nothing.

    The interval is found on this scale, where no share of zero gives an infinity.
    """
    first, second = (side.prod(axis=1) for side in np.split(sums, 2, axis=1))
    both = first + second
    return np.divide(first, both, out=np.full(len(sums), 0.5), where=both > 0)


def _odds(lead: Floats) -> Floats:
    """From first over both to first over second."""
    return np.divide(lead, 1 - lead, out=np.full_like(lead, np.inf), where=lead < 1)


def _of_groups(hits: Sequence[Bools], members: Sequence[Bools], world: Ints) -> Estimate:
    """The ratio for two groups of firms, summed by world."""
    worlds = int(world.max()) + 1
    flags = np.column_stack([*hits, *members]).astype(np.float64)
    by_world = [numerics.sum_by(world, column, worlds) for column in flags.T]
    return ratio_of_shares(by_world[:2], by_world[2:])
