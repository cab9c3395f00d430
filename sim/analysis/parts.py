"""One bar of a picture that adds up: a value per world, its mean and the interval of the mean."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.analysis.resample import one_mean_interval
from sim.arrays import Floats


@dataclass(frozen=True)
class Part:
    """A part of an identity; `per_world` has shape (worlds,), `low` and `high` bound the mean at 95%."""

    name: str
    label: str
    per_world: Floats
    mean: float
    low: float
    high: float


def part(name: str, label: str, per_world: Floats) -> Part:
    """The part with its mean and BCa interval over worlds."""
    return Part(name, label, per_world, float(np.mean(per_world)), *one_mean_interval(per_world))
