"""Numbers of the environment (M20): how turbulent it is, and how many data its stages exchange.

How fast the market grows is `demand.trend_year`.
"""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Environment:
    """Jumps of where the work sits and of what customers weigh, by the world's own luck; none by default."""

    work_jumps_year: Floats = par(0.0, "how often the work of an order moves to another stage",
        unit="jumps/year", low=0.0, high=12.0, kind="assumed", source="assumption: a calm trade")
    work_jump_share: Floats = par(0.3, "part of the chain's hours that such a jump gathers at one stage",
        unit="share", low=0.0, high=0.9, kind="assumed", source="assumption")
    taste_jumps_year: Floats = par(0.0, "how often customers come to weigh another attribute more",
        unit="jumps/year", low=0.0, high=12.0, kind="assumed", source="assumption: a calm trade")
    taste_jump: Floats = par(0.7, "by how much they then weigh it more than usual",
        unit="log points", low=0.0, high=2.0, kind="assumed", source="assumption: twice as much")
    edge_density: Floats = par(1.0, "stage pairs that a tool must exchange data with, over those of the catalogue",
        unit="ratio", low=0.0, high=4.0, kind="assumed", source="the catalogue as it is")
