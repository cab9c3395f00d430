"""`smbsim check`: restate a file in plain words, or say everything that is wrong with it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from sim.design.design import design_of
from sim.design.words import design_restated
from sim.errors import InputError, Problem, nearest_name
from sim.observe.metrics import METRICS, SERIES
from sim.scenario.arms_list import strategy_arm
from sim.scenario.files import find, shipped_names
from sim.scenario.plan.file import PlanFile
from sim.scenario.plan.plan import NO_PLAN, resolved_plan
from sim.scenario.plan.words import doubted, restated_plan
from sim.scenario.resolve import load_document
from sim.scenario.scenario import Scenario
from sim.scenario.scenario_file import ScenarioFile
from sim.scenario.sentences import shown
from sim.scenario.toml_file import Document, refuse
from sim.scenario.words import restated, strategy_restated

FOLDERS = ("", "strategies", "plans")
KINDS = ("scenario", "firm", "strategy", "plan", "design")

# Keys of which any tells a scenario, a strategy or a design from a plan, where the file does not say its kind.
SAID_BY_KIND = {*ScenarioFile.model_fields, "score", "factor"} - set(PlanFile.model_fields)


@dataclass(frozen=True)
class Checked:
    """A file that is right, in sentences."""

    file: str
    kind: str
    sentences: tuple[str, ...]
    doubts: tuple[str, ...] = ()

    def text(self) -> str:
        """The sentences, one per line, what does not add up, and the verdict."""
        verdict = f"nothing is wrong with this {self.kind} file."
        if self.doubts:
            verdict = f"this {self.kind} can be played, but see what does not add up."
        return "\n".join([*self.sentences, *doubted(self.doubts), f"{self.file}: {verdict}"])

    def as_json(self) -> str:
        """The same as JSON."""
        return json.dumps({"valid": True, **asdict(self)}, indent=2)


def check(reference: str) -> Checked:
    """Check a scenario, firm, strategy, plan or design by name or path; InputError with every problem found."""
    folder = next((folder for folder in FOLDERS if reference in shipped_names(folder)), "")
    document = find(reference, folder)
    kind = _kind(document)
    if kind == "plan":
        found = resolved_plan(document)
        return Checked(document.name, kind, tuple(restated_plan(found)), found.doubts)
    if kind == "strategy":
        arm = strategy_arm(document, Path(document.name).stem)
        return Checked(document.name, kind, (strategy_restated(arm),))
    if kind == "design":
        return Checked(document.name, kind, tuple(design_restated(design_of(document))))
    scenario = load_document(document)
    _check_metrics(scenario)
    return Checked(document.name, kind, tuple(restated(scenario)))


def problems_json(file: str, error: InputError) -> str:
    """What is wrong with a file, as JSON."""
    problems = [asdict(problem) for problem in error.problems]
    return json.dumps({"valid": False, "file": file, "problems": problems}, indent=2)


def _kind(document: Document) -> str:
    """What the file says it is; one with factors is a design, one with a score and no sector a strategy."""
    looks_like = "strategy" if "score" in document.data and "sector" not in document.data else "scenario"
    looks_like = "design" if "factor" in document.data else looks_like
    if "kind" not in document.data and not set(document.data) & SAID_BY_KIND:
        raise InputError(document.problem(("kind",), NO_PLAN))
    kind = document.data.get("kind", looks_like)
    if kind not in KINDS:
        allowed = f"allowed: {', '.join(KINDS)}{nearest_name(str(kind), KINDS)}"
        raise InputError(document.problem(("kind",), f"kind is {shown(kind)}; {allowed}"))
    return str(kind)


def _check_metrics(scenario: Scenario) -> None:
    """Refuse claims about something that is not measured."""
    document = Document(scenario.path, scenario.text, {})
    problems: list[Problem] = []
    for base, layer in (((), scenario), (("falsifier",), scenario.falsifier)):
        for position, claim in enumerate(layer.signature if layer else ()):
            measured, when = (METRICS, "once a run") if claim.months is None else (SERIES, "every month")
            if claim.metric not in measured:
                hint = nearest_name(claim.metric, measured)
                sentence = f"{shown(claim.metric)} is not measured {when}{hint}"
                problems.append(document.problem((*base, "signature", position, "metric"), sentence))
    refuse(problems)
