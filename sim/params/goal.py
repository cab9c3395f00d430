"""A goal that an owner can be held to: what is measured, by how much it is to change, and until when (Doran 1981)."""

from __future__ import annotations

from dataclasses import dataclass

GOAL_METRICS = {
    "flow_sales": "sales", "orders_demanded": "orders that come in", "sales_second_usd": "sales to the second kind",
    "kept_usual": "usual customers who stay", "kept_second": "customers of the second kind who stay",
    "wait_ratio": "waits", "faulty_share": "orders made with an error", "escaped_share": "faulty orders delivered",
    "hours_paid": "hours paid",
}
"""Monthly metrics a goal can be about, in words."""


@dataclass(frozen=True)
class Goal:
    """A monthly metric of the firm in focus, the share it is to change by, and the month it is due."""

    metric: str
    change: float
    deadline_month: int
