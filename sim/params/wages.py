"""Numbers of wages that move (M10)."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Wages:
    """What a firm pays besides its usual wage: a part of what its people make, and more where posts stay open."""

    rent_sharing: Floats = par(0.0, "log wage per log point of orders per hour of work above those it was built for",
        unit="ratio", low=0.0, high=0.5, kind="assumed",
        source="assumption: wages stay; published elasticities to value added per worker are .05 to .15 "
        "(Card et al. 2018), and an order per hour stands in for it")
    vacancy_response: Floats = par(0.0, "log wage added by a firm all of whose posts have long been open",
        unit="log points", low=0.0, high=2.0, kind="assumed", source="assumption: wages stay")
    adjust_month: Floats = par(0.08, "part of the gap between a wage and what it should be that a month closes",
        unit="share/month", low=0.0, high=1.0, kind="assumed", source="assumption: pay is talked about once a year")
    vacancy_memory_month: Floats = par(0.8, "weight of the past in the share of posts that stay open",
        unit="share/month", low=0.0, high=0.99, kind="assumed", source="assumption: half a year is long")
    most_moved: Floats = par(0.2, "most that a wage departs from what the firm pays by itself",
        unit="log points", low=0.0, high=1.0, kind="assumed", source="assumption: a fifth at most")
