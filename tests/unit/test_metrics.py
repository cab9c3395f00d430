"""One registry of metrics: complete in words, taken from what was lived, and right on cases one can reckon by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.observe.metrics import METRICS, SERIES, THEMES
from sim.observe.record import scalars
from sim.params.goal import GOAL_METRICS
from sim.run import Job, simulate
from tests.worlds import FAMILIES, NOTHING, arm, street


def months(**said: float | np.ndarray) -> dict[str, np.ndarray]:
    """Three years of a firm in which nothing happens but what is said."""
    return {name: np.zeros(36) for name in SERIES} | {"alive": np.ones(36)} | {
        name: np.broadcast_to(np.asarray(value, dtype=np.float64), 36).copy() for name, value in said.items()
    }


def measured(**said: float | np.ndarray) -> dict[str, float]:
    return scalars(months(**said), 0.0, 1)


def since(month: int, value: float, before: float = 0.0) -> np.ndarray:
    """A value from a month on."""
    return np.where(np.arange(36) >= month, value, before)


def test_every_metric_says_what_it_is_in_words_and_belongs_to_a_theme() -> None:
    for metric in [*METRICS.values(), *SERIES.values()]:
        assert metric.theme in THEMES
        assert min(len(metric.label), len(metric.line), len(metric.unit)) > 2
        assert metric.label[0].isupper()
        assert not metric.line.endswith(".")
    assert set(GOAL_METRICS) <= set(SERIES)


def test_where_a_month_and_a_run_share_a_name_they_share_unit_label_and_side() -> None:
    for name in METRICS.keys() & SERIES.keys() - {"quits", "hires", "laid_off", "hours_trained", "hours_retrained",
                                                  "hours_automated"}:
        run, month = METRICS[name], SERIES[name]
        assert (run.unit, run.better) == (month.unit, month.better), name


def test_a_run_has_every_metric() -> None:
    (seen,) = simulate([Job(street(), {name: name for name in FAMILIES}, arm("npv"), NOTHING, "focal", 1, 0, 30)])

    assert list(seen.scalars) == list(METRICS)
    assert list(seen.series) == list(SERIES)
    assert 0.0 < seen.scalars["concentration"] < 1.0
    assert seen.scalars["lead_time_hours"] > seen.scalars["response_hours"] > 0.0
    assert seen.scalars["throughput_month"] > 0.0
    assert seen.series["orders_market"].min() >= seen.series["orders_served"].min()
    assert seen.scalars["surplus_usd_order"] > 0.0
    assert 0.0 <= seen.scalars["tool_usage"] <= 1.0 or np.isnan(seen.scalars["tool_usage"])


def test_the_owner_reckons_before_and_after_and_takes_luck_for_gain() -> None:
    found = measured(projects=since(12, 1.0), flow_sales=since(12, 130.0, 100.0), flow_tools_running=since(12, -5.0))

    assert found["before_after_gain_usd"] == pytest.approx(24 * 25.0)
    assert found["automation_cost_usd"] == pytest.approx(24 * 5.0)
    assert measured(flow_sales=since(12, 130.0, 100.0))["before_after_gain_usd"] == 0.0
    assert np.isnan(measured(projects=1.0, flow_sales=100.0)["before_after_gain_usd"])


def test_the_vendor_counts_refunds_that_are_no_longer_paid() -> None:
    found = measured(projects=since(12, 1.0), flow_sales=100.0, flow_refunds=since(12, -2.0, -5.0))

    assert found["refunds_avoided_usd"] == pytest.approx(24 * 3.0)
    assert measured(flow_sales=100.0, flow_refunds=since(12, -2.0, -5.0))["refunds_avoided_usd"] == 0.0


def test_a_customer_is_worth_what_it_leaves_for_as_long_as_customers_stay() -> None:
    found = measured(customers=100.0, customers_won=10.0, flow_sales=1_500.0, flow_materials=-400.0,
                     flow_refunds=-100.0, selling_usd=250.0)

    assert found["lifetime_value_usd"] == pytest.approx(10.0 / 0.1)
    assert found["acquisition_cost_usd"] == pytest.approx(25.0)
    assert np.isnan(measured(customers=100.0)["acquisition_cost_usd"])


def test_the_wage_of_an_hour_counts_hours_and_is_missing_where_none_is_paid() -> None:
    paid = measured(wage_usd_hour=since(30, 25.0, 20.0), hours_paid=since(30, 300.0, 100.0))

    assert paid["wage_usd_hour"] == pytest.approx((6 * 20.0 * 100.0 + 6 * 25.0 * 300.0) / (6 * 100.0 + 6 * 300.0))
    assert np.isnan(measured(wage_usd_hour=20.0, hours_paid=0.0)["wage_usd_hour"])


def test_a_lost_share_counts_until_it_is_back_or_the_run_is_over() -> None:
    share = np.full(36, 0.2)
    share[15:21] = 0.1

    assert measured(market_share=share)["months_to_regain_share"] == 8.0
    assert measured(market_share=since(20, 0.05, 0.2))["months_to_regain_share"] == 16.0
    assert np.isnan(measured(market_share=0.2)["months_to_regain_share"])


def test_a_closed_firm_or_one_at_a_loss_sells_for_nothing() -> None:
    assert measured(profit_usd=100.0)["enterprise_value_usd"] == pytest.approx(2.5 * 1_200.0)
    assert measured(profit_usd=-100.0)["enterprise_value_usd"] == 0.0
    assert measured(profit_usd=100.0, alive=since(30, 0.0, 1.0))["enterprise_value_usd"] == 0.0


def test_what_a_run_measures_does_not_depend_on_the_runs_beside_it() -> None:
    job = Job(street(), {name: name for name in FAMILIES}, arm("npv"), NOTHING, "focal", 1, 0, 30)
    alone = simulate([job])[0].scalars
    beside = simulate([replace(job, replicate=1), job, replace(job, replicate=2)])[1].scalars

    assert np.array([*alone.values()]).tobytes() == np.array([*beside.values()]).tobytes()
