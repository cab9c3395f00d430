"""`smbsim compare`: from a scenario's name to stored runs, a table and a report."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console

from sim import __version__
from sim.analysis import ArmInfo, Comparison, Setting, report_files
from sim.analysis.table import print_table
from sim.analysis.to_json import as_json
from sim.errors import InputError
from sim.execute import Progress, Tally
from sim.experiment import Question, answer
from sim.run import SPLIT, Assignment, batch_size
from sim.scenario.arms_list import parse_arms
from sim.scenario.resolve import load
from sim.scenario.scenario import Scenario
from sim.store import Store, content_hash
from sim.verbs.assumptions import assumptions
from sim.verbs.claims import judged
from sim.verbs.places import made, opened
from sim.verbs.profile import batch_profile, print_profile
from sim.verbs.progress import bar
from sim.verbs.step_by_step import project_by_project, with_placebo

DEFAULT_ARMS = "none,random,own_sake,tactical,aligned"
DEFAULT_STORE = "results/smbsim.sqlite"


@dataclass(frozen=True)
class CompareRequest:
    """What the command line asked for; see `smbsim compare --help`."""

    scenario: str
    arms: str | None = None
    worlds: int = 200
    months: int | None = None
    seed: int = 1
    assignment: Assignment = "focal"
    saturation: float | None = None
    flip: bool = False
    store: str | None = None
    out: str | None = None
    workers: int | None = None
    as_json: bool = False
    profile: bool = False
    marginal: int = 0

    def command(self) -> str:
        """The command line that repeats this comparison."""
        words = ["smbsim", "compare", self.scenario]
        for option, value in (
            ("--arms", self.arms), ("--worlds", self.worlds), ("--months", self.months), ("--seed", self.seed),
            ("--assignment", self.assignment), ("--saturation", self.saturation),
        ):
            words += [option, str(value)] if value is not None else []
        words += ["--marginal", str(self.marginal)] if self.marginal else []
        return shlex.join(words + ["--flip"] * self.flip)


@dataclass(frozen=True)
class Answer:
    """A comparison, how many runs it took, and where it was kept."""

    comparison: Comparison
    tally: Tally
    store: str


def compare(request: CompareRequest) -> str:
    """Answer the request; returns what belongs on standard output: JSON, or where the report is.

    Raises InputError for anything wrong with the request, before a run starts.
    """
    scenario = loaded(request)
    asked = question(request, scenario)
    sides(asked, asked.arms[-1].name, request.marginal)
    folder = _folder(request, scenario)
    with made(folder):
        found = study(request, bar)
        if folder is not None:
            write_report(found.comparison, folder)
    if request.profile:
        jobs = question(request, scenario).jobs()
        jobs = jobs[-min(request.worlds, batch_size(jobs[-1])) :]
        print_profile(batch_profile(jobs), Console(stderr=True))
    if request.as_json:
        return json.dumps(as_json(found.comparison), indent=2, allow_nan=False)
    print_table(found.comparison, Console(file=sys.stdout))
    return _closing_words(found, folder)


def write_report(comparison: Comparison, folder: Path) -> Path:
    """Write the report and what belongs to it into a folder; returns the page."""
    for name, content in report_files(comparison).items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder / "report.html"


def study(request: CompareRequest, progress: Progress) -> Answer:
    """Run (or find in the store) everything the request asks for, and arrange it."""
    scenario = loaded(request)
    asked = question(request, scenario)
    place = request.store or DEFAULT_STORE
    with opened(place) as store:
        comparison, tally = _compared(request, asked, store, progress)
        beside = None
        if request.flip:
            beside, more = _compared(request, flipped(asked), store, progress)
            tally += more
        comparison = with_claims(comparison, scenario, beside)
        found = {}
        for name, side in sides(asked, comparison.main.name, request.marginal).items():
            found[name], more = _compared(request, side, store, progress)
            tally = Tally(tally.computed + more.computed, tally.reused, tally.failed + more.failed)
    return Answer(with_sides(comparison, found), tally, place)


def question(request: CompareRequest, scenario: Scenario) -> Question:
    """The request as a question; with the falsifier beside it, the arms its claims speak of are added."""
    if request.assignment in SPLIT:
        return _split(request, scenario)
    names = request.arms or ",".join([DEFAULT_ARMS, *scenario.asks_for])
    if request.flip:
        claims = (*scenario.signature, *_falsifier(scenario).signature)
        spoken_of = dict.fromkeys(arm for claim in claims for arm in (claim.a, claim.b))
        names = ",".join([names, *(arm for arm in spoken_of if arm not in names.split(","))])
    return Question(
        scenario, parse_arms(names, scenario), parse_arms(scenario.background, scenario)[0], request.assignment,
        request.worlds, request.months or scenario.months, request.seed,
    )


def loaded(request: CompareRequest) -> Scenario:
    """The scenario asked for, with the share of firms that follow a strategy where it is given.

    Raises InputError where a share is given and no strategy is mixed or chosen.
    """
    scenario = load(request.scenario)
    if request.saturation is None:
        return scenario
    if request.assignment not in SPLIT:
        raise InputError(f"--saturation goes with --assignment {' or '.join(SPLIT)}.")
    return replace(scenario, params=scenario.params.changed(assignment={"saturation": request.saturation}))


def _split(request: CompareRequest, scenario: Scenario) -> Question:
    """Firms that follow one strategy against firms of the same worlds that follow the other.

    Raises InputError if it is not clear which two, or if there are not enough firms for two groups.
    """
    if request.flip:
        raise InputError("--flip goes with --assignment focal or whole.")
    arms = parse_arms(request.arms or f"{scenario.background},aligned", scenario)
    if len(arms) != 2:
        found = ", ".join(arm.name for arm in arms)
        raise InputError(f"--assignment {request.assignment} divides firms between two strategies, the first for those "
                         f"who do not follow the second: --arms none,aligned; found {found}.")
    if scenario.params.setup.small_firms < 2:
        raise InputError(f"{scenario.name} has one small firm; two strategies need two.")
    return Question(scenario, arms, arms[0], request.assignment, request.worlds, request.months or scenario.months,
                    request.seed)


def with_claims(comparison: Comparison, scenario: Scenario, falsifier: Comparison | None = None) -> Comparison:
    """The comparison with its claims judged, and with the falsifier and its claims where that was played."""
    claims = judged(scenario, comparison, "signature") if comparison.assignment not in SPLIT else ()
    if falsifier is not None:
        claims += judged(_falsifier(scenario), falsifier, "falsifier")
    return replace(comparison, falsifier=falsifier, claims=claims)


def sides(asked: Question, main: str, steps: int) -> dict[str, Question]:
    """The questions asked beside the one in hand, by the field of the comparison that holds their answer."""
    if asked.assignment in SPLIT:
        if steps:
            raise InputError("--marginal goes with --assignment focal or whole.")
        return {"by_lot": replace(asked, assignment="mixed")} if asked.assignment == "chosen" else {}
    square = crossed(asked)
    found = {"square": square} if square is not None else {}
    found |= {"placebo": with_placebo(asked, main)}
    return found | ({"marginal": project_by_project(asked, main, steps)} if steps else {})


def with_sides(comparison: Comparison, found: Mapping[str, Comparison]) -> Comparison:
    """The comparison with the answers to what was asked beside it."""
    return replace(
        comparison, square=found.get("square"), by_lot=found.get("by_lot"), placebo=found.get("placebo"),
        marginal=found.get("marginal"),
    )


def crossed(asked: Question) -> Question | None:
    """The same question for the 2 x 2 of score and assessment, where both scores were asked for."""
    names = {arm.name for arm in asked.arms}
    if not {"none", "tactical", "aligned"} <= names:
        return None
    return replace(asked, arms=parse_arms("none,tactical,tactical+assess2,aligned+assess0,aligned", asked.scenario))


def _falsifier(scenario: Scenario) -> Scenario:
    """The scenario's falsifier; InputError where it has none."""
    if scenario.falsifier is None:
        raise InputError(f"{scenario.name} has no [falsifier], so --flip has nothing to run.")
    return scenario.falsifier


