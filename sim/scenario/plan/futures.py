"""What may be otherwise than the plan says: one value of every uncertain number in each future.

Futures come in blocks of a hundred. Within a block each range is cut into a hundred equal parts and every part is
used once, in an order of its own (a Latin hypercube: McKay, Beckman and Conover 1979). The order and the place within
a part are drawn from the seed, the number's name and the block, so more futures change none of the earlier ones, and
one more uncertain number changes none of the others; every arm meets the same values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sim import luck
from sim.arrays import Floats
from sim.scenario.plan.file import UnsureFile

BLOCK = 100


def name_of(unsure: UnsureFile) -> str:
    """The name of an uncertain number: its key, behind its project's name where it has one."""
    return f"{unsure.project}.{unsure.about}" if unsure.project else unsure.about


def drawn(unsure: Sequence[UnsureFile], futures: int, seed: int) -> dict[str, Floats]:
    """A value of every uncertain number in each future, by name, each of shape (futures,)."""
    return {name_of(one): one.low + (one.high - one.low) * strata(name_of(one), futures, seed) for one in unsure}


def strata(name: str, futures: int, seed: int) -> Floats:
    """Places in (0, 1), one per future, evenly spread over each block of a hundred; shape (futures,)."""
    place, world = np.arange(BLOCK, dtype=np.uint64), np.array([luck.world_key(seed)])
    blocks = []
    for block in range(-(-futures // BLOCK)):
        keys = luck.birth_keys(world, f"unsure.{name}", place)
        order = np.argsort(np.argsort(luck.draws(keys, "part", block), kind="stable"), kind="stable")
        blocks.append((order + luck.draws(keys, "within", block)) / BLOCK)
    return np.concatenate(blocks)[:futures]


def values_of(drawn_values: Mapping[str, Floats], future: int) -> dict[str, float]:
    """The values of one future."""
    return {name: float(values[future]) for name, values in drawn_values.items()}
