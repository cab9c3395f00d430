"""What it is worth to try before going all the way: a pilot shows the value of a project with noise.

The value is normal around what was believed before; money per dollar of cost throughout, prior and pilot alike.
"""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Bools, Floats


def believed_after(mean: Floats, seen: Floats, prior_spread: Floats, pilot_noise: Floats) -> Floats:
    """Mean of the value once a pilot has shown `seen`: both weighted by how exact they are."""
    square = prior_spread * prior_spread
    both = square + pilot_noise * pilot_noise
    trust = np.where(both > 0.0, square / np.where(both > 0.0, both, 1.0), 0.0)
    return mean + trust * (seen - mean)


def goes_on(believed: Floats) -> Bools:
    """Whether an owner goes on after the pilot: what is believed now is a gain."""
    return believed > 0.0


def belief_spread(prior_spread: Floats, pilot_noise: Floats) -> Floats:
    """Standard deviation, before the pilot, of what will be believed after it."""
    square = prior_spread * prior_spread
    return square / np.sqrt(square + pilot_noise * pilot_noise)


def option_value(mean: Floats, prior_spread: Floats, pilot_noise: Floats) -> Floats:
    """Gain of piloting first over deciding at once, money per cost, where piloting itself costs nothing."""
    spread = belief_spread(prior_spread, pilot_noise)
    z = mean / spread
    density = numerics.exp(-0.5 * z * z) * 0.39894228040143267794
    return spread * density + mean * numerics.normal_share(z) - np.maximum(mean, 0.0)
