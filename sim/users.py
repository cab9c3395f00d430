"""Who uses a tool: people of the firm, by the part of their time at the stages it serves."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.kernels.tools import Places
from sim.world import World


def stages_served(world: World, rows: Ints, family: Ints) -> Floats:
    """1 at the stages where a tool takes work over, or at its main stage if it takes none; (rows, stages)."""
    catalogue, w = world.params.catalogue, world.firms.world[rows]
    takes: Bools = catalogue.hours_taken[w, family] > 0.0
    stages = np.arange(takes.shape[1])
    main = stages[None, :] == catalogue.main_stage[w, family].astype(np.int64)[:, None]
    somewhere = np.logical_or.reduce(takes, axis=1)
    return np.where(somewhere[:, None], takes, main).astype(np.float64)


def places(world: World) -> Places:
    """Tools at work and the stages they serve."""
    firms, live = world.firms, world.tools_at_work
    rows, slots = np.nonzero(live)
    return Places(numbered(live), stages_served(world, rows, firms.tool_family[rows, slots]))


def numbered(which: Bools) -> Ints:
    """Number the slots that are true, in order, 0, 1, 2 …; −1 in the others; (firms, slots)."""
    numbers = np.full(which.shape, -1)
    numbers[which] = np.arange(np.count_nonzero(which))
    return numbers


def mean_by_time(time: Floats, total: Floats, nobody: Floats) -> Floats:
    """Mean over users by their time, from its sum and that of time x value; `nobody` where no employee works there."""
    return np.where(time > 0.0, total / np.where(time > 0.0, time, 1.0), nobody)
