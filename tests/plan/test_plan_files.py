"""What a plan file says reaches the model; what it leaves out is filled in and named."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from sim.params.sector import STAGES
from sim.run import Job, simulate
from sim.scenario.arms_list import parse_arm
from sim.scenario.files import shipped_names
from sim.scenario.plan.defaults import said_by_owner
from sim.scenario.plan.plan import Plan, load_plan
from sim.scenario.plan.quotes import hours_month_by_step, quoted, units
from sim.scenario.plan.template import plan_template
from sim.scenario.plan.words import restated_plan
from tests.plan.conftest import Write

WEEKS_MONTH = 52 / 12


def rated_hours_week(plan: Plan) -> float:
    """Hours a week that the plan's tool takes over at full skill and use, reckoned order by order."""
    p = plan.scenario.params
    taken = p.catalogue.hours_taken[-1]
    seen = float(p.projects.people_per_unit * p.projects.routine_share * p.sector.orders_employee_month)
    orders_taken = taken * seen * units(p)
    return float((orders_taken * hours_month_by_step(p) / float(p.focal.orders_month)).sum()) / WEEKS_MONTH


def test_the_firms_numbers_reach_the_model(plan: Plan) -> None:
    focal = plan.scenario.params.focal
    assert (focal.employees, focal.cash_usd, focal.price_usd) == (9, 26_000, 14)
    assert focal.orders_month == pytest.approx(950 * WEEKS_MONTH)


def test_the_till_starts_with_the_cash_and_the_credit_that_were_said(write: Write) -> None:
    plan = load_plan(str(write(("cash_usd = 26000", "cash_usd = 26000\ncredit_line_usd = 5000"))))
    job = Job(plan.scenario.params, plan.scenario.families, plan.choices[0], parse_arm("none"), "focal", 1, 0, 1)
    series = simulate([job])[0].series
    flows = sum(values[0] for name, values in series.items() if name.startswith("flow_"))
    assert series["cash_usd"][0] - flows == pytest.approx(26_000, abs=0.02)
    assert series["overdraft_limit_usd"][0] == 5000


def test_rent_that_was_said_is_what_is_paid(write: Write) -> None:
    rent = 17_000
    plan = load_plan(str(write(("cash_usd = 26000", f"cash_usd = 26000\nrent_and_other_usd_month = {rent}"))))
    job = Job(plan.scenario.params, plan.scenario.families, plan.choices[0], parse_arm("none"), "focal", 1, 0, 2)
    assert list(simulate([job])[0].series["flow_overhead"]) == [-rent, -rent]


def test_profit_is_what_the_months_running_payments_leave(plan: Plan) -> None:
    job = Job(plan.scenario.params, plan.scenario.families, plan.choices[1], parse_arm("none"), "focal", 1, 0, 12)
    series = simulate([job])[0].series
    not_running = ("flow_tools_once", "flow_loans", "flow_owner", "flow_written_off")
    running = [values for name, values in series.items() if name.startswith("flow_") and name not in not_running]
    assert series["profit_usd"] == pytest.approx(np.sum(running, axis=0))


def test_a_promise_of_hours_is_kept_to_the_hour_at_full_use(plan: Plan) -> None:
    assert rated_hours_week(plan) == pytest.approx(20)


def test_hours_beyond_what_tools_can_take_at_one_step_fall_to_the_others(write: Write) -> None:
    plan = load_plan(str(write(("hours_saved_week = 20", "hours_saved_week = 60"))))
    p = plan.scenario.params
    seen = float(p.projects.people_per_unit * p.projects.routine_share * p.sector.orders_employee_month) * units(p)
    share = p.catalogue.hours_taken[-1] * seen / float(p.focal.orders_month)
    assert rated_hours_week(plan) == pytest.approx(60)
    assert share.max() == pytest.approx(float(p.throughput.automatable_cap))
    assert np.unique(share[share > 0.0]).size > 1


def test_what_comes_true_is_told_apart_from_what_was_promised(plan: Plan) -> None:
    whole, half = plan.scenario.params.catalogue, plan.params({"online.works_percent": 50.0}).catalogue
    assert (whole.works[-1], half.works[-1]) == (1.0, 0.5)
    assert (whole.works[:-1] == 1.0).all()
    for column in fields(half):
        if column.name != "works":
            assert np.array_equal(getattr(half, column.name), getattr(whole, column.name)), column.name


@pytest.mark.parametrize("hours", [5, 20])
def test_a_promise_that_comes_true_more_does_not_gain_less(write: Write, hours: int) -> None:
    """A cheap tool in a firm with spare cash, in paired futures."""
    plan = load_plan(str(write(
        ("price_usd = 3800", "price_usd = 500"), ("subscription_usd_month = 190", "subscription_usd_month = 20"),
        ("cash_usd = 26000", "cash_usd = 60000"), ("hours_saved_week = 20", f"hours_saved_week = {hours}"),
    )))
    gains = [gain_usd(plan, {"online.works_percent": percent}) for percent in (30.0, 70.0, 110.0)]
    assert gains == sorted(gains)
    assert gains[-1] > gains[0]


def gain_usd(plan: Plan, values: dict[str, float], futures: int = 12) -> float:
    """What the plan adds to what the firm was worth to its owner over doing nothing, mean over futures, USD."""
    params = plan.params(values)
    runs = simulate([
        Job(params, plan.scenario.families, arm, parse_arm("none"), "focal", 1, future, 36)
        for arm in plan.choices[:2] for future in range(futures)
    ])
    worth = np.array([run.scalars["owner_value_usd"] for run in runs]).reshape(2, futures)
    return float((worth[1] - worth[0]).mean())


