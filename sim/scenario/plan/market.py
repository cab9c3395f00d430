"""What an owner can say about the market, as parameters.

| the owner says | the model takes |
|---|---|
| small_rivals | setup.small_firms = rivals + 1 |
| chains | setup.large_firms |
| regulars_kept_of_100_year | demand.attention_month, in proportion to the log of the share kept |
| demand_growth_percent_year | demand.trend_year = log(1 + percent / 100) |
"""

from __future__ import annotations

import math

from sim.params import Demand, Params
from sim.scenario.changes import given
from sim.scenario.plan.file import MarketFile

KEPT_AT_DEFAULT = 0.55
"""Share of customers kept over a year at the default attention, to which that is fitted (fact F15)."""


def with_market(params: Params, market: MarketFile) -> Params:
    """The parameters with the market that the owner describes."""
    said = given(market)
    setup, demand = {}, {}
    if "small_rivals" in said:
        setup["small_firms"] = said["small_rivals"] + 1
    if "chains" in said:
        setup["large_firms"] = said["chains"]
    if "regulars_kept_of_100_year" in said:
        kept = said["regulars_kept_of_100_year"] / 100.0
        demand["attention_month"] = float(Demand().attention_month) * math.log(kept) / math.log(KEPT_AT_DEFAULT)
    if "demand_growth_percent_year" in said:
        demand["trend_year"] = math.log(1.0 + said["demand_growth_percent_year"] / 100.0)
    return params.changed(setup=setup, demand=demand)
