"""Disruption at go-live (M8): where a tool comes into use, hands are slower at first and recover within months.

Firms that introduced ERP systems were slower for some months before they were faster. What slows a stage is the work
that is done in a new way, so the dip grows with the share of it that the tool takes. A machine that adds equipment
stands beside the old: what it carries itself slows nobody. Two tools that go live together slow a stage one after the
other and claim the hours of the same owner. A tool that nobody uses disturbs nobody.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats, Ints
from sim.formulas.disruption import changed_work, fading
from sim.params.sector import EQUIPMENT, STAGE_COUNT
from sim.world import World, mechanism


def unsettled(world: World, rows: Ints, slots: Ints) -> Floats:
    """Part of the first month's trouble that the tool in a slot of each firm still makes, (rows,)."""
    firms, half_life = world.firms, world.params.disruption.half_life_months[world.firms.world[rows]]
    left = fading(firms.tool_months_live[rows, slots].astype(np.float64), half_life)
    return left * (1.0 - firms.tool_held_back[rows, slots])


def slowed(world: World, rows: Ints, slots: Ints) -> Floats:
    """Part of hands' capacity that settling in takes from each stage, (rows, stages)."""
    firms, p, w = world.firms, world.params, world.firms.world[rows]
    catalogue, family = p.catalogue, firms.tool_family[rows, slots]
    taken = catalogue.hours_taken[w, family] * p.projects.routine_share[w][:, None]
    machine = (catalogue.kind[w, family] == EQUIPMENT)[:, None]
    here = machine & (np.arange(STAGE_COUNT) == catalogue.main_stage[w, family][:, None])
    changed = changed_work(taken, np.where(here, catalogue.equipment_gain[w, family][:, None], 0.0))
    return (p.disruption.depth[w] * unsettled(world, rows, slots))[:, None] * changed


def no_disruption(world: World) -> None:
    """New tools slow nobody down."""
    world.firms.disruption[:] = 0.0


@mechanism(
    "firms.disruption firms.owner_hours",
    neutral=no_disruption, neutral_text="0 capacity and 0 of the owner's hours lost at go-live",
)
def settle_in(world: World) -> None:
    """Tools in use slow the stages whose work they take and claim the owner's hours, less from month to month."""
    firms, p = world.firms, world.params.disruption
    in_use = world.tools_at_work & (firms.tool_usage > 0.0)
    kept, claimed = np.ones_like(firms.disruption), np.zeros_like(firms.owner_hours)
    for slot in np.nonzero(in_use.any(axis=0))[0]:
        rows = np.nonzero(in_use[:, slot])[0]
        slots = np.full(len(rows), slot)
        kept[rows] *= 1.0 - slowed(world, rows, slots)
        claimed[rows] += p.owner_hours_month[firms.world[rows]] * unsettled(world, rows, slots)

    firms.disruption[:] = 1.0 - kept
    firms.owner_hours[:] = np.maximum(firms.owner_hours - claimed, 0.0)
