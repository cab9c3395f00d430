"""The shape of a firm file: numbers an owner can count, in the owner's units."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from sim.scenario.fields import Family, StageNumber, Strict, known_name, quantity, stage, words
from sim.scenario.files import shipped_names

ScenarioName = Annotated[str, AfterValidator(lambda name: known_name(name, shipped_names(), "scenario"))]

StepHours = Annotated[float, Field(ge=0, le=20_000)]


class FirmNumbers(Strict):
    """What an owner can count; a number left out comes from the scenario the file is based on."""

    staff: int = quantity(
        "people on the payroll, the owner not counted", unit="people", low=1, high=500, default=None)
    orders_week: float = quantity(
        "orders in a normal week", unit="orders/week", low=1, high=1_000_000, default=None)
    hours_per_order: float = quantity(
        "work on one order, all steps together", unit="hours", low=0.001, high=1000, default=None)
    paid_hours_week: float = quantity(
        "hours paid in a normal week, all staff", unit="hours/week", low=1, high=20_000, default=None)
    redone_per_100: float = quantity(
        "orders made again because something was wrong", unit="of 100 orders", low=0, high=25, default=None)
    mean_order_usd: float = quantity(
        "price of a mean order", unit="USD", low=0.01, high=1_000_000, default=None)
    materials_usd_per_100_sales: float = quantity(
        "materials for 100 dollars of sales", unit="USD", low=0, high=95, default=None)
    wage_usd_hour: float = quantity(
        "what an hour of staff costs, on-costs included", unit="USD/hour", low=1, high=500, default=None)
    cash_days: float = quantity(
        "days the firm could pay its bills without a sale", unit="days", low=0, high=2000, default=None)
    cash_usd: float = quantity(
        "money in the till and the account, today", unit="USD", low=0, high=100_000_000, default=None)
    credit_line_usd: float = quantity(
        "how far below zero the bank lets the account go", unit="USD", low=0, high=100_000_000, default=None)
    rent_and_other_usd_month: float = quantity(
        "rent, energy, insurance, fees: what is paid whatever is sold", unit="USD/month", low=0, high=10_000_000,
        default=None)
    hours_week_by_step: dict[StageNumber, StepHours] | None = Field(
        default=None, description="hours worked in a normal week, step by step, the owner's included")
    tightest_step: StageNumber = stage("the step whose equipment is the first to be full")
    tightest_step_full_percent: float = quantity(
        "how full that equipment is in a normal week", unit="percent", low=10, high=150, default=None)


class ToolOffer(Strict):
    """A tool that somebody offers to the firm."""

    family: Family = Field(description="what kind of tool it is, by its name in scenarios/tools.toml")
    price_usd: float = quantity("price, once", unit="USD", low=0, high=10_000_000, default=None)
    subscription_usd_month: float = quantity(
        "price, every month", unit="USD/month", low=0, high=1_000_000, default=None)
    months_until_it_works: float = quantity(
        "months from order to routine use", unit="months", low=0, high=60, default=None)
    buy_in_month: int = quantity(
        "month in which it would be bought", unit="months", low=0, high=600, default=6)


class FirmFile(Strict):
    """A firm file."""

    kind: Literal["firm"]
    based_on: ScenarioName = Field(description="the scenario that gives what the file leaves out")
    title: str = words("the firm's name", "A firm", longest=120)
    months: int = quantity("length of a run", unit="months", low=1, high=600, default=None)
    firm: FirmNumbers = Field(FirmNumbers(), description="the firm in numbers")
    tool: ToolOffer | None = Field(None, description="the tool on offer")
