"""Edges: what building them costs, and what their ends have to do by hand where they are missing."""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats
from sim.compiled import compiled, ufunc


def edge_usd(price_usd: Floats, priced: tuple[Floats, Floats], rigid: Floats) -> Floats:
    """Cost of building one edge of a tool at this price: a share of it up to a most, dearer where systems are rigid.

    `priced` is that share and that most, USD; `rigid` the surcharge, 0 where all is modular.
    """
    share, most_usd = priced
    return np.minimum(share * price_usd, most_usd) * (1.0 + rigid)


@compiled
def rekeying_hours_(per_edge: float, automated: float, missing: float) -> float:
    """Hours per order that copying by hand adds at a stage: only what tools handle there must be copied."""
    return per_edge * automated * missing


rekeying_hours = ufunc(rekeying_hours_, "float64", "float64", "float64", "float64")


def over(part: Floats, whole: Floats) -> Floats:
    """A part of the work that tools do at a stage over the whole of it; 0 where none is done; any one shape."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0.0)
