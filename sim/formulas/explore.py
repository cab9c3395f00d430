"""Exploration: how long a prototype takes, what it turns out to be worth, and the sales due to a new offer."""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Floats, Ints


def months_to_market(mean: Floats, first: Floats, second: Floats) -> Ints:
    """Whole months, at least one: a Gamma of shape 2 with this mean, from two uniform draws."""
    months = -0.5 * mean * (numerics.log(first) + numerics.log(second))
    return np.maximum(np.ceil(months), 1.0).astype(np.int64)


def worth(mean: Floats, success: Floats, draw: Floats) -> Floats:
    """Utility of what becomes of a prototype: 0 mostly, exponential with this mean where it succeeds."""
    succeeds = draw < success
    share = np.where(succeeds, draw / np.where(success > 0.0, success, 1.0), 0.5)
    return np.where(succeeds, -mean * numerics.log(share), 0.0)


def sales_due_to(utility: Floats) -> Floats:
    """Share of a small firm's sales that it owes to a utility, in a market of logit choices."""
    return 1.0 - numerics.exp(-utility)
