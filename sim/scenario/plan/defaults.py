"""What a plan leaves out about the firm, filled in from the trade, and whose number it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from sim.params import Params
from sim.params.sector import STAGE_LABELS
from sim.scenario.changes import given
from sim.scenario.fields import number
from sim.scenario.files import find, shipped_names
from sim.scenario.firm_file import FirmNumbers
from sim.scenario.firm_sense import WEEKS_MONTH, employees
from sim.scenario.plan.books import Books
from sim.scenario.plan.file import FIX, MarketFile, PlanFile, ProjectFile
from sim.scenario.preset_files import SectorFile
from sim.scenario.presets import tool_entries, tools
from sim.scenario.sentences import validated


@dataclass(frozen=True)
class Default:
    """A number that the plan does not give: what it is, how much, measured or assumed, and whose it is."""

    text: str
    value: str
    kind: str
    source: str


@dataclass(frozen=True)
class Filler:
    """How a key of [firm] is filled: its value, and the number of the preset it rests on."""

    value: Callable[[Params, float], float]
    preset: str


FILLERS = {
    "orders_week": Filler(lambda p, people: people * float(p.sector.orders_employee_month) / WEEKS_MONTH,
                          "revenue_per_employee"),
    "mean_order_usd": Filler(lambda p, _: float(p.sector.order_value_usd), "average_order_value"),
    "materials_usd_per_100_sales": Filler(lambda p, _: 100.0 * float(p.sector.materials_share), "materials_share"),
    "wage_usd_hour": Filler(lambda p, _: float(p.sector.wage_usd_hour), "hourly_labour_cost"),
    "cash_days": Filler(lambda p, _: float(p.sector.cash_days_median), "cash_buffer_days"),
}
STAFF_PRESET = "employees_mean_under_100"
ELSEWHERE = {
    "redone_per_100": "drawn in every future around the trade's mean process quality",
    "rent_and_other_usd_month": "what leaves the trade's margin in a normal month",
    "credit_line_usd": "15 days of what goes out",
    "hours_week_by_step": "the trade's split of work over steps",
    "tightest_step": "as in the example or trade the plan is based on",
}
# Keys of a quote -> the catalogue's number that stands in where the quote is silent.
QUOTE_KEYS = {
    "price_usd": "one_off", "subscription_usd_month": "subscription", "months_until_it_works": "implementation_months",
    "fee_percent_of_orders": "per_use", "rules_usd_once": "", "rules_usd_month": "", "hours_saved_week": "",
    "more_sales_percent": "", "more_capacity_percent": "",
}
MARKET = {
    "small_rivals": "as in the example, or a neighbourhood of nine", "chains": "as in the example, or two",
    "regulars_kept_of_100_year": "55 of 100", "demand_growth_percent_year": "none: a mature trade",
}


def trade_of(based_on: str) -> str:
    """The sector preset behind a scenario or sector name."""
    return str(find(based_on).data["sector"]) if based_on in shipped_names() else based_on


def filled(firm: FirmNumbers, params: Params, trade: str, books: Books | None) -> tuple[FirmNumbers, list[Default]]:
    """The firm with every number the model needs; what was filled in, the books first and then the trade."""
    said = dict(given(firm))
    defaults: list[Default] = []
    for key, value in (books.fixes if books else {}).items():
        if key not in said and not (key == "cash_usd" and "cash_days" in said):
            said[key] = value
            defaults.append(_default(FirmNumbers, key, value, "measured", "your own months"))
    preset = validated(SectorFile, find(trade, "sectors"))
    people = employees(said, params)
    if people is None:
        people = float(round(float(params.sector.employees_mean)))
        said["staff"] = int(people)
        defaults.append(_from_preset("staff", people, STAFF_PRESET, preset, trade))
    for key, filler in FILLERS.items():
        if key in said or (key == "cash_days" and "cash_usd" in said):
            continue
        said[key] = _round(filler.value(params, people))
        defaults.append(_from_preset(key, said[key], filler.preset, preset, trade))
    defaults += [
        _default(FirmNumbers, key, text, "assumed", "the model") for key, text in ELSEWHERE.items() if key not in said
    ]
    return firm.model_copy(update=_new(said, firm)), defaults


def left_out(file: PlanFile, params: Params) -> Iterator[Default]:
    """What the quotes and the market leave out, and what stands in for it."""
    for project in file.project:
        if project.what in tools():
            yield from _quote_left_out(project)
        yield from _risks(project, params)
    for key, words in MARKET.items():
        if key not in given(file.market):
            yield _default(MarketFile, key, words, "assumed", "the example or trade the plan is based on")


def _quote_left_out(project: ProjectFile) -> Iterator[Default]:
    """What a quote is silent about and its kind has in the catalogue."""
    entries = tool_entries(tools()[project.what])
    for key, entry in QUOTE_KEYS.items():
        if entry in entries and key not in given(project):
            found, times = entries[entry], 100.0 if entry == "per_use" else 1.0
            missing = _default(ProjectFile, key, times * found.value, "assumed", f"tool catalogue: {found.source}")
            yield replace(missing, text=f"{project.title}: {missing.text}")


def _risks(project: ProjectFile, params: Params) -> Iterator[Default]:
    """What no quote holds: how often such a project costs far more, and what a thief would find in the tool."""
    if project.what == FIX:
        return
    tool = tools().get(project.what)
    kind, over = tool.project if tool else "equipment", params.overruns
    source = f"the model: projects of the kind {kind}"
    chance, start = float(getattr(over, f"tail_{kind}")), float(over.tail_start)
    text = f"{project.title}: how often the final bill is above {start:g} times the quote"
    yield Default(text, f"{100 * chance:.3g} percent", "assumed", source)
    if tool:
        found = tool.breach_exposure
        text = f"{project.title}: data and access that a thief would find in it"
        yield Default(text, f"{found.value:g} on a scale from 0 to 1", "assumed", f"tool catalogue: {found.source}")


def _new(said: Mapping[str, Any], firm: FirmNumbers) -> dict[str, Any]:
    return {key: value for key, value in said.items() if key not in firm.model_fields_set}


def _from_preset(key: str, value: float, entry: str, preset: SectorFile, trade: str) -> Default:
    """A number that comes from the trade's preset, with its provenance."""
    found = getattr(preset, entry)
    kind = "measured" if found.kind == "measured" else "assumed"
    return _default(FirmNumbers, key, value, kind, f"{trade}: {found.source}")


