"""Numbers of looking over what was bought (M21): what it takes to sense, to seize and to transform."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Reconfigure:
    """Three separate costs of an owner who looks over what is installed, and how often that happens."""

    sensing_usd_month: Floats = par(50.0, "cost of keeping an eye on tools and what they bring",
        unit="USD/month", low=0.0, high=5000.0, kind="assumed", source="assumption: as for figures on the work")
    sensing_hours_month: Floats = par(4.0, "owner's hours for it",
        unit="hours/month", low=0.0, high=60.0, kind="assumed", source="assumption: an hour a week")
    review_month: Floats = par(0.25, "chance that an owner looks over what is installed in a month",
        unit="probability/month", low=0.0, high=1.0, kind="assumed", source="assumption: three times a year")
    seizing_hours: Floats = par(8.0, "owner's hours to look over what is installed, whatever comes of it",
        unit="hours", low=0.0, high=100.0, kind="assumed", source="assumption: a day")
    settled_months: Floats = par(6.0, "months a tool must have been at work before it is judged",
        unit="months", low=0.0, high=36.0, kind="assumed", source="assumption: two half-lives of settling in")
    removal_price: Floats = par(0.2, "taking a digital tool out over its price, without open interfaces",
        unit="share of price", low=0.0, high=2.0, kind="assumed",
        source="assumption: getting data out, going back to the old way; 0 behind open interfaces")
    removal_hours: Floats = par(10.0, "owner's hours to take a tool out",
        unit="hours", low=0.0, high=100.0, kind="assumed", source="assumption: as supervising most of a month")
    reuse_price: Floats = par(0.4, "part of the next tool's price saved by the interfaces of the one taken out for it",
        unit="share of price", low=0.0, high=1.0, kind="assumed",
        source="assumption: data and edges stay, behind open interfaces; nothing without")