def flipped(asked: Question) -> Question:
    """The same question of the scenario's falsifier; InputError where it has none."""
    return replace(asked, scenario=_falsifier(asked.scenario))


def _compared(request: CompareRequest, asked: Question, store: Store, progress: Progress) -> tuple[Comparison, Tally]:
    """Answer one question and arrange what came back."""
    observations, tally = answer(asked, store, request.workers, progress)
    return Comparison.from_observations(observations, setting(request, asked)), tally


def setting(request: CompareRequest, asked: Question) -> Setting:
    """Everything about a comparison that is known before its first result."""
    scenario, choosing = asked.scenario, asked.scenario.params.choosing
    return Setting(
        scenario=scenario.name, title=scenario.title, why=scenario.why, assignment=asked.assignment, seed=asked.seed,
        arms=tuple(ArmInfo(arm.name, arm.label, arm.line) for arm in asked.arms), assumptions=assumptions(scenario),
        hurdle_year=float(choosing.hurdle) / float(choosing.window_months) * 12.0,
        discount_month=float(choosing.discount_month), command=request.command(), version=__version__,
        fingerprint=content_hash(scenario.fingerprint()),
    )


def _folder(request: CompareRequest, scenario: Scenario) -> Path | None:
    """The folder the report goes to; None where JSON alone was asked for."""
    if request.as_json and request.out is None:
        return None
    return Path(request.out) if request.out else Path("results") / scenario.name


def _closing_words(found: Answer, folder: Path | None) -> str:
    """Where everything is, and what it took."""
    tally = found.tally
    lines = [f"runs: {tally.computed} computed, {tally.reused} found in the store, {tally.failed} failed"]
    if folder is not None:
        lines.append(f"report: {folder / 'report.html'}")
    return "\n".join([*lines, f"store: {found.store}", f"again: {found.comparison.command}"])

