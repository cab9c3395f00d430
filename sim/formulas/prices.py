"""What demand and visible quality add to a markup."""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Floats


def pressure(expected: Floats, normal: Floats, response: Floats, most: Floats) -> Floats:
    """Markup gained (−: given up) by orders expected beyond those the firm was built for; at most `most`; (firms,)."""
    added: Floats = np.clip(response * numerics.log(np.maximum(expected, 1.0) / np.maximum(normal, 1.0)), -most, most)
    return added


def quality_premium(fewer_faults: Floats, worth: Floats, observed: Floats, most: Floats) -> Floats:
    """Markup that a share of faults below the market's earns where customers see it; at most `most`; (firms,).

    `worth` is the part of a price that a share of faults less is worth to the firm, `observed` what customers can see.
    """
    added: Floats = np.clip(worth * observed * fewer_faults, -most, most)
    return added
