"""What an owner's plan says that can be, and that the owner should know before it is played."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.errors import Problem
from sim.params import Params
from sim.scenario.changes import given
from sim.scenario.fields import number
from sim.scenario.firm_sense import hours_head_week
from sim.scenario.plan.file import PlanFile
from sim.scenario.plan.quotes import most_hours_week, quoted
from sim.scenario.toml_file import Document

MOST_SHARE_PROMISED = 0.5  # of all paid hours; beyond it a promise is rare


def doubts(file: PlanFile, params: Params, families: Sequence[str]) -> Iterator[str]:
    """Prices beyond the till, a goal before its means, promises of most of the work, a firm that loses money."""
    yield from _price_doubts(file, params, families)
    bought, wanted = min(project.buy_in_month for project in file.project), given(file.goal).get("by_month")
    if wanted is not None and wanted < bought:
        yield f"The goal is wanted by month {wanted}, but nothing is bought before month {bought}"
    promised = sum(project.hours_saved_week or 0.0 for project in file.project)
    paid = float(params.focal.employees) * hours_head_week(params)
    if promised > MOST_SHARE_PROMISED * paid:
        yield f"{number(promised)} hours a week are promised of {paid:,.0f} that are paid: more than half of all work"
    for project in file.project:
        hours = project.hours_saved_week or 0.0
        most = most_hours_week(params, project) if hours else 0.0
        if hours > most:
            yield f"{project.title}: {number(hours)} hours a week are promised; at its steps tools can save {most:,.0f}"
    left = left_usd_month(file, params)
    if left < 0.0:
        yield f"By your own numbers the firm loses {-left:,.0f} USD in a normal month before anything is bought"


def unpayable(document: Document, file: PlanFile, params: Params, families: Sequence[str]) -> Iterator[Problem]:
    """Prices that all sales until the plan's end could not pay, even where a bank lends what banks lend."""
    have = sum(money_usd(file, params)) + file.months * float(params.focal.orders_month * params.focal.price_usd)
    for place, project in enumerate(file.project):
        price = quoted(params, families, project)[0]
        if price * (1.0 - float(params.finance.loan_share)) > have:
            sentence = f"{_beyond(project.title, price, file, params)}; all sales of {file.months} months and a loan"
            yield document.problem(("project", place, "price_usd"), f"{sentence} could not pay it")


def money_usd(file: PlanFile, params: Params) -> tuple[float, float]:
    """Cash and credit at the start, USD: as told, or as days of what goes out in a normal month."""
    said, day = given(file.firm), (sales_usd_month(params) - left_usd_month(file, params)) / 30.0
    cash = said.get("cash_usd", said.get("cash_days", float(params.sector.cash_days_median)) * day)
    return cash, said.get("credit_line_usd", float(params.finance.overdraft_days) * day)


def sales_usd_month(params: Params) -> float:
    """Sales of a normal month."""
    return float(params.focal.orders_month * params.focal.price_usd)


def left_usd_month(file: PlanFile, params: Params) -> float:
    """What a normal month leaves the owner; with the trade's margin, where rent and other costs are not told."""
    p = params
    sales, hours = sales_usd_month(p), float(p.focal.employees) * float(p.sector.hours_person_month)
    left = sales * (1.0 - float(p.focal.materials_share)) - hours * float(p.focal.wage_usd_hour)
    rent = given(file.firm).get("rent_and_other_usd_month")
    return min(left, sales * float(p.sector.net_margin)) if rent is None else left - rent


def _price_doubts(file: PlanFile, params: Params, families: Sequence[str]) -> Iterator[str]:
    """Prices that the till cannot pay at the start: owners pay from cash, or with a loan."""
    (cash, credit), lent = money_usd(file, params), float(params.finance.loan_share)
    waits = f"it waits until the till can pay it, or the bank lends {lent:.0%} of it"
    for project in file.project:
        price = quoted(params, families, project)[0]
        if price > cash + credit:
            yield f"{_beyond(project.title, price, file, params)}; {waits}"
        elif price > cash:
            yield f"{project.title}: {price:,.0f} USD is more than the cash, {cash:,.0f} USD; {waits}"


def _beyond(title: str, price: float, file: PlanFile, params: Params) -> str:
    """A price against what there is."""
    return f"{title}: {price:,.0f} USD is more than cash and credit, {sum(money_usd(file, params)):,.0f} USD"
