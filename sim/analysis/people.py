"""The hours a tool freed, and what became of them.

Work done is hours paid, less hours idle, plus hours the tools did. Compared with doing nothing in the same
world this gives an identity without a rest:

    hours freed (more done by tools)
        = work for more orders       (more orders x hours of work per order without the purchase)
        + more work on each order    (the remainder: rework, re-keying, learning, the owner's hours)
        + fewer paid hours
        + more idle hours
        + tool hours in months in which the firm had closed under one of the two choices

Hours are means per month over the last year. The first four are counted while the firm is open under both
choices, so that a closed firm does not pass for one that saved all its wages; what closing costs people is
told apart.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim.analysis.comparison import Comparison
from sim.analysis.parts import Part, part
from sim.arrays import Floats

LAST_YEAR = slice(-12, None)


@dataclass(frozen=True)
class Hours:
    """freed = sum(uses), in every world, hours per month."""

    freed: Part
    uses: tuple[Part, ...]


LESS = {
    "orders": "Work for fewer orders", "rework": "Less work on each order", "unpaid": "More paid hours",
    "idle": "Fewer idle hours", "closed": "Saved from closing",
}
"""What a use is called where there is less of it than under the reference: hours that come from there."""


def sides(found: Hours) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Where hours came from and what they were used for, all above zero on average; both sides add up to the same."""
    gone = [use for use in found.uses if use.mean < 0]
    sources = [replace(use, label=LESS[use.name], per_world=-use.per_world, mean=-use.mean, low=-use.high,
                       high=-use.low) for use in gone]  # fmt: skip
    return (found.freed, *sources), tuple(use for use in found.uses if use.mean > 0)


def hours(comparison: Comparison, arm: str) -> Hours:
    """Where the freed hours of one choice went, against the reference."""
    open_in_both = comparison.open_in_both(arm)

    def more(metric: str) -> Floats:
        gap = comparison.series_gap(arm, metric)
        return np.asarray(np.where(open_in_both, gap, 0.0)[:, LAST_YEAR].mean(axis=1), dtype=np.float64)

    freed = comparison.series_gap(arm, "hours_automated")[:, LAST_YEAR].mean(axis=1)
    while_open, unpaid, idle = more("hours_automated"), -more("hours_paid"), more("hours_idle")
    orders = more("orders_served") * hours_per_order(comparison)
    return Hours(
        freed=part("freed", "Hours the tools took over", freed),
        uses=(
            part("orders", "Work for more orders", orders),
            part("rework", "More work on each order", while_open - unpaid - idle - orders),
            part("unpaid", "Fewer paid hours", unpaid),
            part("idle", "More idle hours", idle),
            part("closed", "Ended with the firm", freed - while_open),
        ),
    )


def hours_per_order(comparison: Comparison) -> float:
    """Hours of work behind one order in the reference, last year, all worlds; 0 if none was served."""
    series = comparison.series[comparison.reference.name]
    paid, idle, tools, orders = (
        series[metric][:, LAST_YEAR].sum()
        for metric in ("hours_paid", "hours_idle", "hours_automated", "orders_served")
    )
    return float((paid - idle + tools) / orders) if orders > 0 else 0.0
