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


class Faults(NamedTuple):
    """Shares of orders that a stage gets wrong, over the stage's weight: by the process, by a slip of the hand."""

    systematic: Floats
    slips: Floats


def faults(quality: Floats, automated: Floats, rates: ErrorRates) -> Faults:
    """What goes wrong at a stage; quality and automated share of one shape."""
    systematic = rates.systematic * (1.0 - quality) * (1.0 - rates.caught * (1.0 - automated))
    return Faults(systematic, rates.slip * (1.0 - automated))


def fault_share(quality: Floats, automated: Floats, weight: Floats, rates: ErrorRates) -> Floats:
    """Share of orders that a stage gets wrong; quality, automated and weight (the stage's part) of one shape."""
    made = faults(quality, automated, rates)
    return weight * (made.systematic + made.slips)


def shown_share(made: Faults, weight: Floats, errors_found: Floats, slips_found: Floats) -> Floats:
    """Share of orders gone wrong at a stage that a machine finds later on; all of one shape."""
    return weight * (made.systematic * errors_found + made.slips * slips_found)


def edge_fault_share(automated: Floats, missing: Floats, per_edge: Floats) -> Floats:
    """Share of orders gone wrong for want of edges: more the more of the stage's work is automated."""
    return per_edge * automated * missing


def crossing_quality(rates: ErrorRates, edge_faults: Floats | float = 0.0) -> Floats:
    """Process quality below which automating a stage makes it worse.

    `edge_faults`: faults per automated order for want of edges, over the stage's weight; they raise the crossing.
    """
    return 1.0 - (rates.slip - edge_faults) / (rates.caught * rates.systematic)
