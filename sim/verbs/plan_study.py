"""From a plan to a study: every choice in every future, and the words and numbers the report needs beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace

import pandas as pd

from sim import __version__
from sim.analysis import ArmInfo, Assumption, Comparison, Setting
from sim.analysis.plan import NUMBERS, READ, Goal, PlanStudy, Project, Unsure
from sim.execute import EVERYTHING, Asked, row_of
from sim.observe.observation import Observation
from sim.run import Job
from sim.scenario.arms_list import parse_arm
from sim.scenario.plan.defaults import Default, said_by_owner
from sim.scenario.plan.file import ProjectFile
from sim.scenario.plan.futures import drawn, name_of, values_of
from sim.scenario.plan.goals import GOALS
from sim.scenario.plan.plan import Plan
from sim.scenario.plan.quotes import quoted
from sim.scenario.plan.unsure import field_of, unit_of
from sim.scenario.plan.words import TOLD, firm_words, promise
from sim.scenario.scenario import Scenario
from sim.store import Log, canonical_json, content_hash
from sim.verbs.assumptions import assumptions


def asked(plan: Plan, worlds: int, seed: int) -> list[Asked]:
    """Every run of a plan, choice by choice: a future has its own parameters, the same under every choice.

    The report asks what a choice leaves the owner, not what each project by itself was worth: no books of projects.
    """
    scenario, background = plan.scenario, parse_arm("none")
    values = drawn(plan.file.unsure, worlds, seed)
    futures = [plan.params(values_of(values, future)) for future in range(worlds)]
    texts = list(scenario.fingerprints(futures))
    name = study_name(plan, seed)
    jobs = [
        Job(futures[future], scenario.families, arm, background, "focal", seed, future, plan.file.months,
            goal=scenario.goal, books=False)
        for arm in plan.choices for future in range(worlds)
    ]
    return [(row_of(name, f"future {job.replicate + 1}", texts[job.replicate], job), job) for job in jobs]


def kept(plan: Plan) -> Log:
    """What is kept of every run: the numbers and series that the report is made of; what happened, in full."""
    goal = {GOALS[plan.file.goal.what].metric}
    return Log(NUMBERS | (goal & EVERYTHING.scalars), READ | (goal & EVERYTHING.series), events=True)


def study_name(plan: Plan, seed: int) -> str:
    """Name under which the runs stand: a plan that its owner has changed is another study."""
    ranges = [one.model_dump() for one in plan.file.unsure]
    arms = [asdict(arm) for arm in plan.choices]
    content = canonical_json([plan.scenario.fingerprint(), ranges, arms])
    return f"plan {plan.scenario.name} {content_hash(content)[:8]} · {plan.file.months} months · seed {seed}"


def study_of(plan: Plan, observations: list[Observation], worlds: int, seed: int, command: str) -> PlanStudy:
    """The plan with all that happened to it; InputError if no future was lived through under every choice."""
    comparison = Comparison.from_observations(observations, setting(plan, seed, command))
    values = pd.DataFrame(drawn(plan.file.unsure, worlds, seed), index=range(worlds))
    return PlanStudy(
        comparison=comparison, goal=_goal(plan), unsure=tuple(_unsure(plan)),
        drawn=values.loc[comparison.scalars.index], firm=firm_words(plan),
        projects=tuple(_project(plan, project) for project in plan.file.project),
        defaults=tuple(_assumption(default) for default in plan.defaults),
    )


def setting(plan: Plan, seed: int, command: str) -> Setting:
    """Everything about a plan's comparison that is known before its first result."""
    scenario, choosing = plan.scenario, plan.scenario.params.choosing
    said = tuple(_assumption(entry) for entry in said_by_owner(plan.file, TOLD))
    return Setting(
        scenario=scenario.name, title=scenario.title, why=scenario.why, assignment="focal", seed=seed,
        arms=tuple(ArmInfo(arm.name, arm.label, arm.line) for arm in plan.choices),
        assumptions=(*said, *assumptions(_beside(plan))),
        hurdle_year=float(choosing.hurdle) / float(choosing.window_months) * 12.0,
        discount_month=float(choosing.discount_month), command=command, version=__version__,
        fingerprint=content_hash(scenario.fingerprint()),
    )


def _beside(plan: Plan) -> Scenario:
    """What the plan is based on, without the tools that its own quotes take off the table."""
    base = plan.base
    offered = plan.scenario.params.catalogue.offered[: len(base.families)]
    return replace(base, params=replace(base.params, catalogue=replace(base.params.catalogue, offered=offered)))


def _assumption(default: Default) -> Assumption:
    return Assumption(default.text, default.value, default.kind, default.source)


def _goal(plan: Plan) -> Goal:
    """The owner's goal in the unit of its measure."""
    kind = GOALS[plan.file.goal.what]
    return Goal(
        name=plan.file.goal.what, label=kind.label, unit=kind.unit, metric=kind.metric,
        number=plan.file.goal.number * kind.scale, by_month=plan.goal_month, at_least=kind.at_least,
    )


def _unsure(plan: Plan) -> Iterator[Unsure]:
    """What is uncertain, in words."""
    titles = {project.name: f"{project.title}: " for project in plan.file.project}
    for one in plan.file.unsure:
        label = f"{titles.get(one.project or '', '')}{field_of(one.about).description}"
        label = f"{label[:1].upper()}{label[1:]}"
        yield Unsure(name=name_of(one), label=label, unit=unit_of(one.about), low=one.low, high=one.high,
                     said_by=one.who_said)


def _project(plan: Plan, project: ProjectFile) -> Project:
    """A quote as the model takes it, with what the file leaves to the catalogue filled in."""
    price, subscription, months = quoted(plan.scenario.params, list(plan.scenario.families), project)
    return Project(
        label=project.title, price_usd=price, subscription_usd_month=subscription, months_until_it_works=months,
        promised=promise(project),
    )
