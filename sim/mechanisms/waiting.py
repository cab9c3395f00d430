"""Waiting (M2): orders queue at every stage, and longer where it is full.

Customers feel the wait as a ratio to the normal work time of an order: in months a bakery's queue is nothing.
"""

from __future__ import annotations

import numpy as np

from sim.formulas.waiting import queue_months
from sim.world import World, mechanism


def no_waiting(world: World) -> None:
    """Nobody waits."""
    world.firms.wait_ratio[:] = 0.0


@mechanism("firms.wait_ratio", neutral=no_waiting, neutral_text="0 months of waiting")
def queue_orders(world: World) -> None:
    """Mean wait of an order over its normal work time: queues at the chain stages and the backlog."""
    firms, p, month = world.firms, world.params.waiting, world.params.sector.hours_person_month
    serving = firms.open & (firms.orders_served > 0)
    rows, stages = np.nonzero((world.params.sector.chain[firms.world] > 0.0) & serving[:, None])
    w = firms.world[rows]
    work_months = firms.hand_hours_order[rows, stages] / month[w]
    pace = np.maximum(np.maximum(firms.capacity[rows, stages], firms.throughput[rows]), 1e-9)
    full = np.minimum(world.orders_of_month[rows] / pace, p.utilisation_cap[w])
    servers = np.maximum(firms.hours[rows, stages] / month[w] + firms.tool_servers[rows, stages], 1.0)
    variation = 0.5 * (p.arrival_variation[w] + p.service_variation[w])
    queue = world.sum_by_firm(rows, queue_months(work_months, full, servers, variation))
    backlog = firms.orders_backlog / np.maximum(firms.throughput, 1.0)
    work = world.sum_by_firm(rows, work_months)
    ratio = (queue + backlog) / np.where(work > 0.0, work, 1.0)
    firms.wait_ratio[:] = np.where(serving, ratio, 0.0)
