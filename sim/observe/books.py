"""What is kept of every project: one entry per purchase, from what was foreseen to what came of it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim import numerics
from sim.arrays import Floats, Ints
from sim.world import World

PARTS = (
    "cost", "unseen", "optimism", "picture", "stop", "closed", "delay", "usage", "skill", "volume", "price", "edges",
    "dip", "people", "later",
)
"""The way from forecast to outcome, in this order."""
UNDER_WAY, LIVE, STOPPED, CLOSED = range(4)
ENDS = ("under_way", "live", "stopped", "closed")
WHOLE = ("row", "birth", "slot", "item", "start", "due", "live", "status", "beneath", "carried", "support")
MONEY = ("sales", "labour", "cost", "paid", "paid_in_window", "planned", "price", "materials", "wage",
         "rated_sales", "rated_labour", "earned_labour", "mended", "strength", "fee")
BOOK = np.dtype([(name, np.int64) for name in WHOLE] + [(name, np.float64) for name in MONEY]
                + [(f"part_{name}", np.float64) for name in PARTS])
"""One project: who, what, when; forecast and payments, USD; prices, and a month's worth as rated, at purchase.

Of a tool also the project whose version it replaces (−1 none), the month in which the version at work was bought, and
what its own would do over its rating today, until when it is supported and at what fee.
"""

Books = NDArray[Any]


def at_stage(stage: Ints, like: Floats) -> Floats:
    """1 at the stage of each row, 0 elsewhere."""
    return (np.arange(like.shape[1]) == stage[:, None]).astype(np.float64)


def discount_of(world: World, rows: Ints, month: int) -> Floats:
    """Value at month 0 of a dollar in a month, (rows,)."""
    rate = world.params.choosing.discount_month[world.firms.world[rows]]
    return numerics.power(1.0 / (1.0 + rate), np.full(len(rows), float(month)))


def window_of(world: World, rows: Ints) -> Floats:
    """Months over which projects are judged, (rows,)."""
    return world.params.choosing.window_months[world.firms.world[rows]]
