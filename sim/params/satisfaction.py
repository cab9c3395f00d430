"""Numbers of satisfaction and word of mouth (M12)."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Satisfaction:
    """Customers compare what they get with what they expect; the disappointed look around sooner, friends talk."""

    loss_weight: Floats = par(2.0, "weight of falling short of what was expected over exceeding it",
        unit="ratio", low=1.0, high=5.0, kind="assumed",
        source="Tversky and Kahneman 1992 find 2.25 for money at stake; rounded")
    memory_month: Floats = par(0.7, "weight of earlier months in a customer's satisfaction",
        unit="share/month", low=0.0, high=0.99, kind="assumed", source="assumption: as long as impressions last")
    drift_month: Floats = par(0.1, "part of the way that expectation moves to what the market delivers",
        unit="share/month", low=0.0, high=1.0, kind="assumed", source="assumption: half the way in seven months")
    leave_slope: Floats = par(1.5, "log hazard of looking around per unit of satisfaction below the market's",
        unit="log points/utility", low=0.0, high=5.0, kind="assumed", source="assumption")
    word_of_mouth: Floats = par(0.5, "chance that a customer who looks around is told of a friend's firm",
        unit="probability", low=0.0, high=1.0, kind="assumed", source="assumption")
