"""A firm file to fill in: every number commented out and shown at the value it would otherwise take."""

from __future__ import annotations

import re
from string import Template

from sim.params import Params
from sim.params.sector import STAGE_LABELS, STAGES
from sim.scenario.files import shipped
from sim.scenario.firm import QUOTE
from sim.scenario.firm_sense import WEEKS_MONTH
from sim.scenario.presets import tools
from sim.scenario.scenario import Scenario
from sim.strategies.arms import Arm

_NUMBER_LINE = re.compile(r"^((?:# )?\w+ = [^#\n]*?) +(# .*)$", re.MULTILINE)


def firm_template(base: Scenario, name: str) -> str:
    """Text of a firm file called `name` on top of a scenario."""
    template = Template((shipped("templates") / "firm.toml").read_text(encoding="utf-8"))
    title = name.replace("_", " ").replace("-", " ").strip().capitalize()
    values = {"file": f"{name}.toml", "based_on": base.name, "title": title, "months": str(base.months)}
    return aligned(template.substitute(values | firm_values(base.params) | _tool_values(base)))


def aligned(text: str) -> str:
    """The text with the explanations beside numbers in one column."""
    return _NUMBER_LINE.sub(lambda line: f"{line[1]:<40}{line[2]}", text)


def firm_values(params: Params) -> dict[str, str]:
    """What a mean firm of the market would count."""
    sector = params.sector
    staff = round(float(sector.employees_mean))
    orders_week = round(staff * float(sector.orders_employee_month) / WEEKS_MONTH, -1)
    paid_hours_week = round(staff * float(sector.hours_person_month) / WEEKS_MONTH)
    hours_per_order = paid_hours_week * float(params.throughput.normal_utilisation) / orders_week
    chain = [stage for stage, on in enumerate(sector.chain) if on]
    tightest = int(params.setup.bottleneck_stage)
    return {
        "staff": str(staff), "orders_week": f"{orders_week:.0f}", "paid_hours_week": str(paid_hours_week),
        "hours_per_order": f"{hours_per_order:.2f}", "mean_order_usd": f"{sector.order_value_usd:g}",
        "materials_usd_per_100_sales": f"{100 * sector.materials_share:.0f}",
        "wage_usd_hour": f"{sector.wage_usd_hour:g}", "cash_days": f"{sector.cash_days_median:.0f}",
        "redone_per_100": f"{100 * _redone_share(params):.1f}",
        "steps": "\n".join(f"#   {STAGES[stage]:18}{STAGE_LABELS[stage]}" for stage in chain),
        "tightest_step": STAGES[tightest if tightest in chain else chain[0]],
        "tightest_step_full_percent": f"{100 * params.throughput.equipment_utilisation:.0f}",
    }


def _redone_share(params: Params) -> float:
    """Orders redone at mean process quality where everything is done by hand."""
    errors = params.errors
    uncaught = errors.systematic_share * (1.0 - errors.quality_mean) * (1.0 - errors.caught_share)
    return float((uncaught + errors.slip_share) * params.rework.redone_share)


def _tool_values(base: Scenario) -> dict[str, str]:
    """The tool of the scenario's own quote, or else the first on offer, and the list of all kinds."""
    quote = base.arms.get(QUOTE, Arm(QUOTE, "", ""))
    family = next((purchase.item for purchase in quote.purchases), base.offered[0])
    row, catalogue = list(base.families).index(family), base.params.catalogue
    return {
        "family": family, "price_usd": f"{catalogue.one_off_usd[row]:g}",
        "subscription_usd_month": f"{catalogue.subscription_usd_month[row]:g}",
        "months_until_it_works": f"{catalogue.months[row]:g}",
        "families": "\n".join(f"#   {name:30}{tool.title}" for name, tool in tools().items()),
    }
