"""Filling in a page: one environment for every report, so that all of them escape, break lines and fail alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from sim.analysis import amounts
from sim.analysis.inner import of_the_model, true_minus
from sim.analysis.twins import Table

JOINER = "\N{WORD JOINER}"


@dataclass(frozen=True)
class Picture:
    """A figure on the page: inline SVG, the table that says the same in numbers and the name of the file that holds
    it, if there is one."""

    svg: str
    table: Table
    sheet: str = ""


def page(template: str, **content: Any) -> str:
    """The template filled in: same content, same bytes."""
    environment = Environment(
        loader=PackageLoader("sim.analysis"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=_unbroken,
    )
    environment.tests["of_the_model"] = of_the_model
    environment.filters["minus"] = true_minus
    environment.filters["dollars"] = lambda value: amounts.change(value, "USD")
    return environment.get_template(template).render(**content)


def _unbroken(value: object) -> object:
    """Keep a minus with its number and the ends of a range on one line."""
    if type(value) is not str:
        return value
    for sign, joined in ((amounts.MINUS, "{}" + JOINER), (amounts.DASH, JOINER + "{}" + JOINER)):
        value = value.replace(sign, joined.format(sign))
    return value
