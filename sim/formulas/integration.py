"""Edges: what building them costs, and what their ends have to do by hand where they are missing."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats


def edge_cost_share(per_edge: Floats, surcharge: Floats, modularity: Floats) -> Floats:
    """Cost of building one edge over the tool's price: dearer the less modular the systems are."""
    return per_edge * (1.0 + surcharge * (1.0 - modularity))


def rekeying_hours(per_edge: Floats, automated: Floats, missing: Floats) -> Floats:
    """Hours per order that copying by hand adds at a stage: only what tools handle there must be copied."""
    return per_edge * automated * missing


def over(part: Floats, whole: Floats) -> Floats:
    """A part of the work that tools do at a stage over the whole of it; 0 where none is done; any one shape."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0.0)
