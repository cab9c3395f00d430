"""Numbers of suppliers and partners (M27)."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Suppliers:
    """The market's prices of materials, flat by default, and how much of their moves reaches a firm."""

    trend_year: Floats = par(0.0, "growth of the market's prices of materials",
        unit="log points/year", low=-0.5, high=0.5, kind="assumed", source="prices are those of month 0")
    shock: Floats = par(0.0, "standard deviation of a month's surprise in them",
        unit="log points", low=0.0, high=0.5, kind="assumed", source="prices are those of month 0")
    memory_month: Floats = par(0.9, "part of a surprise that is left a month later",
        unit="share/month", low=0.0, high=0.999, kind="assumed", source="assumption: gone after a year")
    power: Floats = par(0.5, "power of suppliers: part of a rise, and of a fall what they keep",
        unit="share", low=0.0, high=1.0, kind="assumed", source="assumption: both sides give")
    buying_effect: Floats = par(0.5, "power that suppliers lose where buying is all automated",
        unit="share", low=0.0, high=1.0, kind="assumed", source="assumption: offers are compared every time")


@dataclass(frozen=True)
class Partners:
    """Outside skill, at level 1: what it brings at a decision and in a project, and what it costs."""

    informativeness: Floats = par(1.0, "months of assessment that outside planners are worth at a decision",
        unit="months", low=0.0, high=12.0, kind="assumed", source="assumption: they have seen many such firms")
    planning_usd: Floats = par(600.0, "their fee for a decision, even if nothing is bought",
        unit="USD", low=0.0, high=100000.0, kind="assumed", source="assumption: a day")
    sooner: Floats = par(0.3, "part of a tool's months of implementation that outside hands save",
        unit="share", low=0.0, high=0.9, kind="assumed", source="assumption")
    premium: Floats = par(0.25, "their price over the tool's price",
        unit="share of price", low=0.0, high=5.0, kind="assumed", source="assumption: days of outside work")
    slower_learning: Floats = par(0.5, "how much longer the firm's own people take to learn a tool",
        unit="share", low=0.0, high=5.0, kind="assumed", source="assumption: who is helped learns less by doing")
