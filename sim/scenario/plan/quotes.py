"""What a quote becomes in the model: each tool of a plan is a family of its own, at the vendor's price and promise.

| the quote says | the model takes |
|---|---|
| what = a kind of tool | a family of the plan's own beside the catalogue's, whose standing quote leaves the table |
| price_usd, subscription_usd_month | one_off, subscription of that family, over the units such a firm needs |
| rules_usd_once, rules_usd_month | added to both, in the same way |
| fee_percent_of_orders | per_use = percent / 100, paid on orders as far as they go through it |
| months_until_it_works | implementation_months |
| hours_saved_week | hours_taken: full skill and use save these hours; at no step more than throughput.automatable_cap |
| more_sales_percent | convenience = percent / 100 / choosing.claimed_orders |
| more_capacity_percent | equipment_gain = percent / 100; of an expansion projects.expansion_gain |
| works_percent | works = percent / 100: what a tool really does of its promise; of an expansion its gain |
| what = "expand" | the item expand:step at projects.expansion_price and expansion_months of the quote |
| what = "fix" | the item fix:step, paid for in hours of staff and owner |
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np

from sim.arrays import Floats
from sim.params import Params
from sim.params.sector import STAGE_COUNT, STAGES, Catalogue
from sim.scenario.changes import given
from sim.scenario.firm_sense import WEEKS_MONTH
from sim.scenario.plan.file import EXPAND, FIX, ProjectFile
from sim.scenario.presets import tools


def item(project: ProjectFile) -> str:
    """The item that the model buys for a project."""
    return f"{project.what}:{STAGES[project.step]}" if project.what in (EXPAND, FIX) else project.name


def step_of(project: ProjectFile) -> int:
    """The step a project serves: its own, or the first of its kind of tool."""
    said = given(project).get("step")
    return int(said) if said is not None else STAGES.index(tools()[project.what].stages[0])


def tools_named(projects: Sequence[ProjectFile]) -> list[str]:
    """Names of the tool families that a plan knows, its own last, in the order of the catalogue's rows."""
    return [*tools(), *(project.name for project in projects if project.what not in (EXPAND, FIX))]


def with_projects(params: Params, projects: Sequence[ProjectFile]) -> Params:
    """The parameters with every quote in place; the firm's own numbers are in `params.focal` already."""
    for project in projects:
        if project.what == EXPAND:
            params = _with_expansion(params, project)
        elif project.what != FIX:
            params = replace(params, catalogue=_with_tool(params, project))
    return params


def units(params: Params) -> float:
    """Units of a tool that the firm in focus needs, at least one."""
    people = float(params.focal.orders_month) / float(params.sector.orders_employee_month)
    return max(float(np.floor(people / float(params.projects.people_per_unit) + 0.5)), 1.0)


def hours_month_by_step(params: Params) -> Floats:
    """Hours a normal month's orders need at each step by hand, shape (9,)."""
    p = params
    owner_hours = float(p.management.hands_on_share * p.management.owner_hours_month)
    paid = float(p.focal.employees) * float(p.sector.hours_person_month) + owner_hours
    return np.asarray(p.sector.hours_share, dtype=np.float64) * paid * float(p.throughput.normal_utilisation)


def _with_tool(params: Params, project: ProjectFile) -> Catalogue:
    """The catalogue with a row for this quote, like its kind's, which is taken off the table."""
    standing, like = params.catalogue, list(tools()).index(project.what)
    quote, works, count = given(project), project.works_percent / 100.0, units(params)
    row: dict[str, Any] = {f.name: np.array(getattr(standing, f.name)[like]) for f in fields(standing)}
    row["offered"] = np.array(True)
    for key, rules, column in (("price_usd", project.rules_usd_once, "one_off_usd"),
                               ("subscription_usd_month", project.rules_usd_month, "subscription_usd_month")):
        row[column] = np.array((quote.get(key, float(row[column]) * count) + rules) / count)
    if "fee_percent_of_orders" in quote:
        row["per_use_share"] = np.array(quote["fee_percent_of_orders"] / 100.0)
    row["months"] = np.array(quote.get("months_until_it_works", float(row["months"])))
    row["hours_taken"], row["works"] = _hours_taken(params, project, row["hours_taken"]), np.array(works)
    gain = quote.get("more_capacity_percent", 100.0 * float(row["equipment_gain"])) / 100.0
    sales = quote.get("more_sales_percent")
    pleased = float(row["convenience"]) if sales is None else sales / 100.0 / float(params.choosing.claimed_orders)
    row["equipment_gain"], row["convenience"] = np.array(gain), np.array(pleased)
    if "step" in quote:
        row["main_stage"] = np.array(float(quote["step"]))
    offered = standing.offered.copy()
    offered[like] = False
    columns = {name: np.concatenate([getattr(standing, name), value[None]]) for name, value in row.items()}
    columns["offered"] = np.concatenate([offered, [True]])
    return Catalogue(**columns)


