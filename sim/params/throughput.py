"""Numbers of chain throughput (M1): shared people, pooled hours, equipment."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Throughput:
    """How stages, people and equipment make orders per month."""

    rho: Floats = par(-10.0, "substitution between chain stages; −1000 or less is the plain minimum",
        unit="exponent", low=-10000.0, high=1.0, kind="assumed", source="near-Leontief chain; known answers tabulated")
    automatable_cap: Floats = par(0.8, "largest share of a stage's work that tools may take over",
        unit="share", low=0.0, high=0.95, kind="assumed", source="assumption: a fifth of any stage stays with people")
    pooled_share: Floats = par(0.5, "chain hours of a small firm that may go to any stage within the month",
        unit="share", low=0.0, high=1.0, kind="assumed", source="assumption: at a dozen people half can help out")
    pooled_share_large: Floats = par(0.0, "the same in a large firm",
        unit="share", low=0.0, high=1.0, kind="assumed", source="assumption: departments do not lend people")
    shift_share_month: Floats = par(0.15, "part of the gap between a person's time and the firm's needs closed",
        unit="share/month", low=0.0, high=1.0, kind="assumed", source="assumption: half a year to learn another stage")
    normal_utilisation: Floats = par(0.85, "share of paid hours that normal demand needs",
        unit="share", low=0.5, high=0.99, kind="assumed", source="assumption: slack for peaks and breaks")
    equipment_utilisation: Floats = par(0.75, "normal demand over the limit of the tightest equipment",
        unit="share", low=0.3, high=1.5, kind="assumed", source="assumption: bought for the December peak")
    equipment_spread: Floats = par(0.2, "log standard deviation of equipment limits over stages, above the tightest",
        unit="log points", low=0.0, high=1.0, kind="assumed",
        source="assumption; dispersion anchored at the bottleneck")
    support_per_order_share: Floats = par(0.5, "part of support hours that moves with orders",
        unit="share", low=0.0, high=1.0, kind="assumed", source="assumption: half of office work is fixed")
    overload_start: Floats = par(0.95, "load over capacity at the busiest stage above which people are overloaded",
        unit="share", low=0.8, high=1.5, kind="assumed", source="assumption: zero at normal load")
