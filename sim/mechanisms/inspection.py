"""Inspection (M3): a machine that looks at what was made finds slips, and shows what the process itself gets wrong.

Goods run from receiving over making to handing over, so a machine at a stage sees what went wrong there and before.
It finds, it mends nothing: what it finds is redone in the house instead of reaching a customer, and comes back next
month as long as the process is what it is. It looks at as many orders as it is rated for, skilled and used.
"""

from __future__ import annotations

import numpy as np

from sim.params.sector import STAGE_COUNT
from sim.world import World, mechanism


def nothing_found(world: World) -> None:
    """No machine finds anything."""
    world.firms.slips_found[:] = world.firms.errors_found[:] = 0.0


@mechanism("firms.slips_found firms.errors_found", neutral=nothing_found, neutral_text="machines find 0 of the errors")
def inspect(world: World) -> None:
    """Share of the slips and systematic errors of each stage that inspecting tools at work find further down."""
    firms, p = world.firms, world.params
    at_work, load = world.tools_at_work, np.maximum(world.orders_to_do, 1.0)
    missed_slips, missed_errors = np.ones_like(firms.slips_found), np.ones_like(firms.errors_found)
    for slot in range(at_work.shape[1]):
        rows = np.nonzero(at_work[:, slot])[0]
        w, family = firms.world[rows], firms.tool_family[rows, slot]
        used = firms.tool_skill[rows, slot] * firms.tool_usage[rows, slot] * (1.0 - firms.tool_held_back[rows, slot])
        used *= firms.tool_strength[rows, slot] * p.catalogue.works[w, family]
        rated = firms.tool_units[rows, slot] * p.projects.people_per_unit[w] * p.sector.orders_employee_month[w]
        seen = np.minimum(rated * used / load[rows], 1.0)[:, None]
        before = np.arange(STAGE_COUNT) <= p.catalogue.main_stage[w, family][:, None]
        missed_slips[rows] *= 1.0 - seen * before * p.catalogue.slips_found[w, family][:, None]
        missed_errors[rows] *= 1.0 - seen * before * p.catalogue.errors_found[w, family][:, None]

    firms.slips_found[:] = 1.0 - missed_slips
    firms.errors_found[:] = 1.0 - missed_errors
