"""Aims: an owner with targets looks back at the end of each year; what is reached gives its weight to the rest.

A goal that is specific, measured and has an end (Doran 1981) stops asking for effort once it is met. The figures stand
in any firm's books: hours for an order, orders, faulty orders, customers that stay, orders of the second kind.
"""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Floats, Ints
from sim.world import World, as_it_was, mechanism

YEAR = 12


@mechanism(
    "firms.aim_months firms.aim_sum firms.aim_first firms.aim_last",
    neutral=as_it_was, neutral_text="no objective is ever reached",
)
def look_back(world: World) -> None:
    """Owners with targets add up this month's figures; a year's end closes the year."""
    firms = world.firms
    rows = np.nonzero(firms.open & firms.targets.any(axis=1))[0]
    if not len(rows):
        return
    total, months = firms.aim_sum[rows] + figures(world, rows), firms.aim_months[rows] + 1
    ends, first = (months % YEAR == 0)[:, None], (months == YEAR)[:, None]

    firms.aim_months[rows] = months
    firms.aim_last[rows] = np.where(ends, total / YEAR, firms.aim_last[rows])
    firms.aim_first[rows] = np.where(first, total / YEAR, firms.aim_first[rows])
    firms.aim_sum[rows] = np.where(ends, 0.0, total)


def figures(world: World, rows: Ints) -> Floats:
    """This month's figure of each objective, in the order of OBJECTIVES; (rows, objectives)."""
    firms = world.firms
    served = np.maximum(firms.orders_served[rows], 1)
    had = np.maximum(firms.customers_had[rows].sum(axis=1), 1)
    return np.stack([
        numerics.row_sum(firms.people_hours[rows]) / served,
        firms.orders_new[rows].astype(np.float64),
        firms.orders_faulty[rows] / served,
        firms.customers_kept[rows].sum(axis=1) / had,
        firms.orders_segment[rows, 1].astype(np.float64),
    ], axis=1)
