"""How a firm would divide a person's time."""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Floats, Ints
from sim.formulas.staffing import hours_needed
from sim.world import World


def time_wanted(world: World, rows: Ints) -> Floats:
    """Time over stages that firms want of their people, in proportion to the hours that the owner leaves; 0 where none.

    (rows, stages); at normal orders it is the time that people are founded with.
    """
    firms, p, w = world.firms, world.params, world.firms.world[rows]
    needed = hours_needed(
        firms.orders_expected[rows], world.lasting_hours_order[rows], firms.automated_share[rows],
        p.sector.chain[w] > 0.0,
        (firms.normal_orders[rows], p.throughput.support_per_order_share[w]),
    )
    owner_hours = p.management.hands_on_share[w] * p.management.owner_hours_month[w]
    needed /= p.throughput.normal_utilisation[w][:, None]
    needed[np.arange(len(rows)), firms.owner_stage[rows]] -= owner_hours
    needed = np.maximum(needed, 0.0)
    total = numerics.row_sum(needed)
    return needed / np.where(total > 0.0, total, 1.0)[:, None]
