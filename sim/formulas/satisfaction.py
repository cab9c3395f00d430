"""What a customer gets from a firm, what it feels like against what was expected, and what firms a customer meets."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.arrays import Floats, Ints


class Weights(NamedTuple):
    """Utility that a usual customer loses per log point of wait, faulty share, log point of price; (worlds,)."""

    wait: Floats
    quality: Floats
    price: Floats


def value_delivered(weights: Weights, w: Ints, wait: Floats, faults: Floats, log_price: Floats) -> Floats:
    """Utility of wait (log points), faulty share and price (log points over the normal one) in worlds `w`; (rows,)."""
    return -weights.wait[w] * wait - weights.quality[w] * faults - weights.price[w] * log_price


def feeling(gap: Floats, loss_weight: Floats) -> Floats:
    """What exceeding (+) or missing (−) an expectation feels like: losses weigh more."""
    return np.where(gap < 0.0, loss_weight, 1.0) * gap


def exposure(known: Floats, size: Floats, looks: Floats, told: Floats) -> Floats:
    """How often customers meet a firm, over a normal one's: by looks at its awareness, by friends at its size.

    `known` and `size` are relative to a normal firm, `looks` and `told` the firms met by either way.
    """
    return (looks * known + told * size) / (looks + told)
