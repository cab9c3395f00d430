"""What an owner's numbers become in the model.

| the owner says | the model takes |
|---|---|
| paid_hours_week | focal.employees = hours x 52/12 / monthly hours of the trade's mean employee |
| staff | focal.employees, where paid hours are not given |
| hours_per_order | focal.employees at normal utilisation, where neither is given; else a check |
| orders_week | focal.orders_month = orders x 52/12 |
| mean_order_usd | focal.price_usd |
| materials_usd_per_100_sales | focal.materials_share = dollars / 100 |
| wage_usd_hour | focal.wage_usd_hour |
| redone_per_100 | focal.faulty_share = orders / 100 / rework.redone_share (others reach the customer) |
| cash_days | focal.cash_days |
| tightest_step | focal.bottleneck_stage |
| tightest_step_full_percent | focal.equipment_utilisation = percent / 100 |
| [tool] family, buy_in_month | the arm `quote`, which buys it in that month |
| [tool] price_usd | one_off of the tool |
| [tool] subscription_usd_month | subscription of the tool |
| [tool] months_until_it_works | implementation_months of the tool |
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from sim.errors import Problem
from sim.params import Params, changed
from sim.params.sector import STAGE_LABELS, STAGES
from sim.scenario.changes import given
from sim.scenario.fields import DRAWN_STAGE, number
from sim.scenario.firm_file import FirmFile, FirmNumbers, ToolOffer
from sim.scenario.positions import KeyPath
from sim.scenario.presets import offering
from sim.scenario.scenario import Scenario
from sim.scenario.toml_file import Document, refuse
from sim.strategies.arms import Arm, Purchase

WEEKS_MONTH = 52.0 / 12.0
MOST_HOURS_HEAD_WEEK = 80
QUOTE = "quote"

# The owner's number -> parameter of `focal`, and what it is multiplied by.
FOCAL = {
    "orders_week": ("orders_month", WEEKS_MONTH), "mean_order_usd": ("price_usd", 1.0),
    "materials_usd_per_100_sales": ("materials_share", 0.01), "wage_usd_hour": ("wage_usd_hour", 1.0),
    "cash_days": ("cash_days", 1.0), "tightest_step": ("bottleneck_stage", 1.0),
    "tightest_step_full_percent": ("equipment_utilisation", 0.01),
}
QUOTED = {
    "price_usd": "one_off", "subscription_usd_month": "subscription",
    "months_until_it_works": "implementation_months",
}


def firm_scenario(document: Document, file: FirmFile, base: Scenario) -> Scenario:
    """The base scenario with the firm's own numbers in focus; InputError where they contradict each other."""
    refuse(_contradictions(document, given(file.firm), base))
    params = replace(base.params, focal=changed(base.params.focal, focal_numbers(file.firm, base.params)))
    arms = dict(base.arms)
    if file.tool:
        quoted = {QUOTED[key]: value for key, value in given(file.tool).items() if key in QUOTED}
        params = replace(params, catalogue=offering(params.catalogue, file.tool.family, quoted))
        arms[QUOTE] = _quote(file.tool, base.families[file.tool.family])
    return replace(
        base, name=Path(document.name).stem, title=file.title, why=f"A firm's own numbers. {base.why}",
        months=file.months or base.months, params=params, arms=arms, signature=(), falsifier=None,
        path=document.name, text=document.text, asks_for=(QUOTE,) if file.tool else (),
    )


def focal_numbers(firm: FirmNumbers, params: Params) -> dict[str, float]:
    """The firm's numbers as parameters of the group `focal`; only those the owner gave."""
    said = given(firm)
    focal = {name: said[key] * factor for key, (name, factor) in FOCAL.items() if key in said}
    if "redone_per_100" in said:
        focal["faulty_share"] = said["redone_per_100"] / 100.0 / float(params.rework.redone_share)
    employees = _employees(said, params)
    return focal | {"employees": employees} if employees else focal


def _employees(said: Mapping[str, float], params: Params) -> float | None:
    """People employed, from paid hours, else from the number of staff, else from the work in the orders."""
    if "paid_hours_week" in said:
        return said["paid_hours_week"] / _hours_head_week(params)
    if "staff" in said:
        return float(said["staff"])
    if "hours_per_order" in said and "orders_week" in said:
        work = said["orders_week"] * said["hours_per_order"]
        return work / float(params.throughput.normal_utilisation) / _hours_head_week(params)
    return None


def _hours_head_week(params: Params) -> float:
    """Hours a week of the trade's mean employee."""
    return float(params.sector.hours_person_month) / WEEKS_MONTH


def _contradictions(document: Document, said: Mapping[str, float], base: Scenario) -> Iterator[Problem]:
    """Numbers that cannot all be true."""
    staff, paid = said.get("staff"), said.get("paid_hours_week")
    if staff and paid and paid > staff * MOST_HOURS_HEAD_WEEK:
        each = f"{number(paid)} paid hours a week for {number(staff)} people are {paid / staff:,.0f} each"
        yield document.problem(("firm", "paid_hours_week"), f"{each}; at most {MOST_HOURS_HEAD_WEEK}")
    hours = paid or (staff * _hours_head_week(base.params) if staff else None)
    orders, hours_order = said.get("orders_week", 0.0), said.get("hours_per_order", 0.0)
    if hours and orders * hours_order > hours:
        work = f"{number(orders)} orders a week at {number(hours_order)} hours each"
        need = f"{work} need {orders * hours_order:,.0f} hours, but only {hours:,.0f} are paid"
        yield document.problem(("firm", "hours_per_order"), need)
    employees = _employees(said, base.params)
    if employees is not None and employees < 1.0:
        key = "paid_hours_week" if paid else "hours_per_order"
        one = f"this is work for {employees:.2f} people; a firm here has at least one, paid for"
        yield document.problem(("firm", key), f"{one} {_hours_head_week(base.params):.0f} hours a week")
    stage = said.get("tightest_step", DRAWN_STAGE)
    yield from chain_problems(document, ("firm", "tightest_step"), stage, base)


def chain_problems(document: Document, path: KeyPath, stage: float, scenario: Scenario) -> list[Problem]:
    """A problem if the stage is not one that an order passes in this trade."""
    chain = scenario.params.sector.chain
    if stage == DRAWN_STAGE or chain[int(stage)]:
        return []
    steps = ", ".join(name for name, on in zip(STAGES, chain, strict=True) if on)
    sentence = f"orders do not pass {STAGE_LABELS[int(stage)]} one by one; the steps are {steps}"
    return [document.problem(path, sentence)]


def _quote(tool: ToolOffer, title: str) -> Arm:
    """The strategy of buying the tool on offer and nothing else."""
    return Arm(
        name=QUOTE, label="Buys the tool on offer", score="planned",
        line=f"Buys the tool on offer ({title}) in month {tool.buy_in_month}, and nothing else.",
        purchases=(Purchase(tool.family, tool.buy_in_month),),
    )
