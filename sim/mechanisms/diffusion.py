"""Diffusion (M16): who owns which tool is counted; next month's talk hears of it."""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.state import EXPANSION, NO_TOOL
from sim.world import World, mechanism


@mechanism("worlds.adopted")
def count_owners(world: World) -> None:
    """The share of open firms that own each tool family, bought or in use."""
    firms, families = world.firms, world.worlds.adopted.shape[1]
    tool = firms.open[:, None] & (firms.tool_family != NO_TOOL) & (firms.tool_family < EXPANSION)
    place = firms.world[:, None] * families + firms.tool_family
    owners = numerics.count_by(place[tool], world.worlds.adopted.size).reshape(-1, families)
    open_firms = world.sum_by_world(firms.world, firms.open.astype(np.float64))
    world.worlds.adopted[:] = owners / np.maximum(open_firms, 1.0)[:, None]
