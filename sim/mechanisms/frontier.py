"""The frontier and obsolescence (M18): a tool stays what it was, its support ends, and a newer version takes its place.

What other systems expect of a tool moves on. As long as a version is supported its maker keeps it in step; afterwards
it does a little less every month. Large firms have people for that.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Ints
from sim.state import NO_TOOL
from sim.world import World, mechanism


@mechanism(
    "firms.tool_family firms.tool_fee_usd_month firms.tool_usefulness people.tool_skill people.tool_use"
)
def hand_over(world: World) -> None:
    """A newer version that has just gone live replaces the old one; people take along what they know of it."""
    firms = world.firms
    new = world.tools_at_work & (firms.tool_months_live == 0)
    rows, slots = np.nonzero(new)
    twice = (firms.tool_family[rows] == firms.tool_family[rows, slots][:, None]) & world.tools_at_work[rows]
    twice[np.arange(len(rows)), slots] = False
    which = twice.any(axis=1)
    for row, slot, old in zip(rows[which], slots[which], twice[which].argmax(axis=1), strict=True):
        staff = np.nonzero(world.people.employer == row)[0]
        for column in (world.people.tool_skill, world.people.tool_use):
            column[staff, slot] = column[staff, old]
        firms.tool_usefulness[row, slot] = firms.tool_usefulness[row, old]
        _retire(world, row, old)


def _retire(world: World, row: Ints, slot: Ints) -> None:
    """The old version is gone, and so is its fee."""
    world.note("renew", np.array([row]), item=world.firms.tool_family[row, slot].reshape(1))
    world.firms.tool_family[row, slot] = NO_TOOL
    world.firms.tool_fee_usd_month[row, slot] = 0.0


def as_rated(world: World) -> None:
    """Every tool does for ever what it was rated for in month 0."""
    world.firms.tool_strength[:] = 1.0


@mechanism("firms.tool_strength", neutral=as_rated, neutral_text="tools do 1 times their rating, for ever")
def lose_support(world: World) -> None:
    """A tool whose version is no longer supported does a little less every month."""
    firms = world.firms
    rows, slots = np.nonzero(world.unsupported)
    if not len(rows):
        return
    firms.tool_strength[rows, slots] *= 1.0 - world.params.frontier.fading_month[firms.world[rows]]
    today = firms.tool_support_end[rows, slots] == world.month
    world.note("support_end", rows[today], item=firms.tool_family[rows, slots][today])
