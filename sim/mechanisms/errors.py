"""Errors (M3): processes err systematically, hands slip; tools replicate the first and remove the second.

A stage whose work is automated may copy what the process got wrong further up the chain. A machine that inspects finds
part of all this before an order leaves the house (`inspection.py`), a copy where it is made; what it finds is redone.
"""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.formulas.errors import ErrorRates, copied_share, edge_fault_share, fault_share, faults, shown_share
from sim.world import World, mechanism


def no_errors(world: World) -> None:
    """Nothing goes wrong."""
    world.firms.fault_share[:] = world.firms.faults_shown[:] = 0.0


@mechanism("firms.fault_share firms.faults_shown", neutral=no_errors, neutral_text="0 faulty orders")
def make_errors(world: World) -> None:
    """Share of this month's orders that go wrong somewhere along the chain, and of those that a machine finds."""
    firms, p, w = world.firms, world.params, world.firms.world
    rates = ErrorRates(*(
        rate[w][:, None] for rate in (p.errors.systematic_share, p.errors.caught_share, p.errors.slip_share)
    ))
    weight = p.sector.error_weight[w]
    by_stage = fault_share(firms.process_quality, firms.automated_share, weight, rates)
    per_edge = p.integration.error_share[w][:, None]
    by_stage = by_stage + edge_fault_share(firms.automated_share, firms.edges_missing, per_edge)
    made = faults(firms.process_quality, firms.automated_share, rates)
    in_chain = np.where(p.sector.chain[w] > 0.0, firms.automated_share, 0.0)
    copies = copied_share(weight * made.systematic, in_chain, p.errors.copied_downstream[w][:, None])
    shown = shown_share(made, weight, firms.errors_found, firms.slips_found) + copies * firms.errors_found
    firms.fault_share[:] = np.where(firms.open, np.minimum(numerics.row_sum(by_stage + copies), 1.0), 0.0)
    firms.faults_shown[:] = np.where(firms.open, np.minimum(numerics.row_sum(shown), 1.0), 0.0)
