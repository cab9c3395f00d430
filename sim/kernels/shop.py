"""What a month does on the shop floor: compiled loops over firms and the stages of their chain."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.compiled import compiled
from sim.formulas.waiting import queue_months_


class Line(NamedTuple):
    """The stages that an order passes: whose they are (firms,), which they are (worlds, stages), then by firm."""

    world: Ints
    chain: Bools
    hand_hours_order: Floats
    capacity: Floats
    throughput: Floats     # (firms,)
    hours: Floats
    tool_servers: Floats


@compiled
def wait_months(serving, orders, line, queueing):  # type: ignore[no-untyped-def]
    """Months that an order waits in queues and those of work on it, along the chain; (firms,) each, 0 where not served.

    `orders` are those of the month (firms,); `queueing` by world the hours of a person's month, the utilisation from
    which a queue is no longer reckoned, and the variation of arrivals and work.
    """
    world, chain, hand_hours_order, capacity, throughput, hours, tool_servers = line
    month, most, variation = queueing
    queue, work = np.zeros(len(world)), np.zeros(len(world))
    for f in range(len(world)):
        w = world[f]
        for s in range(chain.shape[1]):
            if serving[f] and chain[w, s]:
                work_months = hand_hours_order[f, s] / month[w]
                pace = np.maximum(np.maximum(capacity[f, s], throughput[f]), 1e-9)
                full = np.minimum(orders[f] / pace, most[w])
                servers = np.maximum(hours[f, s] / month[w] + tool_servers[f, s], 1.0)
                queue[f] += queue_months_(work_months, full, servers, variation[w])
                work[f] += work_months
    return queue, work
