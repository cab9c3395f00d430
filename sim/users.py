"""Who uses a tool: people of the firm, by the part of their time at the stages it serves."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim import numerics
from sim.arrays import Bools, Floats, Ints
from sim.state import EXPANSION, NO_TOOL
from sim.world import World


class Users(NamedTuple):
    """People whose firm has a live tool in a slot, their firms, and their time at the stages it serves, (users,)."""

    rows: Ints
    firm: Ints
    time: Floats


def live_tools(world: World) -> Bools:
    """Slots that hold a tool at work in an open firm, (firms, slots)."""
    firms = world.firms
    bought: Bools = (firms.tool_family != NO_TOOL) & (firms.tool_family < EXPANSION)
    live: Bools = firms.open[:, None] & bought & (firms.tool_countdown == 0)
    return live


def stages_served(world: World, rows: Ints, family: Ints) -> Floats:
    """1 at the stages where a tool takes work over, or at its main stage if it takes none; (rows, stages)."""
    catalogue, w = world.params.catalogue, world.firms.world[rows]
    takes: Bools = catalogue.hours_taken[w, family] > 0.0
    stages = np.arange(takes.shape[1])
    main = stages[None, :] == catalogue.main_stage[w, family].astype(np.int64)[:, None]
    somewhere = np.logical_or.reduce(takes, axis=1)
    return np.where(somewhere[:, None], takes, main).astype(np.float64)


def users(world: World, slot: int, which: Bools) -> Users:
    """Users of what stands in a slot, in the firms where `which`, (firms,), is true."""
    firms, people = world.firms, world.people
    if not which.any():
        nobody = np.zeros(0, dtype=np.int64)
        return Users(nobody, nobody, np.zeros(0))
    rows = np.nonzero((people.employer >= 0) & which[people.employer])[0]
    firm = people.employer[rows]
    served = stages_served(world, firm, firms.tool_family[firm, slot])
    return Users(rows, firm, numerics.row_sum(people.time_share[rows] * served))


def mean_by_time(world: World, who: Users, values: Floats, nobody: Floats) -> Floats:
    """Mean over each firm's users by their time, (firms,); `nobody`, (firms,), where no employee works there."""
    time = world.sum_by_firm(who.firm, who.time)
    total = world.sum_by_firm(who.firm, who.time * values)
    return np.where(time > 0.0, total / np.where(time > 0.0, time, 1.0), nobody)
