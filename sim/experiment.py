"""From a question to its answer: a scenario, the arms to compare in the same luck, and the runs that decide it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sim.execute import EVERYTHING, Asked, Progress, Tally, executed, row_of
from sim.observe.observation import BOOKS, Event, Observation, Project
from sim.run import SPLIT, Assignment, Job, batches, followings
from sim.store import Log, RunResult, Store
from sim.workers import local_pool

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario
    from sim.strategies.arms import Arm


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
    switched_off: frozenset[str] = frozenset()

    @property
    def study(self) -> str:
        """Name under which the runs stand in the store: it holds all that makes two questions different."""
        without = "".join(f" · without {name}" for name in sorted(self.switched_off))
        who: str = self.assignment
        if self.assignment in SPLIT:
            who = f"{who} {float(self.scenario.params.assignment.saturation):g} of {self.arms[0].name}"
        return f"{self.scenario.name} · {who} · {self.months} months · seed {self.seed}{without}"

    def jobs(self) -> list[Job]:
        """Every run, arm by arm; where firms are split, both arms live in the same worlds, and each is watched."""
        scenario = self.scenario
        return [
            Job(scenario.params, scenario.families, arm, background, self.assignment, self.seed, replicate,
                self.months, self.switched_off, scenario.goal, others=others)
            for arm, background, others in followings(self.arms, self.background, self.assignment)
            for replicate in range(self.worlds)
        ]

    def runs(self) -> list[Asked]:
        """Every run with the row under which it is registered."""
        parameters = self.scenario.fingerprint()
        return [(row_of(self.study, self.scenario.name, parameters, job), job) for job in self.jobs()]


def answer(
    question: Question, store: Store, workers: int | None, progress: Progress
) -> tuple[list[Observation], Tally]:
    """Compute what the store lacks and return every run of the question, in the order of its jobs.

    Failed runs are rows in the store and are missing from the list; they are counted, never dropped in silence.
    """
    return answered(question.runs(), store, workers, progress)


def answered(
    runs: Sequence[Asked], store: Store, workers: int | None, progress: Progress, log: Log = EVERYTHING
) -> tuple[list[Observation], Tally]:
    """The same for runs of any kind, in their order; of each, what the log keeps."""
    jobs = [job for _, job in runs]
    with local_pool(workers, len(list(batches(jobs)))) as pool:
        tally, fresh = executed(runs, store, pool, progress, log)
    return list(read_back(store, runs, log, fresh)), tally


def read_back(
    store: Store, runs: Sequence[Asked], log: Log | None = None, fresh: Mapping[str, Observation] | None = None
) -> Iterator[Observation]:
    """Observations of the runs that are done, in their order, from the store: all of each, or what the log keeps.

    Those in `fresh`, by run, were computed just now and are not read.
    """
    fresh = fresh or {}
    scalars, series = log.names if log else (None, None)
    found = store.results({row.id for row, _ in runs} - fresh.keys(), series, scalars=scalars)
    for row, job in runs:
        if row.id in fresh:
            yield replace(fresh[row.id], arm=job.watched_arm.name)  # two names may stand for one run
        elif row.id in found:
            yield _observation(job, found[row.id])


def _observation(job: Job, kept: RunResult) -> Observation:
    """What is stored of a run, as it was seen."""
    told = tuple(Event(*event) for event in kept.events if event[1] != BOOKS)
    books = tuple(Project(**json.loads(text)) for _, kind, text in kept.events if kind == BOOKS)
    return Observation(
        job.watched_arm.name, job.replicate, dict(kept.scalars), dict(kept.series), told, books, job.watched_firms)
