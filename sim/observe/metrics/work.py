"""Metrics of work: orders, waits, errors, how full the shop is and what limits it."""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Floats
from sim.observe.metrics.base import Lived, Month, Monthly, Overall, column, mean_of_last_year


def _quality(month: Month) -> Floats:
    chain = month.params.sector.chain[month.w] > 0.0
    return numerics.row_sum(np.where(chain, month.own("process_quality"), 0.0)) / chain.sum(axis=1)


def _lead_time(month: Month) -> Floats:
    chain = month.params.sector.chain[month.w] > 0.0
    work = numerics.row_sum(np.where(chain, month.own("hand_hours_order"), 0.0))
    return work * (1.0 + month.own("wait_ratio"))


def _response(run: Lived) -> Floats:
    """The part of the lead time that is waiting."""
    return (run["lead_time_hours"] * run["wait_ratio"] / (1.0 + run["wait_ratio"]))[:, run.last].mean(axis=1)


SCALARS = (
    Overall("orders_demanded_month", "orders/month", "Orders that came in", "mean of the last year", 1,
            of=mean_of_last_year("orders_demanded")),
    Overall("orders_served_month", "orders/month", "Orders delivered", "mean of the last year", 1,
            of=mean_of_last_year("orders_served")),
    Overall("orders_lost_month", "orders/month", "Orders given up", "mean of the last year", -1,
            of=mean_of_last_year("orders_lost")),
    Overall("throughput_month", "orders/month", "Orders it could deliver", "pace of the whole chain, last year", 1,
            of=mean_of_last_year("throughput")),
    Overall("wait_ratio", "ratio", "Wait over normal work time", "mean of the last year", -1,
            of=mean_of_last_year("wait_ratio")),
    Overall("lead_time_hours", "hours", "Lead time of an order", "work and waits in working hours, last year", -1,
            of=mean_of_last_year("lead_time_hours")),
    Overall("response_hours", "hours", "Response time", "hours an order lies waiting, last year", -1, of=_response),
    Overall("utilisation", "share", "How full the busiest step was", "mean of the last year",
            of=mean_of_last_year("utilisation")),
    Overall("overload", "share", "Load beyond what people can carry", "mean of the last year", -1,
            of=mean_of_last_year("overload")),
    Overall("faulty_share", "share", "Orders made with an error", "mean of the last year", -1,
            of=mean_of_last_year("faulty_share")),
    Overall("first_time_right", "share", "Orders right the first time", "made without an error, last year", 1,
            of=lambda run: 1.0 - run.last_year("faulty_share")),
)

SERIES = (
    Monthly("orders_demanded", "orders/month", "Orders that came in", "new orders", 1, of=column("orders_new")),
    Monthly("orders_served", "orders/month", "Orders delivered", "good and faulty", 1, of=column("orders_served")),
    Monthly("orders_lost", "orders/month", "Orders given up", "customers who did not wait", -1,
            of=column("orders_lost")),
    Monthly("throughput", "orders/month", "Orders it could deliver", "pace of the whole chain", 1,
            of=column("throughput")),
    Monthly("wait_ratio", "ratio", "Wait over normal work time", "queues and backlog", -1, of=column("wait_ratio")),
    Monthly("lead_time_hours", "hours", "Lead time of an order", "work and waits, in working hours", -1,
            of=_lead_time),
    Monthly("utilisation", "share", "How full the busiest step was", "load over capacity", of=column("utilisation")),
    Monthly("bottleneck", "stage", "What limited sales", "stage number; 9 demand, −1 closed; focal firm only",
            of=column("bottleneck"), closed=-1.0),
    Monthly("overload", "share", "Load beyond what people can carry", "zero at normal load", -1,
            of=column("overload")),
    Monthly("faulty_share", "share", "Orders made with an error", "redone or not", -1, of=column("fault_share")),
    Monthly("found_share", "share", "Errors noticed in the house", "orders that were redone, of all",
            of=lambda month: month.world.redone_share[month.rows]),
    Monthly("escaped_share", "share", "Orders that reached customers faulty", "of those delivered", -1,
            of=lambda month: month.own("orders_faulty") / np.maximum(month.own("orders_served"), 1)),
    Monthly("process_quality", "index 0-1", "Process quality", "mean over the chain", 1, of=_quality),
)
