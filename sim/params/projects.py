"""Numbers of projects: what a purchase does to a stage until skill, acceptance and integration are modelled apart."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Projects:
    """From the catalogue's ratings to units at work, and the plain expansion that every arm may buy."""

    routine_share: Floats = par(0.6, "part of a stage's hours that is routine; tool ratings refer to it",
        unit="share", low=0.1, high=1.0, kind="assumed", source="assumption: the sector data do not say")
    people_per_unit: Floats = par(10.0, "people served by one unit of a tool",
        unit="people", low=1.0, high=100.0, kind="assumed", source="catalogue prices are for about ten people")
    expansion_gain: Floats = par(0.15, "equipment limit added by a plain expansion of one stage",
        unit="share", low=0.0, high=1.0, kind="assumed", source="assumption: one more oven, counter or van")
    expansion_price: Floats = par(0.25, "price of equipment over a year of the revenue that passes through it",
        unit="years of revenue", low=0.0, high=3.0, kind="assumed",
        source="assumption: light equipment of a small trade")
    expansion_months: Floats = par(2.0, "months until an expansion works",
        unit="months", low=1.0, high=24.0, kind="assumed", source="assumption")
