"""`smbsim sweep`: from a design file to stored runs, effects at every point as a table and a CSV file.

Any interruption costs at most the batches under way: the same command goes on from what is stored.
"""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console

from sim.analysis.points import Outcomes, outcomes, point_effects
from sim.design import Design, load_design
from sim.errors import InputError
from sim.execute import Asked, Interrupted, Tally, execute
from sim.run import batches
from sim.store import Store
from sim.verbs.estimate import estimate
from sim.verbs.looks import Looks, Precision
from sim.verbs.places import made, opened
from sim.verbs.progress import bar
from sim.verbs.sweep_table import print_effects
from sim.workers import local_pool


@dataclass(frozen=True)
class SweepRequest:
    """What the command line asked for; see `smbsim sweep --help`."""

    file: str
    dry_run: bool = False
    expand: int = 0
    precision: str | None = None
    shard: tuple[int, int] | None = None
    workers: int | None = None
    store: str | None = None
    out: str | None = None
    as_json: bool = False

    def command(self) -> str:
        """The command line that repeats, and so resumes, this sweep."""
        words = ["smbsim", "sweep", self.file]
        for option, value in (
            ("--expand", f"+{self.expand}" if self.expand else None), ("--precision", self.precision),
            ("--shard", f"{self.shard[0]}/{self.shard[1]}" if self.shard else None), ("--workers", self.workers),
            ("--store", self.store), ("--out", self.out),
        ):
            words += [option, str(value)] if value is not None else []
        return shlex.join(words)

    def place(self, design: Design) -> str:
        """Where the runs are kept: a file of the design's own, and of the shard's own."""
        part = f".shard-{self.shard[0]}-of-{self.shard[1]}" if self.shard else ""
        return self.store or f"results/{design.name}{part}.sqlite"

    def part(self, runs: Sequence[Asked]) -> list[Asked]:
        """The runs of this shard, by their names, so that a run belongs to the same shard whatever else is asked."""
        if self.shard is None:
            return list(runs)
        number, count = self.shard
        return [asked for asked in runs if int(asked[0].id, 16) % count == number - 1]


@dataclass(frozen=True)
class Swept:
    """A sweep that ran to its end: how many futures, how many runs that took, and what they came to."""

    design: Design
    replicates: int
    tally: Tally
    found: list[Outcomes]
    half_width: float | None = None  # the widest at the last look, where a precision was asked for


def sweep(request: SweepRequest) -> str:
    """Answer the request; returns what belongs on standard output.

    Raises InputError for anything wrong with the request, before a run starts; KeyboardInterrupt, with the command
    that resumes, once everything under way is stored.
    """
    design = load_design(request.file)
    looks = _looks(request, design)
    if request.dry_run:
        return _forecast(request, design)
    folder = None if request.shard or (request.as_json and not request.out) else _folder(request, design)
    with made(folder), opened(request.place(design)) as store:
        try:
            swept = _in_looks(request, looks, store) if looks else _at_once(request, design, store)
        except Interrupted as stopped:
            raise KeyboardInterrupt(_until_now(stopped, request)) from None
    effects = point_effects(design, swept.found)
    if folder is not None:
        effects.to_csv(folder / "effects.csv", index=False, lineterminator="\n")
    if request.as_json:
        return json.dumps(_as_json(request, swept, effects), indent=2, allow_nan=False)
    if not request.shard:
        print_effects(design, effects, Console(file=sys.stdout))
    return _closing_words(request, swept, folder)


def _looks(request: SweepRequest, design: Design) -> Looks | None:
    """The planned looks, if a precision is asked for."""
    if request.precision is None:
        return None
    if request.shard:
        raise InputError("--precision looks at all futures together, so it cannot be asked of one --shard.")
    return Looks(design, Precision.parse(request.precision, design), design.file.replicates + request.expand)


