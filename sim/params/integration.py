"""Numbers of integration: edges between a tool and the stages it exchanges data with (M5)."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Integration:
    """What an edge costs to build and keep, and what a missing one costs in hours and errors."""

    edge_price_share: Floats = par(0.15, "building one edge over the price of the tool",
        unit="share of price", low=0.0, high=2.0, kind="assumed", source="assumption A-c_e")
    edge_most_usd: Floats = par(2500.0, "most that building one edge costs, however dear the tool",
        unit="USD", low=0.0, high=50000.0, kind="assumed",
        source="assumption: two or three days of an integrator; a machine's price says nothing of its data")
    monolith_surcharge: Floats = par(0.5, "how much dearer an edge is to a system that is not modular at all",
        unit="share", low=0.0, high=5.0, kind="assumed", source="assumption A-theta")
    modularity: Floats = par(0.5, "how modular a firm's systems are",
        unit="index 0-1", low=0.0, high=1.0, kind="assumed", source="assumption until modularity is a lever")
    upkeep_share_month: Floats = par(0.015, "keeping edges up over building them",
        unit="share/month", low=0.0, high=0.2, kind="assumed", source="assumption: near 18% a year, as for software")
    rekeying_hours_order: Floats = par(0.002,
        "copying by hand for a missing edge at a stage whose work is all automated",
        unit="hours/order", low=0.0, high=0.1, kind="assumed", source="assumption A-rekey: seven seconds an order")
    error_share: Floats = par(0.004, "orders gone wrong per missing edge at a stage whose work is all automated",
        unit="share of orders", low=0.0, high=0.1, kind="assumed", source="assumption A-e_edge")
