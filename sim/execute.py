"""From asked-for runs to stored ones: register every run first, compute what is missing, keep a failure as a row.

Whatever executes the batches (none: a plain loop; a process pool; anything that speaks `concurrent.futures.Executor`),
the content of the store is the same: a run's identity and result depend on its job alone. Workers compute, this
process alone writes, one transaction per batch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import asdict, dataclass, replace
from functools import lru_cache

from sim import MODEL_VERSION
from sim.errors import InputError
from sim.observe.metrics import METRICS, SERIES, Metric
from sim.observe.observation import BOOKS, Observation, Wanted
from sim.observe.panel import PANEL
from sim.patience import Patience
from sim.run import Job, Outcome, batches, survive
from sim.store import Log, RunResult, RunRow, Store, canonical_json, of_firms
from sim.strategies.arms import Arm

Asked = tuple[RunRow, Job]
Progress = Callable[[int, int], None]
BROKEN = (
    "A process that computed runs ended unexpectedly, perhaps for want of memory; what was stored stays, and the same "
    "command goes on from there, with fewer --workers if need be."
)
EVERYTHING = Log(frozenset(METRICS), frozenset(SERIES), events=True)
Work = tuple[Sequence[Job], Wanted]
Outcomes = Iterator[tuple[Sequence[int], list[Outcome]]]


@dataclass(frozen=True)
class Tally:
    """How many runs were computed now, found in the store, and failed."""

    computed: int
    reused: int
    failed: int

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.computed + other.computed, self.reused + other.reused, self.failed + other.failed)


class Interrupted(KeyboardInterrupt):
    """Ctrl-C was heard; what was running is finished and stored, `left` runs are not."""

    def __init__(self, tally: Tally, left: int) -> None:
        super().__init__(f"stopped; {left} runs are left, and the same command goes on from here")
        self.tally, self.left = tally, left


def silent(done: int, total: int) -> None:
    """Progress that nobody watches."""


def execute(
    runs: Sequence[Asked], store: Store, executor: Executor | None = None, progress: Progress = silent,
    log: Log = EVERYTHING,
) -> Tally:
    """Compute the runs that the store lacks, through the executor or, without one, here; each as one row.

    `progress` hears (done, total) after every batch that is safely stored. Failed runs are rows and are counted. A run
    of which the store has less numbers than the log keeps counts as lacking.
    Raises Interrupted after Ctrl-C, once the batches under way are stored; InputError if a study would change, or if a
    process of the executor ended unexpectedly.
    """
    return _execute(runs, _Writer(store, log), executor, progress)


def executed(
    runs: Sequence[Asked], store: Store, executor: Executor | None = None, progress: Progress = silent,
    log: Log = EVERYTHING,
) -> tuple[Tally, dict[str, Observation]]:
    """The same, and what was computed just now, by run: as it was stored, so that it need not be read back."""
    seen: dict[str, Observation] = {}
    return _execute(runs, _Writer(store, log, seen), executor, progress), seen


def _execute(runs: Sequence[Asked], writer: _Writer, executor: Executor | None, progress: Progress) -> Tally:
    """Register, compute what is missing, count."""
    store, log = writer.store, writer.log
    store.describe_metrics(described(log.panel))
    store.register([row for row, _ in runs])
    wanted = store.missing([row.id for row, _ in runs], log)
    missing = {row.id: job for row, job in runs if row.id in wanted}
    done, failed = _computed(missing, writer, executor, progress)
    counted = Counter("failed" if row.id in failed else "computed" for row, _ in runs if row.id in done)
    tally = Tally(counted["computed"], sum(row.id not in wanted for row, _ in runs), counted["failed"])
    if len(done) < len(missing):
        raise Interrupted(tally, len(missing) - len(done))
    return tally


def row_of(study: str, place: str, parameters: str, job: Job) -> RunRow:
    """The row under which a job is registered: `place` is the scenario or design point in the study.

    `parameters` is the fingerprint of the resolved scenario; the arm's name and words decide nothing.
    """
    return RunRow(
        study=study, scenario=place, arm=job.watched_arm.name, assignment=job.assignment, replicate=job.replicate,
        seed=job.seed, months=job.months, model_version=MODEL_VERSION, parameters=parameters,
        arm_definition=_definition(job.arm, job.background, job.switched_off, job.others),
    )


def result_of(run: str, observation: Observation) -> RunResult:
    """What is stored of a finished run."""
    events = [(event.month, event.kind, event.text) for event in observation.events]
    books = [(project.start_month, BOOKS, canonical_json(asdict(project))) for project in observation.projects]
    return RunResult(run, observation.scalars, observation.series, events + books, panel=observation.panel)


def described(panel: Collection[str] = ()) -> list[Metric]:
    """Every metric for the store, and these columns of the firm panel under the names they have there.

    Where a scalar and a series share a name, they share a meaning.
    """
    firms = [replace(PANEL[name], name=of_firms(name)) for name in sorted(panel)]
    return [*{**SERIES, **METRICS}.values(), *firms]


@lru_cache(maxsize=1024)
def _definition(arm: Arm, others: Arm, switched_off: frozenset[str], others_watched: bool) -> str:
    """Canonical JSON of what an arm and the others' arm do; where it is so, what is off and that others are watched."""
    without: dict[str, object] = {"switched_off": sorted(switched_off)} if switched_off else {}
    watched: dict[str, object] = {"watched": "others"} if others_watched else {}
    return canonical_json({"arm": _factors(arm), "others": _factors(others)} | without | watched)


