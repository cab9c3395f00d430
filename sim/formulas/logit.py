"""What customers value, and the outside option that keeps a market where it is."""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Floats

BRACKET, HALVINGS = 100.0, 48


def stationary_outside(outside_share: Floats, looks: Floats) -> Floats:
    """Exponential of the outside option's utility over a firm's, for which as many customers leave as come back.

    A customer with a firm chooses among it, `looks` others and the outside; a customer outside among `looks` firms and
    the outside. With x the ratio sought, inside·x/(x + 1 + looks) = outside·looks/(x + looks) is a quadratic in x.
    """
    inside = 1.0 - outside_share
    half = looks * (inside - outside_share) / 2.0
    return (np.sqrt(half * half + inside * outside_share * looks * (1.0 + looks)) - half) / inside


def steady_outside(shares: Floats, pull: Floats, awareness: Floats, looks: Floats) -> Floats:
    """The same for firms that differ: shares, pull (exponential of utility), awareness (worlds, firms) -> (worlds,).

    The others that a customer sees are taken at their mean pull, weighted by awareness; a firm of share 0 does not
    count. Found by bisection around the answer for equal firms.
    """
    outside_share = 1.0 - numerics.row_sum(shares)
    known = np.where(shares > 0.0, awareness, 0.0)
    others = looks * numerics.row_sum(known * pull) / numerics.row_sum(known)
    low = stationary_outside(outside_share, looks) / BRACKET
    high = low * BRACKET * BRACKET
    for _ in range(HALVINGS):
        middle = np.sqrt(low * high)
        leaving = numerics.row_sum(shares * middle[:, None] / (middle[:, None] + pull + others[:, None]))
        too_high = leaving > outside_share * others / (middle + others)
        low, high = np.where(too_high, low, middle), np.where(too_high, middle, high)
    return np.sqrt(low * high)
