"""Numbers of the five forces as an owner can make them out: what is usual, and how blurred it is."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Forces:
    """What each force is measured against; they steer nobody but an owner who ranks by the five forces or by SWOT."""

    rivals_usual: Floats = par(0.05, "what rivals usually offer better: price and ease together",
        unit="log points", low=0.001, high=1.0, kind="assumed", source="assumption: a twentieth cheaper")
    entrants_usual: Floats = par(0.10, "firms of a market that have usually opened lately",
        unit="share of firms", low=0.001, high=1.0, kind="assumed", source="assumption: near yearly entry")
    suppliers_usual: Floats = par(0.35, "what usually goes to suppliers",
        unit="share of price", low=0.001, high=1.0, kind="assumed", source="assumption: between sectors' shares")
    customers_usual: Floats = par(0.05, "customers who usually leave in a month",
        unit="share/month", low=0.001, high=1.0, kind="assumed", source="assumption: half a year's turnover a quarter")
    substitutes_usual: Floats = par(0.20, "customers who usually buy from none of the firms",
        unit="share of customers", low=0.001, high=1.0, kind="assumed", source="assumption: the usual outside share")
    noise_share: Floats = par(0.5, "noise of the owner's picture of a force over that of a stage",
        unit="ratio", low=0.0, high=2.0, kind="assumed", source="assumption: between demand and stages")
