"""Streets for the Mesa model: one where firms come and go all the time, one with no room, one where all give up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

STREET = """
title = "A small street"
why = "To look at a model closely."
sector = "bakery"
months = 30
catalogue = ["online_ordering", "production_kitchen_equipment"]
background = "none"

[setup]
small_firms = 6
large_firms = 1
spare_slots = {spare_slots}
customers = 150

[parameters.finance]
outside_option = {outside_option}
patience_months = {patience_months}
entry_year = {entry_year}

[arms.quote]
label = "Buys the ordering tool"
line = "Buys it in the second month."
score = "planned"
purchases = [{{ item = "online_ordering", month = 1 }}]
"""

Write = Callable[..., str]


@pytest.fixture
def street(tmp_path: Path) -> Write:
    """Write a scenario file and return its path."""

    def write(name: str = "street", spare_slots: int = 8, **finance: float) -> str:
        numbers = {"outside_option": -1.0, "patience_months": 60, "entry_year": 0.0} | finance
        path = tmp_path / f"{name}.toml"
        path.write_text(STREET.format(spare_slots=spare_slots, **numbers), encoding="utf-8")
        return str(path)

    return write


@pytest.fixture
def lively(street: Write) -> str:
    """Owners give up after nine months, entrants come, at first to free places and then to those of closed firms."""
    return street("lively", outside_option=1.0, patience_months=9, entry_year=0.8)


@pytest.fixture
def full(street: Write) -> str:
    """Entrants come and there is no place for them."""
    return street("full", spare_slots=0, entry_year=1.0)


@pytest.fixture
def hopeless(street: Write) -> str:
    """No profit is enough for any owner."""
    return street("hopeless", outside_option=1.0, patience_months=1)
