"""What was assumed, and who said so: the owner, the vendor, the preset, the model."""

from __future__ import annotations

from sim.analysis.amounts import amount
from sim.analysis.inner import true_minus
from sim.analysis.plan.sheets import Cell, Column, Sheet
from sim.analysis.plan.study import PlanStudy

YOU, VENDOR = "you", "the vendor"


def assumptions_sheet(study: PlanStudy) -> Sheet:
    """Every number that the answer rests on: the owner's, the quotes, the ranges, the defaults, the model's."""
    rows: list[tuple[Cell, ...]] = [(name, value, "stated", YOU) for name, value in study.firm]
    for project in study.projects:
        rows += [
            (f"{project.label}: price", amount(project.price_usd, "USD"), "quoted", VENDOR),
            (f"{project.label}: subscription", amount(project.subscription_usd_month, "USD/month"), "quoted", VENDOR),
            (f"{project.label}: works after", amount(project.months_until_it_works, "months"), "promised", VENDOR),
            (f"{project.label}: what it does", project.promised, "promised", VENDOR),
        ]
    rows += [
        (thing.label, f"{amount(thing.low, thing.unit)} to {amount(thing.high, thing.unit)}", "a range", thing.said_by)
        for thing in study.unsure
    ]
    stated = (*study.defaults, *study.comparison.assumptions)
    rows += [(said.text, said.value_text, said.kind, said.source) for said in stated]
    heads = ("What", "How much", "Kind", "Who said it")
    written = tuple(tuple(true_minus(cell) if isinstance(cell, str) else cell for cell in row) for row in rows)
    return Sheet("assumptions", "What was assumed, and who said so", tuple(map(Column, heads)), written)
