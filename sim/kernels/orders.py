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


@compiled
def place(habits, busy, month, placed, orders_new):  # type: ignore[no-untyped-def]
    """Write the whole orders of each customer, (customers,), and of each firm, (firms,); `busy` scales a firm's."""
    supplier, luck_, orders_month = habits
    this_month, nobody = spread_(key_(_ORDERS, month)), spread_(np.uint64(0))
    orders_new[:] = 0
    for c in range(len(supplier)):
        firm, orders = supplier[c], 0.0
        if firm >= 0:
            draw = unit_(joined_(joined_(luck_[c], this_month), nobody))
            orders = np.floor(orders_month[c] * busy[firm] + draw)
            orders_new[firm] += np.int64(orders)
        placed[c] = orders


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
    for c in range(len(supplier)):
        firm, was = supplier[c], bought_from[c]
        bought_from[c] = birth[firm] if firm >= 0 else -1
        if firm >= 0:
            customers[firm, segment[c]] += 1
            kept[firm, segment[c]] += birth[firm] == was
            orders[firm, segment[c]] += placed[c]
            of_group[firm] += group[c] * placed[c]
