"""Whether a plan adds up: promises against the work there is, months against the horizon, ranges against numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from sim.errors import Problem
from sim.params.sector import STAGE_LABELS
from sim.scenario.changes import given
from sim.scenario.events import event_problems
from sim.scenario.fields import number
from sim.scenario.firm_sense import chain_problems, employees, firm_problems, hours_head_week
from sim.scenario.plan.books import Books
from sim.scenario.plan.choices import MODIFIERS, RESERVED, built
from sim.scenario.plan.file import EXPAND, FIX, PlanFile, ProjectFile
from sim.scenario.plan.quotes import step_of, tools_named
from sim.scenario.plan.unsure import unsure_problems
from sim.scenario.positions import KeyPath
from sim.scenario.presets import tools
from sim.scenario.scenario import Scenario
from sim.scenario.sentences import dotted
from sim.scenario.toml_file import Document

BOOKS_AGREE = 0.25


def plan_problems(document: Document, file: PlanFile, base: Scenario, books: Books | None) -> Iterator[Problem]:
    """Everything in a plan that cannot be true at once."""
    said = given(file.firm)
    yield from firm_problems(document, said, base)
    yield from _book_problems(document, said, books)
    yield from _name_problems(document, file)
    yield from _promise_problems(document, file, said, base)
    for place, project in enumerate(file.project):
        yield from _project_problems(document, ("project", place), project, file.months, base)
    yield from _goal_problems(document, file)
    yield from _rollout_problems(document, file)
    yield from event_problems(document, ("event",), file.event, tools_named(file.project), (1, file.months + 1))
    yield from unsure_problems(document, file)


def _book_problems(document: Document, said: Mapping[str, Any], books: Books | None) -> Iterator[Problem]:
    """Numbers of the owner that the firm's own months contradict."""
    for key, value in (books.fixes if books else {}).items():
        if key in said and abs(said[key] - value) > BOOKS_AGREE * max(value, 1.0):
            name = books.name if books else ""
            sentence = f"{key} is {number(said[key])}, but the months in {name} say {number(round(value, 2))}"
            yield document.problem(("firm", key), f"{sentence}; leave one of them out")


def _name_problems(document: Document, file: PlanFile) -> Iterator[Problem]:
    """Names that stand twice, or that mean something else already."""
    projects, others = [one.name for one in file.project], [one.name for one in file.alternative]
    for table, names, taken in (("project", projects, set[str]()), ("alternative", others, RESERVED)):
        times = Counter(names)
        for place, name in enumerate(names):
            path: KeyPath = (table, place, "name")
            if times[name] > 1:
                yield document.problem(path, f"{name} stands more than once")
            if name in tools() and table == "project":
                other = f"my_{name}"
                sentence = f"{name} is a tool of the catalogue; call your project something else, such as {other}"
                yield document.problem(path, sentence)
            elif name in taken or name.startswith("only_"):
                yield document.problem(path, f"{name} has a meaning already; choose another name")


def _promise_problems(
    document: Document, file: PlanFile, said: Mapping[str, Any], base: Scenario
) -> Iterator[Problem]:
    """Promised hours against the hours paid, altogether and at the project's step."""
    people = employees(said, base.params) or float(base.params.sector.employees_mean)
    paid = people * hours_head_week(base.params)
    wage = said.get("wage_usd_hour", float(base.params.sector.wage_usd_hour))
    promised = [(place, project.hours_saved_week) for place, project in enumerate(file.project)
                if project.hours_saved_week is not None]
    together = sum(hours for _, hours in promised)
    if together > paid:
        sentence = f"{number(together)} hours a week are promised, but only {paid:,.0f} are paid: the promise is worth "
        sentence += f"{together * wage:,.0f} USD a week, the whole wage bill {paid * wage:,.0f} USD"
        yield document.problem(("project", promised[-1][0], "hours_saved_week"), sentence)
        return
    by_step = said.get("hours_week_by_step")
    for place, hours in promised:
        step = given(file.project[place]).get("step")
        if step is None:
            continue
        share = float(base.params.sector.hours_share[step])
        there = by_step.get(step, 0.0) if by_step else share * paid
        if hours > there:
            where = f"{number(hours)} hours a week are promised at {STAGE_LABELS[step]}, where only {there:,.0f} are"
            yield document.problem(("project", place, "hours_saved_week"), f"{where} worked")


def _project_problems(
    document: Document, path: KeyPath, project: ProjectFile, months: int, base: Scenario
) -> Iterator[Problem]:
    """A project that comes too late, lacks its step, or promises what its kind cannot give."""
    said = given(project)
    if project.buy_in_month > months:
        sentence = f"month {project.buy_in_month} is after the end; the plan looks {months} months ahead"
        yield document.problem((*path, "buy_in_month"), sentence)
    elif project.buy_in_month + said.get("months_until_it_works", 0) > months:
        sentence = f"ordered in month {project.buy_in_month} it would not work before the end, month {months}"
        yield document.problem((*path, "months_until_it_works"), sentence)
    if project.what in (EXPAND, FIX) and "step" not in said:
        yield document.problem((*path, "what"), f"{project.what} needs a step: what is to be widened or mended")
        return
    if project.what in (EXPAND, FIX):
        yield from chain_problems(document, (*path, "step"), step_of(project), base)
    for key, why in _not_of_its_kind(project.what).items():
        if key in said:
            yield document.problem((*path, key), f"{dotted(('project', key))}: {why}", True)
    if project.what == EXPAND and said.get("more_capacity_percent") == 0:
        yield document.problem((*path, "more_capacity_percent"), "an expansion that adds nothing is none")


def _not_of_its_kind(what: str) -> dict[str, str]:
    """Keys that a kind of project cannot have, and why."""
    room = "more equipment adds room and nothing else; leave it out"
    mend = "mending is paid for in hours of staff and owner, and improves the process; leave it out"
    quoted = ("price_usd", "months_until_it_works", "more_capacity_percent")
    promised = ("subscription_usd_month", "fee_percent_of_orders", "rules_usd_once", "rules_usd_month",
                "hours_saved_week", "more_sales_percent")
    return {EXPAND: dict.fromkeys(promised, room), FIX: dict.fromkeys((*promised, *quoted), mend)}.get(what, {})


def _goal_problems(document: Document, file: PlanFile) -> Iterator[Problem]:
    """A goal that lies after the end."""
    month = given(file.goal).get("by_month", file.months)
    if month > file.months:
        sentence = f"month {month} is after the end; the plan looks {file.months} months ahead"
        yield document.problem(("goal", "by_month"), sentence)


def _rollout_problems(document: Document, file: PlanFile) -> Iterator[Problem]:
    """Ways to carry out a plan that no mechanism stands for yet."""
    said = file.rollout.model_dump()
    for (key, value), modifier in MODIFIERS.items():
        if said[key] == value and not built(modifier):
            shown = str(value).lower() if isinstance(value, bool) else f'"{value}"'
            yield document.problem(("rollout", key), f"{key} = {shown} is not in the model yet; leave it out")
