"""Who follows which of a world's two strategies: by lot, or, where owners choose, by their quality and by lot."""

from __future__ import annotations

import numpy as np

from sim import luck, numerics
from sim.arrays import Bools, Floats, Ints
from sim.world import World


def reluctance(world: World, rows: Ints) -> Floats:
    """How far each firm in `rows` is from following the strategy in question, a standard normal; (rows,).

    By the firm's own luck, fixed at birth; where owners choose, good ones are less reluctant, with the correlation
    that is stated for the world.
    """
    firms = world.firms
    drawn = numerics.normal(luck.draws(firms.luck[rows], "birth.strategy", 0))
    correlation = world.worlds.follow_quality[firms.world[rows]]
    return np.sqrt(1.0 - correlation * correlation) * drawn - correlation * firms.owner_quality[rows]


def would_follow(world: World, rows: Ints) -> Bools:
    """Whether each firm in `rows` is among the share of its world that follows, (rows,)."""
    share = world.worlds.follow_share[world.firms.world[rows]]
    limit = numerics.normal(np.clip(share, 1e-12, 1.0 - 1e-12))
    limit = np.where(share <= 0.0, -np.inf, np.where(share >= 1.0, np.inf, limit))
    return reluctance(world, rows) < limit


def least_reluctant(world: World, rows: Ints, share: float) -> Ints:
    """As many of `rows`, all of one world, as are to follow: the least reluctant, in the order of the rows."""
    order = np.argsort(reluctance(world, rows), kind="stable")
    return np.sort(rows[order[: following_count(len(rows), share)]])


def following_count(firms: int, share: float) -> int:
    """How many of a world's small firms follow: the share to a whole firm, at least one, and not all."""
    return min(max(int(np.floor(share * firms + 0.5)), 1), firms - 1)
