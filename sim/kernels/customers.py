"""Customers look around: a compiled loop over customers, each choosing among the few firms it sees."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim import luck
from sim.arrays import Bools, Floats, Keys
from sim.compiled import compiled
from sim.numerics import gumbel_, uniform_
from sim.state import OUTSIDE, SEARCHING

_LOOK, _SAMPLE = luck.label("demand.look"), luck.label("demand.sample")
_NOTICE, _TASTE = luck.label("demand.notice"), luck.label("demand.taste")
_OUTSIDE_KEY = luck.label("demand.outside")
MOST_ATTEMPTS = 64
MOST_LOOKS = 10


class Market(NamedTuple):
    """What customers meet: firms (rows of all worlds), and numbers by world."""

    open: Bools
    luck: Keys
    value: Floats          # utility of a firm without price and taste
    log_price: Floats
    awareness: Floats
    attention: Floats      # (worlds,) chance to look around
    looks: Floats          # (worlds,) other firms seen, each once
    outside: Floats        # (worlds,) utility of buying elsewhere


@compiled
def _taste(customer, firm, month):  # type: ignore[no-untyped-def]
    """Taste of a customer for a firm (both by luck key) this month."""
    return gumbel_(uniform_(customer, _TASTE, month, firm))


# One loop in one piece: handing arrays on to helpers costs more than the loop itself.
@compiled
def look_around(supplier, world, luck_, price_weight, month, market):  # type: ignore[no-untyped-def]
    """Move customers that look around to the firm they like best; writes `supplier` (customers,) in place."""
    is_open, key, value, log_price, awareness, attention, looks, outside = market
    slots = len(is_open) // len(attention)
    met = np.empty(MOST_LOOKS, dtype=np.int64)
    for c in range(len(supplier)):
        w, customer, current = world[c], luck_[c], supplier[c]
        if current != SEARCHING and not uniform_(customer, _LOOK, month, np.uint64(0)) < attention[w]:
            continue
        best, liking = OUTSIDE, outside[w] + _taste(customer, _OUTSIDE_KEY, month)
        if current >= 0:
            firm_liking = value[current] - price_weight[c] * log_price[current] + _taste(customer, key[current], month)
            if firm_liking > liking:
                best, liking = current, firm_liking
        seen = 0
        for attempt in range(MOST_ATTEMPTS):
            if seen >= looks[w]:
                break
            draw = uniform_(customer, _SAMPLE, month, np.uint64(attempt))
            firm = w * slots + min(int(draw * slots), slots - 1)
            if firm == current or not is_open[firm] or firm in met[:seen]:
                continue
            if not uniform_(customer, _NOTICE, month, key[firm]) < awareness[firm]:
                continue
            met[seen] = firm
            seen += 1
            firm_liking = value[firm] - price_weight[c] * log_price[firm] + _taste(customer, key[firm], month)
            if firm_liking > liking:
                best, liking = firm, firm_liking
        supplier[c] = best
