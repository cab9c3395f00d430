"""What keeping results costs: share of a run's time, size on disk, seconds per question.

    python experiments/measure_store.py --runs 100000

Logging is measured against simulating the same runs, in processor time of one process. Size and questions are measured
on made-up runs with twenty scalars and forty series of sixty months, which no compression could make smaller.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.execute import result_of
from sim.experiment import Question
from sim.observe.metrics import METRICS, SERIES, Metric
from sim.run import simulate
from sim.scenario.arms_list import parse_arms
from sim.scenario.resolve import load
from sim.store import RunResult, RunRow, Store, canonical_json

SCALARS, CURVES, MONTHS, AT_ONCE = 20, 40, 60, 50
MADE_UP = [Metric(f"metric_{number:02d}", "USD", "made up", "noise") for number in range(SCALARS + CURVES)]


@dataclass(frozen=True)
class Taken:
    """How long something took, in seconds on the clock and of the processor."""

    what: str
    clock_s: float
    processor_s: float


@contextmanager
def timed(what: str, taken: list[Taken]) -> Iterator[None]:
    """Note how long something takes."""
    clock, processor = time.perf_counter(), time.process_time()
    yield
    taken.append(Taken(what, time.perf_counter() - clock, time.process_time() - processor))


def logging_share(place: Path, worlds: int) -> None:
    """Say what part of a comparison's processor time goes into its store."""
    scenario = load("bakery_ordering")
    none, aligned = parse_arms("none,aligned", scenario)
    runs = Question(scenario, [none, aligned], none, "focal", worlds, scenario.months, seed=1).runs()
    simulate([job for _, job in runs[:2]])
    taken: list[Taken] = []
    results: list[RunResult] = []
    for start in range(0, len(runs), AT_ONCE):
        batch = runs[start : start + AT_ONCE]
        with timed("simulate", taken):
            seen = simulate([job for _, job in batch])
        results += [result_of(row.id, one) for (row, _), one in zip(batch, seen, strict=True)]
    with Store.open(place) as store:
        store.describe_metrics({**SERIES, **METRICS}.values())
        with timed("write", taken):
            store.register([row for row, _ in runs])
        with timed("once", taken):
            store.write(results[:1])  # the first result of a process also notes every installed package
        for start in range(1, len(results), AT_ONCE):
            with timed("write", taken):
                store.write(results[start : start + AT_ONCE])
    simulating, writing, once = (
        sum(t.processor_s for t in taken if t.what == what) for what in ("simulate", "write", "once")
    )
    print(f"{len(runs)} runs of {scenario.months} months: {1e3 * simulating / len(runs):.1f} ms each to simulate, "
          f"{1e3 * writing / len(runs):.2f} ms to store: {writing / (simulating + writing):.1%} of both "
          f"(and once {1e3 * once:.0f} ms)")


def made_up_runs(count: int) -> list[RunRow]:
    """Runs of ten design points and two arms."""
    points = [canonical_json({"setup_usd": float(point)}) for point in range(10)]
    return [
        RunRow("made up", f"point {number % 10}", f"arm {number // 10 % 2}", "focal", number // 20, 1, MONTHS, "1",
               points[number % 10], canonical_json({"arm": number // 10 % 2}))
        for number in range(count)
    ]


def filled(place: Path, rows: list[RunRow]) -> None:
    """Write made-up results of all runs, a batch per transaction."""
    luck = np.random.default_rng(1)
    names = [metric.name for metric in MADE_UP]
    with Store.open(place) as store:
        store.describe_metrics(MADE_UP)
        store.register(rows)
        for start in range(0, len(rows), AT_ONCE):
            store.write([
                RunResult(row.id, dict(zip(names[:SCALARS], luck.normal(size=SCALARS).tolist(), strict=True)),
                          dict(zip(names[SCALARS:], luck.normal(size=(CURVES, MONTHS)), strict=True)), [])
                for row in rows[start : start + AT_ONCE]
            ])


def questions(place: Path, rows: list[RunRow]) -> list[Taken]:
    """Ask what people ask of a large store."""
    ids = [row.id for row in rows]
    asked: dict[str, Callable[[Store], Any]] = {
        "what is done": lambda store: store.counts("made up"),
        "what is missing": lambda store: store.missing(ids),
        "one scalar of every run": lambda store: store.scalars("made up", metrics=["metric_03"]),
        "one series of every run": lambda store: store.series(ids, "metric_23"),
        "everything of one run": lambda store: store.results(ids[:1]),
        "everything of 6,000 runs": lambda store: store.results(ids[:6_000]),
        "the name of the content": lambda store: store.digest(),
    }
    taken: list[Taken] = []
    with Store.open(place, read_only=True) as store:
        for what, question in asked.items():
            with timed(what, taken):
                question(store)
    return taken


def main() -> None:
    """Measure and say."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--worlds", type=int, default=100)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        logging_share(Path(folder) / "real.sqlite", asked.worlds)
        rows, place, taken = made_up_runs(asked.runs), Path(folder) / "large.sqlite", list[Taken]()
        with timed("write all", taken):
            filled(place, rows)
        size = place.stat().st_size
        print(f"{len(rows):,} runs with {SCALARS} scalars and {CURVES} series of {MONTHS} months: {size / 1e9:.2f} GB, "
              f"{size / len(rows) / 1e3:.1f} kB a run")
        for one in taken + questions(place, rows):
            print(f"{one.what:<26} {one.clock_s:8.2f} s on the clock, {one.processor_s:8.2f} s of the processor")


if __name__ == "__main__":
    main()
