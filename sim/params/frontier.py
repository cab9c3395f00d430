"""Numbers of the frontier (M18): how tools get better and cheaper, and how long a version is supported."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Frontier:
    """Later versions of digital tools, the end of support, and what open interfaces cost and save."""

    price_fall_year: Floats = par(0.0, "fall of the price of today's version of a digital tool",
        unit="log points/year", low=0.0, high=0.5, kind="assumed",
        source="assumption: prices as quoted in month 0; .05 where a scenario asks for progress")
    quality_rise_year: Floats = par(0.0, "rise of what today's version of a digital tool does",
        unit="log points/year", low=0.0, high=0.5, kind="assumed",
        source="assumption: tools as rated in month 0; .05 where a scenario asks for progress")
    support_months: Floats = par(0.0, "mean time for which a version of a digital tool is supported; 0: for ever",
        unit="months", low=0.0, high=240.0, kind="assumed",
        source="assumption A: 48 where a scenario asks for obsolescence; half to one and a half times that")
    fading_month: Floats = par(0.03, "part of what it does that a version without support loses",
        unit="share/month", low=0.0, high=0.5, kind="assumed",
        source="assumption: what it exchanges data with moves on; near a third in a year")
    modular_price: Floats = par(0.1, "surcharge of a digital tool behind open interfaces over its price",
        unit="share of price", low=0.0, high=1.0, kind="assumed", source="assumption A: .1 up front")
    renewal_monolith: Floats = par(1.3, "price of a newer version where nothing stands behind open interfaces",
        unit="ratio to price", low=0.0, high=5.0, kind="assumed",
        source="assumption: bought again, and data and habits carried over by hand")
    renewal_modular: Floats = par(0.5, "price of a newer version where everything stands behind open interfaces",
        unit="ratio to price", low=0.0, high=5.0, kind="assumed",
        source="assumption: one module is exchanged, the others stay")
