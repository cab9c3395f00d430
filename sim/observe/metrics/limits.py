"""What limits the small firms of a market: the question of business surveys (fact F41), answered by the model's months.

A firm that served every order is limited by demand; one that could not, by the equipment or the hands of its slowest
step; beside that, one whose account is overdrawn is limited by finance. Everything that follows hangs on these shares,
so they are told for the start of a run: the first year, a whole calendar in which little that was bought works yet.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.arrays import Bools, Floats
from sim.mechanisms.throughput import DEMAND_IS_THE_LIMIT
from sim.observe.metrics.base import YEAR, Lived, Month, Monthly, Overall
from sim.state import Firms


def by_demand(firms: Firms) -> Bools:
    """Firms that served every order, (firms,)."""
    return firms.bottleneck == DEMAND_IS_THE_LIMIT


def by_equipment(firms: Firms) -> Bools:
    """Firms held back at a step whose equipment was used up, (firms,)."""
    rows, slowest = np.arange(len(firms.world)), np.minimum(firms.bottleneck, DEMAND_IS_THE_LIMIT - 1)
    most = firms.equipment_orders[rows, slowest] * (1.0 + firms.equipment_bonus[rows, slowest])
    return ~by_demand(firms) & (firms.capacity[rows, slowest] >= most * (1.0 - 1e-9))


def by_labour(firms: Firms) -> Bools:
    """Firms held back at a step that lacked hours, (firms,)."""
    return ~(by_demand(firms) | by_equipment(firms))


def by_finance(firms: Firms) -> Bools:
    """Firms whose account is overdrawn, (firms,)."""
    return firms.cash_cents < 0


def _share(limited: Callable[[Firms], Bools]) -> Callable[[Month], Floats]:
    """Takes the share of a market's small firms that are limited like this."""
    def of(month: Month) -> Floats:
        firms = month.firms
        small = firms.open & ~firms.large
        counted = month.world.sum_by_world(firms.world, small.astype(np.float64))
        those = month.world.sum_by_world(firms.world, (small & limited(firms)).astype(np.float64))
        return (those / np.maximum(counted, 1.0))[month.w]
    return of


def _at_the_start(name: str) -> Callable[[Lived], Floats]:
    """Takes the mean of a monthly metric over the first twelve months."""
    return lambda run: run[name][:, :YEAR].mean(axis=1)


SCALARS = (
    Overall("limited_by_demand_start", "share of firms", "Small firms limited by demand",
            "served every order; whole market, first year", of=_at_the_start("limited_by_demand")),
    Overall("limited_by_labour_start", "share of firms", "Small firms limited by hands",
            "the slowest step lacked hours; whole market, first year", of=_at_the_start("limited_by_labour")),
    Overall("limited_by_equipment_start", "share of firms", "Small firms limited by equipment",
            "the slowest step's equipment was used up; whole market, first year",
            of=_at_the_start("limited_by_equipment")),
    Overall("limited_by_finance_start", "share of firms", "Small firms limited by finance",
            "account overdrawn, whatever else limited them; whole market, first year",
            of=_at_the_start("limited_by_finance")),
)

SERIES = (
    Monthly("limited_by_demand", "share of firms", "Small firms limited by demand",
            "served every order; whole market", of=_share(by_demand), closed=None),
    Monthly("limited_by_labour", "share of firms", "Small firms limited by hands",
            "the slowest step lacked hours; whole market", of=_share(by_labour), closed=None),
    Monthly("limited_by_equipment", "share of firms", "Small firms limited by equipment",
            "the slowest step's equipment was used up; whole market", of=_share(by_equipment), closed=None),
    Monthly("limited_by_finance", "share of firms", "Small firms limited by finance",
            "account overdrawn, whatever else limited them; whole market", of=_share(by_finance), closed=None),
)
