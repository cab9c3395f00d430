"""Numbers of incidents: stolen data, tools that stop, fines (M19)."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Incidents:
    """How often tools bring trouble, what it costs, and what security and oversight do about it."""

    breach_year: Floats = par(0.07, "thefts of data with a loss, for tools whose exposures add up to 1",
        unit="events/year", low=0.0, high=5.0, kind="calibrated",
        source="48 to 58% of micro and small firms are attacked in a year, 13% of those lose something (fact F40): "
        ".06 to .075; taken as the rate of a firm with two ordinary tools")
    edge_exposure: Floats = par(0.1, "exposure that each edge of a joined tool adds to its own",
        unit="share", low=0.0, high=2.0, kind="assumed", source="assumption: every connection is a door")
    breach_usd: Floats = par(2000.0, "mean direct cost of a theft of data",
        unit="USD", low=0.0, high=1e7, kind="measured", source="1,600 pounds on average (fact F40), at 1.25 dollars")
    breach_spread: Floats = par(1.5, "log standard deviation of that cost",
        unit="log points", low=0.0, high=4.0, kind="assumed",
        source="assumption: most cost hundreds, one in a hundred over twenty thousand")
    breach_churn: Floats = par(0.03, "most customers that leave at once after a theft of data; evenly from 0",
        unit="share of customers", low=0.0, high=1.0, kind="assumed", source="assumption: 0 to 3%, as in model M19")
    security_effect: Floats = par(0.7, "thefts of data that full security prevents",
        unit="share", low=0.0, high=1.0, kind="assumed", source="assumption: updates, passwords, copies, training")
    security_usd_month: Floats = par(60.0, "cost of full security",
        unit="USD/month", low=0.0, high=10000.0, kind="assumed", source="assumption: services for ten people")
    security_hours_month: Floats = par(3.0, "owner's hours for full security",
        unit="hours/month", low=0.0, high=100.0, kind="assumed", source="assumption: under an hour a week")
    outage_year: Floats = par(0.0, "stops of a live tool beyond those that its rating includes",
        unit="events/year", low=0.0, high=12.0, kind="assumed",
        source="assumption: ratings are those of ordinary months; a scenario says more")
    outage_days: Floats = par(3.0, "mean length of a stop",
        unit="days", low=0.0, high=30.0, kind="assumed", source="assumption")
    regulated_above: Floats = par(0.5, "regulation of the sector above which rules reach what machines decide",
        unit="index 0-1", low=0.0, high=0.99, kind="assumed",
        source="assumption: below, rules are about food, safety and tips")
    fine_year: Floats = par(0.05, "fines where the sector is fully regulated and machines decide on every order",
        unit="events/year", low=0.0, high=120.0, kind="assumed", source="assumption: once in twenty years")
    fine_usd: Floats = par(5000.0, "mean fine, with what it takes to answer it",
        unit="USD", low=0.0, high=1e7, kind="assumed", source="assumption")
    fine_spread: Floats = par(1.0, "log standard deviation of fines",
        unit="log points", low=0.0, high=4.0, kind="assumed", source="assumption")
    oversight_effect: Floats = par(0.8, "fines that a person who looks at every decision prevents",
        unit="share", low=0.0, high=1.0, kind="assumed", source="assumption: some rules are missed all the same")
    rules_usd_month: Floats = par(0.0, "what rules add to a customer-facing tool in a fully regulated sector",
        unit="USD/month", low=0.0, high=10000.0, kind="assumed",
        source="assumption: in the vendor's price; a scenario of a regulated trade says more")
