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
            at = np.uint64(supplier[c])  # numbers without a sign need no look from the end
            felt[at] += satisfaction[c]
            buyers[at] += 1.0
    return buyers, felt


class Deliveries(NamedTuple):
    """What firms delivered this month, and numbers by world."""

    served: Bools          # (firms,) whether anything was delivered
    value: Floats          # (firms,) utility of wait, faults, price and ease
    beside: Floats         # (firms,) what customers of the second kind gain besides
    harm: Floats           # (firms,) what customers of the group lose by errors of machines besides
    usual: Floats          # (worlds,) the market's mean value
    usual_beside: Floats   # (worlds,) the market's mean of that
    drift: Floats          # (worlds,) part of the way that expectation moves there
    memory: Floats         # (worlds,) weight of earlier months
    loss_weight: Floats    # (worlds,)


@compiled
def feel(satisfaction, expectation, customers, deliveries):  # type: ignore[no-untyped-def]
    """Move satisfaction towards this month's feeling, expectation towards the market; both (customers,) in place.

    `customers` are their suppliers, segments and groups. Returns the mean satisfaction of those who buy from a firm,
    (worlds,), 0 where nobody does.
    """
    supplier, segment, group = customers
    served, value, beside, harm, usual_, usual_beside, drift_, memory_, loss_weight_ = deliveries
    felt_by_world = np.zeros(len(usual_))
    count = len(supplier) // len(usual_)
    for w in range(len(usual_)):
        usual, drift, memory, loss_weight = usual_[w], drift_[w], memory_[w], loss_weight_[w]
        felt, buyers = 0.0, 0.0
        for c in range(w * count, (w + 1) * count):
            firm = supplier[c]
            if firm >= 0:
                if served[firm]:
                    gap = value[firm] + segment[c] * beside[firm] - group[c] * harm[firm] - expectation[c]
                    weighed = loss_weight * gap
                    gap = weighed if gap < 0.0 else gap
                    satisfaction[c] = memory * satisfaction[c] + (1.0 - memory) * gap
                felt += satisfaction[c]
                buyers += 1.0
            expectation[c] += drift * (usual + segment[c] * usual_beside[w] - expectation[c])
        felt_by_world[w] = felt / max(buyers, 1.0)
    return felt_by_world
