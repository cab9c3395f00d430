"""Metrics of a choice: what can be said only of whole runs side by side, the same firm with the same luck.

Ratios are ratios of sums over worlds, never means of ratios; `sim.analysis.measures` takes them, with intervals.
"""

from __future__ import annotations

from sim.observe.metrics.base import Metric

COMPARED = (
    Metric("npv_usd", "USD", "What the choice added to the owner's worth", "discounted, against the reference", 1,
           "money"),
    Metric("worst_twentieth_usd", "USD", "The same in the worst 5 of 100 futures",
           "mean of the twentieth of futures that ended worst (CVaR) under each, discounted", 1, "money"),
    Metric("ledger_return", "ratio", "Return by the vendor's reckoning",
           "hours replaced at the wage and refunds avoided, less cost, over cost", 1, "money"),
    Metric("cash_return", "ratio", "Return by the owner's reckoning",
           "money made since the purchase against the year before, over cost", 1, "money"),
    Metric("causal_return", "ratio", "Return that the choice caused",
           "what it added to the owner's worth over what automation cost more, same firm and luck", 1, "money"),
    Metric("payback_never", "share", "Futures in which the money never came back",
           "of those in which something was spent", -1, "money"),
    Metric("payback_months", "months", "Months until the money was back",
           "the middle future of those in which something was spent; missing where that is never", -1, "money"),
    Metric("worse_off", "share", "Futures in which the owner is worse off", "against the reference", -1, "money"),
    Metric("placebo_worse_off", "share", "The same for a placebo",
           "nothing bought, nothing paid, other luck for the firm's people from that day: what luck alone does", 0,
           "money"),
    Metric("throughput_premium", "log points", "Pace of the whole chain won",
           "difference in ln of the orders it could deliver, last year, open in both", 1, "work"),
    Metric("orders_won", "orders/month", "Orders won", "more delivered a month, last year, open in both or not", 1,
           "market"),
    Metric("business_stolen", "ratio", "Part of the orders won that others lost",
           "orders that all other firms deliver less, over orders won; missing where none were won", 0, "market"),
    Metric("hours_freed", "hours/month", "Hours the tools took over", "more done by tools, last year", 0, "people"),
    Metric("hours_to_orders", "hours/month", "… spent on more orders", "at the work of an order", 0, "people"),
    Metric("hours_to_work", "hours/month", "… spent on each order", "rework, typing again, learning, the owner", 0,
           "people"),
    Metric("hours_unpaid", "hours/month", "… no longer paid", "fewer hours paid", 0, "people"),
    Metric("hours_to_idle", "hours/month", "… idle", "more paid hours that no order needed", 0, "people"),
    Metric("hours_ended", "hours/month", "… ended with the firm", "in months closed under one of the two only", 0,
           "people"),
    Metric("jobs_gone", "people", "Jobs gone", "fewer people employed in the end: laid off, or not replaced", 0,
           "people"),
    Metric("below_forecast", "share", "Projects below their forecast", "by their books", -1, "projects"),
    Metric("below_hurdle", "share", "Projects below what was asked of them", "by their books", -1, "projects"),
    Metric("below_zero", "share", "Projects below zero", "by their books", -1, "projects"),
)
