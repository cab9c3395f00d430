"""Customers feel what they got: a compiled loop over customers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.arrays import Bools, Floats
from sim.compiled import compiled


@compiled
def felt_by_firm(satisfaction, supplier, firms):  # type: ignore[no-untyped-def]
    """Customers and the sum of their satisfaction by firm, two arrays (firms,)."""
    felt, buyers = np.zeros(firms), np.zeros(firms)
    for c in range(len(supplier)):
        if supplier[c] >= 0:
            felt[supplier[c]] += satisfaction[c]
            buyers[supplier[c]] += 1.0
    return buyers, felt


class Deliveries(NamedTuple):
    """What firms delivered this month, and numbers by world."""

    served: Bools          # (firms,) whether anything was delivered
    value: Floats          # (firms,) utility of wait, faults, price and ease
    usual: Floats          # (worlds,) the market's mean value
    drift: Floats          # (worlds,) part of the way that expectation moves there
    memory: Floats         # (worlds,) weight of earlier months
    loss_weight: Floats    # (worlds,)


@compiled
def feel(satisfaction, expectation, supplier, world, deliveries):  # type: ignore[no-untyped-def]
    """Move satisfaction towards this month's feeling, expectation towards the market; both (customers,) in place.

    Returns the mean satisfaction of those who buy from a firm, (worlds,), 0 where nobody does.
    """
    served, value, usual, drift, memory, loss_weight = deliveries
    felt, buyers = np.zeros(len(usual)), np.zeros(len(usual))
    for c in range(len(supplier)):
        w, firm = world[c], supplier[c]
        if firm >= 0 and served[firm]:
            gap = value[firm] - expectation[c]
            if gap < 0.0:
                gap *= loss_weight[w]
            satisfaction[c] = memory[w] * satisfaction[c] + (1.0 - memory[w]) * gap
        expectation[c] += drift[w] * (usual[w] - expectation[c])
        if firm >= 0:
            felt[w] += satisfaction[c]
            buyers[w] += 1.0
    return felt / np.maximum(buyers, 1.0)
