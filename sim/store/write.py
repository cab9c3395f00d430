"""Writing what runs produced, a chunk of runs in one transaction: a run is there entirely or not at all.

What is stored of a run that is done is never overwritten: its name guarantees the same bits.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from traceback import format_exception

from sqlalchemy import Connection, bindparam, select, update

from sim.store.codec import encode
from sim.store.insert import Insert, insert_rows, replacing, upsert
from sim.store.provenance import provenance
from sim.store.read import batches
from sim.store.records import DescribedMetric, LookRow, RunResult, content_hash, of_firms
from sim.store.tables import EVENT, LOOK, METRIC, PROVENANCE, RUN, SCALAR, SERIES


def describe_metrics(connection: Connection, metrics: Iterable[DescribedMetric]) -> None:
    """Store unit, label and definition of metrics; the newest description stands."""
    rows = [(metric.name, metric.unit, metric.label, metric.line) for metric in metrics]
    known = {tuple(row) for row in connection.execute(select(METRIC))}
    insert_rows(connection, METRIC, [row for row in rows if row not in known], replacing(connection, METRIC))


def write(connection: Connection, results: Sequence[RunResult]) -> int:
    """Store results and mark their runs done; return how many were not done before.

    Of a run that is done, only what the store does not have yet is added: further metrics, a series in finer steps.
    Raises LookupError if a run was never registered, IntegrityError if a metric was never described.
    """
    results = list({result.id: result for result in results}.values())
    status = _status(connection, [result.id for result in results])
    insert_rows(connection, SCALAR, [row for result in results for row in _scalars(result)])
    insert_rows(connection, SERIES, [row for result in results for row in _series(result)], finer_series(connection))
    insert_rows(connection, EVENT, [row for result in results for row in _events(result)])
    fresh = [result.id for result in results if status[result.id] != "done"]
    outcome = {"status": "done", "stage": None, "error_type": None, "traceback": None}
    _finish(connection, fresh, outcome)
    return len(fresh)


def write_looks(connection: Connection, looks: Sequence[LookRow]) -> None:
    """Store looks; one that is there already stands."""
    insert_rows(connection, LOOK, [[None if value != value else value for value in look] for look in looks])


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
    insert_rows(connection, PROVENANCE, [(content_hash(place), place)])
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


def finer_series(connection: Connection) -> Insert:
    """A statement that inserts a series, in the place of one in coarser steps if there is one."""
    asked = upsert(connection, SERIES).excluded.every_months
    return replacing(connection, SERIES, where=asked < SERIES.c.every_months)


def _or_null(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _scalars(result: RunResult) -> list[tuple[object, ...]]:
    return [(result.id, metric, _or_null(value)) for metric, value in result.scalars.items()]


def _series(result: RunResult) -> list[tuple[object, ...]]:
    every = result.every_months
    kept = dict(result.series) | {of_firms(column): values for column, values in result.panel.items()}
    rows = ((metric, len(values), encode(values)) for metric, values in kept.items())
    return [(result.id, metric, codec, length, content, every) for metric, length, (codec, content) in rows]


def _events(result: RunResult) -> list[tuple[object, ...]]:
    return [(result.id, position, *event) for position, event in enumerate(result.events)]
