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


def skill_to_come(skill: Floats, at_first: Floats, months_tried: Floats, months_left: Floats) -> Floats:
    """Mean skill over the months left if people go on closing what they lack at the pace that a trial has shown.

    All arrays of one shape; who has learned nothing so far is not expected to.
    """
    lacked = np.maximum(1.0 - at_first, 1.0 - skill)
    still = (1.0 - skill) / np.where(lacked > 0.0, lacked, 1.0)
    pace = np.where(still > 0.0, numerics.power(np.maximum(still, 1e-300), 1.0 / np.maximum(months_tried, 1.0)), 0.0)
    learning, left = pace < 1.0 - 1e-9, np.maximum(months_left, 1.0)
    slow = np.where(learning, pace, 0.5)
    sum_of_powers = slow * (1.0 - numerics.power(np.maximum(slow, 1e-300), left)) / (1.0 - slow)
    return np.where(learning, 1.0 - (1.0 - skill) * sum_of_powers / left, skill)


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
