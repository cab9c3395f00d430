"""Customers look around: a compiled loop over customers, each choosing among the few firms it sees."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from sim import luck
from sim.numerics import Bools, Floats, Keys, gumbel_, uniform_
from sim.state import OUTSIDE, SEARCHING

_LOOK, _SAMPLE = luck.label("demand.look"), luck.label("demand.sample")
_NOTICE, _TASTE = luck.label("demand.notice"), luck.label("demand.taste")
_OUTSIDE_KEY = luck.label("demand.outside")
MOST_ATTEMPTS = 48


class Market(NamedTuple):
    """What customers meet: firms (rows of all worlds), and numbers by world."""

    open: Bools
    luck: Keys
    value: Floats          # utility of a firm without price and taste
    log_price: Floats
    awareness: Floats
    attention: Floats      # (worlds,) chance to look around
    looks: Floats          # (worlds,) other firms seen
    outside: Floats        # (worlds,) utility of buying elsewhere


@njit(cache=True)
def _liking(customer, firm, price_weight, month, market):  # type: ignore[no-untyped-def]
    """Utility of one firm for one customer this month."""
    taste = gumbel_(uniform_(customer, _TASTE, month, market.luck[firm]))
    return market.value[firm] - price_weight * market.log_price[firm] + taste


@njit(cache=True)
def look_around(supplier, world, luck_, price_weight, month, market):  # type: ignore[no-untyped-def]
    """Move customers that look around to the firm they like best; writes `supplier` (customers,) in place."""
    slots = len(market.open) // len(market.attention)
    for c in range(len(supplier)):
        w = world[c]
        searching = supplier[c] == SEARCHING
        if not searching and not uniform_(luck_[c], _LOOK, month, np.uint64(0)) < market.attention[w]:
            continue
        best = OUTSIDE
        liking = market.outside[w] + gumbel_(uniform_(luck_[c], _TASTE, month, _OUTSIDE_KEY))
        current = supplier[c]
        if current >= 0:
            current_liking = _liking(luck_[c], current, price_weight[c], month, market)
            if current_liking > liking:
                best, liking = current, current_liking
        seen = 0.0
        for attempt in range(MOST_ATTEMPTS):
            if seen >= market.looks[w]:
                break
            draw = uniform_(luck_[c], _SAMPLE, month, np.uint64(attempt))
            firm = w * slots + min(int(draw * slots), slots - 1)
            if firm == current or not market.open[firm]:
                continue
            if not uniform_(luck_[c], _NOTICE, month, market.luck[firm]) < market.awareness[firm]:
                continue
            seen += 1.0
            firm_liking = _liking(luck_[c], firm, price_weight[c], month, market)
            if firm_liking > liking:
                best, liking = firm, firm_liking
        supplier[c] = best


