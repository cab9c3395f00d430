"""Segments: who buys from a firm, of which kind, and who stays; a count for the record that changes nothing."""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.state import SEGMENTS
from sim.world import World, mechanism


@mechanism("firms.customers firms.customers_had firms.customers_kept firms.orders_segment customers.bought_from")
def count_customers(world: World) -> None:
    """Count each firm's customers by segment: those it has, had last month and kept, and what they ordered."""
    firms, customers = world.firms, world.customers
    birth = np.where(customers.supplier >= 0, firms.birth[np.maximum(customers.supplier, 0)], -1)
    stayed = (birth >= 0) & (birth == customers.bought_from)
    place = np.where(birth >= 0, customers.supplier * SEGMENTS + customers.segment, -1)
    places, shape = len(firms.world) * SEGMENTS, (-1, SEGMENTS)

    firms.customers_had[:] = firms.customers
    firms.customers[:] = numerics.count_by(place, places).reshape(shape)
    firms.customers_kept[:] = numerics.count_by(place[stayed], places).reshape(shape)
    firms.orders_segment[:] = numerics.sum_by(place, customers.orders_placed, places).reshape(shape)
    customers.bought_from[:] = birth
