"""What is measured: one registry of names, units, labels and one line for people each.

It feeds the store, the tables, the report and the JSON; nothing else lists metrics. A metric is about the firm in
focus, or, where every small firm follows the arm, about the mean small firm of month 0; closed firms stay in.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.state import FLOWS


@dataclass(frozen=True)
class Metric:
    """A measured quantity; `better` is 1 if more is better, −1 if less is, 0 if neither."""

    name: str
    unit: str
    label: str
    line: str
    better: int = 0


_SCALARS = (
    Metric("owner_value_usd", "USD", "What the firm was worth to its owner",
           "money the owner took out, and what was left in the end less debts, discounted", 1),
    Metric("automation_cost_usd", "USD", "Cash that automation caused",
           "prices, subscriptions, fees, assessment, training, severance, safety, stolen data, fines, discounted", -1),
    Metric("forecast_gain_usd", "USD", "Gain foreseen at purchase", "forecasts of all projects, net of quoted cost"),
    Metric("forecast_sales_usd", "USD", "Foreseen from more or better orders", "part of the forecast, discounted"),
    Metric("forecast_labour_usd", "USD", "Foreseen from saved wages", "part of the forecast, discounted"),
    Metric("forecast_cost_usd", "USD", "Cost quoted at purchase", "part of the forecast, discounted"),
    Metric("ledger_saving_usd", "USD", "Hours replaced, at the wage", "the vendor's view of what tools saved"),
    Metric("ledger_gain_usd", "USD", "Hours replaced less all that was paid", "the narrow view of a ledger", 1),
    Metric("beyond_ledger_usd", "USD", "Owner's worth beyond that ledger", "what hours replaced do not show"),
    Metric("goal_hit", "share", "Goal reached in time", "1 or 0; missing where no goal is set", 1),
    Metric("projects", "projects", "Projects started", "tools, expansions and process improvements"),
    Metric("first_purchase_month", "month", "Month of the first purchase", "missing where nothing was bought"),
    Metric("alive_share", "share", "Still in business at the end", "1 or 0, or the share of firms", 1),
    Metric("closed_month", "month", "Month of closing", "missing where the firm is still open", 1),
    Metric("cash_trough_usd", "USD", "Lowest cash", "the worst month-end in the till, overdraft below zero", 1),
    Metric("revenue_last_year_usd", "USD", "Sales of the last year", "sum over the last twelve months", 1),
    Metric("revenue_growth_year", "share/year", "Growth of sales a year", "first year to last year; −1 if closed", 1),
    Metric("orders_demanded_month", "orders/month", "Orders that came in", "mean of the last year", 1),
    Metric("orders_served_month", "orders/month", "Orders delivered", "mean of the last year", 1),
    Metric("orders_lost_month", "orders/month", "Orders given up", "mean of the last year", -1),
    Metric("wait_ratio", "ratio", "Wait over normal work time", "mean of the last year", -1),
    Metric("utilisation", "share", "How full the busiest step was", "mean of the last year"),
    Metric("overload", "share", "Load beyond what people can carry", "mean of the last year", -1),
    Metric("faulty_share", "share", "Orders made with an error", "mean of the last year", -1),
    Metric("quits", "people", "People who left by choice", "over the whole run", -1),
    Metric("hires", "people", "People hired", "over the whole run"),
    Metric("laid_off", "people", "People laid off", "over the whole run", -1),
    Metric("hours_trained", "hours", "Hours in training on tools", "over the whole run"),
    Metric("hours_retrained", "hours", "Hours spent learning another job", "over the whole run"),
    Metric("morale", "index", "Wish of people to stay", "mean of the last year; 0 in a normal job", 1),
    Metric("hours_automated_month", "hours/month", "Hours of work done by tools", "mean of the last year"),
    Metric("hours_paid_month", "hours/month", "Hours paid", "mean of the last year"),
    Metric("hours_idle_month", "hours/month", "Paid hours that no order needed", "mean of the last year", -1),
    Metric("employees_end", "people", "People employed at the end", "headcount in the last month"),
    Metric("revenue_second_last_year_usd", "USD", "Sales to the second kind of customer", "over the last year", 1),
    Metric("retention_usual_year", "share", "Usual customers kept over a year", "at the pace of the last year", 1),
    Metric("retention_second_year", "share", "Second kind of customer kept over a year",
           "at the pace of the last year; 0 where there is none", 1),
    Metric("breaches", "events", "Thefts of data", "over the whole run", -1),
    Metric("fined", "events", "Fines for how machines decided", "over the whole run", -1),
    Metric("safeguards_usd", "USD", "Paid for security, oversight and consent", "over the whole run", -1),
    Metric("error_gap", "share of orders", "Errors of machines in orders of the group besides",
           "mean of the last year; they reach the customer", -1),
    Metric("orders_harmed", "orders", "Orders of the group that machines got wrong besides", "over the whole run", -1),
    Metric("consented_share", "share", "Customers who agreed to the use of their data", "mean of the last year", 1),
    Metric("data_insight", "index 0-1", "What data of several steps say together", "mean of the last year", 1),
    Metric("market_share_end", "share", "Share of the market", "of orders delivered in the last month", 1),
)

_SERIES = (
    Metric("alive", "share", "In business", "1 or 0, or the share of firms", 1),
    Metric("cash_usd", "USD", "Cash", "month-end; below zero is overdraft", 1),
    Metric("profit_usd", "USD/month", "Profit", "sales less all running costs and interest; before the owner's pay", 1),
    Metric("debt_usd", "USD", "Loans to repay", "month-end", -1),
    Metric("overdraft_limit_usd", "USD", "Overdraft limit", "how far below zero the bank lets it go"),
    Metric("orders_demanded", "orders/month", "Orders that came in", "new orders", 1),
    Metric("orders_served", "orders/month", "Orders delivered", "good and faulty", 1),
    Metric("orders_lost", "orders/month", "Orders given up", "customers who did not wait", -1),
    Metric("wait_ratio", "ratio", "Wait over normal work time", "queues and backlog", -1),
    Metric("utilisation", "share", "How full the busiest step was", "load over capacity"),
    Metric("bottleneck", "stage", "What limited sales", "stage number; 9 demand, −1 closed; focal firm only"),
    Metric("overload", "share", "Load beyond what people can carry", "zero at normal load", -1),
    Metric("employees", "people", "People employed", "headcount"),
    Metric("quits", "people", "People who left by choice", "this month", -1),
    Metric("hires", "people", "People hired", "this month"),
    Metric("laid_off", "people", "People laid off", "this month", -1),
    Metric("hours_trained", "hours/month", "Hours in training on tools", "this month"),
    Metric("hours_retrained", "hours/month", "Hours spent learning another job", "this month"),
    Metric("morale", "index", "Wish of people to stay", "mean of employees; 0 in a normal job", 1),
    Metric("hours_paid", "hours/month", "Hours paid", "employees' hours"),
    Metric("hours_automated", "hours/month", "Hours of work done by tools", "at the orders delivered"),
    Metric("hours_idle", "hours/month", "Paid hours that no order needed", "of employees and owner", -1),
    Metric("price_usd", "USD", "Price of a mean order", "list price"),
    Metric("markup", "share", "What it asks over its cost", "markup it would set now; its own, demand and quality"),
    Metric("faulty_share", "share", "Orders made with an error", "redone or not", -1),
    Metric("found_share", "share", "Errors noticed in the house", "orders that were redone, of all"),
    Metric("escaped_share", "share", "Orders that reached customers faulty", "of those delivered", -1),
    Metric("reputation", "stars", "Rating above what is usual", "follows what its customers feel", 1),
    Metric("process_quality", "index 0-1", "Process quality", "mean over the chain", 1),
    Metric("market_share", "share", "Share of the market", "of orders delivered", 1),
    Metric("sales_second_usd", "USD/month", "Sales to the second kind of customer", "their share of new orders", 1),
    Metric("kept_usual", "share", "Usual customers who stayed", "of those of last month; 0 if there were none", 1),
    Metric("kept_second", "share", "Second kind of customer who stayed", "of those of last month; 0 if none", 1),
    Metric("sales_group_usd", "USD/month", "Sales to the group", "customers with whom machines may err more", 1),
    Metric("breaches", "events", "Thefts of data", "this month", -1),
    Metric("fined", "events", "Fines for how machines decided", "this month", -1),
    Metric("machine_decided", "share of orders", "Orders handled by customer-facing tools", "of those delivered"),
    Metric("error_gap", "share of orders", "Errors of machines with the group besides", "of its orders", -1),
    Metric("orders_harmed", "orders", "Orders of the group that machines got wrong besides", "this month", -1),
    Metric("consented_share", "share", "Customers who agreed to the use of their data", "as far as they are asked", 1),
    Metric("data_insight", "index 0-1", "What data of several steps say together", "near 0 with one step alone", 1),
    Metric("input_factor", "ratio", "What materials cost over month 0", "for the same goods"),
    Metric("projects", "projects", "Projects started so far", "tools, expansions, improvements"),
    Metric("fund_usd", "USD", "Put aside for projects", "month-end"),
    Metric("ledger_saving_usd", "USD", "Hours replaced, at the wage", "discounted, so far: the vendor's view"),
    Metric("forecast_sales_usd", "USD", "Foreseen from more or better orders", "discounted, so far"),
    Metric("forecast_labour_usd", "USD", "Foreseen from saved wages", "discounted, so far"),
    Metric("forecast_cost_usd", "USD", "Cost quoted", "discounted, so far"),
    *(Metric(f"flow_{name}", "USD/month", f"Payments: {name.replace('_', ' ')}", "+ into the till") for name in FLOWS),
)

METRICS = {metric.name: metric for metric in _SCALARS}
SERIES = {metric.name: metric for metric in _SERIES}
