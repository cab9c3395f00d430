"""A run is in the store entirely or not at all, whoever else writes and whatever ends the process."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from sim.store import Store
from tests.store.samples import asked, result

WRITER = """
import sys
from tests.store.samples import METRICS, asked, result
from sim.store import Store

with Store.open(sys.argv[1]) as store:
    store.describe_metrics(METRICS)
    for number in range(*map(int, sys.argv[2:])):
        runs = [asked(2 * number), asked(2 * number + 1)]
        store.register(runs)
        store.write([result(run.id) for run in runs])
        print(number, flush=True)
"""


def writer(place: Path, first: int, last: int) -> subprocess.Popen[str]:
    """Start a process that writes chunks of two runs and prints each number once it is acknowledged."""
    command = [sys.executable, "-c", WRITER, str(place), str(first), str(last)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])


def rows_of(store: Store, table: str) -> int:
    """Return the number of rows of a table."""
    with store._engine.connect() as connection:
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())


def test_a_chunk_that_fails_leaves_nothing_of_itself(store: Store) -> None:
    good, bad = asked(0), asked(1)
    store.register([good, bad])

    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        store.write([result(good.id), replace(result(bad.id), scalars={"never_described": 1.0})])

    assert [rows_of(store, table) for table in ("scalar", "series", "event", "provenance")] == [0, 0, 0, 0]
    assert store.counts() == {"registered": 2, "done": 0, "failed": 0}


def test_results_of_a_run_nobody_registered_are_refused(store: Store) -> None:
    store.register([asked()])

    with pytest.raises(LookupError, match="never registered"):
        store.write([result(asked().id), result("unknown")])
    with pytest.raises(LookupError, match="never registered"):
        store.fail("unknown", "month 2", ValueError())

    assert rows_of(store, "scalar") == 0


def test_sqlite_keeps_foreign_keys_and_writes_ahead(store: Store) -> None:
    with store._engine.connect() as connection:
        pragmas = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("foreign_keys", "journal_mode")
        ]

    assert pragmas == [1, "wal"]


def test_one_looks_on_while_another_writes(store: Store, place: Path) -> None:
    store.register([asked()])
    with (
        Store.open(place, read_only=True) as onlooker,
        store._engine.execution_options(begin="BEGIN IMMEDIATE").begin(),
    ):
        assert onlooker.counts()["registered"] == 1


def test_processes_that_write_at_the_same_time_lose_nothing(place: Path) -> None:
    writers = [writer(place, 0, 20), writer(place, 20, 40)]
    for process in writers:
        process.communicate()

    assert [process.returncode for process in writers] == [0, 0]
    with Store.open(place) as store:
        assert store.counts() == {"registered": 0, "done": 80, "failed": 0}
        assert rows_of(store, "scalar") == 160


def test_a_killed_process_loses_no_acknowledged_run_and_leaves_none_in_part(place: Path) -> None:
    process = writer(place, 0, 100_000)
    assert process.stdout is not None
    acknowledged = [int(process.stdout.readline()) for _ in range(5)]
    process.kill()
    acknowledged += [int(line) for line in process.communicate()[0].split()]

    with Store.open(place) as store:
        assert (
            store.missing([asked(2 * number + one).id for number in acknowledged for one in (0, 1)]) == set()
        )
        done = store.counts()["done"]
        assert [rows_of(store, table) for table in ("scalar", "series", "event")] == [
            2 * done,
            done,
            2 * done,
        ]
