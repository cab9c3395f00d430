"""What a sector preset and the tool catalogue say, as plain numbers; each number's provenance stays in its file.

Nine stages of the value chain (Porter 1985), the same order everywhere. Five may form the throughput chain, four
support it.
"""

from dataclasses import dataclass, field
from typing import Any

from sim.arrays import Bools, Floats

STAGES = (
    "inbound", "operations", "outbound", "marketing_sales", "service",
    "procurement", "technology", "human_resources", "administration",
)
STAGE_LABELS = (
    "receiving goods", "making", "handing over", "taking orders", "after-sales service",
    "buying", "technology", "staff matters", "office work",
)
STAGE_COUNT = len(STAGES)
PROJECT_KINDS = ("subscription", "equipment", "integration")
SUBSCRIPTION, EQUIPMENT, INTEGRATION = range(len(PROJECT_KINDS))


def known(unit: str, text: str) -> Any:
    """Declare a number that a preset file must give."""
    return field(metadata={"unit": unit, "text": text})


@dataclass(frozen=True)
class Sector:
    """A sector preset; shapes () or (9,) in a scenario, (worlds,) or (worlds, 9) in a run."""

    order_value_usd: Floats = known("USD/order", "price of a mean order")
    materials_share: Floats = known("share of revenue", "materials")
    net_margin: Floats = known("share of revenue", "profit at normal volume")
    wage_usd_hour: Floats = known("USD/hour", "labour cost of an hour worked")
    hours_person_month: Floats = known("hours/month", "hours worked by an employee")
    employees_mean: Floats = known("people", "mean size of small firms")
    orders_employee_month: Floats = known("orders/month", "orders per employee at normal volume")
    cash_days_median: Floats = known("days", "median cash buffer in days of outflow")
    quits_month: Floats = known("share/month", "employees that quit")
    peak_factor: Floats = known("ratio", "demand in December over the mean month")
    trough_factor: Floats = known("ratio", "demand in January over the mean month")
    waits_share: Floats = known("share", "unserved orders that wait for next month; the others are lost")
    quality_observed: Floats = known("share", "part of a firm's quality that customers can see before they buy")
    regulation: Floats = known("index 0-1", "how closely rules watch the sector")
    hours_share: Floats = known("share of labour hours", "labour hours by stage, shape (9,)")
    chain: Bools = known("yes or no", "stages that form the throughput chain, shape (9,)")
    error_weight: Floats = known("share", "where errors arise, sums to 1 over the chain, shape (9,)")


@dataclass(frozen=True)
class Catalogue:
    """Tool families on offer; shapes (families,) or (families, 9) in a scenario, with worlds in front in a run."""

    one_off_usd: Floats = known("USD", "price of a unit, once")
    subscription_usd_month: Floats = known("USD/month", "price of a unit, every month")
    per_use_share: Floats = known("share of order value", "fee on every order that goes through the tool")
    months: Floats = known("months", "months from order to routine use")
    hours_taken: Floats = known("share of routine hours", "work it can take over by stage, shape (families, 9)")
    hype: Floats = known("index 0-1", "vendor push and talk")
    convenience: Floats = known("utility", "what customers gain from dealing with the firm through it")
    convenience_second: Floats = known("utility", "what customers of the second kind gain besides")
    equipment_gain: Floats = known("share", "equipment limit it adds at its first stage")
    slips_found: Floats = known("share of slips", "slips made up to its first stage that it finds")
    errors_found: Floats = known("share of systematic errors", "systematic errors up to its first stage that it finds")
    exposure: Floats = known("index 0-1", "data and access that a thief would find in it")
    error_gap: Floats = known("share of orders", "errors it makes besides with customers of the group")
    works: Floats = known("share of the rating", "what comes true of what it is rated to do")
    customer_facing: Floats = known("0 or 1", "whether customers deal with it")
    main_stage: Floats = known("stage number", "first stage it serves")
    kind: Floats = known("number", "kind of project: 0 subscription, 1 equipment, 2 integration work")
    edges: Floats = known("edges", "stage pairs it must exchange data with; 0 for a hub")
    edges_at: Floats = known("edges", "those that end at a stage, shape (families, 9)")
    hub: Floats = known("0 or 1", "whether other tools need one edge only where it works")
    offered: Bools = known("yes or no", "whether it can be bought in this scenario")
