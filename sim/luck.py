"""Luck keyed by birth: a draw is a pure function of who draws, what is decided, the month and perhaps a partner.

Every agent gets its key once, from the world's seed, its kind and its order of birth. Two arms of an experiment
therefore differ only by what the arm changed: nobody's luck shifts because somebody else closed, entered or decided
(common random numbers per decision and agent).
"""

from __future__ import annotations

from functools import cache
from hashlib import blake2b

import numpy as np

from sim import numerics
from sim.arrays import Floats, Keys

NOBODY = np.uint64(0)


@cache
def label(name: str) -> np.uint64:
    """The 64-bit number of a decision's or kind's name."""
    return np.uint64(int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little"))


def world_key(seed: int) -> np.uint64:
    """The luck key of the world with this seed; worlds of one seed share their luck whatever arm they run."""
    return np.uint64(numerics.key(label("world"), np.uint64(seed)))


def birth_keys(world_keys: Keys, kind: str, births: Keys) -> Keys:
    """Keys of agents of one kind by their order of birth; the two arrays broadcast."""
    return numerics.key(numerics.key(world_keys, label(kind)), births)


def draws(keys: Keys, decision: str, month: int, partner: Keys | np.uint64 = NOBODY) -> Floats:
    """Uniform draws in (0, 1), one per key (broadcast with `partner`)."""
    return numerics.uniform(keys, label(decision), np.uint64(month), partner)
