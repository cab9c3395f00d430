"""Numbers of exploration (M23): what a prototype costs, how seldom it succeeds, what a new offer is worth."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Explore:
    """Prototypes of new offers: small price, high variance; others copy what succeeds."""

    prototype_price: Floats = par(0.05, "price of a prototype over the sales of a normal month",
        unit="months of sales", low=0.001, high=5.0, kind="assumed", source="assumption: a few weeks of one person")
    prototype_hours_month: Floats = par(8.0, "owner's hours for a prototype under way",
        unit="hours/month", low=0.0, high=100.0, kind="assumed", source="assumption: half of supervising a tool")
    success: Floats = par(0.3, "chance that a prototype becomes an offer",
        unit="probability", low=0.0, high=1.0, kind="assumed",
        source="assumption: most new ideas fail before or soon after they are sold")
    time_to_market_months: Floats = par(6.0, "mean months from prototype to offer",
        unit="months", low=1.0, high=60.0, kind="assumed", source="assumption")
    appeal: Floats = par(0.06, "mean of what customers gain from an offer that succeeds",
        unit="utility", low=0.0, high=1.0, kind="assumed",
        source="assumption: as a customer-facing tool; exponential, so a few are worth most")
    imitation_half_life_months: Floats = par(18.0, "months until rivals have copied half of what an offer gains",
        unit="months", low=1.0, high=240.0, kind="assumed", source="assumption; rivals' copies are not modelled")
    new_months: Floats = par(24.0, "months for which an offer counts as new",
        unit="months", low=1.0, high=120.0, kind="assumed", source="convention of the study")