def _hours_taken(params: Params, project: ProjectFile, rated: Floats) -> Floats:
    """Shares of routine hours that together save the promised hours; the catalogue's where nothing is promised."""
    quote = given(project)
    where = _steps_of(project, rated)
    if "hours_saved_week" not in quote:
        return rated if "step" not in quote else np.where(where, rated.max(), 0.0)
    p = params
    routine = float(p.projects.people_per_unit * p.projects.routine_share) * units(p)
    seen = routine * float(p.sector.orders_employee_month) / float(p.focal.orders_month)
    promised, most = quote["hours_saved_week"] * WEEKS_MONTH, float(p.throughput.automatable_cap)
    return shares_saving(promised, where, hours_month_by_step(p), most) / seen


def _steps_of(project: ProjectFile, rated: Floats) -> Floats:
    """How the hours that a tool saves fall to the steps: at the step that is said, or as its kind is rated."""
    if "step" not in given(project) and rated.any():
        return rated
    return np.asarray(np.arange(STAGE_COUNT) == step_of(project), dtype=np.float64)


def most_hours_week(params: Params, project: ProjectFile) -> float:
    """Hours a week that a tool could take over at most: what tools can take of the work at its steps."""
    where = _steps_of(project, params.catalogue.hours_taken[list(tools()).index(project.what)])
    there = float((hours_month_by_step(params) * (where > 0.0)).sum()) / WEEKS_MONTH
    return there * float(params.throughput.automatable_cap)


def shares_saving(promised: float, rated: Floats, hours: Floats, most: float) -> Floats:
    """Shares of the work at each step that together save the promised hours, in proportion to the rating.

    Where that would be more than tools can take over at a step, `most`, the rest falls to the tool's other steps;
    what no step has room for cannot be saved.
    """
    share = np.zeros(len(hours))
    for _ in hours:
        room = (rated * hours > 0.0) & (share < most)
        left = promised - float(share @ hours)
        if left <= 0.0 or not room.any():
            break
        more = rated * (left / float((rated * hours)[room].sum()))
        share[room] = np.minimum(share + more, most)[room]
    return share


def _with_expansion(params: Params, project: ProjectFile) -> Params:
    """More equipment at a step, at the quote's price; the model's own where the quote is silent."""
    quote, p = given(project), params.projects
    gain = quote.get("more_capacity_percent", 100.0 * float(p.expansion_gain)) / 100.0 * project.works_percent / 100.0
    numbers = {"expansion_gain": gain}
    if "months_until_it_works" in quote:
        numbers["expansion_months"] = max(float(np.ceil(quote["months_until_it_works"])), 1.0)
    if "price_usd" in quote:
        year_usd = 12.0 * float(params.focal.orders_month) * float(params.focal.price_usd)
        through = year_usd * gain * float(params.sector.hours_share[step_of(project)])
        numbers["expansion_price"] = quote["price_usd"] / through
    return params.changed(projects=numbers)


def quoted(params: Params, families: Sequence[str], project: ProjectFile) -> tuple[float, float, float]:
    """Price once, price a month and months until it works: at the focal firm's normal orders, no tool at work yet."""
    return listed(params, families, item(project))


def listed(params: Params, families: Sequence[str], name: str) -> tuple[float, float, float]:
    """The same for anything that can be bought, by the name of the item."""
    p, (what, _, stage) = params, name.rpartition(":")
    if what == FIX:
        wage = float(p.focal.wage_usd_hour)
        return float(p.rework.fix_staff_hours) * wage, 0.0, float(p.rework.fix_months)
    if what == EXPAND:
        year_usd = 12.0 * float(p.focal.orders_month * p.focal.price_usd)
        share = float(p.sector.hours_share[STAGES.index(stage)])
        price = float(p.projects.expansion_price * p.projects.expansion_gain) * year_usd * share
        return price, 0.0, float(p.projects.expansion_months)
    row, count, catalogue = list(families).index(name), units(p), p.catalogue
    return (float(catalogue.one_off_usd[row]) * count, float(catalogue.subscription_usd_month[row]) * count,
            float(catalogue.months[row]))
