"""A world without season, shocks, quits, entry and closures stays where it starts, within what customers draw.

Month 0 is meant to be the fixed point: whatever drifts here would drift in every comparison, and look like an effect.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from sim.arrays import Bools, Floats
from sim.state import OUTSIDE
from tests.worlds import DISTURBANCES, Columns, live, make, snapshot, street

MONTHS, WORLDS = 36, 12


@dataclass(frozen=True)
class Lived:
    """What was seen month by month; small: rows of small firms, series (months, firms) or (months,)."""

    start: Columns
    end: Columns
    small: Bools
    orders: Floats
    cash_usd: Floats
    outside: Floats


@pytest.fixture(scope="module")
def lived() -> Lived:
    """Three years of twelve neighbourhoods in which nothing happens."""
    neighbourhood = {"small_firms": 10, "large_firms": 2, "spare_slots": 6, "customers": 2000}
    world = make(street(setup=neighbourhood, choosing={"fund_share": 0.0}), range(WORLDS))
    world.ablated = DISTURBANCES | {"staffing.fill_posts", "prices.adapt_markups"}
    start, orders, cash, outside = snapshot(world), [], [], []
    for _ in range(MONTHS):
        live(world, 1)
        orders.append(world.firms.orders_new.astype(np.float64))
        cash.append(world.firms.cash_cents / 100.0)
        outside.append(float((world.customers.supplier == OUTSIDE).mean()))
    small = start["firms.open"] & ~start["firms.large"]
    return Lived(start, snapshot(world), small, np.array(orders), np.array(cash), np.array(outside))


def test_prices_stay(lived: Lived) -> None:
    """A price that is reset is reset to what it was: cost at normal volume has not moved.

    Large firms that answer a small one's lucky gain, in few of the neighbourhoods, have given up some markup.
    """
    used, answering = lived.start["firms.open"], lived.end["firms.markup_given"] > 0.0
    assert answering.sum() <= 4
    assert not (answering & lived.small).any()
    used = used & ~answering

    assert lived.end["firms.price_usd"][used] == pytest.approx(lived.start["firms.price_usd"][used], rel=1e-12)


def test_process_quality_stays_bit_for_bit(lived: Lived) -> None:
    assert np.array_equal(lived.end["firms.process_quality"], lived.start["firms.process_quality"])


def test_people_stay_with_their_firms(lived: Lived) -> None:
    assert np.array_equal(lived.end["people.employer"], lived.start["people.employer"])


def test_what_customers_order_stays(lived: Lived) -> None:
    normal = lived.start["firms.normal_orders"].sum()

    assert lived.orders[0].sum() / normal == pytest.approx(1.0, abs=0.01)
    assert lived.orders[-12:].sum() / 12.0 / normal == pytest.approx(1.0, abs=0.01)


def test_the_share_that_buys_elsewhere_stays(lived: Lived) -> None:
    assert lived.outside[0] == pytest.approx(0.10, abs=0.005)
    assert lived.outside[-12:].mean() == pytest.approx(0.10, abs=0.008)


def test_small_and_large_firms_keep_their_shares(lived: Lived) -> None:
    normal, used = lived.start["firms.normal_orders"], lived.start["firms.open"]
    last_year = lived.orders[-12:].mean(axis=0)

    for kind in (lived.small, used & ~lived.small):
        before, after = normal[kind].sum() / normal.sum(), last_year[kind].sum() / last_year.sum()
        assert after == pytest.approx(before, abs=0.02)


def test_no_firm_grows_for_being_small_or_cheap(lived: Lived) -> None:
    """Appeal makes up for size and price, so neither says who gains customers."""
    growth = lived.orders[-12:].mean(axis=0)[lived.small] / lived.start["firms.normal_orders"][lived.small]
    by_chance = 3.5 / np.sqrt(lived.small.sum())

    for trait in ("firms.normal_orders", "firms.price_usd"):
        assert abs(np.corrcoef(np.log(lived.start[trait][lived.small]), growth)[0, 1]) < by_chance


def test_waits_and_faults_are_what_the_market_already_thought(lived: Lived) -> None:
    for seen in ("firms.wait_seen", "firms.faults_seen"):
        start, end = lived.start[seen][lived.small].mean(), lived.end[seen][lived.small].mean()
        assert end == pytest.approx(start, rel=0.05)


def test_cash_neither_piles_up_nor_runs_out(lived: Lived) -> None:
    """The owner keeps the buffer and takes the rest; what is left over is about a month's profit."""
    outflow = lived.start["firms.outflow_usd"][lived.small]
    months = lived.cash_usd[:, lived.small] / outflow
    trend = np.polyfit(np.arange(12, MONTHS), np.median(months[12:], axis=1), 1)[0]

    assert abs(trend) * 12.0 < 0.06
    assert np.median(months[-12:] - months[0]) == pytest.approx(0.0, abs=0.1)


@pytest.mark.parametrize(("column", "tolerance"), [("firms.profit_usd", 0.015), ("firms.outflow_usd", 0.04)])
def test_the_owners_picture_of_profit_and_outflow_starts_where_it_stays(
    lived: Lived, column: str, tolerance: float
) -> None:
    """As a share of sales; nobody quits here, so that nobody has to be replaced is part of the tolerance."""
    sales = (lived.start["firms.normal_orders"] * lived.start["firms.price_usd"])[lived.small]
    start, end = (columns[column][lived.small] / sales for columns in (lived.start, lived.end))

    assert end.mean() == pytest.approx(start.mean(), abs=tolerance)


def test_firms_earn_their_sectors_margin(lived: Lived) -> None:
    """A little more than 6%: what replacing leavers costs is not spent here."""
    profit = lived.end["firms.profit_usd"][lived.small].sum()
    sales = (lived.start["firms.normal_orders"] * lived.start["firms.price_usd"])[lived.small].sum()

    assert profit / sales == pytest.approx(0.068, abs=0.01)