def _forecast(request: SweepRequest, design: Design) -> str:
    """What the sweep would take from where its store stands."""
    runs = request.part(design.runs(0, design.file.replicates + request.expand))
    place, ids = request.place(design), [row.id for row, _ in runs]
    if "://" in place or Path(place).is_file():
        with Store.open(place, read_only=True) as store:
            missing = store.missing(ids, design.log)
    else:
        missing = set(ids)
    told = estimate(runs, missing, design.log, request.workers)
    return json.dumps(told.as_json(), indent=2) if request.as_json else f"{_size(design)}\n{told.text()}"


def _size(design: Design) -> str:
    """The design in a line."""
    file = design.file
    parts = (
        f"{len(design.points)} points", f"{len(file.arms)} arms", f"{file.replicates} futures",
        *([f"{len(design.scenarios)} scenarios"] if len(design.scenarios) > 1 else []),
        *([f"{len(file.assignments)} assignments"] if len(file.assignments) > 1 else []),
    )
    return f"{file.title}: {' x '.join(parts)}, the same luck at every point and for every arm"


def _at_once(request: SweepRequest, design: Design, store: Store) -> Swept:
    """Everything the file asks for."""
    last = design.file.replicates + request.expand
    runs = request.part(design.runs(0, last))
    tally = _run(request, design, runs, store)
    return Swept(design, last, tally, [] if request.shard else _read(design, runs, store))


def _in_looks(request: SweepRequest, looks: Looks, store: Store) -> Swept:
    """Look by look, until a look says stop or all futures are in."""
    design, tally, before = looks.design, Tally(0, 0, 0), 0
    looks.refuse_others(store)
    for worlds in looks.plan:
        tally += _run(request, design, design.runs(before, worlds), store)
        before = worlds
        found = _read(design, design.runs(0, worlds), store)
        rows = looks.rows(found, worlds)
        store.write_looks(rows)
        if all(row.decision == "stop" for row in rows):
            break
    return Swept(design, worlds, tally, found, max((row.high - row.low) / 2 for row in rows))


def _run(request: SweepRequest, design: Design, runs: list[Asked], store: Store) -> Tally:
    """Compute what is missing of these runs."""
    with local_pool(request.workers, len(list(batches([job for _, job in runs])))) as pool:
        return execute(runs, store, pool, bar, design.log)


def _read(design: Design, runs: list[Asked], store: Store) -> list[Outcomes]:
    return outcomes(design, runs, store.results({row.id for row, _ in runs}, series=[]))


def _folder(request: SweepRequest, design: Design) -> Path:
    return Path(request.out) if request.out else Path("results") / design.name


def _as_json(request: SweepRequest, swept: Swept, effects: pd.DataFrame) -> dict[str, Any]:
    """The sweep as plain dictionaries; what is not a number is None."""
    known = effects.astype(object).where(effects.notna(), None)
    return {
        "study": swept.design.study, "design": swept.design.file.design.kind, "points": len(swept.design.points),
        "replicates": swept.replicates, "half_width": swept.half_width, "runs": asdict(swept.tally),
        "store": request.place(swept.design), "command": request.command(), "effects": known.to_dict("records"),
    }


def _closing_words(request: SweepRequest, swept: Swept, folder: Path | None) -> str:
    """Where everything is, and what it took."""
    lines = [_counted(swept.tally)]
    if request.precision and swept.half_width is not None:
        metric, _, asked = request.precision.partition(":")
        most = swept.design.file.replicates + request.expand
        lines.append(f"futures: {swept.replicates} of at most {most}")
        lines.append(f"{metric}: known to ± {swept.half_width:,.4g} at every point (asked for: {float(asked):,.4g})")
    if folder is not None:
        lines.append(f"effects: {folder / 'effects.csv'}")
    return "\n".join([*lines, f"store: {request.place(swept.design)}", f"again: {request.command()}"])


def _counted(tally: Tally) -> str:
    return f"runs: {tally.computed} computed, {tally.reused} found in the store, {tally.failed} failed"


def _until_now(stopped: Interrupted, request: SweepRequest) -> str:
    return f"{_counted(stopped.tally)}, {stopped.left} left; go on with\n  {request.command()}"
