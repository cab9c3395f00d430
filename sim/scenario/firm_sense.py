"""Whether an owner's numbers can all be true: hours against orders, people against hours, cash against bills."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.errors import Problem
from sim.params import Params
from sim.params.sector import STAGE_LABELS, STAGES
from sim.scenario.fields import DRAWN_STAGE, number
from sim.scenario.positions import KeyPath
from sim.scenario.scenario import Scenario
from sim.scenario.toml_file import Document

WEEKS_MONTH = 52.0 / 12.0
MOST_HOURS_HEAD_WEEK = 80
STEPS_AGREE = 0.05
FASTEST = 4.0  # times what the trade sells in an hour; beyond it a number is wrong


def hours_head_week(params: Params) -> float:
    """Hours a week of the trade's mean employee."""
    return float(params.sector.hours_person_month) / WEEKS_MONTH


def employees(said: Mapping[str, Any], params: Params) -> float | None:
    """People employed: from paid hours, else the number of staff, else hours by step, else the work in the orders."""
    owner_hours_week = float(params.management.hands_on_share * params.management.owner_hours_month) / WEEKS_MONTH
    if "paid_hours_week" in said:
        return said["paid_hours_week"] / hours_head_week(params)
    if "staff" in said:
        return float(said["staff"])
    if by_step := said.get("hours_week_by_step"):
        return max(sum(by_step.values()) - owner_hours_week, 0.0) / hours_head_week(params)
    if "hours_per_order" in said and "orders_week" in said:
        work = said["orders_week"] * said["hours_per_order"]
        return work / float(params.throughput.normal_utilisation) / hours_head_week(params)
    return None


def paid_hours_week(said: Mapping[str, Any], params: Params) -> float | None:
    """Hours paid in a normal week, as far as the owner's numbers say; None if they do not."""
    people = employees(said, params)
    return None if people is None else people * hours_head_week(params)


def firm_problems(document: Document, said: Mapping[str, Any], base: Scenario) -> Iterator[Problem]:
    """Numbers of the table [firm] that cannot all be true."""
    yield from _people_problems(document, said, base.params)
    yield from _step_problems(document, said, base)
    yield from _money_problems(document, said, base.params)
    stage = said.get("tightest_step", DRAWN_STAGE)
    yield from chain_problems(document, ("firm", "tightest_step"), stage, base)


def _people_problems(document: Document, said: Mapping[str, Any], params: Params) -> Iterator[Problem]:
    """Hours that nobody could work, or that could not make the orders."""
    staff, paid = said.get("staff"), said.get("paid_hours_week")
    if staff and paid and paid > staff * MOST_HOURS_HEAD_WEEK:
        each = f"{number(paid)} paid hours a week for {number(staff)} people are {paid / staff:,.0f} each"
        yield document.problem(("firm", "paid_hours_week"), f"{each}; at most {MOST_HOURS_HEAD_WEEK}")
    hours = paid or (staff * hours_head_week(params) if staff else None)
    orders, hours_order = said.get("orders_week", 0.0), said.get("hours_per_order", 0.0)
    if hours and orders * hours_order > hours:
        work = f"{number(orders)} orders a week at {number(hours_order)} hours each"
        need = f"{work} need {orders * hours_order:,.0f} hours, but only {hours:,.0f} are paid"
        yield document.problem(("firm", "hours_per_order"), need)
    if hours and "hours_per_order" not in said:
        yield from _pace_problems(document, said, params, hours)
    people = employees(said, params)
    if people is not None and people < 1.0:
        key = next(name for name in ("paid_hours_week", "hours_week_by_step", "hours_per_order") if name in said)
        one = f"this is work for {people:.2f} people; a firm here has at least one, paid for"
        yield document.problem(("firm", key), f"{one} {hours_head_week(params):.0f} hours a week")


def _pace_problems(
    document: Document, said: Mapping[str, Any], params: Params, hours: float
) -> Iterator[Problem]:
    """Far more sold in an hour than the trade sells: hours that could not make the orders."""
    orders, price = said.get("orders_week"), said.get("mean_order_usd", float(params.sector.order_value_usd))
    usual = float(params.sector.orders_employee_month) / float(params.sector.hours_person_month)
    if orders and orders * price > FASTEST * hours * usual * float(params.sector.order_value_usd):
        sentence = (
            f"{number(orders)} orders a week in {hours:,.0f} paid hours are {hours / orders:.2g} hours each; the trade "
            f"takes about {1 / usual:.2g}. These hours cannot make the orders, unless you say hours_per_order"
        )
        yield document.problem(("firm", "orders_week"), sentence)


def _step_problems(document: Document, said: Mapping[str, Any], base: Scenario) -> Iterator[Problem]:
    """Hours by step that leave a step of the chain unattended, or that do not add up to the hours paid."""
    by_step = said.get("hours_week_by_step")
    if by_step is None:
        return
    path: KeyPath = ("firm", "hours_week_by_step")
    empty = [stage for stage, on in enumerate(base.params.sector.chain) if on and not by_step.get(stage)]
    if empty:
        named = " and ".join(f"{STAGE_LABELS[stage]} ({STAGES[stage]})" for stage in empty)
        yield document.problem(path, f"every order passes {named}, and nobody works there; give it hours")
    total, paid = sum(by_step.values()), said.get("paid_hours_week")
    if paid and total < paid * (1.0 - STEPS_AGREE):
        sentence = f"the steps add up to {total:,.0f} hours a week, but {number(paid)} are paid; who does what else?"
        yield document.problem(path, sentence)
    most = (paid or said.get("staff", 0) * MOST_HOURS_HEAD_WEEK) + MOST_HOURS_HEAD_WEEK
    if (paid or "staff" in said) and total > most:
        sentence = f"the steps add up to {total:,.0f} hours a week; your staff and you can work {most:,.0f}"
        yield document.problem(path, sentence)


def _money_problems(document: Document, said: Mapping[str, Any], params: Params) -> Iterator[Problem]:
    """Cash said twice, and a till that could not pay the first week."""
    if "cash_usd" in said and "cash_days" in said:
        yield document.problem(("firm", "cash_days"), "cash is said twice; leave out cash_usd or cash_days", True)
    wage = said.get("wage_usd_hour", float(params.sector.wage_usd_hour))
    people = employees(said, params) or float(params.sector.employees_mean)
    wages_usd_week = people * hours_head_week(params) * wage
    cash, credit = said.get("cash_usd"), said.get("credit_line_usd", 0.0)
    if cash is not None and cash + credit < wages_usd_week:
        sentence = f"{number(cash)} USD in cash and a credit line of {number(credit)} USD do not pay the first week's"
        yield document.problem(("firm", "cash_usd"), f"{sentence} wages, {wages_usd_week:,.0f} USD")


def chain_problems(document: Document, path: KeyPath, stage: float, scenario: Scenario) -> list[Problem]:
    """A problem if the stage is not one that an order passes in this trade."""
    chain = scenario.params.sector.chain
    if stage == DRAWN_STAGE or chain[int(stage)]:
        return []
    steps = ", ".join(name for name, on in zip(STAGES, chain, strict=True) if on)
    sentence = f"orders do not pass {STAGE_LABELS[int(stage)]} one by one; the steps are {steps}"
    return [document.problem(path, sentence)]
