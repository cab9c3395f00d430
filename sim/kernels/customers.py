"""Customers look around: a compiled loop over customers, each choosing among the few firms it sees."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim import luck
from sim.arrays import Bools, Floats, Ints, Keys
from sim.compiled import compiled
from sim.numerics import choice_key_, exp_, gumbel_, key_, uniform_, unit_
from sim.state import OUTSIDE, SEARCHING

_LOOK, _SAMPLE = luck.label("demand.look"), luck.label("demand.sample")
_NOTICE, _TASTE = luck.label("demand.notice"), luck.label("demand.taste")
_OUTSIDE_KEY, _FRIEND = luck.label("demand.outside"), luck.label("demand.friend")
MOST_ATTEMPTS = 64
MOST_LOOKS = 10


class Market(NamedTuple):
    """What customers meet: firms (rows of all worlds), and numbers by world."""

    open: Bools
    luck: Keys
    value: Floats          # utility of a firm without reliability, price and taste
    reliability: Floats    # utility of its waits and faults for a usual customer
    log_price: Floats
    awareness: Floats
    attention: Floats      # (worlds,) chance to look around
    looks: Floats          # (worlds,) other firms seen, each once
    outside: Floats        # (worlds,) utility of buying elsewhere
    told: Floats           # (worlds,) chance to be told of a friend's firm
    leave_slope: Floats    # (worlds,) log chance to look around per satisfaction below the market's
    usual: Floats          # (worlds,) the market's satisfaction


class Buyers(NamedTuple):
    """Customers (rows of all worlds, the same number in each); `supplier` and `satisfaction` are written."""

    supplier: Ints
    satisfaction: Floats
    world: Ints
    luck: Keys
    price_weight: Floats
    care: Floats


@compiled
def _friends_firm(customer, before, first, count, told, month):  # type: ignore[no-untyped-def]
    """Firm of the one friend that a customer hears of, −1 where nobody says anything or the friend has none."""
    draw = uniform_(customer, _FRIEND, month, np.uint64(0))
    if not draw < told:
        return OUTSIDE
    return before[first + min(int(draw / told * count), count - 1)]


# One loop in one piece: handing arrays on to helpers costs more than the loop itself.
@compiled
def look_around(buyers, month, market):  # type: ignore[no-untyped-def]
    """Move customers that look around to the firm they like best; who changes firm starts without a feeling."""
    supplier, satisfaction, world, luck_, price_weight, care = buyers
    is_open, key, value, reliability, log_price, awareness, attention, looks, outside, told, leave_slope, usual = market
    slots, count = len(is_open) // len(attention), len(supplier) // len(attention)
    before = supplier.copy()
    met = np.empty(MOST_LOOKS, dtype=np.int64)
    for c in range(len(supplier)):
        w, customer, current = world[c], luck_[c], supplier[c]
        if current != SEARCHING:
            chance, draw = attention[w], uniform_(customer, _LOOK, month, np.uint64(0))
            wish = -leave_slope[w] * (satisfaction[c] - usual[w]) if current >= 0 else 0.0
            if draw >= chance and wish <= 0.0:  # most customers; the others are worth an exponential
                continue
            if not draw < chance * exp_(wish):
                continue
        taste = choice_key_(customer, _TASTE, month)
        sample, notice = choice_key_(customer, _SAMPLE, month), choice_key_(customer, _NOTICE, month)
        best, liking = OUTSIDE, outside[w] + gumbel_(unit_(key_(taste, _OUTSIDE_KEY)))
        for firm in (current, _friends_firm(customer, before, w * count, count, told[w], month)):
            if firm >= 0:
                offer = value[firm] + care[c] * reliability[firm] - price_weight[c] * log_price[firm]
                firm_liking = offer + gumbel_(unit_(key_(taste, key[firm])))
                if firm_liking > liking:
                    best, liking = firm, firm_liking
        seen = 0
        for attempt in range(MOST_ATTEMPTS):
            if seen >= looks[w]:
                break
            draw = unit_(key_(sample, np.uint64(attempt)))
            firm = w * slots + min(int(draw * slots), slots - 1)
            noticed = is_open[firm] & (firm != current) & (unit_(key_(notice, key[firm])) < awareness[firm])
            for other in range(seen):
                noticed &= met[other] != firm
            if not noticed:
                continue
            met[seen] = firm
            seen += 1
            offer = value[firm] + care[c] * reliability[firm] - price_weight[c] * log_price[firm]
            firm_liking = offer + gumbel_(unit_(key_(taste, key[firm])))
            if firm_liking > liking:
                best, liking = firm, firm_liking
        supplier[c] = best
        if best != current:
            satisfaction[c] = 0.0
