"""No column ever holds what cannot be: NaN, a negative count, a share above one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings

from tests.accounts.made_up import BUSY, TROUBLED, TRYING, Street, streets
from tests.worlds import Columns, arm, everybody, live, make, snapshot, street

SIGNED = {
    "firms.birth", "firms.owner_quality", "firms.cash_cents", "firms.flow_cents", "firms.profit_usd", "firms.markup",
    "firms.appeal", "firms.appeal_base", "firms.reputation", "firms.markup_own",
    "firms.footfall", "firms.tool_family", "firms.plan", "firms.founded_month",
    "firms.forecast_sales_usd", "firms.forecast_labour_usd", "firms.months_below", "worlds.outside_utility",
    "people.employer", "people.tenure", "customers.supplier", "customers.bought_from", "customers.satisfaction",
    "customers.expectation", "worlds.satisfaction", "firms.culture", "people.morale",
    "firms.trust", "firms.wage_moved",
}
SHARES = {
    "firms.process_quality", "firms.quality_kept", "firms.automated_share", "firms.fault_share", "firms.tool_skill",
    "firms.tool_usage", "firms.awareness", "firms.awareness_usual", "firms.overload", "people.time_share",
    "people.general_skill", "people.tool_skill", "people.tool_use", "firms.tool_usefulness",
    "firms.machine_decided", "firms.error_gap", "firms.data_stock", "firms.data_insight", "firms.tool_out",
    "firms.posts_open",
}
UNLIMITED = {"firms.equipment_orders"}


def no_number_is_missing_or_infinite(after: Columns) -> None:
    """Equipment without a limit is the only infinity."""
    floats = {name: column for name, column in after.items() if column.dtype == np.float64}
    assert [name for name, column in floats.items() if np.isnan(column).any()] == []
    assert [name for name, column in floats.items() if name not in UNLIMITED and np.isinf(column).any()] == []


def nothing_is_negative_that_cannot_be(after: Columns) -> None:
    """Counts, hours, prices and limits."""
    assert [name for name, column in after.items() if name not in SIGNED and (column < 0).any()] == []


def shares_stay_between_zero_and_one(after: Columns) -> None:
    """Shares, probabilities and indices."""
    assert [name for name in sorted(SHARES) if float(after[name].max()) > 1.0 + 1e-12] == []


@settings(max_examples=80)
@given(streets)
@example(BUSY)
@example(TRYING)
@example(TROUBLED)
def test_every_number_can_be(made_up: Street) -> None:
    for month in made_up.months():
        no_number_is_missing_or_infinite(month.after)
        nothing_is_negative_that_cannot_be(month.after)
        shares_stay_between_zero_and_one(month.after)


def test_the_lists_above_name_columns_that_exist() -> None:
    assert set(snapshot(make(street(), [1]))) >= SIGNED | SHARES | UNLIMITED


@pytest.mark.parametrize("score", ["aligned", "npv", "tactical", "own_sake", "random"])
def test_a_trade_without_work_at_some_stages_is_a_trade(score: str) -> None:
    """A sector may say that no hours go to a stage."""
    shares = np.array([0.0, 0.6, 0.1, 0.3, 0.0, 0.0, 0.0, 0.0, 0.0])
    chain = np.array([0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0])
    world = make(street(sector={"hours_share": shares, "chain": chain}, choosing={"decision_month": 0.8}), [1, 2])
    after = snapshot(live(everybody(world, arm(score)), 12))

    assert not [name for name, column in after.items() if column.dtype == np.float64 and np.isnan(column).any()]
    assert after["firms.orders_served"].sum() > 0