def _default(shape: type[BaseModel], key: str, value: Any, kind: str, source: str) -> Default:
    """A number of a table with its declared words and unit."""
    field = shape.model_fields[key]
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    return Default(str(field.description), _shown(value, str(extra.get("unit", ""))), kind, source)


def _shown(value: Any, unit: str) -> str:
    """A value in words: hours by step, a step, or a number with its unit."""
    if isinstance(value, dict):
        return ", ".join(f"{STAGE_LABELS[stage]} {number(hours)}" for stage, hours in value.items()) + " hours/week"
    if isinstance(value, str):
        return value
    return f"{number(_round(value))} {unit}" if unit else STAGE_LABELS[int(value)]


def _round(value: float) -> float:
    """Three digits that matter."""
    return float(f"{value:.3g}") if abs(value) < 1000 else float(round(value))


def said_by_owner(file: PlanFile, told: Collection[str] = ()) -> Iterator[Default]:
    """Every number that the plan itself gives, and who said it: the owner, or the vendor in the quote; without those of
    the keys in `told`."""
    for table, source in ((file.firm, "you"), (file.market, "you")):
        for key, value in given(table).items():
            if key not in told:
                yield _default(type(table), key, value, "measured", f"{source}, in the plan")
    for project in file.project:
        for key in QUOTE_KEYS:
            if key in given(project) and key not in told:
                entry = _default(ProjectFile, key, given(project)[key], "assumed", "the vendor's quote")
                yield replace(entry, text=f"{project.title}: {entry.text}")