@pytest.mark.parametrize("staff", [9, 31])
def test_a_quote_is_the_price_that_is_paid_whatever_the_size(write: Write, staff: int) -> None:
    size = ("staff = 9\norders_week = 950", f"staff = {staff}\norders_week = {staff * 105}")
    plan = load_plan(str(write(size, ("cash_usd = 26000", "cash_usd = 260000"))))
    job = Job(plan.scenario.params, plan.scenario.families, plan.choices[1], parse_arm("none"), "focal", 1, 0, 6)
    series = simulate([job])[0].series
    assert np.nonzero(series["flow_tools_once"])[0][0] == 2
    assert series["flow_tools_once"][2] == pytest.approx(-3800, abs=0.01)
    assert rated_hours_week(plan) == pytest.approx(20)
    assert quoted(plan.scenario.params, list(plan.scenario.families), plan.file.project[0]) == pytest.approx(
        (3800, 190, 2))


def test_rules_are_paid_once_and_every_month(write: Write) -> None:
    rules = ("price_usd = 3800", "price_usd = 3800\nrules_usd_once = 700\nrules_usd_month = 60")
    plan = load_plan(str(write(rules)))
    assert quoted(plan.scenario.params, list(plan.scenario.families), plan.file.project[0])[:2] == (4500, 250)


def test_the_quote_takes_the_place_of_the_catalogues_offer(plan: Plan) -> None:
    assert "online" in plan.scenario.offered
    assert "online_ordering" not in plan.scenario.offered


def test_more_equipment_is_bought_at_its_quote(write: Write) -> None:
    oven = """
[[project]]
name = "oven"
title = "A second oven"
what = "expand"
step = "making"
price_usd = 9000
more_capacity_percent = 25
months_until_it_works = 3
"""
    plan = load_plan(str(write(more=oven)))
    assert plan.scenario.params.projects.expansion_gain == 0.25
    families = list(plan.scenario.families)
    assert quoted(plan.scenario.params, families, plan.file.project[1]) == pytest.approx((9000, 0, 3))
    assert [purchase.item for purchase in plan.choices[1].purchases] == ["online", "expand:operations"]


def test_hours_by_step_are_the_split_of_work(write: Write) -> None:
    hours = '"receiving goods" = 20\noperations = 130\noutbound = 30\nmarketing_sales = 100'
    steps = f"[firm.hours_week_by_step]\n{hours}\n"
    plan = load_plan(str(write(("[goal]", f"{steps}\n[goal]"))))
    share = plan.scenario.params.sector.hours_share
    assert share[STAGES.index("operations")] == pytest.approx(130 / 280)
    assert share.sum() == pytest.approx(1)


def test_the_market_is_as_it_was_described(write: Write) -> None:
    market = "[market]\nsmall_rivals = 4\nchains = 1\nregulars_kept_of_100_year = 80\ndemand_growth_percent_year = 3\n"
    params = load_plan(str(write(more=market))).scenario.params
    assert (params.setup.small_firms, params.setup.large_firms) == (5, 1)
    assert params.demand.attention_month == pytest.approx(0.0612 * np.log(0.8) / np.log(0.55))
    assert params.demand.trend_year == pytest.approx(np.log(1.03))


def test_what_is_left_out_comes_from_the_trade_and_says_so(plan: Plan) -> None:
    sources = {default.text: default.source for default in plan.defaults}
    assert sources["materials for 100 dollars of sales"].startswith("bakery: ")
    assert sources["rent, energy, insurance, fees: what is paid whatever is sold"] == "the model"
    said = {entry.text: entry.source for entry in said_by_owner(plan.file)}
    assert said["people on the payroll, the owner not counted"] == "you, in the plan"
    assert said["Online ordering: price, once"] == "the vendor's quote"


def test_the_plan_is_restated_with_its_defaults_last(plan: Plan) -> None:
    lines = restated_plan(plan)
    assert any("3,800 USD once, 190 USD a month, works after 2 months" in line for line in lines)
    assert any("You want: profit, 4,000 USD a month" in line for line in lines)
    after = lines[lines.index("You left these to defaults:") + 1 :]
    assert len(after) == len(plan.defaults)


@pytest.mark.parametrize("name", shipped_names("plans"))
def test_every_shipped_plan_is_right_and_no_longer_than_its_purpose(name: str) -> None:
    plan = load_plan(name)
    assert [arm.name for arm in plan.choices[:2]] == ["none", "plan"]
    assert 3 <= len(plan.file.unsure) <= 6


@pytest.mark.parametrize("trade", shipped_names("sectors"))
def test_a_new_plan_runs_as_it_is_and_keeps_the_trades_numbers(tmp_path: Path, trade: str) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(plan_template(trade, "plan"), encoding="utf-8")
    plan = load_plan(str(path))
    assert plan.file.based_on == trade
    assert plan.scenario.params.focal.wage_usd_hour == pytest.approx(float(plan.base.params.sector.wage_usd_hour))
    jobs = [Job(plan.scenario.params, plan.scenario.families, arm, parse_arm("none"), "focal", 1, 0, 3)
            for arm in plan.choices]
    assert len(simulate(jobs)) == len(plan.choices)


def test_every_line_of_a_new_plan_may_be_used(tmp_path: Path) -> None:
    lines = plan_template("bakery", "plan").splitlines()
    numbers = ("# rent", "# redone", "# tightest", "# paid_hours", "# fee_percent")
    used = [line.removeprefix("# ") if line.startswith(numbers) else line for line in lines]
    path = tmp_path / "plan.toml"
    path.write_text("\n".join(used), encoding="utf-8")
    assert "rent_and_other_usd_month" in load_plan(str(path)).file.firm.model_fields_set


