"""The outside option that keeps a market of equal firms where it is; of unequal ones, see `stationary`."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats


def stationary_outside(outside_share: Floats, looks: Floats) -> Floats:
    """Exponential of the outside option's utility over a firm's, for which as many customers leave as come back.

    A customer with a firm chooses among it, `looks` others and the outside; a customer outside among `looks` firms and
    the outside. With x the ratio sought, inside·x/(x + 1 + looks) = outside·looks/(x + looks) is a quadratic in x.
    """
    inside = 1.0 - outside_share
    half = looks * (inside - outside_share) / 2.0
    return (np.sqrt(half * half + inside * outside_share * looks * (1.0 + looks)) - half) / inside
