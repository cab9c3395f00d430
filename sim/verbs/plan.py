"""`smbsim plan`: from a plan file to stored futures, an answer on the terminal, a report, tables and a workbook."""

from __future__ import annotations

import json
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from sim.analysis.plan import PlanStudy, as_json, plan_files, print_plan, tables
from sim.errors import InputError
from sim.execute import Progress, Tally
from sim.experiment import answered
from sim.scenario.plan.plan import Plan, load_plan
from sim.scenario.plan.words import doubted
from sim.verbs.compare import DEFAULT_STORE
from sim.verbs.places import made, opened
from sim.verbs.plan_study import asked, kept, study_of
from sim.verbs.progress import bar


@dataclass(frozen=True)
class PlanRequest:
    """What the command line asked for; see `smbsim plan --help`."""

    plan: str
    worlds: int = 1000
    months: int | None = None
    seed: int = 1
    store: str | None = None
    out: str | None = None
    csv: str | None = None
    xlsx: str | None = None
    workers: int | None = None
    as_json: bool = False

    def command(self) -> str:
        """The command line that repeats this stress test."""
        words = ["smbsim", "plan", self.plan, "--worlds", str(self.worlds), "--seed", str(self.seed)]
        return shlex.join([*words, *(["--months", str(self.months)] if self.months else [])])


@dataclass(frozen=True)
class Found:
    """A plan's study, how many runs it took, and where they are kept."""

    study: PlanStudy
    tally: Tally
    store: str


def plan(request: PlanRequest) -> str:
    """Stress-test a plan; returns what belongs on standard output: JSON, or where everything is.

    Raises InputError for anything wrong with the plan or the request, before a run starts.
    """
    asked_for = load_plan(request.plan, request.months)
    folder, csv, book = _places(request, asked_for)
    for line in doubted(asked_for.doubts):
        print(line, file=sys.stderr)
    with made(folder), made(csv), made(book.parent if book else None):
        found = stress_test(request, asked_for, bar)
        _write(found.study, folder, csv, book)
    if request.as_json:
        return json.dumps(as_json(found.study), indent=2, allow_nan=False)
    print_plan(found.study, Console(file=sys.stdout))
    return _closing_words(found, folder, csv, book)


def stress_test(request: PlanRequest, asked_for: Plan, progress: Progress) -> Found:
    """Run (or find in the store) every choice of the plan in every future, and arrange it."""
    runs = asked(asked_for, request.worlds, request.seed)
    place = request.store or DEFAULT_STORE
    with opened(place) as store:
        observations, tally = answered(runs, store, request.workers, progress, kept(asked_for))
    study = study_of(asked_for, observations, request.worlds, request.seed, request.command())
    return Found(study, tally, place)


Places = tuple[Path | None, Path | None, Path | None]


def _places(request: PlanRequest, asked_for: Plan) -> Places:
    """Folder of the report (None where JSON alone was asked for), folder of the CSV files, and the workbook."""
    report = None if request.as_json and request.out is None else Path(
        request.out or Path("results") / f"plan_{asked_for.scenario.name}")
    csv = Path(request.csv) if request.csv else None
    if csv is not None and csv.is_file():
        raise InputError(f"--csv {csv}: is a file; a folder is needed, one file per table goes into it.")
    book = Path(request.xlsx) if request.xlsx else None
    if book is not None and book.suffix != ".xlsx":
        raise InputError(f"--xlsx {book}: the name of a workbook ends with .xlsx.")
    return report, csv, book


def _write(study: PlanStudy, folder: Path | None, csv: Path | None, book: Path | None) -> None:
    """Write whatever was asked for."""
    if folder is not None:
        for name, content in plan_files(study).items():
            (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    if csv is not None:
        for name, table in tables(study).items():
            table.to_csv(csv / f"{name}.csv", index=False)
    if book is not None:
        from sim.analysis.plan.workbook import workbook

        book.write_bytes(workbook(study))


def _closing_words(found: Found, folder: Path | None, csv: Path | None, book: Path | None) -> str:
    """Where everything is, and what it took."""
    tally = found.tally
    lines = [f"runs: {tally.computed} computed, {tally.reused} found in the store, {tally.failed} failed"]
    lines += [f"report: {folder / 'report.html'}"] if folder else []
    lines += [f"tables: {csv}"] if csv else []
    lines += [f"workbook: {book}"] if book else []
    return "\n".join([*lines, f"store: {found.store}", f"again: {found.study.comparison.command}"])
