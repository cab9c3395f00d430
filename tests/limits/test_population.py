"""The small firms of month 0 are those of the trade: sizes, ages, cash and margins as published, each by a cause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from sim import population
from sim.observe.census import small_firms, told
from sim.params import Params, changed
from sim.scenario.files import find, shipped_names
from sim.scenario.presets import sector_file
from sim.scenario.trades import market
from sim.validation.facts import facts
from sim.world import World

SECTORS = shipped_names("sectors")
ALIKE = {"size_spread": 0.0, "output_spread": 0.0, "wage_spread": 0.0, "overhead_spread": 0.0}
WITH_CLASSES = [trade for trade in SECTORS if "firm_share_under_5" in find(trade, "sectors").data]
CLASSES = {"under_5": (0, 4), "5_to_9": (5, 9), "10_to_19": (10, 19), "20_to_99": (20, 99)}


def with_numbers(params: Params, **groups: Mapping[str, float]) -> Params:
    """The parameters with other numbers in some groups."""
    return replace(params, **{name: changed(getattr(params, name), dict(numbers)) for name, numbers in groups.items()})


def town(trade: str, **setup: float) -> Params:
    """A large market of the trade, with no tool on offer."""
    numbers = {"small_firms": 200, "large_firms": 2, "spare_slots": 0, "customers": 300} | setup
    return with_numbers(market(trade, []), setup=numbers)


@pytest.fixture(scope="module", params=SECTORS)
def trade(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def world(trade: str) -> World:
    """Eight markets of two hundred small firms."""
    return population.create([town(trade)] * 8, range(8))


@pytest.mark.parametrize("trade", WITH_CLASSES)
def test_the_published_size_classes_come_out(trade: str) -> None:
    published, people = find(trade, "sectors").data, small_firms(population.create([town(trade)], [1]))["people"]
    for name, (least, most) in CLASSES.items():
        share = ((people >= least) & (people <= most)).mean()
        assert share == pytest.approx(published[f"firm_share_{name}"]["value"], abs=0.075)


def test_nobody_is_larger_than_a_small_firm_or_smaller_than_the_smallest(world: World) -> None:
    people = small_firms(world)["people"]
    assert people.min() >= 2
    assert people.max() <= 99


def test_ages_are_those_of_a_trade_whose_firms_close_as_published(world: World) -> None:
    """In a standing population, how many are of an age falls with age as survival does."""
    years = small_firms(world)["years"][np.arange(1600) % 200 > 0]  # without the firms in focus, who are past the start
    within = [((years > begin) & (years <= begin + 1)).mean() for begin in (0, 2, 4, 9)]
    published = facts()["F01"]["value"]
    there = [1.0 - share / 2.0 for share in published[:1]] + [1.0 - share for share in published[1:]]
    for found, share in zip(within[1:], there[1:], strict=True):
        assert found / within[0] == pytest.approx(share / there[0], abs=0.15)


def test_cash_has_the_published_median_and_quartiles(world: World, trade: str) -> None:
    firms, cash = world.firms, facts()["F13"]["value"]
    days = firms.buffer_days[firms.open & ~firms.large]
    median = sector_file(trade).cash_buffer_days.value
    for share, published in ((0.25, cash["q1"]), (0.5, cash["median"]), (0.75, cash["q3"])):
        assert np.quantile(days, share) == pytest.approx(median * published / cash["median"], rel=0.15)


def test_margins_spread_around_the_trades_own(world: World, trade: str) -> None:
    margin = small_firms(world)["margin"]
    assert np.median(margin) == pytest.approx(sector_file(trade).net_margin.value, abs=0.01)
    assert 0.02 < margin.std() < 0.08


def test_without_spreads_all_are_alike() -> None:
    params = with_numbers(town("bakery", **ALIKE), prices={"price_spread": 0.0})
    firms = population.create([params], [1]).firms
    small = firms.open & ~firms.large
    for column in ("normal_orders", "price_usd", "wage_usd_hour", "overhead_usd_month", "materials_usd_order"):
        assert np.ptp(getattr(firms, column)[small]) == pytest.approx(0.0, abs=1e-6)
    assert firms.profit_usd[small] / (firms.normal_orders * firms.price_usd)[small] == pytest.approx(0.06)


@pytest.mark.parametrize("cause", ["output_spread", "wage_spread", "overhead_spread"])
def test_each_cause_alone_spreads_margins(cause: str) -> None:
    params = with_numbers(town("bakery", **ALIKE | {cause: 0.1}), prices={"price_spread": 0.0})
    assert small_firms(population.create([params], [1]))["margin"][1:].std() > 0.005


def test_the_firm_in_focus_and_large_ones_are_their_trades_usual(world: World, trade: str) -> None:
    firms, file = world.firms, sector_file(trade)
    usual = firms.open & (firms.large | (firms.birth == 0))
    assert firms.price_usd[usual] == pytest.approx(file.average_order_value.value)
    assert firms.wage_usd_hour[usual] == pytest.approx(file.hourly_labour_cost.value)
    focal = firms.birth == 0
    people = firms.normal_orders[focal] / world.params.sector.orders_employee_month
    assert people == pytest.approx(file.employees_mean_under_100.value)
    assert (firms.months_below[focal] >= 0).all()


def test_young_firms_are_less_known_and_are_given_time(world: World) -> None:
    firms = world.firms
    small = firms.open & ~firms.large & (firms.birth > 0)
    young, old = small & (firms.founded_month > -12), small & (firms.founded_month < -60)
    assert (firms.awareness[young] < firms.awareness_usual[young]).all()
    assert firms.awareness[old] == pytest.approx(firms.awareness_usual[old], rel=1e-3)
    assert (firms.months_below[young] < 0).all()
    assert (firms.months_below[old] == 0).all()
    assert world.people.tenure[world.people.employer == np.nonzero(young)[0][0]].max() < 12


def test_the_census_is_told_in_a_line() -> None:
    params = with_numbers(market("bakery", []), setup=ALIKE)
    assert "9 people (9 to 9)" in told(population.create([params], [1]))
