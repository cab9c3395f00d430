"""What an owner's numbers become in the model.

| the owner says | the model takes |
|---|---|
| paid_hours_week | focal.employees = hours x 52/12 / monthly hours of the trade's mean employee |
| staff | focal.employees, where paid hours are not given |
| hours_week_by_step | sector.hours_share: the split of work over steps; focal.employees, where neither is given |
| hours_per_order | focal.employees at normal utilisation, where none of these is given; else a check |
| orders_week | focal.orders_month = orders x 52/12 |
| mean_order_usd | focal.price_usd |
| materials_usd_per_100_sales | focal.materials_share = dollars / 100 |
| wage_usd_hour | focal.wage_usd_hour |
| rent_and_other_usd_month | focal.overhead_usd_month |
| redone_per_100 | focal.faulty_share = orders / 100 / rework.redone_share (others reach the customer) |
| cash_usd | focal.cash_usd |
| cash_days | focal.cash_days |
| credit_line_usd | focal.credit_usd |
| tightest_step | focal.bottleneck_stage |
| tightest_step_full_percent | focal.equipment_utilisation = percent / 100 |
| [tool] family, buy_in_month | the arm `quote`, which buys it in that month |
| [tool] price_usd | one_off of the tool |
| [tool] subscription_usd_month | subscription of the tool |
| [tool] months_until_it_works | implementation_months of the tool |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from sim.params import Params, changed
from sim.params.sector import STAGE_COUNT
from sim.scenario.changes import given
from sim.scenario.firm_file import FirmFile, FirmNumbers, ToolOffer
from sim.scenario.firm_sense import WEEKS_MONTH, employees, firm_problems
from sim.scenario.presets import offering
from sim.scenario.scenario import Scenario
from sim.scenario.toml_file import Document, refuse
from sim.strategies.arms import Arm, Purchase

QUOTE = "quote"

# The owner's number -> parameter of `focal`, and what it is multiplied by.
FOCAL = {
    "orders_week": ("orders_month", WEEKS_MONTH), "mean_order_usd": ("price_usd", 1.0),
    "materials_usd_per_100_sales": ("materials_share", 0.01), "wage_usd_hour": ("wage_usd_hour", 1.0),
    "rent_and_other_usd_month": ("overhead_usd_month", 1.0), "cash_usd": ("cash_usd", 1.0),
    "cash_days": ("cash_days", 1.0), "credit_line_usd": ("credit_usd", 1.0),
    "tightest_step": ("bottleneck_stage", 1.0), "tightest_step_full_percent": ("equipment_utilisation", 0.01),
}
QUOTED = {
    "price_usd": "one_off", "subscription_usd_month": "subscription",
    "months_until_it_works": "implementation_months",
}


def firm_scenario(document: Document, file: FirmFile, base: Scenario) -> Scenario:
    """The base scenario with the firm's own numbers in focus; InputError where they contradict each other."""
    refuse(firm_problems(document, given(file.firm), base))
    params = firm_params(file.firm, base.params)
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


def firm_params(firm: FirmNumbers, params: Params) -> Params:
    """The parameters with the firm's numbers in the groups `focal` and `sector`; only those the owner gave."""
    said = given(firm)
    numbers = {name: said[key] * factor for key, (name, factor) in FOCAL.items() if key in said}
    if "redone_per_100" in said:
        numbers["faulty_share"] = said["redone_per_100"] / 100.0 / float(params.rework.redone_share)
    people = employees(said, params)
    focal = changed(params.focal, numbers | ({"employees": people} if people else {}))
    return replace(params, focal=focal, sector=replace(params.sector, hours_share=_hours_share(said, params)))


def _hours_share(said: Mapping[str, Any], params: Params) -> Any:
    """Shares of work by step: the owner's, or the trade's."""
    by_step = said.get("hours_week_by_step")
    if not by_step:
        return params.sector.hours_share
    hours = np.array([by_step.get(stage, 0.0) for stage in range(STAGE_COUNT)])
    return hours / hours.sum()


def _quote(tool: ToolOffer, title: str) -> Arm:
    """The strategy of buying the tool on offer and nothing else."""
    return Arm(
        name=QUOTE, label="Buys the tool on offer", score="planned",
        line=f"Buys the tool on offer ({title}) in month {tool.buy_in_month}, and nothing else.",
        purchases=(Purchase(tool.family, tool.buy_in_month),),
    )
