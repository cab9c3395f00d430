"""A plan, resolved: the market and the firm as a scenario, the choices to compare, and what each future changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sim.params import Params
from sim.scenario.changes import given
from sim.scenario.events import events_of, joined
from sim.scenario.files import find, shipped_names
from sim.scenario.firm import firm_params
from sim.scenario.plan.books import Books, read_books
from sim.scenario.plan.choices import choices
from sim.scenario.plan.defaults import Default, filled, left_out, trade_of
from sim.scenario.plan.doubts import doubts, unpayable
from sim.scenario.plan.file import EXPAND, FIX, PlanFile
from sim.scenario.plan.market import with_market
from sim.scenario.plan.quotes import tools_named, with_projects
from sim.scenario.plan.sense import plan_problems
from sim.scenario.presets import catalogue, tools
from sim.scenario.resolve import resolved
from sim.scenario.scenario import Scenario
from sim.scenario.sentences import validated
from sim.scenario.toml_file import Document, refuse
from sim.scenario.trades import market
from sim.strategies.arms import Arm

NO_PLAN = 'this is not a plan; a plan file says kind = "plan"'


@dataclass(frozen=True, eq=False)
class Plan:
    """A plan that can run; `file` has its gaps filled, `scenario` is the firm in its market at the file's numbers."""

    file: PlanFile
    base: Scenario
    scenario: Scenario
    choices: tuple[Arm, ...]
    books: Books | None
    defaults: tuple[Default, ...]
    doubts: tuple[str, ...]

    @property
    def goal_month(self) -> int:
        """The month by which the goal is wanted, the first being 1."""
        return int(given(self.file.goal).get("by_month", self.file.months))

    def params(self, values: Mapping[str, float]) -> Params:
        """The parameters of a future in which some of the file's numbers have other values, by their names."""
        firm, market, projects = self.file.firm, self.file.market, list(self.file.project)
        for name, value in values.items():
            project, _, key = name.rpartition(".")
            if project:
                at = next(i for i, one in enumerate(projects) if one.name == project)
                projects[at] = projects[at].model_copy(update={key: value})
            elif key in type(firm).model_fields:
                firm = firm.model_copy(update={key: value})
            else:
                market = market.model_copy(update={key: value})
        return _params(self.base.params, self.file.model_copy(
            update={"firm": firm, "market": market, "project": projects}))


def load_plan(reference: str, months: int | None = None) -> Plan:
    """Load a plan by path or by the name of a shipped one; InputError with every problem found."""
    return resolved_plan(find(reference, "plans"), months)


def resolved_plan(document: Document, months: int | None = None) -> Plan:
    """The plan that a document describes, over other months if given; InputError with every problem found."""
    if document.data.get("kind") != "plan":
        refuse([document.problem(("kind",), NO_PLAN)])
    file = validated(PlanFile, document)
    if months is not None:
        file = file.model_copy(update={"months": months})
    books = read_books(Path(document.name).parent / file.months_csv) if file.months_csv else None
    base = _base(file)
    refuse(plan_problems(document, file, base, books))
    firm, defaults = filled(file.firm, base.params, trade_of(file.based_on), books)
    file = file.model_copy(update={"firm": firm})
    scenario = _scenario(document, file, base)
    about = file, scenario.params, list(scenario.families)
    refuse(unpayable(document, *about))
    return Plan(
        file, base, scenario, choices(document, file, scenario), books, (*defaults, *left_out(file, scenario.params)),
        tuple(doubts(*about)),
    )


def _base(file: PlanFile) -> Scenario:
    """The example, or a market of the trade's usual firms, with the tools that are on offer beside the plan."""
    if file.based_on in shipped_names():
        base = resolved(find(file.based_on))
    else:
        base = Scenario(
            name=file.based_on, title=file.title, why="", months=file.months, background="none",
            params=market(file.based_on, list(tools())),
            families={family: tool.title for family, tool in tools().items()},
            arms={}, signature=(), falsifier=None, path="", text="", trade=file.based_on,
        )
    if file.on_offer is None:
        return base
    offered = replace(base.params.catalogue, offered=catalogue(file.on_offer, {}).offered)
    return replace(base, params=replace(base.params, catalogue=offered))


def _params(base: Params, file: PlanFile) -> Params:
    """The parameters that a plan's numbers come to."""
    params = with_projects(with_market(firm_params(file.firm, base), file.market), file.project)
    return replace(params, events=joined(base.events, events_of(file.event, tools_named(file.project), first=1)))


def _scenario(document: Document, file: PlanFile, base: Scenario) -> Scenario:
    """The firm in its market; every tool of the plan is a family of its own."""
    own = {project.name: project.title for project in file.project if project.what not in (EXPAND, FIX)}
    return replace(
        base, name=Path(document.name).stem, title=file.title, why=_why(file.project), months=file.months,
        params=_params(base.params, file), families={**base.families, **own}, arms={}, signature=(), falsifier=None,
        path=document.name, text=document.text, background="none",
    )


def _why(projects: Sequence[object]) -> str:
    count = len(projects)
    return f"A plan with {count} project{'' if count == 1 else 's'}, held against doing nothing and other choices."
