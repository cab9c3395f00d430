"""Numbers of the stock of data (M24)."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Data:
    """How data of joined, automated stages pile up, and what comes of them: nothing by default."""

    half_life_months: Floats = par(18.0, "months after which data say half as much",
        unit="months", low=1.0, high=240.0, kind="assumed", source="assumption: customers and prices change")
    full_pairs: Floats = par(0.25, "stocks of two stages multiplied, summed over pairs, that say all there is to know",
        unit="index", low=0.001, high=36.0, kind="assumed",
        source="assumption: three joined stages, tools do three tenths of the work at each")
    informativeness: Floats = par(0.0, "months of assessment that full insight is worth at a decision",
        unit="months", low=0.0, high=24.0, kind="assumed", source="not known; a scenario says it")
    personal_utility: Floats = par(0.0, "utility that customers gain at most from what a firm knows of them",
        unit="utility", low=0.0, high=2.0, kind="assumed", source="not known; a scenario says it")
    personal_half: Floats = par(0.25, "insight at which half of that is reached",
        unit="index 0-1", low=0.01, high=2.0, kind="assumed", source="assumption: the first data tell most")
