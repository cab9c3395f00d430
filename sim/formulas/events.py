"""When an event begins, and whether it holds."""

from __future__ import annotations

import numpy as np

from sim import luck
from sim.arrays import Bools, Floats, Ints, Keys
from sim.params.events import Events


def begins(events: Events, worlds: Keys) -> Ints:
    """First month of each event in each world, by the world's luck where it is drawn; (worlds, events)."""
    width = events.latest - events.earliest + 1.0
    numbers = np.arange(1, events.kind.shape[1] + 1, dtype=np.uint64)[None, :]
    draw: Floats = luck.draws(worlds[:, None], "event.month", 0, numbers)
    return (events.earliest + np.floor(draw * width)).astype(np.int64)


def holds(events: Events, begin: Ints, month: int) -> Bools:
    """Which events hold in a month, (worlds, events)."""
    return np.asarray((begin <= month) & (month < begin + events.months))
