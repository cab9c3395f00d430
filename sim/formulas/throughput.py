"""How stages make orders: capacities, the chain, and where hands are needed.

Tools first, people for the rest. Stages are near-Leontief complements: the slowest sets the pace (Goldratt and Cox
1984; CES form with strong complementarity).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.arrays import Bools, Floats
from sim.compiled import compiled, ufunc
from sim.numerics import power_

PLAIN_MINIMUM = -1000.0


@compiled
def stage_capacity_(hands: float, tools: float, automatable_cap: float, equipment: float) -> float:
    """Orders per month a stage can do; all arguments in orders/month (cap: share).

    `hands` is what people alone would do, `tools` what tools can take over. People must still do their part of every
    order, and equipment limits both.
    """
    return np.minimum(np.minimum(hands + tools, hands / (1.0 - automatable_cap)), equipment)


@compiled
def automated_share_(load: float, tools: float, automatable_cap: float) -> float:
    """Share of the work at a stage that tools do, given its load in orders/month; 0 where there is no load."""
    busy = load > 0.0
    share = np.minimum(tools / (load if busy else 1.0), automatable_cap)
    return share if busy else 0.0


stage_capacity = ufunc(stage_capacity_, "float64", "float64", "float64", "float64", "float64")
automated_share = ufunc(automated_share_, "float64", "float64", "float64", "float64")


@compiled
def chain_throughput(capacity, chain, rho):  # type: ignore[no-untyped-def]
    """Orders per month of a chain: capacity (firms, stages), chain (firms, stages), rho (firms,) -> (firms,).

    CES mean around the slowest stage; the plain minimum for rho of −1000 or less; 0 where a chain stage is 0.
    """
    firms, stages = capacity.shape
    orders = np.empty(firms)
    for f in range(firms):
        slowest, powers, count = np.inf, 0.0, 0.0
        for s in range(stages):
            if chain[f, s]:
                slowest = min(slowest, capacity[f, s])
        orders[f] = slowest
        if not (rho[f] <= PLAIN_MINIMUM or slowest <= 0.0):  # what is no number stays none
            for s in range(stages):
                if chain[f, s]:
                    # The slowest stage itself, over which all are measured, is 1 to whatever power.
                    powers += 1.0 if capacity[f, s] == slowest else power_(capacity[f, s] / slowest, rho[f])
                    count += 1.0
            orders[f] = slowest * power_(powers / max(count, 1.0), 1.0 / rho[f])
    return orders


@compiled
def slowest_pace(capacity, chain):  # type: ignore[no-untyped-def]
    """The least capacity of a chain stage; (firms, stages) both -> (firms,), infinite without a chain stage."""
    pace = np.full(len(capacity), np.inf)
    for f in range(len(capacity)):
        for s in range(capacity.shape[1]):
            if chain[f, s]:
                pace[f] = min(pace[f], capacity[f, s])
    return pace


def slowest_stage(capacity: Floats, chain: Bools) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Number of the chain stage with the least capacity, shape (firms,)."""
    return np.where(chain, capacity, np.inf).argmin(axis=1)


class Work(NamedTuple):
    """What stages of a chain ask of people: hours per order, orders that tools take over, automatable cap.

    All (firms, stages); stages outside the chain ask for nothing.
    """

    hours_order: Floats
    tools: Floats
    cap: Floats
    chain: Bools

    def hours(self, orders: Floats) -> Floats:
        """Hours that people must bring to each stage for a capacity of so many orders, (firms,) -> (firms, stages)."""
        level = orders[:, None]
        by_hand = np.maximum(level - self.tools, (1.0 - self.cap) * level)
        return np.where(self.chain, self.hours_order * by_hand, 0.0)


def help_out(fixed: Floats, pool: Floats, work: Work) -> Floats:
    """Hours at each chain stage once the pool has gone to the stages that could do the fewest orders.

    fixed (firms, stages) hours; pool (firms,) hours. Every stage below the common level gets enough hours to reach
    it, the others keep what they have. Returns (firms, stages) hours, 0 outside the chain.
    """
    own = np.where(work.chain, fixed, 0.0)
    level = _common_level(own, pool, work.hours_order, work.tools, work.cap, work.chain)
    return np.maximum(own, work.hours(level))


# One loop in one piece: every firm takes as many steps as its line has corners, most of them two or three.
@compiled
def _common_level(fixed, pool, hours_order, tools, cap, chain):  # type: ignore[no-untyped-def]
    """Orders that the pool lifts the weakest stages to, (firms,).

    The hours asked beyond those there grow with the level, ever faster: a convex broken line. Tangents from above meet
    the pool after as many steps as the line has corners.
    """
    firms, stages = fixed.shape
    levels = np.zeros(firms)
    for f in range(firms):
        level = 0.0
        for step in range(2 * stages):
            own, saved, want = 0.0, 0.0, 0.0
            for s in range(stages):
                by_hand = max(level - tools[f, s], (1.0 - cap[f, s]) * level)
                enough = step > 0 and fixed[f, s] >= hours_order[f, s] * by_hand
                if enough or not chain[f, s] or hours_order[f, s] <= 0.0:
                    continue
                own += fixed[f, s]
                if step > 0 and tools[f, s] > cap[f, s] * level:
                    want += hours_order[f, s] * (1.0 - cap[f, s])
                else:
                    want += hours_order[f, s]
                    saved += hours_order[f, s] * tools[f, s]
            met = (pool[f] + own + saved) / want if want > 0.0 else 0.0
            settled = met == level
            level = met
            if settled:
                break
        levels[f] = level
    return levels
