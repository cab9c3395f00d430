"""Does a store hold what it says? Whatever a disk, a copy or a hand may have changed is looked for."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select

from sim.store.codec import CODEC, PANEL_CODEC, VALUE_BYTES
from sim.store.records import DECIDES_A_RUN, canonical_json, content_hash
from sim.store.tables import ARM, PARAMETER, PROVENANCE, RUN, SCALAR, SERIES

MOST_TOLD = 20


def findings(connection: Connection) -> list[str]:
    """Return a sentence for everything that is wrong with a store, at most twenty; an empty list if it is sound."""
    found = list(_damaged(connection))
    if found:
        return found[:MOST_TOLD]
    for part in (_dangling, _changed_texts, _misnamed_runs, _odd_series, _partial_runs):
        found += part(connection)
    more = len(found) - MOST_TOLD
    return found if more <= 0 else [*found[:MOST_TOLD], f"There are {more:,} more findings like these."]


def _damaged(connection: Connection) -> Iterator[str]:
    """What SQLite itself finds wrong with its file."""
    if connection.dialect.name == "sqlite":
        said = connection.exec_driver_sql("PRAGMA integrity_check").scalars()
        yield from (f"The file is damaged: {sentence}." for sentence in said if sentence != "ok")


def _dangling(connection: Connection) -> Iterator[str]:
    """Rows that refer to what is not there; a server keeps such rows out itself."""
    if connection.dialect.name == "sqlite":
        for table, _, target, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield f"A row of {table} refers to a row of {target} that is not there."


def _changed_texts(connection: Connection) -> Iterator[str]:
    """Texts that do not give the hash under which they stand."""
    for table in (PARAMETER, ARM, PROVENANCE):
        for name, content in connection.execute(select(table)):
            if content_hash(content) != name:
                yield f"The {table.name} text {name} was changed: it no longer gives that hash."


def _misnamed_runs(connection: Connection) -> Iterator[str]:
    """Runs whose name is not the hash of what decides their outcome."""
    for name, *values in connection.execute(select(RUN.c.id, *(RUN.c[field] for field in DECIDES_A_RUN))):
        if content_hash(canonical_json(dict(zip(DECIDES_A_RUN, values, strict=True)))) != name:
            yield f"Run {name} was changed: what decides its outcome no longer gives that name."


def _odd_series(connection: Connection) -> Iterator[str]:
    """Series that cannot be read or lack a value for a month; of a panel column, for a firm in a month."""
    bytes_needed = VALUE_BYTES * SERIES.c.length
    odd: ColumnElement[bool] = or_(
        SERIES.c.codec.not_in((CODEC, PANEL_CODEC)),
        and_(SERIES.c.codec == CODEC, func.length(SERIES.c.content) != bytes_needed),
        and_(bytes_needed > 0, func.length(SERIES.c.content) % bytes_needed != 0),
        SERIES.c.length != RUN.c.months // SERIES.c.every_months,
    )
    for run, metric in connection.execute(select(SERIES.c.run_id, SERIES.c.metric).join(RUN).where(odd)):
        yield f"The series {metric} of run {run} does not have one value for each of its months."


def _partial_runs(connection: Connection) -> Iterator[str]:
    """Runs that are called done without a result, or have results without being done."""
    has = or_(*(exists().where(table.c.run_id == RUN.c.id) for table in (SCALAR, SERIES)))
    for run in connection.scalars(select(RUN.c.id).where(RUN.c.status == "done", ~has)):
        yield f"Run {run} is called done, but nothing is stored of it."
    for run in connection.scalars(select(RUN.c.id).where(RUN.c.status != "done", has)):
        yield f"Run {run} is not done, but results are stored of it."
