"""Segments: who buys from a firm, of which kind, and who stays; a count for the record that changes nothing."""

from __future__ import annotations

from sim.kernels.orders import Counts, count
from sim.world import World, mechanism


@mechanism(
    "firms.customers firms.customers_had firms.customers_kept firms.orders_segment firms.orders_group "
    "customers.bought_from"
)
def count_customers(world: World) -> None:
    """Count each firm's customers by segment: those it has, had last month and kept, and what they ordered."""
    firms, customers = world.firms, world.customers
    firms.customers_had[:] = firms.customers
    buyers = (
        customers.supplier, customers.segment, customers.group, customers.orders_placed, customers.bought_from,
    )
    counts = Counts(firms.customers, firms.customers_kept, firms.orders_segment, firms.orders_group)
    count(buyers, firms.birth, counts)
