"""A column is declared once, with unit and meaning, and never rebound."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from typing import Any

import numpy as np
import pytest

from sim.params.events import ATTRIBUTES
from sim.params.sector import STAGE_COUNT
from sim.state import (
    FLOW,
    FLOWS,
    OBJECTIVE_COUNT,
    OFFER_PLACES,
    SEGMENTS,
    TOOL_SLOTS,
    WIDTHS,
    Customers,
    Firms,
    People,
    Worlds,
    allocate,
    columns,
)

TABLES = [Worlds, Firms, People, Customers]
EVERY = [(table, f) for table in TABLES for f in fields(table)]
NAMES = [f"{table.__name__.lower()}.{f.name}" for table, f in EVERY]


@pytest.mark.parametrize(("table", "f"), EVERY, ids=NAMES)
def test_every_column_has_a_unit_and_a_meaning(table: type, f: Any) -> None:
    assert f.metadata["unit"].strip()
    assert len(f.metadata["meaning"].split()) >= 2 or f.name == "season"
    assert f.metadata["width"] in {*WIDTHS, "family"}


@pytest.mark.parametrize("table", TABLES)
def test_columns_are_allocated_as_declared(table: Any) -> None:
    made = columns(allocate(table, rows=6, families=4))
    widths = {"stage": STAGE_COUNT, "tool": TOOL_SLOTS, "flow": len(FLOWS), "segment": SEGMENTS,
              "objective": OBJECTIVE_COUNT, "family": 4, "attribute": len(ATTRIBUTES),
              "offer": OFFER_PLACES}

    assert list(made) == [f.name for f in fields(table)]
    for f in fields(table):
        wide = f.metadata["width"]
        assert made[f.name].shape == ((6, widths[wide]) if wide else (6,)), f.name
        assert made[f.name].dtype == np.dtype(f.metadata["kind"]), f.name
        assert not made[f.name].any(), f.name


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(("_usd", "_cents", "_usd_month"))])
def test_money_says_its_currency_and_period(name: str) -> None:
    unit = {n: f.metadata["unit"] for n, (_, f) in zip(NAMES, EVERY, strict=True)}[name]
    column = name.split(".")[1]

    assert unit.startswith("cents" if column.endswith("_cents") else "USD")
    assert not column.endswith("_month") or unit.endswith("/month")


def test_a_column_cannot_be_rebound() -> None:
    firms = allocate(Firms, 3)

    with pytest.raises(FrozenInstanceError):
        firms.cash_cents = np.zeros(3)  # type: ignore[misc, assignment]


def test_every_account_has_a_place_of_its_own() -> None:
    assert [FLOW[name] for name in FLOWS] == list(range(len(FLOWS)))
