"""Every trade is a stable economy while nobody automates: it starts where it stays, and closures are those of trades.

What would drift or run away here would do so in every comparison made in that trade.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from sim import numerics, population
from sim.arrays import Floats
from sim.params import Params
from sim.scenario.files import shipped_names
from sim.scenario.presets import sector_file
from sim.scenario.trades import market
from sim.state import OUTSIDE
from sim.validation.economy import lived
from tests.worlds import ALIKE, DISTURBANCES, live

SECTORS = shipped_names("sectors")
WORLDS, MONTHS = 16, 60


def neighbourhood(trade: str) -> Params:
    """The trade as its file has it, with no tool on offer."""
    return market(trade, [])


@dataclass(frozen=True)
class Quiet:
    """Two years in which nothing happens to anybody: orders over normal and share outside by month, normal sales."""

    orders: Floats
    outside: Floats
    margin: float
    staff: tuple[float, float]


@pytest.fixture(scope="module", params=SECTORS)
def quiet(request: pytest.FixtureRequest) -> Quiet:
    """The market of a trade without season, shocks, quits, entry and closures."""
    world = population.create([neighbourhood(request.param)] * 8, range(8))
    world.ablated = DISTURBANCES | {"staffing.fill_posts", "prices.adapt_markups"}
    normal, orders, outside = world.firms.normal_orders.sum(), [], []
    staff = float((world.people.employer >= 0).mean())
    for _ in range(24):
        live(world, 1)
        orders.append(world.firms.orders_new.sum() / normal)
        outside.append((world.customers.supplier == OUTSIDE).mean())
    small = world.firms.open & ~world.firms.large
    sales = (world.firms.normal_orders * world.firms.price_usd)[small].sum()
    left = float((world.people.employer >= 0).mean())
    return Quiet(np.array(orders), np.array(outside), float(world.firms.profit_usd[small].sum() / sales), (staff, left))


def test_orders_start_where_they_stay(quiet: Quiet) -> None:
    assert quiet.orders[:3].mean() == pytest.approx(1.0, abs=0.03)
    assert quiet.orders[-12:].mean() == pytest.approx(1.0, abs=0.03)


def test_the_share_that_buys_elsewhere_starts_where_it_stays(quiet: Quiet) -> None:
    assert quiet.outside[0] == pytest.approx(0.10, abs=0.01)
    assert quiet.outside[-12:].mean() == pytest.approx(0.10, abs=0.02)


def test_people_stay_where_nobody_quits(quiet: Quiet) -> None:
    assert quiet.staff[0] == quiet.staff[1]


@pytest.mark.parametrize("trade", SECTORS)
def test_a_firm_of_normal_volume_earns_its_trades_margin(trade: str) -> None:
    """At month 0 what comes in and what goes out leave the margin of the file, where all firms are alike."""
    world = population.create([neighbourhood(trade).changed(**ALIKE)] * 8, range(8))
    firms = world.firms
    small = firms.open & ~firms.large
    sales = firms.normal_orders * firms.price_usd
    margin = firms.profit_usd[small].sum() / sales[small].sum()
    assert margin == pytest.approx(sector_file(trade).net_margin.value)
    assert (firms.overhead_usd_month[small] > 0.0).all()
    staff = numerics.count_by(world.people.employer, len(firms.open))
    assert staff[small].mean() == pytest.approx(sector_file(trade).employees_mean_under_100.value, rel=0.2)


@pytest.mark.parametrize("trade", SECTORS)
def test_five_years_alone_are_ordinary_years(trade: str) -> None:
    """Closures, quits and margins are those of the trade, and the number of firms neither runs away nor dwindles."""
    file, economy = sector_file(trade), lived(neighbourhood(trade), list(range(WORLDS)), MONTHS)

    exits, quits = economy.exits_year.mean(), economy.quits_month.mean()
    assert 0.03 <= exits <= 0.15
    assert exits == pytest.approx(file.exit_per_year.value, abs=0.04)
    assert file.quits_per_month.low <= quits <= 1.1 * file.quits_per_month.high
    assert 0.25 * file.net_margin.value < economy.margin.mean() < 1.25 * file.net_margin.value
    assert abs(exits - economy.entries_year.mean()) < 0.06
