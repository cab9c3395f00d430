"""From a point to what is run there: a scenario with its numbers changed, and arms with their factors changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sim.design.design_file import DesignFile, FactorFile
from sim.design.factors import SECTOR, Factor, changed_arm, no_such, world_changes, wrong_with
from sim.design.points import Point
from sim.design.tools import retooled
from sim.errors import Problem, nearest_name
from sim.scenario.arms_list import parse_arm
from sim.scenario.firm_sense import chain_problems
from sim.scenario.positions import KeyPath
from sim.scenario.scenario import Scenario
from sim.scenario.sentences import shown
from sim.scenario.toml_file import Document
from sim.scenario.trades import moved
from sim.strategies.arms import Arm


@dataclass(frozen=True)
class Cell:
    """A point in a scenario: its name in the store, the numbers and arms there."""

    place: str
    point: Point
    scenario: Scenario
    parameters: str
    arms: tuple[Arm, ...]
    background: Arm


def settled(scenario: Scenario, point: Point, file: DesignFile, factors: Sequence[Factor]) -> Cell:
    """What is run at a point of a scenario."""
    changes_arms = {factor.name: factor.arms for factor in factors}
    there = _changed_world(scenario, point)
    arms = []
    for address in file.arms:
        setting = {
            target: value for name, (_, said) in point.levels.items() if address in changes_arms[name]
            for target, value in said.items()
        }
        arms.append(changed_arm(address, setting, there))
    place = f"{scenario.name} · {point.name}"
    return Cell(place, point, there, there.fingerprint(), tuple(arms), parse_arm(there.background, there))


def _changed_world(scenario: Scenario, point: Point) -> Scenario:
    """The scenario with the numbers of a point."""
    params = scenario.params
    for _, setting in point.levels.values():
        if SECTOR in setting:
            params = moved(params, scenario.trade, str(setting[SECTOR]))
        changes = world_changes(setting)
        params = params.changed(**changes.parameter_changes())
        params = replace(params, catalogue=retooled(params.catalogue, changes.tool_changes()))
    return replace(scenario, params=params)


def factor_problems(document: Document, file: DesignFile, scenarios: Sequence[Scenario]) -> list[Problem]:
    """Everything in the factors that cannot be set in one of the scenarios, each problem once."""
    found = [
        problem for position, factor in enumerate(file.factor)
        for scenario in scenarios for problem in _problems(document, file, position, scenario)
    ]
    names = [factor.name for factor in file.factor]
    found += [
        document.problem(("factor", position, "name"), f"two factors are called {name}")
        for position, name in enumerate(names) if name in names[:position]
    ]
    return list(dict.fromkeys(found))


def _problems(document: Document, file: DesignFile, position: int, scenario: Scenario) -> Iterator[Problem]:
    """What is wrong with one factor in one scenario."""
    factor, base = file.factor[position], ("factor", position)
    for place, address in enumerate(factor.arms):
        if address not in file.arms:
            hint = nearest_name(address, file.arms) or f"; there are {', '.join(file.arms)}"
            yield document.problem((*base, "arms", place), f"no arm of this design is called {shown(address)}{hint}")
            return
    arms = tuple(factor.arms or file.arms[1:])
    for path, target, value in _said(factor):
        unknown = no_such(target, scenario)
        if unknown:
            yield document.problem((*base, *(path if factor.dial else ("vary",))), unknown, bool(factor.dial))
            continue
        wrong = wrong_with(target, value, scenario, arms)
        yield from (document.problem((*base, *path), sentence) for sentence in wrong)
        if not wrong and target.endswith(".bottleneck_stage"):
            group, _, name = target.partition(".")
            stage = world_changes({target: value}).parameter_changes()[group][name]
            yield from chain_problems(document, (*base, *path), stage, scenario)


def _said(factor: FactorFile) -> Iterator[tuple[KeyPath, str, object]]:
    """Every value a factor may take: where it stands, what it is of, and the value."""
    for position, level in enumerate(factor.levels):
        yield ("levels", position), factor.vary, level
    for name in ("low", "high"):
        if getattr(factor, name) is not None:
            yield (name,), factor.vary, getattr(factor, name)
    for place, setting in factor.dial.items():
        for target, value in setting.items():
            yield ("dial", place, target), target, value
