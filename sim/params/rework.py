"""Numbers of rework and of mending the process (M4)."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Rework:
    """What becomes of a faulty order, and what it takes to mend the process."""

    redone_share: Floats = par(0.5, "faulty orders noticed and redone in the house; the others reach the customer",
        unit="share", low=0.0, high=1.0, kind="assumed", source="assumption A-r")
    refund_share: Floats = par(1.0, "price given back for an order that reached the customer faulty",
        unit="share of price", low=0.0, high=2.0, kind="assumed", source="assumption: replaced or refunded in full")
    erosion_month: Floats = par(0.03, "part of an improvement lost each month that an average owner does not keep up",
        unit="share/month", low=0.0, high=0.1, kind="assumed", source="assumption: half gone in two years")
    fix_gain: Floats = par(0.4, "part of the missing process quality that one improvement project closes",
        unit="share", low=0.0, high=1.0, kind="assumed", source="assumption: a first pass finds the larger causes")
    fix_staff_hours: Floats = par(60.0, "paid hours of staff for one improvement project at one stage",
        unit="hours", low=0.0, high=1000.0, kind="assumed", source="assumption: a week and a half of one person")
    fix_owner_hours: Floats = par(40.0, "owner's hours for one improvement project",
        unit="hours", low=0.0, high=400.0, kind="assumed", source="assumption: a day a week over five weeks")
    lock_in: Floats = par(0.0, "how much dearer an improvement project is where all the stage's work is automated",
        unit="share", low=0.0, high=5.0, kind="assumed",
        source="assumption: off; what tools do must be set up anew as well, decision 0153")
    fix_months: Floats = par(2.0, "months an improvement project takes",
        unit="months", low=1.0, high=24.0, kind="assumed", source="assumption")
    fix_below: Floats = par(0.5, "seen process quality under which a fix-first owner mends before automating",
        unit="index 0-1", low=0.0, high=1.0, kind="assumed", source="crossing P* of the error formula without edges")
