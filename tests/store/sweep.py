"""A small sweep in a process of its own, to be killed.

    python -m tests.store.sweep

Every line read is the path of a store: a child process brings its sweep to an end. Said are the child's number, then
how many runs are safely stored, whenever there are more, and at last "over".
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence

from sim import run
from sim.execute import execute
from sim.experiment import Question
from sim.scenario.arms_list import parse_arms
from sim.scenario.resolve import load
from sim.store import RunRow, Store
from sim.workers import local_pool

Runs = Sequence[tuple[RunRow, run.Job]]
WORLDS, MONTHS, IN_A_BATCH = 12, 6, 2


def asked(worlds: int = WORLDS, months: int = MONTHS) -> Runs:
    """Two arms in a dozen worlds over half a year."""
    scenario = load("bakery_ordering")
    none, aligned = parse_arms("none,aligned", scenario)
    return Question(scenario, [none, aligned], none, "focal", worlds, months, seed=7).runs()


def sweep(place: object, runs: Runs, workers: int = 1, heard: Callable[[int], None] = lambda done: None) -> None:
    """Compute what the store lacks, two runs at a time; `heard` is told how many are stored."""
    before, run.MOST_WORLDS_BATCH = run.MOST_WORLDS_BATCH, IN_A_BATCH
    try:
        with Store.open(str(place)) as store, local_pool(workers, len(runs)) as pool:
            execute(runs, store, pool, lambda done, total: heard(store.counts()["done"]))
    finally:
        run.MOST_WORLDS_BATCH = before


def say(words: object) -> None:
    """Say something at once."""
    print(words, flush=True)


def serve() -> None:
    """Start a child for every line read."""
    runs = asked()
    run.simulate([job for _, job in runs[:2]])
    for line in sys.stdin:
        child = os.fork()
        if not child:
            say(os.getpid())
            sweep(line.strip(), runs, heard=say)
            os._exit(0)
        os.waitpid(child, 0)
        say("over")


if __name__ == "__main__":
    serve()
