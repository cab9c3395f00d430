"""Joining stores: what shards, colleagues or an interrupted machine computed becomes one store.

The same merge again changes nothing. Names of runs are hashes of all that decides them, so two stores that hold a run
must hold the same numbers; where they do not, nothing is merged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select, update

from sim.errors import InputError
from sim.store.insert import insert_rows
from sim.store.read import batches
from sim.store.records import RunRow
from sim.store.register import register
from sim.store.tables import EVENT, LOOK, METRIC, PROVENANCE, RUN, SCALAR, SERIES
from sim.store.write import finer_series

COPIED_AT_ONCE = 500
FATE = ("status", "finished_utc", "provenance_hash", "stage", "error_type", "traceback")


@dataclass(frozen=True)
class Merged:
    """How many runs were registered anew, how many results were taken over, and how many were there already."""

    registered: int
    taken: int
    known: int
    failed: int


def merge(into: Connection, source: Connection, rows: Sequence[RunRow]) -> Merged:
    """Copy what `source` holds, `rows` being its runs, within the transaction of `into`.

    Raises InputError if a study means something else in the two stores, or a run has other results.
    """
    for table in (METRIC, PROVENANCE):
        insert_rows(into, table, list(source.execute(select(table))))
    registered = register(into, rows)
    before, there = _status(into), _status(source)
    done = [run for run, status in there.items() if status == "done"]
    known = [run for run in done if before[run] == "done"]
    failed = [run for run, status in there.items() if status == "failed" and before[run] == "registered"]
    for start in range(0, len(done), COPIED_AT_ONCE):
        part = done[start : start + COPIED_AT_ONCE]
        _refuse_other_results(into, source, [run for run in part if before[run] == "done"])
        _copy(into, source, part)
    _copy_fate(into, source, [*(run for run in done if before[run] != "done"), *failed])
    insert_rows(into, LOOK, list(source.execute(select(LOOK))))
    return Merged(registered, len(done) - len(known), len(known), len(failed))


def _status(connection: Connection) -> dict[str, str]:
    return dict(map(tuple, connection.execute(select(RUN.c.id, RUN.c.status).order_by(RUN.c.id))))


def _refuse_other_results(into: Connection, source: Connection, runs: Sequence[str]) -> None:
    """Hold what both stores have of a run to be the same; series in different steps cannot be compared."""
    scalars = select(SCALAR.c.run_id, SCALAR.c.metric, SCALAR.c.value).where(SCALAR.c.run_id.in_(runs))
    series = select(SERIES.c.run_id, SERIES.c.metric, SERIES.c.every_months, SERIES.c.content)
    for query in (scalars, series.where(SERIES.c.run_id.in_(runs))):
        here = {tuple(key): value for *key, value in into.execute(query)}
        for *key, value in source.execute(query):
            if here.get(tuple(key), value) != value:
                raise InputError(
                    f"Run {key[0]} has another {key[1]} in the two stores; `smbsim verify` with --recompute says "
                    "which of them is right here."
                )


def _copy(into: Connection, source: Connection, runs: Sequence[str]) -> None:
    """Copy all that is kept of runs, with the statements by which results are written."""
    for table in (SCALAR, SERIES, EVENT):
        rows = list(source.execute(select(table).where(table.c.run_id.in_(runs))))
        insert_rows(into, table, rows, finer_series(into) if table is SERIES else None)


def _copy_fate(into: Connection, source: Connection, runs: Sequence[str]) -> None:
    """Copy when and where runs ended, and how."""
    change = update(RUN).where(RUN.c.id == bindparam("run"))
    columns = [RUN.c.id.label("run"), *(RUN.c[name] for name in FATE)]
    for batch in batches(runs):
        rows = source.execute(select(*columns).where(RUN.c.id.in_(batch))).mappings()
        into.execute(change, [dict(row) for row in rows])
