"""The frontier: how far it has moved, how long a version is supported, what a newer one costs."""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Floats, Ints

FOR_EVER = 1_000_000


def moved_to(rate_year: Floats, month: int) -> Floats:
    """Level in a month of what changes at a constant rate, log points a year, from 1 in month 0."""
    return numerics.exp(rate_year * (month / 12.0))


def support_ends(month: int, mean_months: Floats, draw: Floats) -> Ints:
    """Month in which support of a version bought now ends: half to one and a half times the mean; mean 0: never."""
    lasts = np.ceil(mean_months * (0.5 + draw)).astype(np.int64)
    return np.where(mean_months > 0.0, month + np.maximum(lasts, 1), FOR_EVER)


def renewal_share(monolith: Floats, modular: Floats, level: Floats) -> Floats:
    """Price of a newer version over that of a first one, by how far the firm's tools stand behind open interfaces."""
    return monolith + level * (modular - monolith)
