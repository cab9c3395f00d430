"""Goals in an owner's words, and the measure that says whether they are met."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class GoalKind:
    """A goal that can be named: `scale` turns the owner's number into the measure's unit."""

    label: str
    asks: str
    metric: str
    unit: str
    scale: float
    at_least: bool


GOALS = {
    "profit_usd_month": GoalKind("Profit", "USD a month, before your own pay", "profit_usd", "USD/month", 1.0, True),
    "sales_usd_month": GoalKind("Sales", "USD a month", "flow_sales", "USD/month", 1.0, True),
    "growth_percent_year": GoalKind(
        "Growth of sales", "percent a year", "revenue_growth_year", "share/year", 0.01, True),
    "orders_week": GoalKind("Orders delivered", "orders a week", "orders_served", "orders/month", 52.0 / 12.0, True),
    "wait_ratio": GoalKind("Wait over normal work time", "times the work itself, or less", "wait_ratio", "ratio", 1.0,
                           False),
    "faulty_per_100": GoalKind("Orders made with an error", "of 100, or less", "faulty_share", "share", 0.01, False),
    "cash_never_below_usd": GoalKind("Lowest cash", "USD, at its worst", "cash_trough_usd", "USD", 1.0, True),
    "cash_usd": GoalKind("Cash", "USD", "cash_usd", "USD", 1.0, True),
    "return_percent_year": GoalKind(
        "Return on what is spent", "percent a year, against doing nothing", "return_year", "share/year", 0.01, True),
    "owner_worth_usd": GoalKind(
        "What the firm was worth to its owner", "USD of today", "owner_value_usd", "USD", 1.0, True),
}
