"""How many orders go wrong: systematic errors of the process, slips of the hand.

People catch part of the systematic errors; automation replicates them and removes slips. Automating therefore raises
errors where the process is worse than a crossing and lowers them where it is better; no multiplier says so.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.arrays import Floats


class ErrorRates(NamedTuple):
    """Shares of orders: systematic errors of a worthless process, the part people catch, slips by hand."""

    systematic: Floats
    caught: Floats
    slip: Floats


def fault_share(quality: Floats, automated: Floats, weight: Floats, rates: ErrorRates) -> Floats:
    """Share of orders that a stage gets wrong; quality, automated and weight (the stage's part) of one shape."""
    systematic = rates.systematic * (1.0 - quality) * (1.0 - rates.caught * (1.0 - automated))
    slips = rates.slip * (1.0 - automated)
    return weight * (systematic + slips)


def edge_fault_share(automated: Floats, missing: Floats, per_edge: Floats) -> Floats:
    """Share of orders gone wrong for want of edges: more the more of the stage's work is automated."""
    return per_edge * automated * missing


def crossing_quality(rates: ErrorRates, edge_faults: Floats | float = 0.0) -> Floats:
    """Process quality below which automating a stage makes it worse.

    `edge_faults`: faults per automated order for want of edges, over the stage's weight; they raise the crossing.
    """
    return 1.0 - (rates.slip - edge_faults) / (rates.caught * rates.systematic)
