"""Numbers of how large firms react to small ones (M26)."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Rivals:
    """A large firm sees a small one gain, takes its time, and then imitates or cuts its price."""

    gain_seen: Floats = par(0.25, "gain in market share over the usual one that a large firm takes note of",
        unit="log points", low=0.0, high=3.0, kind="assumed", source="assumption: a quarter more is more than noise")
    visible_share: Floats = par(0.15, "share of a small firm worth noting, over that of the largest large firm",
        unit="ratio", low=0.0, high=10.0, kind="assumed", source="assumption: very small rivals are overlooked")
    memory_month: Floats = par(0.92, "weight of the past in what share of the market is usual for a firm",
        unit="share/month", low=0.0, high=0.999, kind="assumed", source="assumption: last year's share")
    lag_months: Floats = par(9.0, "mean time from taking note to acting",
        unit="months", low=0.0, high=60.0, kind="assumed", source="assumption: decided elsewhere, for all branches")
    price_cut: Floats = par(0.03, "markup given up where there is nothing to imitate",
        unit="share", low=0.0, high=0.5, kind="assumed", source="assumption: about a third of what large firms earn")
    cut_memory_month: Floats = par(0.95, "part of what was given up that is still given up a month later",
        unit="share/month", low=0.0, high=1.0, kind="assumed", source="assumption: a price war is over in two years")
    lowest_markup: Floats = par(0.05, "markup below which a large firm does not cut",
        unit="share", low=-0.5, high=1.0, kind="assumed", source="assumption: it would rather lose the customers")
