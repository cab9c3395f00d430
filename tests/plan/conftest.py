"""A small plan that tests change one line of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.scenario.plan.plan import Plan, load_plan

TEXT = """
kind = "plan"
based_on = "bakery"
title = "Corner bakery"
months = 18

[firm]
staff = 9
orders_week = 950
mean_order_usd = 14
cash_usd = 26000

[goal]
what = "profit_usd_month"
number = 4000
by_month = 12

[[project]]
name = "online"
title = "Online ordering"
what = "online_ordering"
price_usd = 3800
subscription_usd_month = 190
months_until_it_works = 2
hours_saved_week = 20
more_sales_percent = 10
buy_in_month = 3

[[unsure]]
about = "works_percent"
project = "online"
low = 30
high = 110

[[unsure]]
about = "demand_growth_percent_year"
low = -5
high = 5
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes the plan with some lines replaced, and more tables at its end."""

    def written(*changes: tuple[str, str], more: str = "") -> Path:
        text = TEXT
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "corner.toml"
        path.write_text(text + more, encoding="utf-8")
        return path

    return written


@pytest.fixture
def plan(write: Write) -> Plan:
    """The small plan, resolved."""
    return load_plan(str(write()))
