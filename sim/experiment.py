"""From a question to stored runs: register every run first, compute what is missing, keep a failure as a row.

Whatever executes the batches (none: a plain loop; a process pool; anything that speaks `concurrent.futures.Executor`),
the content of the store is the same: a run's identity and result depend on its job alone. Workers compute, this
process alone writes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from traceback import format_exception
from typing import TYPE_CHECKING

from sim import MODEL_VERSION
from sim.arrays import Floats
from sim.observe.metrics import METRICS, SERIES, Metric
from sim.observe.observation import Event, Observation, Project
from sim.run import Assignment, Job, batches, simulate
from sim.store import RunResult, RunRow, Store, canonical_json

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario
    from sim.strategies.arms import Arm

BATCH = 50
BOOKS = "books"
"""Kind of the stored events that hold a project each, as JSON: people are not told them."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Question:
    """A scenario, the arms to compare in the same luck, and how large the comparison is."""

    scenario: Scenario
    arms: Sequence[Arm]
    background: Arm
    assignment: Assignment
    worlds: int
    months: int
    seed: int

    @property
    def study(self) -> str:
        """Name under which the runs stand in the store: it holds all that makes two questions different."""
        return f"{self.scenario.name} · {self.assignment} · {self.months} months · seed {self.seed}"

    def jobs(self) -> list[Job]:
        """Every run, arm by arm."""
        scenario = self.scenario
        return [
            Job(scenario.params, scenario.families, arm, self.background, self.assignment, self.seed, replicate,
                self.months)
            for arm in self.arms for replicate in range(self.worlds)
        ]


@dataclass(frozen=True)
class Tally:
    """How many runs were computed now, found in the store, and failed."""

    computed: int
    reused: int
    failed: int


def answer(
    question: Question, store: Store, workers: int | None, progress: Progress
) -> tuple[list[Observation], Tally]:
    """Compute what the store lacks and return every run of the question, in the order of its jobs.

    Failed runs are rows in the store and are missing from the list; they are counted, never dropped in silence.
    """
    jobs = question.jobs()
    rows = _rows(question, jobs)
    store.describe_metrics(described())
    store.register(rows)
    wanted = store.missing([row.id for row in rows])
    missing = [position for position, row in enumerate(rows) if row.id in wanted]
    failed = _compute([jobs[i] for i in missing], [rows[i].id for i in missing], store, workers, progress)
    tally = Tally(len(missing) - failed, len(jobs) - len(missing), failed)
    return list(read_back(store, jobs, [row.id for row in rows])), tally


def described() -> list[Metric]:
    """Every metric for the store; where a scalar and a series share a name, they share a meaning."""
    return list({**SERIES, **METRICS}.values())


def _rows(question: Question, jobs: Sequence[Job]) -> list[RunRow]:
    """One row per job; the arm's words are not part of what decides a run."""
    parameters = question.scenario.fingerprint()
    background = _factors(question.background)
    return [
        RunRow(
            study=question.study, scenario=question.scenario.name, arm=job.arm.name, assignment=job.assignment,
            replicate=job.replicate, seed=job.seed, months=job.months, model_version=MODEL_VERSION,
            parameters=parameters, arm_definition=canonical_json({"arm": _factors(job.arm), "others": background}),
        )
        for job in jobs
    ]


def _factors(arm: Arm) -> dict[str, object]:
    """What an arm does, without its name and words."""
    return {name: value for name, value in asdict(arm).items() if name not in ("name", "label", "line")}


def _compute(jobs: Sequence[Job], ids: Sequence[str], store: Store, workers: int | None, progress: Progress) -> int:
    """Run jobs in batches, write each batch in one transaction; returns how many failed."""
    done = failed = 0
    progress(0, len(jobs))
    for positions, observations in _executed(jobs, list(batches(jobs, BATCH)), workers):
        results = []
        for position, observation in zip(positions, observations, strict=True):
            if isinstance(observation, Observation):
                results.append(_result(ids[position], observation))
            else:
                store.fail(ids[position], "simulate", observation)
                failed += 1
        store.write(results)
        done += len(positions)
        progress(done, len(jobs))
    return failed


Outcome = Observation | Exception


def _executed(
    jobs: Sequence[Job], chunks: Sequence[list[int]], workers: int | None
) -> Iterator[tuple[Sequence[int], list[Outcome]]]:
    """Outcomes of every chunk as they come; one worker, or a single chunk, runs here."""
    count = min(workers or os.cpu_count() or 1, len(chunks))
    if count <= 1:
        for chunk in chunks:
            yield chunk, survive([jobs[i] for i in chunk])
        return
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        yield from _through(pool, jobs, chunks)


def _through(
    pool: Executor, jobs: Sequence[Job], chunks: Sequence[list[int]]
) -> Iterator[tuple[Sequence[int], list[Outcome]]]:
    """Outcomes of every chunk through an executor, as they come."""
    waiting: dict[Future[list[Outcome]], Sequence[int]] = {
        pool.submit(survive, [jobs[i] for i in chunk]): chunk for chunk in chunks
    }
    try:
        for future in as_completed(waiting):
            yield waiting[future], future.result()
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise


def survive(jobs: Sequence[Job]) -> list[Outcome]:
    """Run a batch; if it fails, run each job alone so that only the bad ones are lost."""
    try:
        return list(simulate(jobs))
    except Exception as error:
        if len(jobs) == 1:
            error.add_note("".join(format_exception(error)))  # a traceback does not survive the way between processes
            return [error]
        return [outcome for job in jobs for outcome in survive([job])]


def _result(run: str, observation: Observation) -> RunResult:
    events = [(event.month, event.kind, event.text) for event in observation.events]
    books = [(project.start_month, BOOKS, canonical_json(asdict(project))) for project in observation.projects]
    return RunResult(run, observation.scalars, observation.series, events + books)


def read_back(store: Store, jobs: Sequence[Job], ids: Sequence[str]) -> Iterator[Observation]:
    """Observations of the runs that are done, from the store, in the order of the jobs."""
    wanted = set(ids)
    table = store.scalars(ids=wanted)
    scalars: dict[str, dict[str, float]] = {}
    for run, metric, value in zip(table["run"], table["metric"], table["value"], strict=True):
        scalars.setdefault(run, {})[metric] = value
    series: Mapping[str, Mapping[str, Floats]] = {name: store.series(wanted, name) for name in SERIES}
    for job, run in zip(jobs, ids, strict=True):
        if run in scalars:
            told = store.events(run)
            events = tuple(Event(*event) for event in told if event.kind != BOOKS)
            projects = tuple(Project(**json.loads(event.text)) for event in told if event.kind == BOOKS)
            curves = {name: series[name][run] for name in SERIES}
            yield Observation(job.arm.name, job.replicate, scalars[run], curves, events, projects, job.watched_firms)