def _factors(arm: Arm) -> dict[str, object]:
    """What an arm does, without its name and words."""
    return {name: value for name, value in asdict(arm).items() if name not in ("name", "label", "line")}


@dataclass(frozen=True)
class _Writer:
    """Puts what a log keeps of a batch into a store, and notes it by run where somebody wants to see it at once."""

    store: Store
    log: Log
    noted: dict[str, Observation] | None = None

    def write(self, batch: Mapping[str, Outcome]) -> set[str]:
        """Store a batch in one transaction, then each failure as a row; returns the failed."""
        seen = {run: outcome for run, outcome in batch.items() if isinstance(outcome, Observation)}
        self.store.write([self.log.keep(result_of(run, outcome)) for run, outcome in seen.items()])
        if self.noted is not None:
            self.noted.update(seen)
        for run, error in batch.items():
            if isinstance(error, Exception):
                self.store.fail(run, "simulate", error)
        return batch.keys() - seen.keys()


def _computed(
    missing: Mapping[str, Job], writer: _Writer, executor: Executor | None, progress: Progress
) -> tuple[set[str], set[str]]:
    """Run batches and write each; returns the runs that are over and, of these, the failed."""
    ids, over, failed = list(missing), set[str](), set[str]()
    progress(0, len(ids))
    with Patience() as patience:
        for positions, outcomes in _executed((list(missing.values()), writer.log.names), executor, patience):
            batch = {ids[i]: outcome for i, outcome in zip(positions, outcomes, strict=True)}
            failed |= writer.write(batch)
            over |= batch.keys()
            progress(len(over), len(ids))
    return over, failed


def _executed(work: Work, executor: Executor | None, patience: Patience) -> Outcomes:
    """Outcomes of every batch as they come, until patience ends; a single batch runs here."""
    jobs, wanted = work
    chunks = list(batches(jobs))
    if executor is not None and len(chunks) > 1:
        yield from _through(executor, work, chunks, patience)
        return
    for chunk in chunks:
        if patience.over:
            return
        yield chunk, survive([jobs[i] for i in chunk], wanted)


def _through(executor: Executor, work: Work, chunks: Sequence[list[int]], patience: Patience) -> Outcomes:
    """Outcomes of every batch through an executor; when patience ends, of those it can no longer take back."""
    jobs, wanted = work
    pending: dict[Future[list[Outcome]], Sequence[int]] = {
        executor.submit(survive, [jobs[i] for i in chunk], wanted): chunk for chunk in chunks
    }
    try:
        while pending:
            for future in wait(pending, return_when=FIRST_COMPLETED).done:
                yield pending.pop(future), future.result()
            if patience.over:
                pending = {future: chunk for future, chunk in pending.items() if not future.cancel()}
    except BrokenExecutor:
        if not patience.over:
            raise InputError(BROKEN) from None
    finally:
        for future in pending:
            future.cancel()
