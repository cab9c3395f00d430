"""How stages make orders: capacities, the chain, and where hands are needed.

Tools first, people for the rest. Stages are near-Leontief complements: the slowest sets the pace (Goldratt and Cox
1984; CES form with strong complementarity).
"""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Bools, Floats

PLAIN_MINIMUM = -1000.0


def stage_capacity(
    hands: Floats, tools: Floats, automatable_cap: Floats, equipment: Floats
) -> Floats:
    """Orders per month a stage can do; all arguments in orders/month (cap: share) and of one shape.

    `hands` is what people alone would do, `tools` what tools can take over. People must still do their part of every
    order, and equipment limits both.
    """
    return np.minimum(np.minimum(hands + tools, hands / (1.0 - automatable_cap)), equipment)


def automated_share(load: Floats, tools: Floats, automatable_cap: Floats) -> Floats:
    """Share of the work at a stage that tools do, given its load in orders/month; 0 where there is no load."""
    share = np.divide(tools, load, out=np.zeros_like(tools), where=load > 0.0)
    return np.minimum(share, np.where(load > 0.0, automatable_cap, 0.0))


def chain_throughput(capacity: Floats, chain: Bools, rho: Floats) -> Floats:
    """Orders per month of a chain: capacity (firms, stages), chain (firms, stages), rho (firms,) -> (firms,).

    CES mean around the slowest stage; the plain minimum for rho of −1000 or less; 0 where a chain stage is 0.
    """
    slowest = np.where(chain, capacity, np.inf).min(axis=1)
    plain = (rho <= PLAIN_MINIMUM) | (slowest <= 0.0)
    base = np.where(plain, 1.0, slowest)
    exponent = np.where(plain, 1.0, rho)
    relative = np.where(chain, capacity / base[:, None], 1.0)
    powers = np.where(chain, numerics.power(relative, exponent[:, None]), 0.0)
    mean = numerics.row_sum(powers) / numerics.row_sum(chain.astype(np.float64))
    return np.where(plain, slowest, base * numerics.power(np.where(plain, 1.0, mean), 1.0 / exponent))


def slowest_stage(capacity: Floats, chain: Bools) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Number of the chain stage with the least capacity, shape (firms,)."""
    return np.where(chain, capacity, np.inf).argmin(axis=1)


def help_out(fixed: Floats, needed: Floats, pool: Floats, chain: Bools) -> Floats:
    """Hours at each chain stage once the pool has gone to the stages shortest of hands.

    fixed, needed (firms, stages) hours; pool (firms,) hours. Every stage below the common cover gets enough to reach
    it, the others keep what they have. Where nothing is needed the pool stays spread as the fixed hours are. Returns
    (firms, stages) hours.
    """
    in_need = chain & (needed > 0.0)
    cover = _cover(fixed, needed, pool, in_need)
    own = np.where(chain, fixed, 0.0)
    total = numerics.row_sum(own)
    spread = own * (1.0 + pool / np.where(total > 0.0, total, 1.0))[:, None]
    helped = np.where(in_need, np.maximum(fixed, cover[:, None] * needed), own)
    return np.where(np.any(in_need, axis=1, keepdims=True), helped, spread)


def _cover(fixed: Floats, needed: Floats, pool: Floats, in_need: Bools) -> Floats:
    """Cover (hours over hours needed) that the pool lifts the shortest stages to; 0 where nothing is needed."""
    short = in_need
    cover = np.zeros_like(pool)
    for _ in range(fixed.shape[1]):
        have = pool + numerics.row_sum(np.where(short, fixed, 0.0))
        want = numerics.row_sum(np.where(short, needed, 0.0))
        cover = np.divide(have, want, out=np.zeros_like(have), where=want > 0.0)
        short = in_need & (fixed < cover[:, None] * needed)
    return cover
