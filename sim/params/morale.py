"""Numbers of morale, quits by choice, layoffs and retraining (M10)."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Morale:
    """Morale is 0 in a normal job; weights say what moves it, and how much of it shows in quits."""

    tedium_weight: Floats = par(1.0, "morale of somebody whose whole work tools have taken over",
        unit="index", low=0.0, high=10.0, kind="assumed", source="assumption: routine is what people like least")
    overload_weight: Floats = par(1.0, "morale lost per unit of overload",
        unit="index", low=0.0, high=10.0, kind="assumed", source="assumption")
    threat_weight: Floats = par(0.5, "morale lost by somebody whose whole work is threatened",
        unit="index", low=0.0, high=10.0, kind="assumed", source="direction: Sverke et al. 2002; size assumed")
    involvement_weight: Floats = par(0.1, "morale of people who have a say in the tools they get",
        unit="index", low=0.0, high=10.0, kind="assumed", source="assumption")
    pay_weight: Floats = par(0.5, "morale per log point of wage above the trade's",
        unit="index", low=0.0, high=10.0, kind="assumed", source="assumption")
    change_month: Floats = par(0.2, "part of the gap between morale and what it should be that a month closes",
        unit="share/month", low=0.0, high=1.0, kind="assumed", source="assumption: a season")
    morale_quits: Floats = par(1.0, "log hazard of quitting per unit of morale lost",
        unit="log points", low=0.0, high=10.0, kind="assumed", source="assumption")
    threat_quits: Floats = par(0.5, "log hazard of quitting of somebody whose whole work is threatened",
        unit="log points", low=0.0, high=10.0, kind="assumed", source="direction: Sverke et al. 2002; size assumed")
    wage_quits: Floats = par(1.0, "log hazard of quitting per log point of wage below the trade's",
        unit="log points", low=0.0, high=10.0, kind="assumed", source="assumption")
    severance_months: Floats = par(0.5, "cost of laying somebody off",
        unit="months of wage", low=0.0, high=12.0, kind="assumed", source="assumption: notice of two weeks")
    layoff_threat: Floats = par(1.0, "threat felt by those who stay, per share of people laid off",
        unit="index", low=0.0, high=10.0, kind="assumed", source="direction: Trevor and Nyberg 2008; size assumed")
    layoff_morale: Floats = par(1.0, "morale lost by those who stay, per share of people laid off",
        unit="index", low=0.0, high=10.0, kind="assumed", source="direction: Trevor and Nyberg 2008; size assumed")
    redeploy_share_month: Floats = par(0.4, "gap between a person's time and the firm's needs closed by redeployment",
        unit="share/month", low=0.0, high=1.0, kind="assumed", source="assumption: a season instead of half a year")
    retraining_hours: Floats = par(0.5, "hours of learning per hour of work that is moved to another stage",
        unit="hours/hour", low=0.0, high=5.0, kind="assumed", source="assumption")
    retraining_usd_hour: Floats = par(5.0, "cost of an hour of retraining, besides the hour",
        unit="USD/hour", low=0.0, high=200.0, kind="assumed", source="assumption: mostly a colleague shows how")
