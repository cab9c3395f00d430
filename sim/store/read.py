"""Reading results back: tidy frames of scalars, arrays of series, events in order."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Column, Connection, Select, func, select

from sim.store.codec import decode
from sim.store.records import EventRow
from sim.store.tables import ARM, EVENT, PARAMETER, PROVENANCE, RUN, SCALAR, SERIES, STUDY_RUN

MOST_IN_ONE_QUERY = 10_000  # SQLite takes at most 32,766 bound values
PLACE = ["study", "scenario", "arm", "assignment", "replicate"]
IDENTITY = ["seed", "months", "model_version", "parameters_hash", "arm_hash"]
FATE = ["status", "stage", "error_type", "traceback", "registered_utc", "finished_utc"]


def batches(names: Collection[str]) -> Iterator[Sequence[str]]:
    """Yield the names in portions that fit one query."""
    names = list(names)
    for start in range(0, len(names), MOST_IN_ONE_QUERY):
        yield names[start : start + MOST_IN_ONE_QUERY]


def missing(connection: Connection, ids: Collection[str]) -> set[str]:
    """Return the runs among `ids` that have no results: never registered, not finished, or failed."""
    done: set[str] = set()
    for batch in batches(ids):
        done |= set(connection.scalars(select(RUN.c.id).where(RUN.c.id.in_(batch), RUN.c.status == "done")))
    return set(ids) - done


def counts(connection: Connection, study: str | None) -> dict[str, int]:
    """Return the number of runs that are registered, done and failed."""
    query = select(RUN.c.status, func.count()).group_by(RUN.c.status)
    if study is not None:
        query = query.where(RUN.c.id.in_(select(STUDY_RUN.c.run_id).where(STUDY_RUN.c.study == study)))
    found = Counter({status: number for status, number in connection.execute(query)})
    return {status: found[status] for status in ("registered", "done", "failed")}


def runs(connection: Connection, study: str | None) -> pd.DataFrame:
    """Return one row per run and place in a study: names, identity, status, and where and why it failed."""
    query = _placed(*(RUN.c[name] for name in IDENTITY + FATE))
    return _frame(connection, _of_study(query, study), [*PLACE, "run"])


def scalars(
    connection: Connection, study: str | None, ids: Collection[str] | None, metrics: Collection[str] | None
) -> pd.DataFrame:
    """Return one row per run, place in a study, and metric; the last two columns are `metric` and `value`."""
    query = _of_study(
        _placed(SCALAR.c.metric, SCALAR.c.value).join(SCALAR, SCALAR.c.run_id == RUN.c.id), study
    )
    if metrics is not None:
        query = query.where(SCALAR.c.metric.in_(metrics))
    return _frame(connection, query, [*PLACE, "run", "metric"], ids).astype({"value": np.float64})


def series(connection: Connection, ids: Collection[str], metric: str) -> dict[str, NDArray[np.float64]]:
    """Return run -> values of shape (months,) for the runs among `ids` that have this series."""
    query = select(SERIES.c.run_id, SERIES.c.codec, SERIES.c.content).where(SERIES.c.metric == metric)
    return {
        row.run_id: decode(row.codec, row.content)
        for batch in batches(ids)
        for row in connection.execute(query.where(SERIES.c.run_id.in_(batch)))
    }


def events(connection: Connection, run: str) -> list[EventRow]:
    """Return what happened in a run, in order."""
    query = (
        select(EVENT.c.month, EVENT.c.kind, EVENT.c.text)
        .where(EVENT.c.run_id == run)
        .order_by(EVENT.c.position)
    )
    return [EventRow(*row) for row in connection.execute(query)]


def background(connection: Connection, run: str) -> dict[str, Any]:
    """Return the resolved scenario, the arm's definition and the provenance (None until finished) of a run.

    Raises LookupError if the run was never registered.
    """
    row = connection.execute(
        select(PARAMETER.c.content, ARM.c.content, PROVENANCE.c.content)
        .select_from(RUN)
        .join(PARAMETER)
        .join(ARM)
        .outerjoin(PROVENANCE)
        .where(RUN.c.id == run)
    ).one_or_none()
    if row is None:
        raise LookupError(f"Run {run} was never registered.")
    parameters, arm, provenance = (json.loads(content or "null") for content in row)
    return {"parameters": parameters, "arm": arm, "provenance": provenance}


def _placed(*columns: Column[Any]) -> Select[Any]:
    """Select the columns of runs together with the names they go by in their studies."""
    names = (STUDY_RUN.c.study, STUDY_RUN.c.scenario, STUDY_RUN.c.arm, RUN.c.assignment, RUN.c.replicate)
    return select(*names, RUN.c.id.label("run"), *columns).select_from(RUN).join(STUDY_RUN)


def _of_study(query: Select[Any], study: str | None) -> Select[Any]:
    return query if study is None else query.where(STUDY_RUN.c.study == study)


def _frame(
    connection: Connection, query: Select[Any], order: list[str], ids: Collection[str] | None = None
) -> pd.DataFrame:
    portions = [query] if ids is None else [query.where(RUN.c.id.in_(batch)) for batch in batches(ids)]
    rows = [tuple(row) for portion in portions for row in connection.execute(portion)]
    frame = pd.DataFrame(rows, columns=list(query.selected_columns.keys()))
    return frame.sort_values(order, kind="stable", ignore_index=True)
