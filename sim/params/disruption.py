"""Numbers of the disruption at go-live (M8)."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Disruption:
    """How much a stage loses when a tool comes into use there, and for how long."""

    depth: Floats = par(0.5, "hands lost, in the month of go-live, on the work that is done in a new way",
        unit="share", low=0.0, high=0.9, kind="assumed",
        source="assumption: a fifth of a stage (A-delta) where two fifths of its hours change")
    half_life_months: Floats = par(3.0, "months after which half of the loss is gone",
        unit="months", low=0.1, high=36.0, kind="assumed", source="assumption: recovers within months")
    owner_hours_month: Floats = par(10.0, "owner's hours that a tool claims in its first month, fading with the loss",
        unit="hours/month", low=0.0, high=100.0, kind="assumed",
        source="assumption: less than the supervision of a project under way")
