"""Customers look around: a compiled loop over customers, each choosing among the few firms it sees."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim import luck
from sim.arrays import Bools, Floats, Ints, Keys
from sim.compiled import compiled
from sim.numerics import choice_key_, exp_, gumbel_, joined_, key_, spread_, uniform_, unit_
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
    beside: Floats         # utility that customers of the second kind gain besides
    reliability: Floats    # utility of its waits and faults for a usual customer
    log_price: Floats
    awareness: Floats
    attention: Floats      # (worlds,) chance to look around
    looks: Floats          # (worlds,) other firms seen, each once
    outside: Floats        # (worlds,) utility of buying elsewhere
    told: Floats           # (worlds,) chance to be told of a friend's firm
    leave_slope: Floats    # (worlds,) log chance to look around per satisfaction below the market's
    usual: Floats          # (worlds,) the market's satisfaction
    places: Ints           # (worlds,) addresses of firms, taken or not, among which a look falls; at least the slots


class Buyers(NamedTuple):
    """Customers (rows of all worlds, the same number in each); `supplier` and `satisfaction` are written."""

    supplier: Ints
    satisfaction: Floats
    luck: Keys
    segment: Ints
    price_weight: Floats
    care: Floats


# Nearly nobody looks around, so the pass over all customers has no branch: e to the x is at most 1/(1 − x).
@compiled
def _may_look(buyers, market, w, month, keen):  # type: ignore[no-untyped-def]
    """Write the customers of a world that may look around into `keen`, and some more; returns how many."""
    supplier, satisfaction, luck_ = buyers.supplier, buyers.satisfaction, buyers.luck
    chance, slope, usual = market.attention[w] * 1.000001, market.leave_slope[w], market.usual[w]
    this_month, nobody, found = spread_(key_(_LOOK, month)), spread_(np.uint64(0)), 0
    for c in range(w * len(keen), (w + 1) * len(keen)):
        draw = unit_(joined_(joined_(luck_[c], this_month), nobody))
        wish = -slope * (satisfaction[c] - usual) if supplier[c] >= 0 else 0.0
        keen[found] = c
        found += (draw * (1.0 - wish) <= chance) | (supplier[c] == SEARCHING)
    return found


# One loop in one piece: handing arrays on to helpers costs more than the loop itself.
@compiled
def look_around(buyers, month, market):  # type: ignore[no-untyped-def]
    """Move customers that look around to the firm they like best; who changes firm starts without a feeling."""
    supplier, satisfaction, luck_, segment, price_weight, care = buyers
    (is_open, key, value, beside, reliability, log_price, awareness, attention, looks, outside, told, leave_slope,
     usual, places) = market
    worlds = len(attention)
    slots, count = len(is_open) // worlds, len(supplier) // worlds
    spread = np.array([spread_(key[firm]) for firm in range(len(key))])
    attempts = np.array([spread_(np.uint64(attempt)) for attempt in range(MOST_ATTEMPTS)])
    keen, noticed = np.empty(count, dtype=np.int64), np.zeros(slots + 1, dtype=np.int64)
    met = np.empty(MOST_LOOKS + 2, dtype=np.int64)
    for w in range(worlds):
        before, first = supplier[w * count : (w + 1) * count].copy(), w * slots
        open_, noticed[:] = np.nonzero(is_open[first : first + slots])[0], 0
        for i in range(_may_look(buyers, market, w, month, keen)):
            c = keen[i]
            customer, current = luck_[c], supplier[c]
            if current != SEARCHING:
                wish = -leave_slope[w] * (satisfaction[c] - usual[w]) if current >= 0 else 0.0
                if not uniform_(customer, _LOOK, month, np.uint64(0)) < attention[w] * exp_(wish):
                    continue
            notice, sample = choice_key_(customer, _NOTICE, month), choice_key_(customer, _SAMPLE, month)
            known = 0
            for j in range(len(open_)):
                firm = first + open_[j]
                sees = (firm != current) & (unit_(joined_(notice, spread[firm])) < awareness[firm])
                noticed[open_[j]] = sees
                known += sees
            met[0], met[1], seen = current, OUTSIDE, 0
            talk = uniform_(customer, _FRIEND, month, np.uint64(0))
            if talk < told[w]:  # one friend tells of the firm it bought from, if any
                met[1] = before[min(int(talk / told[w] * count), count - 1)]
            for attempt in range(MOST_ATTEMPTS):  # each firm that is noticed is met once
                if seen >= looks[w] or seen == known:
                    break
                slot = min(int(unit_(joined_(sample, attempts[attempt])) * places[w]), places[w] - 1, slots)
                met[2 + seen] = first + slot
                seen += noticed[slot]
                noticed[slot] = 0
            taste = choice_key_(customer, _TASTE, month)
            best, liking = OUTSIDE, outside[w] + gumbel_(unit_(key_(taste, _OUTSIDE_KEY)))
            for j in range(2 + seen):
                firm = met[j]
                if firm >= 0:
                    offer = value[firm] + segment[c] * beside[firm]
                    offer += care[c] * reliability[firm] - price_weight[c] * log_price[firm]
                    draw = unit_(joined_(taste, spread[firm]))
                    if (1.0 - draw) * (1.0 - (offer - liking)) > 1.000001:  # so low a draw cannot make up for it
                        continue
                    firm_liking = offer + gumbel_(draw)
                    if firm_liking > liking:
                        best, liking = firm, firm_liking
            supplier[c] = best
            if best != current:
                satisfaction[c] = 0.0
