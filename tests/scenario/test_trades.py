"""A trade is its sector's numbers, the tools on offer and a few parameters of its own."""

from __future__ import annotations

import dataclasses

import pytest

from sim.params import Params, groups
from sim.params.base import changed, meanings
from sim.scenario.files import shipped_names
from sim.scenario.presets import catalogue, sector, sector_file, tools
from sim.scenario.trades import market, moved, own_parameters

SECTORS = shipped_names("sectors")
TEN = ["bakery", "e_commerce", "financial_services", "health_practice", "light_manufacturing", "logistics",
       "marketing_agency", "restaurant", "retail_store", "software"]


def test_ten_trades_ship() -> None:
    assert SECTORS == TEN


@pytest.mark.parametrize("trade", SECTORS)
def test_a_trades_own_parameters_are_the_models_and_within_what_is_allowed(trade: str) -> None:
    for group, numbers in sector_file(trade).parameters.items():
        for name, entry in numbers.items():
            meaning = meanings(groups()[group])[name]
            assert meaning.allows(entry.value), name
            assert entry.unit == meaning.unit, name
            assert entry.value != meaning.default, name


@pytest.mark.parametrize("trade", SECTORS)
def test_shares_of_revenue_add_up(trade: str) -> None:
    """Materials, labour, rent, other overhead and margin are all there is."""
    file = sector_file(trade)
    extra = file.model_extra or {}
    parts = [file.materials_share, file.rent_share, file.net_margin, extra["labour_cost_share"],
             extra["other_overhead_share"]]
    assert sum(part.value for part in parts) == pytest.approx(1.0, abs=0.002)


@pytest.mark.parametrize("trade", SECTORS)
def test_hours_paid_cost_what_labour_takes_of_revenue(trade: str) -> None:
    """The hourly cost, the hours and the revenue of an employee agree with the share of labour within a tenth."""
    file = sector_file(trade)
    share = file.hourly_labour_cost.value * file.hours_per_employee_year.value / file.revenue_per_employee.value
    assert share == pytest.approx((file.model_extra or {})["labour_cost_share"].value, rel=0.1)


@pytest.mark.parametrize("trade", SECTORS)
def test_usual_tools_are_of_the_catalogue_and_each_stands_once(trade: str) -> None:
    usual = sector_file(trade).usual_tools.names
    assert set(usual) <= set(tools())
    assert len(set(usual)) == len(usual)


def test_every_tool_is_usual_somewhere() -> None:
    assert {name for trade in SECTORS for name in sector_file(trade).usual_tools.names} == set(tools())


def test_a_tool_is_joined_up_only_where_the_trade_exchanges_data() -> None:
    row = list(tools()).index("inventory_forecasting")
    goods, desks = (market(trade, []).catalogue.edges[row] for trade in ("bakery", "software"))
    assert catalogue([], {}).edges[row] == goods == 4.0
    assert desks == 3.0


def test_a_trade_without_parameters_of_its_own_has_the_models() -> None:
    assert not own_parameters("bakery")
    assert all(getattr(market("bakery", []), name) == group for name, group in groups().items())


def test_a_trades_parameters_stand_in_for_the_models() -> None:
    own = own_parameters("software")["demand"]
    assert market("software", []).demand == changed(groups()["demand"], own)


def test_a_scenario_moved_to_another_trade_keeps_what_it_has_set_itself() -> None:
    here = market("software", ["crm"])
    mine = dataclasses.replace(here, demand=changed(here.demand, {"price_sensitivity": 1.0, "looks": 5.0}))

    there = moved(mine, "software", "logistics")

    assert there.sector is sector("logistics")
    assert there.demand.price_sensitivity == 1.0
    assert there.demand.looks == 5.0
    assert there.demand.attention_month == own_parameters("logistics")["demand"]["attention_month"]
    assert there.catalogue.offered.sum() == 1


@pytest.mark.parametrize("trade", SECTORS)
def test_moving_there_and_back_changes_nothing(trade: str) -> None:
    def numbers(params: Params) -> list[object]:
        return [getattr(params, name) for name in groups()]

    home = market("bakery", [])
    assert numbers(moved(moved(home, "bakery", trade), trade, "bakery")) == numbers(home)
