"""Five years of a trade in which nobody automates: exits, entry, quits, prices, cash, margins, by world."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim import numerics, population, schedule
from sim.arrays import Bools, Floats
from sim.mechanisms.finance import OPERATING
from sim.params import Params
from sim.state import FLOW
from sim.world import World

COUNTED = ("stock", "exits", "entries", "staff", "quits", "price_changes", "prices", "profit", "sales")


@dataclass(frozen=True)
class Economy:
    """What was counted among small firms; every array has one value per world."""

    exits_year: Floats
    entries_year: Floats
    quits_month: Floats
    price_changes_month: Floats
    cash_days: Floats
    margin: Floats


def lived(params: Params, seeds: Sequence[int], months: int) -> Economy:
    """Live through so many months; rates are over the firms, people and prices that were there."""
    world = population.create([params] * len(seeds), list(seeds))
    sums = {name: np.zeros(len(seeds)) for name in COUNTED}
    for _ in range(months):
        for name, value in _month(world).items():
            sums[name] += value
    return Economy(
        exits_year=12.0 * sums["exits"] / sums["stock"], entries_year=12.0 * sums["entries"] / sums["stock"],
        quits_month=sums["quits"] / sums["staff"], price_changes_month=sums["price_changes"] / sums["prices"],
        cash_days=_median_days(world), margin=sums["profit"] / sums["sales"],
    )


def _month(world: World) -> dict[str, Floats]:
    """Live one month; what it adds to each count, by world."""
    firms, noted = world.firms, len(world.journal)
    price, birth = firms.price_usd.copy(), firms.birth.copy()
    schedule.step(world)
    small = firms.open & ~firms.large
    stayed = small & (firms.birth == birth)
    staff = numerics.count_by(world.people.employer, len(firms.world))
    profit_usd = numerics.usd(firms.flow_cents[:, OPERATING].sum(axis=1))
    values = {
        "stock": small, "exits": _noted(world, noted, "close") & ~firms.large, "entries": _noted(world, noted, "enter"),
        "staff": np.where(small, staff + firms.quits, 0), "quits": np.where(small, firms.quits, 0),
        "prices": stayed, "price_changes": stayed & (firms.price_usd != price),
        "profit": np.where(small, profit_usd, 0.0),
        "sales": np.where(small, numerics.usd(firms.flow_cents[:, FLOW["sales"]]), 0.0),
    }
    return {name: world.sum_by_world(firms.world, value.astype(np.float64)) for name, value in values.items()}


def _noted(world: World, since: int, kind: str) -> Bools:
    """Firms to which this happened since so many notes had been written, (firms,)."""
    happened = np.zeros(len(world.firms.world), dtype=np.bool_)
    for note in world.journal[since:]:
        if note.kind == kind:
            happened[note.rows] = True
    return happened


def _median_days(world: World) -> Floats:
    """Median over a world's small firms of cash in days of outflow."""
    firms = world.firms
    daily_usd = np.where(firms.outflow_usd > 0.0, firms.outflow_usd, 1.0) / 30.0
    days = np.where(firms.open & ~firms.large, numerics.usd(firms.cash_cents) / daily_usd, np.nan)
    return np.asarray(np.nanmedian(days.reshape(len(world.worlds.luck), -1), axis=1))
