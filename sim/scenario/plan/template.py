"""A plan file to start from: the numbers of a trade, a quote at list price, everything explained beside it."""

from __future__ import annotations

import math
import re
from string import Template

from sim.params import Params
from sim.params.sector import STAGE_LABELS, STAGES
from sim.scenario.files import shipped
from sim.scenario.firm_sense import WEEKS_MONTH
from sim.scenario.plan.choices import built
from sim.scenario.plan.goals import GOALS
from sim.scenario.presets import sector_file, tools
from sim.scenario.templates import aligned, firm_values
from sim.scenario.trades import market


def plan_template(trade: str, name: str) -> str:
    """Text of a plan file called `name` in a trade."""
    template = Template((shipped("templates") / "plan.toml").read_text(encoding="utf-8"))
    params = market(trade, list(tools()))
    values = firm_values(params) | _money(params) | _project(trade, params) | _ways()
    title = f"{trade.replace('_', ' ').capitalize()}: {values['project_title'].lower()}"
    values |= {"file": f"{name}.toml", "trade": trade, "title": title}
    return aligned(re.sub(r"\n{3,}", "\n\n", template.substitute(values)))


def usual_tool(trade: str) -> str:
    """The tool that vendors offer to the trade most."""
    return sector_file(trade).usual_tools.names[0]


def _money(params: Params) -> dict[str, str]:
    """Cash, credit, rent and profit of the trade's mean firm, in round dollars."""
    s = params.sector
    sales = round(float(s.employees_mean)) * float(s.orders_employee_month * s.order_value_usd)
    out_day = sales * (1.0 - float(s.net_margin)) / 30.0
    wages = round(float(s.employees_mean)) * float(s.hours_person_month * s.wage_usd_hour)
    rest = sales * (1.0 - float(s.net_margin + s.materials_share)) - wages
    return {
        "cash_usd": _round(out_day * float(s.cash_days_median)),
        "credit_line_usd": _round(out_day * float(params.finance.overdraft_days)),
        "rent_and_other_usd_month": _round(max(rest, 0.0)), "profit_usd_month": _round(sales * float(s.net_margin)),
        "small_rivals": f"{int(params.setup.small_firms) - 1}", "chains": f"{int(params.setup.large_firms)}",
    }


def _project(trade: str, params: Params) -> dict[str, str]:
    """The usual tool at list price, with what such tools are rated to do as the promise."""
    family = usual_tool(trade)
    row, s, p = list(tools()).index(family), params.sector, params
    staff = round(float(s.employees_mean))
    hours = float(s.hours_person_month) * float(p.throughput.normal_utilisation) * staff / WEEKS_MONTH
    routine = float((p.catalogue.hours_taken[row] * s.hours_share).sum()) * float(p.projects.routine_share)
    months = float(p.catalogue.months[row])
    return {
        "tightest_step": STAGES[int((s.hours_share * s.chain).argmax())],
        "project": "tool", "family": family, "project_title": tools()[family].title,
        "price_usd": f"{p.catalogue.one_off_usd[row]:g}", "months_until_it_works": f"{months:g}",
        "subscription_usd_month": f"{p.catalogue.subscription_usd_month[row]:g}",
        "paid_hours_week": f"{staff * float(s.hours_person_month) / WEEKS_MONTH:.0f}",
        "hours_head": f"{float(s.hours_person_month) / WEEKS_MONTH:.0f}",
        "fee_percent_of_orders": f"{100 * p.catalogue.per_use_share[row]:g}",
        "months_at_worst": f"{math.ceil(2 * months + 1)}", "hours_saved_week": f"{hours * routine:.0f}",
        "more_sales_percent": f"{100 * p.catalogue.convenience[row] * p.choosing.claimed_orders:g}",
        "families": "\n".join(f"#   {name:30}{tool.title}" for name, tool in tools().items()),
        "hours_by_step": "\n".join(
            f"# {stage} = {share * hours / float(p.throughput.normal_utilisation):.0f}  # {label}"
            for stage, label, share in zip(STAGES, STAGE_LABELS, s.hours_share, strict=True)),
    }


def _ways() -> dict[str, str]:
    """Goals, and ways to carry a plan out, as far as they are in the model."""
    people = [
        ("joined_up", "edges", "joined_up = false  # new tools are connected to what is there, at a price"),
        ("training", "train", "training = false  # users are trained"),
        ("involvement", "involve", "involvement = false  # people have a say before the start"),
        ("freed_hours", "redeploy", 'freed_hours = "wait"  # "wait", "redeploy" or "lay_off": hours set free'),
    ]
    return {
        "goals": "\n".join(f"#   {name:24}{kind.label.lower()}, {kind.asks}" for name, kind in GOALS.items()),
        "phased": '  # "big_bang" (all at once) or "phased" (a pilot first)' if built("phased") else "  # all at once",
        "people": "\n".join(line for _, modifier, line in people if built(modifier)),
    }


def _round(usd: float) -> str:
    """Round dollars, two digits that matter."""
    step = 10 ** max(int(math.log10(max(usd, 1.0))) - 1, 0)
    return f"{round(usd / step) * step:.0f}"
