"""How many orders go wrong: systematic errors of the process, slips of the hand.

People catch part of the systematic errors; automation replicates them and removes slips. Automating therefore raises
errors where the process is worse than a crossing and lowers them where it is better; no multiplier says so. What a
process got wrong further up the chain, an automated stage may do once more. All rates are shares of orders, so errors
grow with volume.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

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


def copied_share(systematic: Floats, automated: Floats, copied: Floats) -> Floats:
    """Share of orders that each stage spoils besides, because its tools repeat what went wrong further up.

    `systematic`: share of orders gone wrong by the process, weight included, and `automated`, (…, stages) in the order
    of the chain, 0 outside it; `copied`: orders spoiled besides per error and fully automated stage.
    """
    further_up = np.zeros_like(systematic)
    further_up[..., 1:] = np.cumsum(systematic[..., :-1], axis=-1)
    return copied * automated * further_up


def passed_on(automated: Floats, copied: Floats) -> Floats:
    """Copies that stages further down make of one systematic error of each stage, (…, stages) as in `copied_share`."""
    further_down = np.zeros_like(automated)
    further_down[..., :-1] = np.cumsum(automated[..., :0:-1], axis=-1)[..., ::-1]
    return copied * further_down


def crossing_quality(
    rates: ErrorRates, edge_faults: Floats | float = 0.0, copied_here: Floats | float = 0.0,
    copied_on: Floats | float = 0.0,
) -> Floats:
    """Process quality below which automating a stage makes the firm's errors more.

    Over the stage's weight, per automated order: `edge_faults` for want of edges, `copied_here` of errors made further
    up. `copied_on`: copies made further down of one error of the stage. All three raise the crossing; at 1 and above
    automating makes any process worse.
    """
    own = rates.caught * rates.systematic * (1.0 + copied_on)
    return 1.0 - (rates.slip - edge_faults - copied_here) / own
