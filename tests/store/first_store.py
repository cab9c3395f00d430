"""Make the store that the first tables could hold, as a file of some kilobytes that every later version must open.

    python -m tests.store.first_store tests/store/first_tables.sqlite

The rows are written as the first version wrote them, in plain SQL: code that is changed later must not change them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from alembic import command

from sim.store import content_hash
from sim.store.engine import connect, transaction
from sim.store.upgrade import migrations
from tests.store.samples import METRICS, asked

FIRST = "0001"
PAGE_BYTES = 512
RUNS = [asked(replicate, arm) for arm in ("none", "aligned") for replicate in range(2)]
PLACE = content_hash("{}")
WRITTEN = "2026-11-21 12:00:00.000000"


def make(place: Path) -> None:
    """Write the file: three runs are done, the last one failed."""
    engine = connect(place, create=True, read_only=False)
    with engine.execution_options(begin=None).connect() as connection:
        connection.exec_driver_sql(f"PRAGMA page_size = {PAGE_BYTES}")
    with transaction(engine, writes=True) as connection:
        command.upgrade(migrations(connection), FIRST)
        for table, rows in rows_by_table().items():
            marks = ", ".join("?" * len(rows[0]))
            connection.exec_driver_sql(f"INSERT INTO {table} VALUES ({marks})", rows)
    engine.dispose()


def rows_by_table() -> dict[str, list[tuple[object, ...]]]:
    """The rows of every table, a table after those that it refers to."""
    done = [run.id for run in RUNS[:-1]]
    curve = np.array([1.5, 2.0, 3.0], dtype="<f8").tobytes()
    return {
        "parameter": [(RUNS[0].parameters_hash, RUNS[0].parameters)],
        "arm": list({run.arm_hash: (run.arm_hash, run.arm_definition) for run in RUNS}.values()),
        "provenance": [(PLACE, "{}")],
        "metric": [(metric.name, metric.unit, metric.label, metric.line) for metric in METRICS],
        "run": [
            (run.id, run.assignment, run.replicate, run.seed, run.months, run.model_version, run.parameters_hash,
             run.arm_hash, "done" if run.id in done else "failed", WRITTEN, WRITTEN,
             PLACE, *((None,) * 3 if run.id in done else ("month 2", "ValueError", "no")))
            for run in RUNS
        ],
        "event": [(run, 0, 2, "purchase", "The owner bought a tool.") for run in done],
        "scalar": [(run, *pair) for run in done for pair in (("owner_value_usd", 1.5), ("closed_month", None))],
        "series": [(run, "cash_usd", "float64-little-endian", 3, curve) for run in done],
        "study_run": [(run.study, run.scenario, run.arm, run.id) for run in RUNS],
    }


if __name__ == "__main__":
    make(Path(sys.argv[1]))
