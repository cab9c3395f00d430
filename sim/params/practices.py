"""Numbers of two habits of good management: measuring the work, and bettering processes all the time."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Practices:
    """What it takes to measure and to better the work every month, and what comes of it, at level 1."""

    measurement_informativeness: Floats = par(0.5, "months of assessment that standing figures are worth at a decision",
        unit="months", low=0.0, high=6.0, kind="assumed",
        source="assumption: figures are at hand, but nobody has looked into causes")
    measurement_usd_month: Floats = par(50.0, "cost of keeping figures on the work",
        unit="USD/month", low=0.0, high=2000.0, kind="assumed", source="assumption: a service, some counting")
    measurement_hours_month: Floats = par(4.0, "owner's hours to look at them",
        unit="hours/month", low=0.0, high=60.0, kind="assumed", source="assumption: an hour a week")
    upkeep_gain_month: Floats = par(0.01, "part of what a process lacks that is closed at every chain stage",
        unit="share/month", low=0.0, high=0.2, kind="assumed",
        source="assumption: five stages at .01 are in eight months what one improvement project does at one stage")
    upkeep_staff_hours_month: Floats = par(7.5, "paid hours of staff for it",
        unit="hours/month", low=0.0, high=200.0, kind="assumed", source="an improvement project's 60 over eight months")
    upkeep_owner_hours_month: Floats = par(5.0, "owner's hours for it",
        unit="hours/month", low=0.0, high=100.0, kind="assumed", source="an improvement project's 40 over eight months")
