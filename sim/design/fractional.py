"""Two-level fractional factorials: a fraction of all corners in which chosen effects stay apart.

The base factors run through all their corners; each further factor follows the product of some of them (Box and
Hunter 1961). In signs a product is an exclusive or of the sets of base factors, so a factor is a bit mask. A set of
factors whose masks cancel is a word of the defining relation; the shortest one is the resolution.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import combinations
from operator import xor

import numpy as np

from sim.arrays import Ints


def by_generators(names: Sequence[str], generators: Mapping[str, Sequence[str]]) -> list[int]:
    """Masks of the factors: those without a generator are the base; a generator names base factors only."""
    base = [name for name in names if name not in generators]
    bits = {name: 1 << position for position, name in enumerate(base)}
    return [bits[name] if name in bits else reduce(xor, (bits[part] for part in generators[name])) for name in names]


def by_resolution(factors: int, least: int) -> list[int]:
    """Masks of the smallest fraction found in which no fewer than `least` factors cancel; in the end, all corners.

    Products are taken as they fit, the short ones first and, if that is not enough, the long ones first.
    """
    for base in range(factors.bit_length(), factors):
        products = set(range(1, 1 << base)) - {1 << position for position in range(base)}
        for sign in (1, -1):
            masks = [1 << position for position in range(base)]
            for mask in sorted(products, key=lambda mask: (sign * mask.bit_count(), mask)):
                if len(masks) < factors and _apart(mask, masks, least):
                    masks.append(mask)
            if len(masks) == factors:
                return masks
    return [1 << position for position in range(factors)]


def _apart(mask: int, masks: Sequence[int], least: int) -> bool:
    """Whether no `least` − 2 or fewer of the masks together equal this one."""
    return all(reduce(xor, some) != mask for size in range(1, least - 1) for some in combinations(masks, size))


def resolution(masks: Sequence[int]) -> int | None:
    """Length of the shortest word of the defining relation; None where all corners are run."""
    if len(masks) == max(masks).bit_length():
        return None
    sizes = range(1, len(masks) + 1)
    return next(size for size in sizes if any(reduce(xor, some) == 0 for some in combinations(masks, size)))


def signs(masks: Sequence[int]) -> Ints:
    """The corners, shape (2^base, factors): −1 low, 1 high; the first base factor changes slowest."""
    base = max(masks).bit_length()
    corners = 2 * ((np.arange(1 << base)[:, None] >> np.arange(base)[::-1]) & 1) - 1
    columns = [corners[:, [bit for bit in range(base) if mask >> bit & 1]].prod(axis=1) for mask in masks]
    return np.stack(columns, axis=1)
