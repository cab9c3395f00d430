"""Writing what runs produced, a chunk of runs in one transaction: a run is there entirely or not at all.

A run that is already done is skipped, not overwritten: its name guarantees the same bits.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from traceback import format_exception

from sqlalchemy import Connection, Table, bindparam, insert, select, update

from sim.store.codec import CODEC, encode
from sim.store.provenance import provenance
from sim.store.read import batches
from sim.store.records import DescribedMetric, RunResult, content_hash
from sim.store.register import insert_new
from sim.store.tables import EVENT, METRIC, PROVENANCE, RUN, SCALAR, SERIES


def describe_metrics(connection: Connection, metrics: Iterable[DescribedMetric]) -> None:
    """Store unit, label and definition of metrics; the newest description stands."""
    rows = [
        {"name": metric.name, "unit": metric.unit, "label": metric.label, "definition": metric.line}
        for metric in metrics
    ]
    insert_new(connection, METRIC, rows)
    words = ("unit", "label", "definition")  # naming the key here would make SQLite search all values for it
    change = update(METRIC).where(METRIC.c.name == bindparam("described"))
    for row in rows:
        connection.execute(change.values({word: row[word] for word in words}), {"described": row["name"]})


def write(connection: Connection, results: Sequence[RunResult]) -> int:
    """Store results and mark their runs done; return how many were not done before.

    Raises LookupError if a run was never registered, IntegrityError if a metric was never described.
    """
    status = _status(connection, [result.id for result in results])
    fresh = list({result.id: result for result in results if status[result.id] != "done"}.values())
    _insert(connection, SCALAR, [row for result in fresh for row in _scalars(result)])
    _insert(connection, SERIES, [row for result in fresh for row in _series(result)])
    _insert(connection, EVENT, [row for result in fresh for row in _events(result)])
    outcome = {"status": "done", "stage": None, "error_type": None, "traceback": None}
    _finish(connection, [result.id for result in fresh], outcome)
    return len(fresh)


def fail(connection: Connection, run: str, stage: str, error: BaseException) -> None:
    """Mark a run failed at `stage`, with the traceback, unless it is done.

    Raises LookupError if it was never registered.
    """
    if _status(connection, [run])[run] == "done":
        return
    outcome = {
        "status": "failed",
        "stage": stage,
        "error_type": type(error).__name__,
        "traceback": "".join(format_exception(error)),
    }
    _finish(connection, [run], outcome)


def _status(connection: Connection, runs: Collection[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for batch in batches(runs):
        rows = connection.execute(select(RUN.c.id, RUN.c.status).where(RUN.c.id.in_(batch)).with_for_update())
        found |= {row.id: row.status for row in rows}
    unknown = sorted(set(runs) - found.keys())
    if unknown:
        raise LookupError(
            f"Results came for {len(unknown)} run(s) that were never registered, such as {unknown[0]}."
        )
    return found


def _finish(connection: Connection, runs: Sequence[str], outcome: Mapping[str, str | None]) -> None:
    if not runs:
        return
    place = provenance()
    insert_new(connection, PROVENANCE, [{"hash": content_hash(place), "content": place}])
    connection.execute(
        update(RUN)
        .where(RUN.c.id == bindparam("run"))
        .values(
            finished_utc=datetime.now(UTC).replace(tzinfo=None),
            provenance_hash=content_hash(place),
            **outcome,
        ),
        [{"run": run} for run in runs],
    )


def _insert(connection: Connection, table: Table, rows: Sequence[tuple[object, ...]]) -> None:
    """Insert rows given in the order of the table's columns; SQLite is fastest with them as they are."""
    if not rows:
        return
    statement = insert(table)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(str(statement.compile(dialect=connection.dialect)), list(rows))
    else:
        connection.execute(statement, [dict(zip(table.columns.keys(), row, strict=True)) for row in rows])


def _scalars(result: RunResult) -> list[tuple[object, ...]]:
    return [
        (result.id, metric, None if math.isnan(value) else float(value))
        for metric, value in result.scalars.items()
    ]


def _series(result: RunResult) -> list[tuple[object, ...]]:
    return [
        (result.id, metric, CODEC, len(values), encode(values)) for metric, values in result.series.items()
    ]


def _events(result: RunResult) -> list[tuple[object, ...]]:
    return [(result.id, position, *event) for position, event in enumerate(result.events)]
