"""Numbers of fairness, oversight and privacy (M25)."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Fairness:
    """Who may be treated worse by machines, what looking at their decisions takes, and what customers think of data."""

    group_share: Floats = par(0.2, "customers with whom a machine may err more often",
        unit="share of customers", low=0.0, high=1.0, kind="assumed",
        source="assumption; how much more often is `error_gap` of a tool, 0 unless a scenario says so")
    review_caught: Floats = par(0.8, "errors of machines caught by a person who looks at every decision",
        unit="share", low=0.0, high=1.0, kind="assumed", source="assumption: people tire and trust the machine")
    review_hours_order: Floats = par(0.01, "paid hours to look at what a machine decided on one order",
        unit="hours/order", low=0.0, high=5.0, kind="assumed", source="assumption: half a minute")
    worry: Floats = par(0.0, "utility lost where tools' exposures add up to 1 and nobody is asked",
        unit="utility", low=0.0, high=2.0, kind="assumed",
        source="data in vulnerable hands lower trust, and telling and asking customers takes that away (Martin, "
        "Borah and Palmatier 2017); the size is not known, a scenario says it")
    agree_share: Floats = par(0.6, "customers who agree where all are told and asked",
        unit="share of customers", low=0.0, high=1.0, kind="assumed", source="assumption")
    consent_usd_month: Floats = par(30.0, "cost of telling and asking every customer",
        unit="USD/month", low=0.0, high=10000.0, kind="assumed", source="assumption: a service and letters")
