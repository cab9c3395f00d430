"""Metrics of what tools bring besides work: incidents, how machines treat a group of customers, data and their use."""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Floats
from sim.observe.metrics.base import Month, Monthly, Overall, column, mean_of_last_year, sum_of_run
from sim.state import FLOW


def _sales_group(month: Month) -> Floats:
    share = month.own("orders_group") / np.maximum(month.own("orders_new"), 1)
    return share * numerics.usd(month.own("flow_cents")[:, FLOW["sales"]])


def _consented(month: Month) -> Floats:
    return month.own("consent") * month.params.fairness.agree_share[month.w]


SCALARS = (
    Overall("breaches", "events", "Thefts of data", "over the whole run", -1, of=sum_of_run("breaches")),
    Overall("fined", "events", "Fines for how machines decided", "over the whole run", -1, of=sum_of_run("fined")),
    Overall("safeguards_usd", "USD", "Paid for security, oversight and consent", "over the whole run", -1,
            of=lambda run: -run["flow_safeguards"].sum(axis=1)),
    Overall("error_gap", "share of orders", "Errors of machines with the group besides",
            "of its orders; they reach the customer; mean of the last year", -1, of=mean_of_last_year("error_gap")),
    Overall("orders_harmed", "orders", "Orders of the group that machines got wrong besides", "over the whole run", -1,
            of=sum_of_run("orders_harmed")),
    Overall("consented_share", "share", "Customers who agreed to the use of their data", "mean of the last year", 1,
            of=mean_of_last_year("consented_share")),
    Overall("data_insight", "index 0-1", "What data of several steps say together", "mean of the last year", 1,
            of=mean_of_last_year("data_insight")),
)

SERIES = (
    Monthly("breaches", "events", "Thefts of data", "this month", -1, of=column("breaches")),
    Monthly("fined", "events", "Fines for how machines decided", "this month", -1, of=column("fined")),
    Monthly("machine_decided", "share of orders", "Orders handled by customer-facing tools", "of those delivered",
            of=column("machine_decided")),
    Monthly("error_gap", "share of orders", "Errors of machines with the group besides",
            "of its orders; they reach the customer", -1, of=column("error_gap")),
    Monthly("orders_harmed", "orders", "Orders of the group that machines got wrong besides", "this month", -1,
            of=column("orders_harmed")),
    Monthly("sales_group_usd", "USD/month", "Sales to the group", "customers with whom machines may err more", 1,
            of=_sales_group),
    Monthly("consented_share", "share", "Customers who agreed to the use of their data", "as far as they are asked", 1,
            of=_consented),
    Monthly("data_insight", "index 0-1", "What data of several steps say together", "near 0 with one step alone", 1,
            of=column("data_insight")),
    Monthly("input_factor", "ratio", "What materials cost over month 0", "for the same goods, events apart",
            of=column("input_factor")),
)
