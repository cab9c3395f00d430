"""How a firm would divide a person's time."""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Floats
from sim.formulas.staffing import hours_needed
from sim.world import World


def time_wanted(world: World) -> Floats:
    """Time over stages in proportion to the hours they need, (firms, stages); 0 where nothing is needed."""
    firms, p, w = world.firms, world.params, world.firms.world
    chain = p.sector.chain[w] > 0.0
    needed = hours_needed(
        firms.orders_expected, firms.hand_hours_order, firms.automated_share, chain,
        (firms.normal_orders, p.throughput.support_per_order_share[w]),
    )
    total = numerics.row_sum(needed)
    return needed / np.where(total > 0.0, total, 1.0)[:, None]
