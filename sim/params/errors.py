"""Numbers of process errors (M3)."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Errors:
    """Systematic errors come from the process and are replicated by tools; slips come from hands."""

    systematic_share: Floats = par(0.10,
        "orders with a systematic error where process quality is zero, nobody checking",
        unit="share of orders", low=0.0, high=0.5, kind="assumed", source="assumption A-e0")
    caught_share: Floats = par(0.6, "systematic errors that a person doing the step catches",
        unit="share", low=0.0, high=1.0, kind="assumed", source="assumption A-kappa")
    slip_share: Floats = par(0.03, "orders with a slip where everything is done by hand",
        unit="share of orders", low=0.0, high=0.3, kind="assumed", source="assumption A-slip")
    copied_downstream: Floats = par(0.0,
        "orders spoiled besides, per systematic error and fully automated stage further down the chain",
        unit="orders/error", low=0.0, high=2.0, kind="assumed",
        source="assumption: off; a tool takes over what it is given, a person may ask, decision 0153")
    quality_mean: Floats = par(0.6, "mean process quality at month 0",
        unit="index 0-1", low=0.0, high=1.0, kind="assumed", source="assumption: above the crossing of 0.5")
    quality_spread: Floats = par(0.12, "standard deviation of process quality over stages",
        unit="index", low=0.0, high=0.5, kind="assumed", source="assumption")
