"""Projects: what was bought is put in place, goes live, and works as far as it is learned and used."""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Ints
from sim.offers import tool_orders
from sim.state import EXPANSION, FIX, NO_TOOL
from sim.world import World, mechanism


@mechanism(
    "firms.tool_countdown firms.tool_months_live firms.tool_family firms.equipment_orders firms.process_quality"
)
def move_projects_on(world: World) -> None:
    """Count down projects under way; finish expansions and improvements, let tools go live."""
    firms = world.firms
    under_way = (firms.tool_family != NO_TOOL) & (firms.tool_countdown > 0)
    firms.tool_months_live[(firms.tool_family != NO_TOOL) & ~under_way] += 1
    firms.tool_countdown[under_way] -= 1
    done = under_way & (firms.tool_countdown == 0)
    rows, slots = np.nonzero(done)
    firms.tool_months_live[rows, slots] = 0
    codes = firms.tool_family[rows, slots]
    world.note("live", rows, item=codes)
    _expand(world, rows, slots, (codes >= EXPANSION) & (codes < FIX))
    _mend(world, rows, slots, codes >= FIX)


def _expand(world: World, rows: Ints, slots: Ints, which: Bools) -> None:
    """A plain expansion raises the equipment limit of its stage."""
    firms, rows, slots = world.firms, rows[which], slots[which]
    stages = firms.tool_family[rows, slots] - EXPANSION
    firms.equipment_orders[rows, stages] *= 1.0 + world.params.projects.expansion_gain[firms.world[rows]]
    firms.tool_family[rows, slots] = NO_TOOL


def _mend(world: World, rows: Ints, slots: Ints, which: Bools) -> None:
    """A process improvement closes part of what its stage lacks in quality."""
    firms, rows, slots = world.firms, rows[which], slots[which]
    stages = firms.tool_family[rows, slots] - FIX
    missing = 1.0 - firms.process_quality[rows, stages]
    firms.process_quality[rows, stages] += world.params.rework.fix_gain[firms.world[rows]] * missing
    firms.tool_family[rows, slots] = NO_TOOL


def no_effect(world: World) -> None:
    """Tools do nothing, though they are paid for."""
    for column in (world.firms.tool_orders, world.firms.tool_servers, world.firms.equipment_bonus):
        column[:] = 0.0
    world.firms.convenience[:] = world.firms.convenience_second[:] = 0.0


@mechanism(
    "firms.tool_orders firms.tool_servers firms.equipment_bonus firms.convenience firms.convenience_second",
    neutral=no_effect, neutral_text="tools take over 0 orders, serve nobody, add 0 equipment and 0 convenience",
)
def put_tools_to_work(world: World) -> None:
    """Add up what live tools take over, add to equipment, give customers.

    Units x rating x what comes true of it x skill x usage x version.
    """
    firms, catalogue = world.firms, world.params.catalogue
    live = world.tools_at_work
    no_effect(world)
    for slot in np.nonzero(live.any(axis=0))[0]:
        rows = np.nonzero(live[:, slot])[0]
        family, w = firms.tool_family[rows, slot], firms.world[rows]
        used = firms.tool_usage[rows, slot] * (1.0 - firms.tool_held_back[rows, slot]) * firms.tool_strength[rows, slot]
        used *= (1.0 - firms.tool_out[rows, slot]) * catalogue.works[w, family]
        at_work = firms.tool_units[rows, slot] * firms.tool_skill[rows, slot] * used
        firms.tool_orders[rows] += tool_orders(world, rows, family, at_work)
        firms.tool_servers[rows] += at_work[:, None] * (catalogue.hours_taken[w, family] > 0.0)
        main_stage = catalogue.main_stage[w, family].astype(np.int64)
        firms.equipment_bonus[rows, main_stage] += catalogue.equipment_gain[w, family] * used
        firms.convenience[rows] += catalogue.convenience[w, family] * used
        firms.convenience_second[rows] += catalogue.convenience_second[w, family] * used


