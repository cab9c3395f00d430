"""Customers order, and are counted: compiled loops over customers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim import luck
from sim.arrays import Floats, Ints, Keys
from sim.compiled import compiled
from sim.numerics import joined_, key_, spread_, unit_

_ORDERS = luck.label("orders")


class Habits(NamedTuple):
    """Customers (rows of all worlds): where they buy, their luck and how much they usually order a month."""

    supplier: Ints
    luck: Keys
    orders_month: Floats
    worlds: int            # how many they live in, the same number in each


@compiled
def place(habits, busy, month, placed, orders_new):  # type: ignore[no-untyped-def]
    """Write the whole orders of each customer, (customers,), and of each firm, (firms,); `busy` scales a firm's.

    Customers of worlds side by side that share their luck draw once.
    """
    supplier, luck_, orders_month, worlds = habits
    this_month, nobody = spread_(key_(_ORDERS, month)), spread_(np.uint64(0))
    count = len(supplier) // worlds
    draw = np.empty(count)
    orders_new[:] = 0
    for w in range(worlds):
        start = w * count
        if w == 0 or luck_[start] != luck_[start - count]:
            for i in range(count):
                draw[i] = unit_(joined_(joined_(luck_[start + i], this_month), nobody))
        for i in range(count):
            firm = supplier[start + i]
            buys = firm >= 0
            at = firm if buys else 0
            orders = np.floor(orders_month[start + i] * busy[at] + draw[i]) if buys else 0.0
            orders_new[at] += np.int64(orders)
            placed[start + i] = orders


class Counts(NamedTuple):
    """By firm and segment, (firms, segments): customers, those kept since last month, orders placed."""

    customers: Ints
    kept: Ints
    orders: Ints
    of_group: Ints         # (firms,) orders placed by customers of the group


@compiled
def count(buyers, birth, counts):  # type: ignore[no-untyped-def]
    """Count who buys where, who stayed and what was ordered; remember the birth of each customer's firm."""
    supplier, segment, group, placed, bought_from = buyers
    customers, kept, orders, of_group = counts
    customers[:], kept[:], orders[:], of_group[:] = 0, 0, 0, 0
    kinds = np.uint64(customers.shape[1])
    customers, kept, orders = customers.reshape(-1), kept.reshape(-1), orders.reshape(-1)
    for c in range(len(supplier)):
        firm, was = supplier[c], bought_from[c]
        bought_from[c] = birth[np.uint64(firm)] if firm >= 0 else -1
        if firm >= 0:
            at = np.uint64(firm)  # numbers without a sign need no look from the end
            cell = at * kinds + np.uint64(segment[c])
            customers[cell] += 1
            kept[cell] += birth[at] == was
            orders[cell] += placed[c]
            of_group[at] += group[c] * placed[c]
