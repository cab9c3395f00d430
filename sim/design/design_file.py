"""The shape of a design file: a question, what is varied and how, what is compared, what is kept."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from sim.observe.metrics import METRICS, SERIES
from sim.observe.panel import PANEL
from sim.run import Assignment
from sim.scenario.fields import Strict, known_name, quantity, words
from sim.scenario.scenario_file import LONGEST_MONTHS

MOST_FACTORS, MOST_LEVELS, MOST_POINTS, MOST_REPLICATES = 30, 50, 100_000, 100_000
ALL = "all"

Layout = Literal["full_factorial", "fractional", "latin_hypercube", "sobol", "one_at_a_time", "star"]
FactorName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
AssignmentName = Annotated[
    Assignment, BeforeValidator(lambda name: known_name(str(name), get_args(Assignment), "assignment"))]
ScalarName = Annotated[str, AfterValidator(lambda name: known_name(name, METRICS, "measure of a whole run"))]
SeriesName = Annotated[str, AfterValidator(lambda name: known_name(name, (ALL, *SERIES), "monthly measure"))]
PanelName = Annotated[str, AfterValidator(lambda name: known_name(name, PANEL, "number of a firm"))]


def said(text: str, allowed: str, default: Any = ..., **limits: Any) -> Any:
    """A field with what is allowed in it, in words."""
    extra: dict[str, Any] = {"allowed": allowed}
    return Field(default, description=text, json_schema_extra=extra, **limits)


def _plain(value: object) -> object:
    """A number or a word; which of them a factor needs is known once its target is."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise PydanticCustomError("unknown_name", "{sentence}", {"sentence": "a level is a number or a text in quotes"})
    return value


Level = Annotated[Any, AfterValidator(_plain)]


class FactorFile(Strict):
    """One thing that is varied: a number or a word at levels or over a range, or a dial that moves several."""

    name: FactorName = said("short name", "lower case letters, digits and _")
    vary: str = words(
        'what is varied: "group.parameter", "tools.<family>.<number>", "strategy.<factor>", "arm.modifiers", "sector"',
        None, 120)
    levels: list[Level] = said(
        "the values it takes", f"a list of 1 to {MOST_LEVELS} numbers or texts", [], max_length=MOST_LEVELS)
    low: float | None = said("lower end of a range, instead of levels", "a number", None)
    high: float | None = said("upper end of a range, instead of levels", "a number", None)
    log: bool = said("whether a range is even in ratios instead of differences", "true or false", False)
    dial: dict[FactorName, dict[str, Level]] = said(
        "named positions, each a table of what it sets, instead of `vary`", "tables of targets and values", {},
        max_length=MOST_LEVELS)
    arms: list[str] = said(
        "for strategy.* and arm.modifiers: the arms it changes; all but the first if left out", "a list of arms", [])

    @model_validator(mode="after")
    def _one_way_of_saying_it(self) -> FactorFile:
        low, high = self.low, self.high
        ranged = low is not None or high is not None
        if [bool(self.levels), ranged, bool(self.dial)].count(True) != 1:
            raise ValueError("give levels, or low and high, or a dial: one of the three")
        if bool(self.vary) == bool(self.dial):
            raise ValueError("`vary` names what levels or low and high are of; a dial names what it sets itself")
        if ranged and (low is None or high is None or low >= high):
            raise ValueError("a range needs low and high, and low below high")
        if self.log and (low is None or low <= 0):
            raise ValueError("log is for a range above zero")
        if len({str(level) for level in self.levels}) < len(self.levels):
            raise ValueError("a level stands twice")
        return self


class PlanFile(Strict):
    """How the points are laid out."""

    kind: Layout = said("the layout of the points", ", ".join(get_args(Layout)))
    points: int = quantity("points of a Latin hypercube or Sobol design", unit="points", low=1, high=MOST_POINTS,
                           default=None)
    seed: int = quantity("seed of a Latin hypercube or Sobol design", unit="(any)", low=0, high=2**31 - 1, default=1)
    resolution: int = quantity(
        "of a fractional design: 3 keeps main effects apart from each other, 4 from pairs, 5 pairs from pairs",
        unit="(a resolution)", low=3, high=MOST_FACTORS, default=None)
    generators: dict[FactorName, list[FactorName]] = said(
        "of a fractional design: a factor and those whose product it follows", "lists of factors", {})

    @model_validator(mode="after")
    def _what_its_kind_needs(self) -> PlanFile:
        drawn = self.kind in ("latin_hypercube", "sobol")
        if drawn != (self.points is not None):
            raise ValueError("points is for latin_hypercube and sobol, and they need it")
        if (self.kind == "fractional") != (bool(self.generators) != (self.resolution is not None)):
            raise ValueError("a fractional design needs generators or a resolution, not both; others need neither")
        return self


class LogFile(Strict):
    """What is kept of every run."""

    scalars: list[ScalarName] = said("measures of a whole run; all if left out", "names of docs/metrics.md", [])
    series: list[SeriesName] = said(
        'monthly measures, or ["all"]; none if left out', "names of docs/metrics.md", [])
    panel: list[PanelName] = said(
        "numbers of every firm, month by month; none if left out", "names of docs/state.md, cents as USD", [])
    every_months: int = quantity("keep series and panel of every k-th month", unit="months", low=1, high=LONGEST_MONTHS,
                                 default=1)


class DesignFile(Strict):
    """A design."""

    kind: Literal["design"] = said("what this file is", "design", "design")
    title: str = words("what the study is called", longest=120)
    question: str = words("what it is to answer, and what would be a surprise", longest=2000)
    scenarios: list[str] = said(
        "scenarios or firm files, crossed with every point", "a list of 1 to 20 names or paths",
        min_length=1, max_length=20)
    months: int = quantity("length of a run; the scenario's own if left out", unit="months", low=1,
                           high=LONGEST_MONTHS, default=None)
    seed: int = quantity("same seed, same luck, same results", unit="(any)", low=0, high=2**31 - 1, default=1)
    replicates: int = quantity(
        "possible futures, each lived through at every point by every arm", unit="futures", low=1,
        high=MOST_REPLICATES)
    arms: list[str] = said(
        "strategies, crossed with every point; the first is the reference", "a list of 2 to 20 strategies",
        min_length=2, max_length=20)
    assignments: list[AssignmentName] = said(
        "who follows the strategy, crossed with every point", ", ".join(get_args(Assignment)), ["focal"], min_length=1)
    factor: list[FactorFile] = said(
        "what is varied", f"1 to {MOST_FACTORS} tables", min_length=1, max_length=MOST_FACTORS)
    design: PlanFile = said("how the points are laid out", "a table")
    log: LogFile = said("what is kept of every run", "a table", LogFile(scalars=[], series=[]))
