"""Waiting (M2): orders queue at every stage, and longer where it is full.

Customers feel the wait as a ratio to the normal work time of an order: in months a bakery's queue is nothing.
"""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.formulas.waiting import queue_months
from sim.world import World, mechanism


def no_waiting(world: World) -> None:
    """Nobody waits."""
    world.firms.wait_ratio[:] = 0.0


@mechanism("firms.wait_ratio", neutral=no_waiting, neutral_text="0 months of waiting")
def queue_orders(world: World) -> None:
    """Mean wait of an order over its normal work time: queues at the chain stages and the backlog."""
    firms, p, w = world.firms, world.params.waiting, world.firms.world
    sector = world.params.sector
    chain = sector.chain[w] > 0.0
    work_months = firms.hand_hours_order / sector.hours_person_month[w][:, None]
    pace = np.maximum(np.maximum(firms.capacity, firms.throughput[:, None]), 1e-9)
    full = np.minimum(world.orders_of_month[:, None] / pace, p.utilisation_cap[w][:, None])
    servers = np.maximum(firms.hours / sector.hours_person_month[w][:, None] + firms.tool_servers, 1.0)
    variation = 0.5 * (p.arrival_variation[w] + p.service_variation[w])[:, None]
    queues, at = np.zeros_like(full), chain & (firms.open & (firms.orders_served > 0))[:, None]
    queues[at] = queue_months(work_months[at], full[at], servers[at], np.repeat(variation, at.shape[1], axis=1)[at])
    queue = numerics.row_sum(queues)
    backlog = firms.orders_backlog / np.maximum(firms.throughput, 1.0)
    work = numerics.row_sum(np.where(chain, work_months, 0.0))
    ratio = (queue + backlog) / np.where(work > 0.0, work, 1.0)
    firms.wait_ratio[:] = np.where(firms.open & (firms.orders_served > 0), ratio, 0.0)
