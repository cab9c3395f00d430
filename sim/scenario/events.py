"""Shocks and policy events in a file: tables `[[event]]`, checked by their kind, and what they come to.

A scenario counts months from 0, a plan from 1, as people do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any

import numpy as np
from pydantic import AfterValidator, Field, JsonValue, model_validator

from sim.errors import Problem, nearest_name
from sim.params.events import ATTRIBUTES, EVENTS, EVERYTHING, FOR_GOOD, KINDS, Events, lasts, told
from sim.scenario.fields import Family, Strict, known_name, number, quantity, words
from sim.scenario.positions import KeyPath
from sim.scenario.toml_file import Document

MOST_EVENTS = 12
LISTED: dict[str, JsonValue] = {"allowed": f"at most {MOST_EVENTS} events"}

EventName = Annotated[str, AfterValidator(lambda name: known_name(name, KINDS, "kind of event"))]
Attribute = Annotated[str, AfterValidator(lambda name: known_name(name, ATTRIBUTES, "attribute"))]
Month = Annotated[int, Field(ge=0, le=FOR_GOOD)]


class EventFile(Strict):
    """Something that comes over the whole market, whatever its firms do."""

    kind: EventName = Field(
        description="what comes", json_schema_extra={"allowed": ", ".join(KINDS), "enum": list(KINDS)})
    size: float = quantity("how large it is, in the unit of its kind", unit="(the kind's)", low=-1, high=10000)
    month: int | None = quantity("month in which it begins", unit="months", low=0, high=FOR_GOOD, default=None)
    between: list[Month] | None = Field(
        None, min_length=2, max_length=2, description="instead of month: the first and the last in which it may begin, "
        "drawn by the world's luck", json_schema_extra={"allowed": "two months: the first, and the last"})
    months: int | None = quantity(
        "how long it lasts; to the end if left out", unit="months", low=1, high=FOR_GOOD, default=None)
    tool: str | None = words("the tool that a rule or a subsidy is about; all tools if left out", None, longest=60)
    attribute: Attribute | None = Field(
        None, description="what a taste is about",
        json_schema_extra={"allowed": ", ".join(ATTRIBUTES), "enum": [*ATTRIBUTES, None]})

    @model_validator(mode="after")
    def _as_its_kind_asks(self) -> EventFile:
        kind = EVENTS[self.kind]
        if not kind.low <= self.size <= kind.high:
            raise ValueError(
                f"size is {number(self.size)}; allowed for {self.kind}: {number(kind.low)} to {number(kind.high)} "
                f"{kind.unit}")
        if (self.month is None) == (self.between is None):
            raise ValueError("say either month or between, two months of which luck draws one")
        if self.between and self.between[0] > self.between[1]:
            raise ValueError("between: the first month must not come after the last")
        for key in ("tool", "attribute"):
            if getattr(self, key) is not None and kind.about != key:
                raise ValueError(f"{key} is not for the kind {self.kind}; leave it out")
        if kind.about == "attribute" and self.attribute is None:
            raise ValueError(f"{self.kind} needs an attribute: {', '.join(ATTRIBUTES)}")
        if self.months is not None and not kind.passes:
            raise ValueError(f"{self.kind} does not pass; leave months out")
        return self

    @property
    def span(self) -> tuple[int, int]:
        """First and last month in which it may begin, as the file counts."""
        first, last = self.between or (self.month, self.month)
        return int(first or 0), int(last or 0)


class ScenarioEvent(EventFile):
    """The same in a scenario, where a tool is one of the catalogue; in a plan it may be a project's own."""

    tool: Family | None = Field(None, description="the tool that a rule or a subsidy is about; all if left out")


def event_problems(
    document: Document, path: KeyPath, files: Sequence[EventFile], families: Sequence[str], months: tuple[int, int]
) -> Iterator[Problem]:
    """Events outside the months of a run (the first, and the one after the last), or about a tool there is not."""
    first, end = months
    for place, event in enumerate(files):
        key = "month" if event.between is None else "between"
        early, late = event.span
        if early < first or late >= end:
            sentence = f"an event may begin in months {first} to {end - 1} of this run"
            yield document.problem((*path, place, key), sentence)
        if event.tool is not None and event.tool not in families:
            hint = nearest_name(event.tool, families) or f"; there are {', '.join(families)}"
            yield document.problem((*path, place, "tool"), f"no tool is called {event.tool!r}{hint}")


def events_of(files: Iterable[EventFile], families: Sequence[str], first: int = 0) -> Events:
    """The events as plain numbers; `first` is what the file calls the first month."""
    rows = [_row(event, families, first) for event in files]
    return Events(**{name: np.array([row[name] for row in rows], dtype=np.float64) for name in _COLUMNS})


_COLUMNS = ("kind", "earliest", "latest", "months", "size", "about")


def _row(event: EventFile, families: Sequence[str], first: int) -> dict[str, Any]:
    """One event as numbers."""
    about = EVERYTHING
    if event.tool is not None:
        about = list(families).index(event.tool)
    elif event.attribute is not None:
        about = ATTRIBUTES.index(event.attribute)
    early, late = event.span
    return {"kind": KINDS.index(event.kind), "earliest": early - first, "latest": late - first,
            "months": event.months or FOR_GOOD, "size": event.size, "about": about}


def joined(first: Events, second: Events) -> Events:
    """Two lists of events as one."""
    return Events(**{name: np.concatenate([getattr(first, name), getattr(second, name)]) for name in _COLUMNS})


def events_restated(events: Events, titles: Sequence[str], first: int = 0) -> list[str]:
    """What events say, a sentence each; months as the file counts them."""
    lines = []
    for n in range(len(events.kind)):
        kind, early, late = KINDS[int(events.kind[n])], int(events.earliest[n]) + first, int(events.latest[n]) + first
        begins = f"In month {early}" if early == late else f"In a month drawn from {early} to {late}"
        said = told(kind, float(events.size[n]), int(events.about[n]), titles)
        lines.append(f"{begins} {said}{lasts(kind, float(events.months[n]))}.")
    return lines
