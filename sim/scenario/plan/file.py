"""The shape of a plan file: the firm file's [firm], a goal, projects with quotes, and what is uncertain.

Months are counted from 1, as people do.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from sim.errors import nearest_name
from sim.scenario.events import LISTED, MOST_EVENTS, EventFile
from sim.scenario.fields import Family, StageNumber, Strict, known_name, quantity, stage, words
from sim.scenario.files import shipped_names
from sim.scenario.firm_file import FirmNumbers
from sim.scenario.plan.goals import GOALS
from sim.scenario.presets import tools
from sim.scenario.scenario_file import MOST_PURCHASES, ArmName
from sim.scenario.toml_file import ONE_GOAL
from sim.scenario.trades import NEAREST

EXPAND, FIX = "expand", "fix"
LONGEST_PLAN = 120


def known_base(name: str) -> str:
    """The name of a shipped scenario or sector preset; otherwise an error with the nearest one."""
    choice = [*shipped_names("sectors"), *shipped_names()]
    if name not in choice and not nearest_name(name, choice):
        sentence = f"no scenario or trade of this name; {NEAREST}; there are {', '.join(choice)}"
        raise PydanticCustomError("unknown_name", "{sentence}", {"sentence": sentence})
    return known_name(name, choice, "scenario or trade")


def known_kind(name: str) -> str:
    """A tool family, "expand" or "fix"; otherwise an error with the nearest one."""
    return known_name(name, [*tools(), EXPAND, FIX], "kind of project")


BaseName = Annotated[str, AfterValidator(known_base)]
ProjectKind = Annotated[str, AfterValidator(known_kind)]
GoalName = Annotated[str, AfterValidator(lambda name: known_name(name, GOALS, "goal"))]


class GoalFile(Strict):
    """What the owner wants, how much of it, and by when."""

    what: GoalName = Field(description="what is wanted")
    number: float = quantity("how much", unit="(in the goal's unit)", low=-1e9, high=1e9)
    by_month: int = quantity("month by which it is wanted; the plan's last if left out", unit="months", low=1,
                             high=LONGEST_PLAN, default=None)


class ProjectFile(Strict):
    """A project with its quote, and what it promises when everybody uses it well."""

    name: ArmName = Field(description="a short name, to speak of it elsewhere in the file")
    title: str = words("what people call it", longest=80)
    what: ProjectKind = Field(description='a kind of tool (scenarios/tools.toml), "expand" or "fix"')
    step: StageNumber = stage("the step it serves; needed for expand and fix")
    price_usd: float = quantity("price, once", unit="USD", low=0, high=10_000_000, default=None)
    subscription_usd_month: float = quantity(
        "price, every month", unit="USD/month", low=0, high=1_000_000, default=None)
    months_until_it_works: float = quantity(
        "months from order to routine use", unit="months", low=0, high=60, default=None)
    fee_percent_of_orders: float = quantity(
        "fee on every order that goes through it, of the order's value", unit="percent", low=0, high=90, default=None)
    rules_usd_once: float = quantity(
        "what the trade's rules add once: assessments, contracts, records", unit="USD", low=0, high=1_000_000,
        default=0.0)
    rules_usd_month: float = quantity(
        "what the rules add every month: audits, oversight, retraining", unit="USD/month", low=0, high=100_000,
        default=0.0)
    hours_saved_week: float = quantity(
        "hours of work a week it promises to take over", unit="hours/week", low=0, high=20_000, default=None)
    more_sales_percent: float = quantity(
        "more orders it promises to bring", unit="percent", low=-50, high=200, default=None)
    more_capacity_percent: float = quantity(
        "room it promises to add to the equipment of its step", unit="percent", low=0, high=500, default=None)
    works_percent: float = quantity(
        "how much of what is promised comes true", unit="percent", low=0, high=200, default=100.0)
    buy_in_month: int = quantity("month in which it is ordered", unit="months", low=1, high=LONGEST_PLAN, default=3)


class RolloutFile(Strict):
    """How the plan is carried out, and what becomes of people."""

    mode: Literal["big_bang", "phased"] = Field(default="big_bang", description="all at once, or a pilot first")
    joined_up: bool = Field(default=False, description="new tools are connected to what is there, at a price")
    training: bool = Field(default=False, description="users are trained")
    involvement: bool = Field(default=False, description="people have a say before the start")
    freed_hours: Literal["wait", "redeploy", "lay_off"] = Field(
        default="wait", description="what becomes of hours set free")


class UnsureFile(Strict):
    """A number of the file that somebody is not sure about, as a range."""

    about: str = words("the key it is about", longest=60)
    project: ArmName | None = Field(None, description="the project it is about, by its name")
    low: float = quantity("the lowest it may be", unit="(in the key's unit)", low=-1e9, high=1e9)
    high: float = quantity("the highest it may be", unit="(in the key's unit)", low=-1e9, high=1e9)
    who_said: Literal["you", "the vendor", "the preset"] = Field("you", description="whose range it is")


class MarketFile(Strict):
    """The market in words an owner can count; what is left out comes from the trade."""

    small_rivals: int = quantity("firms like this one that customers could go to", unit="firms", low=0, high=60,
                                 default=None)
    chains: int = quantity("branches of large competitors nearby", unit="firms", low=0, high=20, default=None)
    regulars_kept_of_100_year: float = quantity(
        "of 100 customers, how many are still customers a year later", unit="of 100", low=10, high=98, default=None)
    demand_growth_percent_year: float = quantity(
        "growth of what customers of the trade buy", unit="percent/year", low=-25, high=30, default=None)


class AlternativePurchase(Strict):
    """An item of an alternative."""

    item: str = words('a project of the plan, a tool, "expand:<step>" or "fix:<step>"', longest=60)
    month: int = quantity("month in which it is ordered", unit="months", low=1, high=LONGEST_PLAN)


class AlternativeFile(Strict):
    """Something else the owner might do."""

    name: ArmName = Field(description="a short name")
    label: str = words("what people call it", longest=80)
    purchases: list[AlternativePurchase] = Field(
        [], max_length=MOST_PURCHASES, description="what is bought when; the plan's own if left out",
        json_schema_extra={"allowed": f"a list of at most {MOST_PURCHASES} purchases"})
    modifiers: list[str] = Field([], description="what is done differently: fix, assess2 and others of --arms")


class PlanFile(Strict):
    """A plan file."""

    kind: Literal["plan"] = Field(description="what the file is")
    based_on: BaseName = Field(description="the scenario or trade that gives what the file leaves out")
    title: str = words("what the plan is called", "A plan", longest=120)
    months: int = quantity("how far to look ahead", unit="months", low=6, high=LONGEST_PLAN, default=36)
    months_csv: str | None = words("a file with your months, beside this one", None, longest=200)
    on_offer: list[Family] | None = Field(None, description="other tools that could be bought")
    firm: FirmNumbers = Field(FirmNumbers(), description="the firm in numbers",
                              json_schema_extra={"allowed": "the table [firm] of a firm file"})
    goal: GoalFile = Field(description="what the owner wants", json_schema_extra={"allowed": f"one table: {ONE_GOAL}"})
    project: list[ProjectFile] = Field(
        min_length=1, max_length=MOST_PURCHASES, description="the projects of the plan",
        json_schema_extra={"allowed": f"1 to {MOST_PURCHASES} projects"})
    rollout: RolloutFile = Field(RolloutFile(), description="how it is carried out")
    market: MarketFile = Field(MarketFile(), description="the market")
    unsure: list[UnsureFile] = Field([], max_length=12, description="what somebody is not sure about",
                                     json_schema_extra={"allowed": "at most 12 ranges"})
    event: list[EventFile] = Field([], max_length=MOST_EVENTS, description="what may come over the whole market",
                                   json_schema_extra=LISTED)
    alternative: list[AlternativeFile] = Field(
        [], max_length=5, description="what else could be done", json_schema_extra={"allowed": "at most 5"})


TABLES: dict[str, type[Strict]] = {
    "at the top": PlanFile, "[goal]": GoalFile, "[[project]]": ProjectFile, "[rollout]": RolloutFile,
    "[market]": MarketFile, "[[event]]": EventFile, "[[unsure]]": UnsureFile, "[[alternative]]": AlternativeFile,
}
"""The tables of a plan beside the firm file's [firm]."""
