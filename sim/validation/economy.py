"""Five years of a trade in which nobody automates: closures, entry, quits, prices, growth, cash, margins, limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim import numerics, population, schedule
from sim.arrays import Bools, Floats, Ints
from sim.mechanisms.finance import OPERATING
from sim.observe.metrics.limits import by_equipment, by_finance, by_labour
from sim.params import Params
from sim.state import FLOW
from sim.validation.survival import closed_by
from sim.world import World

YEAR = 12
GROUP = 4
"""Worlds whose entrants are counted together: the few entrants of one world say nothing about closures by age."""
GROWN = np.log(1.05), np.log(0.95)
PRICES_RISE = 0.027
"""Rise of British consumer prices in the year of the fact on rising and falling turnover (F08), recalled; prices of the
model do not rise, so that growth here is real."""


@dataclass(frozen=True)
class Economy:
    """What was counted among small firms; one value per world, of entrants' closures one per group of worlds."""

    exits_year: Floats
    entries_year: Floats
    quits_month: Floats
    price_changes_month: Floats
    cash_days: Floats
    margin: Floats
    by_labour: Floats
    by_equipment: Floats
    overdrawn: Floats
    up_year: Floats
    down_year: Floats
    closed_1_year: Floats
    closed_3_years: Floats


def lived(params: Params, seeds: Sequence[int], months: int) -> Economy:
    """Live through so many months; rates are over the firms, people and prices that were there."""
    diary = Diary(population.create([params] * len(seeds), list(seeds)))
    for _ in range(months):
        diary.month()
    return diary.economy()


class Diary:
    """What is written down month by month: counts by world, sales by firm and year, the life of every entrant."""

    def __init__(self, world: World) -> None:
        self.world, self.sums, self.lives = world, dict[str, Floats](), list[tuple[int, int, bool]]()
        self.opened = np.full(len(world.firms.world), -1)
        self.sales: list[Floats] = []
        self.there: list[Bools] = []
        self.days: list[Floats] = []

    def month(self) -> None:
        """Live one month and add up."""
        firms, noted, month = self.world.firms, len(self.world.journal), self.world.month
        price, birth = firms.price_usd.copy(), firms.birth.copy()
        schedule.step(self.world)
        closed, entered = self._noted(noted, "close"), self._noted(noted, "enter")
        self._follow(closed, entered, month)
        small = firms.open & ~firms.large
        values = self._counts(small, small & (firms.birth == birth), price)
        values |= {"exits": closed & ~firms.large, "entries": entered}
        for name, value in values.items():
            added = self.world.sum_by_world(firms.world, value.astype(np.float64))
            self.sums[name] = self.sums.get(name, 0.0) + added
        if month % YEAR == 0:
            self.sales.append(np.zeros(len(small)))
            self.there.append(small.copy())
        self.days.append(_median_days(self.world))
        self.sales[-1] += numerics.usd(firms.flow_cents[:, FLOW["sales"]])
        self.there[-1] &= small & (firms.birth == birth)

    def _counts(self, small: Bools, stayed: Bools, price: Floats) -> dict[str, Floats | Bools]:
        """What this month adds to each count, by firm."""
        firms = self.world.firms
        staff = numerics.count_by(self.world.people.employer, len(firms.world))
        money = {"profit": OPERATING, "sales": [FLOW["sales"]]}
        return {
            "stock": small, "staff": np.where(small, staff + firms.quits, 0), "quits": np.where(small, firms.quits, 0),
            "prices": stayed, "price_changes": stayed & (firms.price_usd != price), "labour": small & by_labour(firms),
            "equipment": small & by_equipment(firms), "overdrawn": small & by_finance(firms),
        } | {
            name: np.where(small, numerics.usd(firms.flow_cents[:, accounts].sum(axis=1)), 0.0)
            for name, accounts in money.items()
        }

    def _noted(self, since: int, kind: str) -> Bools:
        """Firms to which this happened since so many notes had been written, (firms,)."""
        happened = np.zeros(len(self.world.firms.world), dtype=np.bool_)
        for note in self.world.journal[since:]:
            if note.kind == kind:
                happened[note.rows] = True
        return happened

    def _follow(self, closed: Bools, entered: Bools, month: int) -> None:
        """Write down the age at which entrants closed, and who has entered."""
        for row in np.nonzero(closed & (self.opened >= 0))[0]:
            self.lives.append((int(self.world.firms.world[row]), month - int(self.opened[row]), True))
        self.opened[closed] = -1
        self.opened[entered] = month

    def _closed_by(self, age: int) -> Floats:
        """Share of entrants closed within so many months, (groups of worlds,)."""
        alive = np.nonzero(self.opened >= 0)[0]
        ages = [(int(w), int(self.world.month - m), False)
                for w, m in zip(self.world.firms.world[alive], self.opened[alive], strict=True)]
        rows: Ints = np.array([*self.lives, *ages]).reshape(-1, 3)
        groups = [rows[rows[:, 0] // GROUP == group] for group in range(-(-len(self.world.worlds.luck) // GROUP))]
        return np.array([closed_by(one[:, 1], one[:, 2] > 0, age) for one in groups])

    def _growth(self) -> Floats:
        """Nominal growth of yearly sales from the second year on, in log points; NaN unless there both years."""
        found = np.full((max(len(self.sales) - 2, 0), len(self.opened)), np.nan)
        for year, growth in enumerate(found, start=1):
            before, after = self.sales[year], self.sales[year + 1]
            both = self.there[year] & self.there[year + 1] & (before > 0.0) & (after > 0.0)
            growth[both] = np.log(after[both] / before[both]) + PRICES_RISE
        return found

    def _share_of_years(self, those: Bools, counted: Bools) -> Floats:
        """Share of firm years, by world; both (years, firms)."""
        some, every = (
            self.world.sum_by_world(self.world.firms.world, each.sum(axis=0).astype(np.float64))
            for each in (those, counted)
        )
        return np.where(every > 0.0, some / np.maximum(every, 1.0), np.nan)

    def economy(self) -> Economy:
        """Rates and shares of what was written down."""
        sums, growth = self.sums, self._growth()
        counted = ~np.isnan(growth)
        return Economy(
            exits_year=YEAR * sums["exits"] / sums["stock"], entries_year=YEAR * sums["entries"] / sums["stock"],
            quits_month=sums["quits"] / sums["staff"], price_changes_month=sums["price_changes"] / sums["prices"],
            cash_days=np.mean(self.days[-YEAR:], axis=0), margin=sums["profit"] / sums["sales"],
            by_labour=sums["labour"] / sums["stock"], by_equipment=sums["equipment"] / sums["stock"],
            overdrawn=sums["overdrawn"] / sums["stock"],
            up_year=self._share_of_years(counted & (growth > GROWN[0]), counted),
            down_year=self._share_of_years(counted & (growth < GROWN[1]), counted),
            closed_1_year=self._closed_by(YEAR), closed_3_years=self._closed_by(3 * YEAR),
        )


def _median_days(world: World) -> Floats:
    """Median over a world's small firms of cash in days of outflow, without what is put aside for projects.

    Where nobody automates that fund only fills up; the fact is about what pays the bills.
    """
    firms = world.firms
    daily_usd = np.where(firms.outflow_usd > 0.0, firms.outflow_usd, 1.0) / 30.0
    usd = numerics.usd(firms.cash_cents) - firms.fund_usd
    days = np.where(firms.open & ~firms.large, usd / daily_usd, np.nan)
    return np.asarray(np.nanmedian(days.reshape(len(world.worlds.luck), -1), axis=1))
