"""Numbers of waiting (M2)."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Waiting:
    """How irregular arrivals and work are, and how full a stage can be read."""

    arrival_variation: Floats = par(1.0, "squared coefficient of variation of times between orders",
        unit="ratio", low=0.0, high=5.0, kind="assumed", source="assumption: orders arrive independently (Poisson)")
    service_variation: Floats = par(1.0, "squared coefficient of variation of work per order",
        unit="ratio", low=0.0, high=5.0, kind="assumed", source="assumption: as irregular as arrivals")
    utilisation_cap: Floats = par(0.98, "highest utilisation at which the queue formula is read",
        unit="share", low=0.9, high=0.999, kind="assumed", source="assumption: beyond it the backlog tells the wait")
