"""Customers stay and answer to prices as published: the fitted numbers of demand, by the program that fitted them."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

WORLDS = 48
SCRIPT = Path(__file__).parents[2] / "experiments/calibrate_demand.py"


@pytest.fixture(scope="module")
def fitting() -> Any:
    """The calibration program as a module."""
    spec = importlib.util.spec_from_file_location("calibrate_demand", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def bakeries(fitting: Any) -> Any:
    """Bakeries at the numbers that the model ships."""
    default = fitting.market("bakery", []).demand
    return fitting.neighbourhood("bakery", default.attention_month, default.price_sensitivity)


def test_customers_are_kept_as_published(fitting: Any, bakeries: Any) -> None:
    """55% a year in hospitality, fact F15."""
    assert fitting.retention(bakeries, WORLDS).mean == pytest.approx(0.55, abs=0.03)


def test_orders_answer_to_a_firms_own_price_as_published(fitting: Any, bakeries: Any) -> None:
    """Near −2.4, fact F16, within what so few worlds can tell."""
    found = fitting.elasticity(bakeries, WORLDS)

    assert found.half_width < 0.35
    assert found.mean == pytest.approx(-2.4, abs=0.2 + found.half_width)


def test_more_attention_keeps_fewer_customers_and_dearer_prices_weigh_more(fitting: Any) -> None:
    def bakers(attention: float, weight: float) -> Any:
        return fitting.neighbourhood("bakery", attention, weight)

    restless, calm = (fitting.retention(bakers(attention, 3.1), 8).mean for attention in (0.12, 0.03))
    keen, careless = (fitting.elasticity(bakers(0.06, weight), 16).mean for weight in (6.0, 1.0))

    assert restless < calm
    assert keen < careless
