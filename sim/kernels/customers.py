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
CAUTION = 1.000001
"""What a bound is widened by, a thousand million times the rounding error, before it decides."""


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
    places: int            # addresses of firms, taken or not, among which a look falls; at least the slots


class Buyers(NamedTuple):
    """Customers (rows of all worlds, the same number in each); `supplier` and `satisfaction` are written."""

    supplier: Ints
    satisfaction: Floats
    luck: Keys
    segment: Ints
    price_weight: Floats
    care: Floats


@compiled
def _twins_end(luck_, key, first, size):  # type: ignore[no-untyped-def]
    """The next world whose customers or firms have other luck than those of `first`; `size` says how many there are."""
    count, slots = size
    for w in range(first + 1, len(key) // slots):
        if luck_[w * count] != luck_[first * count]:
            return w
        for s in range(slots):
            if key[w * slots + s] != key[first * slots + s]:
                return w
    return len(key) // slots


# Nearly nobody looks around, so the passes over all customers have no branch: e to the x is at most 1/(1 − x).
@compiled
def _may_look(buyers, market, twins, month, found):  # type: ignore[no-untyped-def]
    """Write who may look around in any of the worlds `twins` (from, to) into `found`, and each one's draw."""
    supplier, satisfaction, luck_ = buyers.supplier, buyers.satisfaction, buyers.luck
    may, draw = found
    start, this_month, nobody = twins[0] * len(may), spread_(key_(_LOOK, month)), spread_(np.uint64(0))
    for i in range(len(may)):
        draw[i] = unit_(joined_(joined_(luck_[start + i], this_month), nobody))
        may[i] = False
    for w in range(twins[0], twins[1]):
        chance, slope, usual = market.attention[w] * CAUTION, market.leave_slope[w], market.usual[w]
        for i in range(len(may)):
            c = w * len(may) + i
            wish = -slope * (satisfaction[c] - usual) if supplier[c] >= 0 else 0.0
            may[i] |= (draw[i] * (1.0 - wish) <= chance) | (supplier[c] == SEARCHING)


# One loop in one piece: handing arrays on to helpers costs more than the loop itself.
@compiled
def look_around(buyers, month, market):  # type: ignore[no-untyped-def]
    """Move customers that look around to the firm they like best; who changes firm starts without a feeling.

    A customer of several worlds with one luck draws once for all of them.
    """
    supplier, satisfaction, luck_, segment, price_weight, care = buyers
    (is_open, key, value, beside, reliability, log_price, awareness, attention, looks, outside, told, leave_slope,
     usual, places) = market
    worlds = len(attention)
    slots, count = len(is_open) // worlds, len(supplier) // worlds
    seen_up_to = np.where(is_open, awareness, 0.0)
    attempts = np.array([spread_(np.uint64(attempt)) for attempt in range(MOST_ATTEMPTS)])
    may, look = np.empty(count, dtype=np.bool_), np.empty(count)
    noticing, tasting, liked = np.empty(slots), np.empty(slots), np.empty(slots)
    path, noticed = np.empty(slots + 1, dtype=np.int64), np.zeros(slots, dtype=np.int64)
    fresh = np.zeros(slots + 1, dtype=np.int64)
    met = np.empty(MOST_LOOKS + 2, dtype=np.int64)
    first = 0
    while first < worlds:
        end = _twins_end(luck_, key, first, (count, slots))
        _may_look(buyers, market, (first, end), month, (may, look))
        before = supplier[first * count : end * count].copy()
        spread = np.array([spread_(key[first * slots + s]) for s in range(slots)])
        for i in range(count):
            if not may[i]:
                continue
            customer, drawn, reached, asked = luck_[first * count + i], 0, 0, False
            for w in range(first, end):
                c = w * count + i
                current, draw = supplier[c], look[i]
                if current != SEARCHING:
                    wish = -leave_slope[w] * (satisfaction[c] - usual[w]) if current >= 0 else 0.0
                    if draw * (1.0 - wish) > attention[w] * CAUTION or not draw < attention[w] * exp_(wish):
                        continue
                if not asked:
                    asked = True
                    notice, sample = choice_key_(customer, _NOTICE, month), choice_key_(customer, _SAMPLE, month)
                    taste = choice_key_(customer, _TASTE, month)
                    talk = uniform_(customer, _FRIEND, month, np.uint64(0))
                    elsewhere = gumbel_(unit_(key_(taste, _OUTSIDE_KEY)))
                    for s in range(slots):
                        noticing[s] = unit_(joined_(notice, spread[s]))
                        tasting[s] = unit_(joined_(taste, spread[s]))
                        liked[s], fresh[s] = np.nan, 1
                known = 0
                for s in range(slots):
                    noticed[s] = noticing[s] < seen_up_to[w * slots + s]
                    known += noticed[s]
                if current >= 0:
                    known -= noticed[current - w * slots]
                    noticed[current - w * slots] = 0
                met[0], met[1], seen = current, OUTSIDE, 0
                if talk < told[w]:  # one friend tells of the firm it bought from, if any
                    met[1] = before[(w - first) * count + min(int(talk / told[w] * count), count - 1)]
                step, most = 0, min(int(np.ceil(looks[w])), known)
                while seen < most:  # each firm that is noticed is met once, in the order in which places are drawn
                    while step == reached and drawn < MOST_ATTEMPTS:
                        s = min(int(unit_(joined_(sample, attempts[drawn])) * places), places - 1, slots)
                        path[reached] = s
                        reached += fresh[s]
                        fresh[s] = 0
                        drawn += 1
                    if step == reached:
                        break
                    met[2 + seen] = w * slots + path[step]
                    seen += noticed[path[step]]
                    step += 1
                best, liking = OUTSIDE, outside[w] + elsewhere
                for j in range(2 + seen):
                    firm = met[j]
                    if firm >= 0:
                        offer = value[firm] + segment[c] * beside[firm]
                        offer += care[c] * reliability[firm] - price_weight[c] * log_price[firm]
                        s = firm - w * slots
                        # So low a draw cannot make up for it.
                        if (1.0 - tasting[s]) * (1.0 - (offer - liking)) > CAUTION:
                            continue
                        if liked[s] != liked[s]:
                            liked[s] = gumbel_(tasting[s])
                        firm_liking = offer + liked[s]
                        if firm_liking > liking:
                            best, liking = firm, firm_liking
                supplier[c] = best
                if best != current:
                    satisfaction[c] = 0.0
        first = end
