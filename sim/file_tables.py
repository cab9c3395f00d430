"""Tables of what may stand in a file that people write, made from the shapes that check it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from sim.design.design_file import DesignFile, FactorFile, LogFile, PlanFile
from sim.params.events import EVENTS, EventKind
from sim.scenario import firm
from sim.scenario.events import EventFile
from sim.scenario.fields import Strict, number
from sim.scenario.firm_file import FirmNumbers, ToolOffer
from sim.scenario.plan import market, quotes
from sim.scenario.plan.file import TABLES as PLAN_TABLES
from sim.scenario.plan.goals import GOALS


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(_cell(cell) for cell in line)} |\n" for line in lines)


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")


def firm_terms() -> str:
    """What the owner's terms become in the model."""
    return "".join(f"{line}\n" for line in str(firm.__doc__).splitlines() if line.startswith("|"))


def firm_numbers() -> str:
    """What an owner may say, with units and ranges."""
    return _keys({"[firm]": FirmNumbers, "[tool]": ToolOffer})


def plan_terms() -> str:
    """What the terms of quotes and markets become in the model."""
    lines = [*str(quotes.__doc__).splitlines(), *str(market.__doc__).splitlines()[4:]]
    return "".join(f"{line}\n" for line in lines if line.startswith("|"))


def plan_goals() -> str:
    """What an owner may want."""
    rows = ((f"`{name}`", f"{kind.label.lower()}, {kind.asks}", f"`{kind.metric}`") for name, kind in GOALS.items())
    return table(("what", "number", "measured by"), rows)


def plan_numbers() -> str:
    """What may stand in a plan beside the firm."""
    return _keys(PLAN_TABLES)


def event_keys() -> str:
    """What may stand in an event."""
    return _keys({"[[event]]": EventFile})


def event_kinds() -> str:
    """Kinds of events: what their size is, and what else they need."""
    rows = ((f"`{name}`", kind.text, f"{number(kind.low)} to {number(kind.high)} {kind.unit}", _besides(kind))
            for name, kind in EVENTS.items())
    return table(("kind", "size", "allowed", "besides"), rows)


def _besides(kind: EventKind) -> str:
    """What else an event of a kind may or must say."""
    about = {"attribute": "needs `attribute`", "tool": "may name a `tool`"}.get(kind.about, "")
    return about if kind.passes else "no `months`: it stays"


def design_keys() -> str:
    """What may stand in a design file."""
    return _keys({"at the top": DesignFile, "[design]": PlanFile, "[[factor]]": FactorFile, "[log]": LogFile})


def _keys(shapes: dict[str, type[Strict]]) -> str:
    """Keys of the tables of a file: meaning and what is allowed."""
    rows = []
    for place, shape in shapes.items():
        for key, field in shape.model_fields.items():
            if place != "at the top" or f"[{key}]" not in " ".join(shapes):
                rows.append((place, f"`{key}`", field.description, _allowed(field)))
    return table(("in", "key", "meaning", "allowed"), rows)


def _allowed(field: FieldInfo) -> str:
    """What may stand in a field, in words."""
    extra = field.json_schema_extra
    if isinstance(extra, dict) and isinstance(names := extra.get("enum"), list):
        return ", ".join(str(name) for name in names if name is not None)
    if isinstance(extra, dict):
        return str(extra["allowed"])
    words = get_args(field.annotation) if get_origin(field.annotation) is Literal else ()
    return ", ".join(words) or ("true or false" if field.annotation is bool else "a name")
