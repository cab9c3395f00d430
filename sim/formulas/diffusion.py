"""How an innovation spreads (Bass 1969)."""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Floats


def bass_share(started: Floats, innovation: Floats, imitation: Floats, time: float) -> Floats:
    """Share of adopters after a time, from the share at the start; rates per unit of time, shapes alike.

    Of those left, innovation + imitation · share adopt per unit of time, so (1 − F) / (p + qF) falls at rate p + q.
    """
    hazard = innovation + imitation * started
    left = (1.0 - started) / np.where(hazard > 0.0, hazard, 1.0) * numerics.exp(-(innovation + imitation) * time)
    share = (1.0 - innovation * left) / (1.0 + imitation * left)
    return np.where(hazard > 0.0, share, started)
