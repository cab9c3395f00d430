"""Delivery and rework (M4): faulty orders noticed in the house are redone and eat capacity, the others reach customers.

Counted once: redoing lowers the capacity for good orders; demand is not inflated as well.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats
from sim.world import World, mechanism


def deliver_without_faults(world: World) -> None:
    """Every order delivered is good and none is redone."""
    _deliver(world, world.firms.throughput, np.zeros_like(world.firms.throughput))


@mechanism(
    "firms.orders_served firms.orders_faulty firms.orders_lost firms.orders_backlog",
    neutral=deliver_without_faults, neutral_text="no order is redone, none reaches the customer faulty",
)
def deliver(world: World) -> None:
    """Serve what the chain lets through; what cannot be served waits or is lost."""
    firms, p, w = world.firms, world.params.rework, world.firms.world
    escaping = (1.0 - p.redone_share[w]) * (firms.fault_share - firms.faults_shown)
    _deliver(world, firms.throughput * (1.0 - world.redone_share), escaping)


def _deliver(world: World, good_orders: Floats, escaping_share: Floats) -> None:
    """Split the month's orders into served, waiting and lost; whole orders, nothing vanishes."""
    firms, w = world.firms, world.firms.world
    load = world.orders_to_do
    served = np.minimum(load, np.floor(good_orders))
    waiting = np.floor((load - served) * world.params.sector.waits_share[w])
    faulty = np.minimum(np.floor(served * escaping_share + world.draws("faulty", firms)), served)

    firms.orders_served[:] = served
    firms.orders_faulty[:] = faulty
    firms.orders_lost[:] = load - served - waiting
    firms.orders_backlog[:] = waiting
