"""Looking over what was bought: what an owner would take out again, by the same map as for a purchase."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools
from sim.observed import Observed
from sim.strategies.choice import Choice, best
from sim.strategies.forecasts import map_forecast

WITHOUT = 0


def let_go(seen: Observed) -> Choice:
    """The slot (as a candidate, −1 none) without which the firm would be better off by the most, beyond the hurdle."""
    forecast = map_forecast(seen)
    gain = forecast.gain_usd
    worthwhile: Bools = seen.open_to_buy & (gain > seen.rules.hurdle[:, None] * seen.one_off_usd) & (gain > 0.0)
    slot = best(gain, worthwhile)
    return Choice(slot, np.full(len(slot), WITHOUT), forecast)
