"""Waiting (M2): orders queue at every stage, and longer where it is full.

Customers feel the wait as a ratio to the normal work time of an order: in months a bakery's queue is nothing.
"""

from __future__ import annotations

import numpy as np

from sim.kernels.shop import Line, wait_months
from sim.world import World, mechanism


def no_waiting(world: World) -> None:
    """Nobody waits."""
    world.firms.wait_ratio[:] = 0.0


@mechanism("firms.wait_ratio", neutral=no_waiting, neutral_text="0 months of waiting")
def queue_orders(world: World) -> None:
    """Mean wait of an order over its normal work time: queues at the chain stages and the backlog."""
    firms, p, sector = world.firms, world.params.waiting, world.params.sector
    serving = firms.open & (firms.orders_served > 0)
    line = Line(
        firms.world, sector.chain > 0.0, firms.hand_hours_order, firms.capacity, firms.throughput, firms.hours,
        firms.tool_servers,
    )
    queueing = (sector.hours_person_month, p.utilisation_cap, 0.5 * (p.arrival_variation + p.service_variation))
    queue, work = wait_months(serving, world.orders_of_month, line, queueing)
    backlog = firms.orders_backlog / np.maximum(firms.throughput, 1.0)
    ratio = (queue + backlog) / np.where(work > 0.0, work, 1.0)
    firms.wait_ratio[:] = np.where(serving, ratio, 0.0)
