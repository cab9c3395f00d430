"""How long orders wait (Kingman 1961 in Sakasegawa's 1977 form for several servers; exact for M/M/1)."""

from __future__ import annotations

import numpy as np

from sim.compiled import compiled, ufunc
from sim.numerics import power_


@compiled
def queue_months_(work: float, load_share: float, servers: float, variation: float) -> float:
    """Mean wait in a queue, in the unit of `work`.

    work: time one server needs for an order; load_share: utilisation below 1; servers ≥ 1; variation: mean of the
    squared coefficients of variation of arrivals and work.
    """
    exponent = np.sqrt(2.0 * (servers + 1.0)) - 1.0
    crowding = power_(load_share, exponent) / (servers * (1.0 - load_share))
    return work * variation * crowding


queue_months = ufunc(queue_months_, "float64", "float64", "float64", "float64", "float64")
