"""What a sweep will take, measured here: a batch of its own runs is computed, stored in a scratch file and weighed."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sim.execute import Asked, described, execute
from sim.run import batches, simulate
from sim.store import Log, Store

MB = 1_000_000


@dataclass(frozen=True)
class Estimate:
    """Runs asked for, distinct ones, those already stored; processor minutes and MB of those still to come."""

    runs: int
    distinct: int
    stored: int
    processor_minutes: float
    minutes: float
    mb: float
    workers: int

    def text(self) -> str:
        """The estimate in two lines."""
        alike = "" if self.distinct == self.runs else f", {self.distinct:,} of them different"
        there = f"; {self.stored:,} are in the store already" if self.stored else ""
        if self.stored == self.distinct:
            return f"{self.runs:,} runs{alike}{there}: nothing is left to compute"
        return (
            f"{self.runs:,} runs{alike}{there}\n"
            f"about {_said(self.minutes)} minutes with {self.workers} process{'es' * (self.workers > 1)}, "
            f"{_said(self.mb)} MB (measured here on one batch)"
        )

    def as_json(self) -> dict[str, float]:
        """The same as plain numbers."""
        return asdict(self)


def estimate(runs: Sequence[Asked], missing: set[str], log: Log, workers: int | None) -> Estimate:
    """Measure a batch of the missing runs and reckon the rest from it."""
    distinct = {row.id: (row, job) for row, job in runs}
    left = [asked for run, asked in distinct.items() if run in missing]
    if not left:
        return Estimate(len(runs), len(distinct), len(distinct), 0.0, 0.0, 0.0, 1)
    tasks = list(batches([job for _, job in left]))
    seconds, size, fixed = _measured(_sample(left, len(tasks[0])), log)
    texts = sum(len(text) for text in {row.parameters for row, _ in left})
    processes = min(workers or os.cpu_count() or 1, len(tasks))
    cpu = seconds * len(left) / 60
    mb = (fixed + texts + size * len(left)) / MB
    return Estimate(len(runs), len(distinct), len(distinct) - len(left), cpu, cpu / processes, mb, processes)


def _sample(left: Sequence[Asked], count: int) -> list[Asked]:
    """A batch's worth of runs, evenly out of all of them."""
    return [left[position * len(left) // count] for position in range(count)]


def _measured(sample: Sequence[Asked], log: Log) -> tuple[float, float, float]:
    """Processor seconds and stored bytes of a run, and the bytes of a store without any."""
    simulate([replace(sample[0][1], months=1)])  # compiles, so that only work is timed
    with TemporaryDirectory() as folder:
        file = Path(folder) / "sample.sqlite"
        with Store.open(file) as store:
            store.describe_metrics(described())
        empty = file.stat().st_size
        start = time.process_time()
        with Store.open(file) as store:
            execute(sample, store, log=log)
        seconds = time.process_time() - start
        texts = sum(len(text) for text in {row.parameters for row, _ in sample})
        return seconds / len(sample), max(file.stat().st_size - empty - texts, 0) / len(sample), float(empty)


def _said(value: float) -> str:
    """Two digits that matter."""
    return f"{float(f'{value:.2g}'):,.10g}"
