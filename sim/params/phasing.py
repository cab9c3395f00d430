"""Numbers of piloting a tool before it is rolled out (M22)."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Phasing:
    """How small a pilot is, how long it lasts, what it costs and how well it tells."""

    pilot_share: Floats = par(0.25, "part of the firm in which a tool is tried, and of the price paid for that",
        unit="share", low=0.01, high=1.0, kind="assumed", source="assumption: one shift or one counter")
    pilot_months: Floats = par(3.0, "months a pilot is at work before the owner decides",
        unit="months", low=1.0, high=24.0, kind="assumed", source="assumption")
    dual_running_share_month: Floats = par(0.02, "cost of working two ways side by side over the tool's whole price",
        unit="share/month", low=0.0, high=0.5, kind="assumed", source="assumption: two systems to keep in step")
    prior_spread: Floats = par(0.6, "standard deviation of what a project gains around the forecast",
        unit="USD per USD of price", low=0.0, high=5.0, kind="assumed", source="assumption A-s0 of M22")
    pilot_noise: Floats = par(0.3, "standard deviation of what a pilot shows around what is so",
        unit="USD per USD of price", low=0.0, high=5.0, kind="assumed", source="assumption A-sigma-p of M22")
