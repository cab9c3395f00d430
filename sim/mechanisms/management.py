"""Management: the owner's hours are spent once, and processes erode where nobody keeps them up.

Management practices explain process quality, hiring and survival (Bloom and Van Reenen 2007); owners work 160 to 220
hours a month, and what assessment or a project takes, the shop floor loses.
"""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.world import World, as_it_was, mechanism


def no_claims(world: World) -> None:
    """Projects claim none of the owner's hours."""
    hours = world.params.management.owner_hours_month[world.firms.world]
    world.firms.owner_hours[:] = np.where(world.firms.open, hours, 0.0)


@mechanism("firms.owner_hours", neutral=no_claims, neutral_text="projects claim 0 of the owner's hours")
def plan_the_owners_month(world: World) -> None:
    """Give each owner a month of hours, less the supervision of projects under way and talks about them."""
    firms, p, w = world.firms, world.params.management, world.firms.world
    under_way = world.busy_slots.any(axis=1)
    talks = world.params.acceptance.involvement_hours_month[w] * firms.involvement
    free = p.owner_hours_month[w] - (p.supervision_hours_month[w] + talks) * under_way
    firms.owner_hours[:] = np.where(firms.open, np.maximum(free, 0.0), 0.0)


@mechanism("firms.process_quality", neutral=as_it_was, neutral_text="erosion 0")
def wear_down_processes(world: World) -> None:
    """Improvements erode back to what the owner sustains, more slowly under a good owner."""
    firms, p, w = world.firms, world.params, world.firms.world
    care = numerics.exp(-p.management.upkeep_effect[w] * firms.owner_quality)
    lost = np.minimum(p.rework.erosion_month[w] * care, 1.0)[:, None]
    firms.process_quality[:] = firms.process_quality - lost * (firms.process_quality - firms.quality_kept)
