"""What a firm's tools lay open: data a thief would find, and orders that a machine handles without a person."""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Floats
from sim.world import World


def exposure(world: World) -> Floats:
    """Exposure of the tools at work, edges included, added up; (firms,)."""
    firms, catalogue = world.firms, world.params.catalogue
    w, family = firms.world[:, None], np.where(world.tools_at_work, firms.tool_family, 0)
    edges = world.params.environment.edge_density[w] * catalogue.edges[w, family]
    doors = world.params.incidents.edge_exposure[w] * edges * firms.integrate[:, None]
    in_place = world.tools_at_work * (1.0 - firms.tool_held_back)
    return numerics.row_sum(in_place * catalogue.exposure[w, family] * (1.0 + doors))


def through_machines(world: World, weight: Floats) -> Floats:
    """Share of orders through tools at work, weighed by family, at most 1; weight (worlds, families) -> (firms,)."""
    firms, catalogue = world.firms, world.params.catalogue
    w, family = firms.world[:, None], np.where(world.tools_at_work, firms.tool_family, 0)
    main_stage = catalogue.main_stage[w, family].astype(np.int64)
    share = np.take_along_axis(firms.automated_share, main_stage, axis=1)
    return np.minimum(numerics.row_sum(world.tools_at_work * weight[w, family] * share), 1.0)
