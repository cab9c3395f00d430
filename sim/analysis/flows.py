"""The account lines of the till, discounted, compared with doing nothing.

Every flow is signed, plus into the till. Loans, what the owner takes out or puts in and what the creditors of
a closed firm write off move money without earning it: the money a choice made is the sum of all other lines.
"""

from __future__ import annotations

import numpy as np

from sim.analysis.comparison import Comparison
from sim.arrays import Bools, Floats

TOOLS = ("flow_tools_once", "flow_tools_running")
LOOKING = ("flow_assessment",)
SALES = ("flow_sales", "flow_materials", "flow_refunds")
PEOPLE = ("flow_wages", "flow_hiring")
TROUBLE = ("flow_safeguards", "flow_breaches", "flow_fines")
REST = ("flow_overhead", "flow_interest")
EARNING = (*TOOLS, *LOOKING, *SALES, *PEOPLE, *TROUBLE, *REST)


def money_gap(comparison: Comparison, arm: str) -> Floats:
    """Money made beyond the reference by the end of each month, undiscounted, shape (worlds, months)."""
    monthly = np.sum([comparison.series_gap(arm, line) for line in EARNING], axis=0)
    return np.cumsum(monthly, axis=1)


def discounted_gap(comparison: Comparison, arm: str, lines: tuple[str, ...], when: Bools | None = None) -> Floats:
    """Present value of some account lines, arm minus reference, shape (worlds,); `when` (worlds, months)
    picks months."""
    monthly = np.sum([comparison.series_gap(arm, line) for line in lines], axis=0)
    factor = (1 + comparison.discount_month) ** -np.arange(float(comparison.months))
    counted = monthly if when is None else np.where(when, monthly, 0.0)
    return np.asarray(counted @ factor, dtype=np.float64)
