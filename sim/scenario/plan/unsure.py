"""What somebody may be unsure about: a number of the firm, of a quote or of the market, by its own key.

Label, unit and range are those of the key's declaration; nothing is listed twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.errors import Problem, nearest_name
from sim.scenario.changes import given
from sim.scenario.fields import number
from sim.scenario.firm_file import FirmNumbers
from sim.scenario.plan.file import MarketFile, PlanFile, ProjectFile, UnsureFile
from sim.scenario.plan.futures import name_of
from sim.scenario.positions import KeyPath
from sim.scenario.toml_file import Document

ABOUT_FIRM = (
    "orders_week", "mean_order_usd", "materials_usd_per_100_sales", "wage_usd_hour", "rent_and_other_usd_month",
    "redone_per_100", "cash_usd", "credit_line_usd",
)
ABOUT_MARKET = ("regulars_kept_of_100_year", "demand_growth_percent_year")
ABOUT_PROJECT = (
    "price_usd", "subscription_usd_month", "fee_percent_of_orders", "rules_usd_once", "rules_usd_month",
    "months_until_it_works", "hours_saved_week", "more_sales_percent", "more_capacity_percent", "works_percent",
)
ABOUT: dict[type[BaseModel], tuple[str, ...]] = {
    FirmNumbers: ABOUT_FIRM, MarketFile: ABOUT_MARKET, ProjectFile: ABOUT_PROJECT,
}


def field_of(key: str) -> FieldInfo:
    """The declaration of a key that somebody may be unsure about."""
    return _shape(key).model_fields[key]


def unit_of(key: str) -> str:
    """The unit of a key."""
    return str(_extra(key)["unit"])


def unsure_problems(document: Document, file: PlanFile) -> Iterator[Problem]:
    """Ranges that are upside down, stand twice, name nothing, or leave out the number the file itself gives."""
    times = Counter(name_of(one) for one in file.unsure)
    for place, one in enumerate(file.unsure):
        path: KeyPath = ("unsure", place)
        allowed = [key for keys in ABOUT.values() for key in keys]
        if one.about not in allowed:
            hint = nearest_name(one.about, allowed) or f"; there are {', '.join(allowed)}"
            yield document.problem((*path, "about"), f"nobody can be unsure about {one.about!r}{hint}")
            continue
        if times[name_of(one)] > 1:
            yield document.problem((*path, "about"), f"{name_of(one)} has more than one range")
        yield from _project_problems(document, path, one, file)
        yield from _range_problems(document, path, one, file)


def _project_problems(document: Document, path: KeyPath, one: UnsureFile, file: PlanFile) -> Iterator[Problem]:
    """Whether the range names the project it is about, and only where it is about one."""
    names = [project.name for project in file.project]
    if one.about not in ABOUT_PROJECT:
        if one.project:
            yield document.problem((*path, "project"), f"{one.about} is not about a project; leave it out", True)
    elif one.project is None:
        yield document.problem((*path, "about"), f'{one.about} of which project? add project = "{names[0]}"')
    elif one.project not in names:
        hint = nearest_name(one.project, names) or f"; there are {', '.join(names)}"
        yield document.problem((*path, "project"), f"no project is called {one.project!r}{hint}")


def _range_problems(document: Document, path: KeyPath, one: UnsureFile, file: PlanFile) -> Iterator[Problem]:
    """Whether low is below high, both are allowed for the key, and the file's own number lies between them."""
    unit, allowed = unit_of(one.about), _extra(one.about)["allowed"]
    if one.low > one.high:
        sentence = f"low is {number(one.low)} and high is {number(one.high)}; low must not be above high"
        yield document.problem((*path, "low"), sentence)
        return
    shape = _shape(one.about)
    for end, value in (("low", one.low), ("high", one.high)):
        if not _allows(shape, one.about, value):
            yield document.problem((*path, end), f"{end} is {number(value)}; allowed for {one.about}: {allowed}")
    own = _own(one, file)
    if own is not None and not one.low <= own <= one.high:
        sentence = f"{one.about} is {number(own)} {unit} above, which is not between {number(one.low)} and"
        yield document.problem((*path, "low"), f"{sentence} {number(one.high)}")


def _own(one: UnsureFile, file: PlanFile) -> float | None:
    """The number that the file itself gives for the key, if any."""
    if one.about in ABOUT_PROJECT:
        return next((given(p).get(one.about) for p in file.project if p.name == one.project), None)
    return given(file.firm).get(one.about, given(file.market).get(one.about))


def _shape(key: str) -> type[BaseModel]:
    return next(shape for shape, keys in ABOUT.items() if key in keys)


def _extra(key: str) -> dict[str, Any]:
    extra = field_of(key).json_schema_extra
    return extra if isinstance(extra, dict) else {}


def _allows(shape: type[BaseModel], key: str, value: float) -> bool:
    """Whether a key's own limits hold for a value."""
    limits = {type(limit).__name__: limit for limit in shape.model_fields[key].metadata}
    lowest, highest = (getattr(limits.get(kind), end, None) for kind, end in (("Ge", "ge"), ("Le", "le")))
    return (lowest is None or value >= lowest) and (highest is None or value <= highest)
