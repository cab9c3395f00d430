"""What was assumed, and who said so: the owner, the vendor, the preset, the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.analysis.amounts import amount
from sim.analysis.comparison import Assumption
from sim.analysis.inner import true_minus
from sim.analysis.plan.sheets import Cell, Column, Sheet
from sim.analysis.plan.study import PlanStudy, Project

YOU, VENDOR = "you", "the vendor"
FIRM = {
    "People": ("people on the payroll, the owner not counted", "what an hour of staff costs, on-costs included"),
    "Orders": ("orders in a normal week", "price of a mean order"),
    "Where the work is": ("hours worked in a normal week, step by step, the owner's included",),
    "A normal month": ("orders in a normal week", "price of a mean order", "materials for 100 dollars of sales",
                       "what an hour of staff costs, on-costs included"),
    "Cash": ("money in the till and the account, today", "days the firm could pay its bills without a sale"),
    "Credit line": ("how far below zero the bank lets the account go",),
    "Market": ("firms like this one that customers could go to", "branches of large competitors nearby"),
}
"""A row about the firm -> the numbers in it that somebody may leave to a default, by their declared words."""


def assumptions_sheet(study: PlanStudy) -> Sheet:
    """Every number that the answer rests on: the owner's, the quotes, the ranges, the defaults, the model's."""
    left = {default.text: default for default in study.defaults}
    rows: list[tuple[Cell, ...]] = [(name, value, *_of_firm(name, left)) for name, value in study.firm]
    for project in study.projects:
        rows += _of_quote(project, left)
    rows += [
        (thing.label, f"{amount(thing.low, thing.unit)} to {amount(thing.high, thing.unit)}", "a range", thing.said_by)
        for thing in study.unsure
    ]
    stated = (*study.defaults, *study.comparison.assumptions)
    rows += [(said.text, said.value_text, said.kind, said.source) for said in stated]
    heads = ("What", "How much", "Kind", "Who said it")
    written = tuple(tuple(true_minus(cell) if isinstance(cell, str) else cell for cell in row) for row in rows)
    return Sheet("assumptions", "What was assumed, and who said so", tuple(map(Column, heads)), written)


def _of_firm(name: str, left: Mapping[str, Assumption]) -> tuple[str, str]:
    """Kind and author of a row about the firm: who left a number of it to a default did not say all of it."""
    numbers = FIRM.get(name, ())
    defaults = [left[words] for words in numbers if words in left]
    authors = list(dict.fromkeys(default.source for default in defaults))
    if not defaults:
        return "stated", YOU
    if len(defaults) == len(numbers) or name == "Cash":
        return "a default", "; ".join(authors)
    return "in part a default", "; ".join([YOU, *authors])


def _of_quote(project: Project, left: Mapping[str, Assumption]) -> Iterator[tuple[Cell, ...]]:
    """A quote's rows; what it is silent about is the catalogue's."""
    for words, key, value, kind in (
        ("price", "price, once", amount(project.price_usd, "USD"), "quoted"),
        ("subscription", "price, every month", amount(project.subscription_usd_month, "USD/month"), "quoted"),
        ("works after", "months from order to routine use", amount(project.months_until_it_works, "months"),
         "promised"),
    ):
        default = left.get(f"{project.label}: {key}")
        said = ("a default", default.source) if default else (kind, VENDOR)
        yield (f"{project.label}: {words}", value, *said)
    yield (f"{project.label}: what it does", project.promised, "promised", VENDOR)
