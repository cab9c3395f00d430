"""Integration (M5): data that no edge carries is keyed in again by hand, and some of it wrong.

A tool must exchange data with the stages that its catalogue entry names in pairs. Whether a firm builds those edges
with a tool is a decision of its own, apart from which tool it chooses. With a hub each tool needs one edge. What a tool
lacks is copied for the work that it does itself, not for what another tool does at the stage.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.formulas.integration import over
from sim.offers import comes_true, hub_at_work, tool_orders
from sim.world import World, mechanism


def edges_of(world: World, rows: Ints, family: Ints, hub: Bools) -> Floats:
    """Edges that a tool of each firm needs at each stage, (rows, stages); one in all where there is a hub."""
    p, w = world.params, world.firms.world[rows]
    dense, edges = p.environment.edge_density[w], p.catalogue.edges[w, family]
    one_of = np.where(hub, 1.0 / np.maximum(dense * edges, 1.0), 1.0)
    return (one_of * dense)[:, None] * p.catalogue.edges_at[w, family]


def nothing_missing(world: World) -> None:
    """No tool needs an edge."""
    world.firms.edges_missing[:] = 0.0


@mechanism("firms.edges_missing", neutral=nothing_missing, neutral_text="0 edges missing")
def miss_edges(world: World) -> None:
    """Edges lacking to the automated work of each stage, a mean over tools by the orders that each takes over there."""
    firms = world.firms
    lacking = world.tools_at_work & (firms.tool_usage > 0.0) & (firms.integrate == 0.0)[:, None]
    firms.edges_missing[:] = 0.0
    for slot in np.nonzero(lacking.any(axis=0))[0]:
        rows = np.nonzero(lacking[:, slot])[0]
        hub = hub_at_work(world, rows)
        family = firms.tool_family[rows, slot]
        used = firms.tool_usage[rows, slot] * (1.0 - firms.tool_held_back[rows, slot])
        used *= comes_true(world, rows, family)
        own = tool_orders(world, rows, family, firms.tool_units[rows, slot] * firms.tool_skill[rows, slot] * used)
        firms.edges_missing[rows] += edges_of(world, rows, family, hub) * over(own, firms.tool_orders[rows])
