"""From a file to a scenario that can run: presets filled in, changes applied, names checked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sim.errors import InputError, Problem
from sim.params import Params
from sim.params.goal import Goal
from sim.scenario.arms_list import arm_of, not_offered, parse_arm
from sim.scenario.events import event_problems, events_of
from sim.scenario.fields import DRAWN_STAGE
from sim.scenario.files import find
from sim.scenario.firm import firm_scenario
from sim.scenario.firm_file import FirmFile
from sim.scenario.firm_sense import chain_problems
from sim.scenario.positions import KeyPath
from sim.scenario.presets import tools
from sim.scenario.scenario import Claim, Scenario
from sim.scenario.scenario_file import Changes, ClaimFile, ScenarioFile
from sim.scenario.sentences import validated
from sim.scenario.toml_file import Document, refuse
from sim.scenario.trades import market


def load(reference: str) -> Scenario:
    """Load a scenario by name, or a scenario or firm file by path; InputError with every problem found."""
    return load_document(find(reference))


def load_document(document: Document) -> Scenario:
    """The scenario that a scenario or firm file comes to; InputError with every problem found."""
    if document.data.get("kind") == "plan":
        sentence = f"this is a plan; stress-test it with: smbsim plan {document.name}"
        raise InputError(document.problem(("kind",), sentence))
    if document.data.get("kind") != "firm":
        return resolved(document)
    file = validated(FirmFile, document)
    return firm_scenario(document, file, resolved(find(file.based_on)))


def resolved(document: Document) -> Scenario:
    """The scenario that a document describes; InputError with every problem found."""
    file = validated(ScenarioFile, document)
    scenario = Scenario(
        name=Path(document.name).stem, title=file.title, why=file.why, months=file.months, background=file.background,
        params=_params(file.sector, file.catalogue, [file]),
        families={family: tool.title for family, tool in tools().items()},
        arms={arm: arm_of(strategy, arm) for arm, strategy in file.arms.items()},
        signature=_claims(file.signature), falsifier=None, path=document.name, text=document.text,
        goal=Goal(**file.goal.model_dump()) if file.goal else None, trade=file.sector,
    )
    _check_names(document, file, scenario)
    return replace(scenario, falsifier=_falsifier(document, file, scenario))


def _falsifier(document: Document, file: ScenarioFile, scenario: Scenario) -> Scenario | None:
    """The scenario with its falsifier's changes; InputError if they change nothing."""
    if file.falsifier is None:
        return None
    falsifier = replace(
        scenario, name=f"{scenario.name}.falsifier", why=file.falsifier.why,
        params=_params(file.sector, file.catalogue, [file, file.falsifier]),
        signature=_claims(file.falsifier.signature),
    )
    if falsifier.fingerprint() == scenario.fingerprint():
        raise InputError(document.problem(("falsifier",), "the falsifier changes no number of the scenario"))
    return falsifier


def _params(sector_name: str, offered: list[str], layers: list[Changes]) -> Params:
    """Presets with every layer of changes on top, the last one winning."""
    tool_changes: dict[str, dict[str, float]] = {}
    for layer in layers:
        for family, numbers in layer.tool_changes().items():
            tool_changes[family] = tool_changes.get(family, {}) | numbers
    params = market(sector_name, offered, tool_changes)
    for layer in layers:
        params = params.changed(**layer.parameter_changes())
        if "event" in layer.model_fields_set:
            params = replace(params, events=events_of(layer.event, list(tools())))
    return params


def _claims(files: list[ClaimFile]) -> tuple[Claim, ...]:
    """Claims as data; a window of months becomes a pair."""
    windows = [(file.months[0], file.months[1]) if file.months else None for file in files]
    return tuple(
        Claim(**file.model_dump(exclude={"months"}), months=window)
        for file, window in zip(files, windows, strict=True)
    )


def _check_names(document: Document, file: ScenarioFile, scenario: Scenario) -> None:
    """Refuse names that contradict one another: InputError with all of them."""
    problems = [
        document.problem(("catalogue", position), f"{family} stands twice in the catalogue")
        for position, family in enumerate(file.catalogue) if family in file.catalogue[:position]
    ]
    for name, arm in scenario.arms.items():
        problems += [document.problem(("arms", name), line) for line in not_offered(arm, scenario.offered)]
    if file.goal and file.goal.deadline_month > scenario.months:
        sentence = f"the goal is due in month {file.goal.deadline_month}, a run has {scenario.months}"
        problems.append(document.problem(("goal", "deadline_month"), sentence))
    problems += _arm_problems(document, ("background",), file.background, scenario)
    problems += _layer_problems(document, (), file, scenario)
    if file.falsifier:
        problems += _layer_problems(document, ("falsifier",), file.falsifier, scenario)
    refuse(problems)


def _layer_problems(document: Document, base: KeyPath, layer: Changes, scenario: Scenario) -> list[Problem]:
    """What a layer of changes says about tools, stages and arms that the scenario does not have."""
    problems = [
        document.problem((*base, "tools", family), f"{family} is not on offer; add it to the catalogue", True)
        for family in layer.tools if family not in scenario.offered
    ]
    for group, numbers in layer.parameter_changes().items():
        stage = numbers.get("bottleneck_stage", DRAWN_STAGE)
        problems += chain_problems(document, (*base, group, "bottleneck_stage"), stage, scenario)
    problems += event_problems(
        document, (*base, "event"), layer.event, list(scenario.families), (0, scenario.months))
    for position, claim in enumerate(layer.signature):
        path = (*base, "signature", position)
        problems += _arm_problems(document, (*path, "a"), claim.a, scenario)
        problems += _arm_problems(document, (*path, "b"), claim.b, scenario)
        if claim.months and claim.months[1] > scenario.months:
            sentence = f"the claim needs {claim.months[1]} months, a run has {scenario.months}"
            problems.append(document.problem((*path, "months"), sentence))
    return problems


def _arm_problems(document: Document, path: KeyPath, address: str, scenario: Scenario) -> list[Problem]:
    """What is wrong with an arm, placed where its address stands unless it has a file of its own."""
    try:
        parse_arm(address, scenario)
    except InputError as error:
        return [one if one.file else document.problem(path, one.sentence) for one in error.problems]
    return []
