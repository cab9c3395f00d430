"""Reading results back: tidy frames of scalars, arrays of series, events in order."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Column, ColumnElement, Connection, Select, Table, func, select

from sim.store.codec import PANEL_CODEC, decode
from sim.store.records import (
    DECIDES_A_RUN,
    OF_FIRMS,
    EventRow,
    Log,
    LookRow,
    RunResult,
    RunRow,
    SeriesRow,
    of_firms,
    thinned,
)
from sim.store.tables import ARM, EVENT, LOOK, METRIC, PARAMETER, PROVENANCE, RUN, SCALAR, SERIES, STUDY_RUN

MOST_IN_ONE_QUERY = 10_000  # SQLite takes at most 32,766 bound values
ROWS_AT_ONCE = 2_000
PLACE = ["study", "scenario", "arm", "assignment", "replicate"]
IDENTITY = ["seed", "months", "model_version", "parameters_hash", "arm_hash"]
FATE = ["status", "stage", "error_type", "traceback", "registered_utc", "finished_utc"]


def batches(names: Collection[str]) -> Iterator[Sequence[str]]:
    """Yield the names in portions that fit one query."""
    names = list(names)
    for start in range(0, len(names), MOST_IN_ONE_QUERY):
        yield names[start : start + MOST_IN_ONE_QUERY]


def missing(connection: Connection, ids: Collection[str], log: Log | None) -> set[str]:
    """Return the runs among `ids` without results, or without all that the log keeps of them."""
    done: set[str] = set()
    for batch in batches(ids):
        found = set(connection.scalars(select(RUN.c.id).where(RUN.c.id.in_(batch), RUN.c.status == "done")))
        if log is not None:
            found &= _with_all(connection, batch, SCALAR, log.scalars)
            curves = log.series | {of_firms(column) for column in log.panel}
            found &= _with_all(connection, batch, SERIES, curves, SERIES.c.every_months.in_((1, log.every_months)))
        done |= found
    return set(ids) - done


def _with_all(
    connection: Connection, batch: Sequence[str], table: Table, metrics: Collection[str], *also: ColumnElement[bool]
) -> set[str]:
    """Return the runs of which the table has every one of the metrics."""
    if not metrics:
        return set(batch)
    query = select(table.c.run_id).where(table.c.run_id.in_(batch), table.c.metric.in_(metrics), *also)
    complete = query.group_by(table.c.run_id).having(func.count() == len(metrics))
    return set(connection.scalars(complete))


def rows(connection: Connection, study: str | None) -> list[RunRow]:
    """Return every run as it was asked for, once for each place in a study."""
    texts = {table: dict(map(tuple, connection.execute(select(table)))) for table in (PARAMETER, ARM)}
    names = (STUDY_RUN.c.study, STUDY_RUN.c.scenario, STUDY_RUN.c.arm)
    query = _of_study(select(*names, *(RUN.c[field] for field in DECIDES_A_RUN)).join(RUN), study)
    found = []
    for row in connection.execute(query.order_by(*names, RUN.c.replicate, RUN.c.id)).mappings():
        asked = dict(row)
        parameters, arm = (asked.pop(name) for name in ("parameters_hash", "arm_hash"))
        found.append(RunRow(**asked, parameters=texts[PARAMETER][parameters], arm_definition=texts[ARM][arm]))
    return found


def counts(connection: Connection, study: str | None) -> dict[str, int]:
    """Return the number of runs that are registered, done and failed."""
    query = select(RUN.c.status, func.count()).group_by(RUN.c.status)
    if study is not None:
        query = query.where(RUN.c.id.in_(select(STUDY_RUN.c.run_id).where(STUDY_RUN.c.study == study)))
    found = Counter({status: number for status, number in connection.execute(query)})
    return {status: found[status] for status in ("registered", "done", "failed")}


def studies(connection: Connection) -> list[str]:
    """Return the names of the studies, in alphabetical order."""
    return list(connection.scalars(select(STUDY_RUN.c.study).distinct().order_by(STUDY_RUN.c.study)))


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


def series(
    connection: Connection, ids: Collection[str], metric: str, every_months: int
) -> dict[str, NDArray[np.float64]]:
    """Return run -> values of shape (months // every,) for the runs among `ids` that have this series that finely."""
    return {run: values for run, _, values in _series_of(connection, ids, [metric], every_months)}


def _series_of(
    connection: Connection, ids: Collection[str], metrics: Collection[str] | None, every_months: int
) -> Iterator[tuple[str, str, NDArray[np.float64]]]:
    """Yield run, metric and values of the series that are kept in these steps or in every month."""
    query = select(SERIES.c.run_id, SERIES.c.metric, SERIES.c.codec, SERIES.c.content, SERIES.c.length,
                   SERIES.c.every_months)
    query = query.where(SERIES.c.every_months.in_((1, every_months)))
    which = SERIES.c.codec != PANEL_CODEC if metrics is None else SERIES.c.metric.in_(metrics)
    query = query.where(which)
    for batch in batches(ids):
        found = connection.execute(query.where(SERIES.c.run_id.in_(batch))).yield_per(ROWS_AT_ONCE)
        for run, metric, codec, content, length, every in found:
            values = decode(codec, content, length)
            yield run, metric, values if every == every_months else thinned(values, every_months)


def stored_series(connection: Connection, ids: Collection[str]) -> Iterator[SeriesRow]:
    """Yield every series of the runs among `ids` as it is kept, by run and metric."""
    return _as_kept(connection, ids, SERIES.c.codec != PANEL_CODEC)


def stored_panel(connection: Connection, ids: Collection[str]) -> Iterator[SeriesRow]:
    """Yield every column of the firm panel of the runs among `ids` as it is kept, by run and column."""
    for row in _as_kept(connection, ids, SERIES.c.codec == PANEL_CODEC):
        yield row._replace(metric=row.metric.removeprefix(OF_FIRMS))


def _as_kept(connection: Connection, ids: Collection[str], which: ColumnElement[bool]) -> Iterator[SeriesRow]:
    """Yield those blobs of the runs that are meant, by run and metric."""
    columns = (SERIES.c.run_id, SERIES.c.metric, SERIES.c.every_months, SERIES.c.codec, SERIES.c.content)
    query = select(*columns, SERIES.c.length).where(which).order_by(SERIES.c.run_id, SERIES.c.metric)
    for batch in batches(ids):
        for run, metric, every, codec, content, length in connection.execute(query.where(SERIES.c.run_id.in_(batch))):
            yield SeriesRow(run, metric, every, decode(codec, content, length))


def panel(
    connection: Connection, ids: Collection[str], columns: Collection[str], every_months: int
) -> dict[str, dict[str, NDArray[np.float64]]]:
    """Return run -> column of the firm panel -> (months // every, firm slots), where they are kept that finely."""
    found: dict[str, dict[str, NDArray[np.float64]]] = {}
    for run, metric, values in _series_of(connection, ids, [of_firms(column) for column in columns], every_months):
        found.setdefault(run, {})[metric.removeprefix(OF_FIRMS)] = values
    return found


def results(
    connection: Connection, ids: Collection[str], metrics: Collection[str] | None, every_months: int,
    numbers: Collection[str] | None = None,
) -> dict[str, RunResult]:
    """Return what is kept of the runs among `ids` that are done; of their series and scalars (`numbers`) those named,
    series in these steps."""
    found: dict[str, RunResult] = {}
    for batch in batches(ids):
        done = connection.scalars(select(RUN.c.id).where(RUN.c.id.in_(batch), RUN.c.status == "done"))
        events = events_of(connection, batch)
        found |= {run: RunResult(run, {}, {}, events.get(run, []), every_months) for run in done}
    scalars_of: dict[str, dict[str, float]] = {run: {} for run in found}
    for run, metric, value in _scalars_of(connection, found, numbers):
        scalars_of[run][metric] = value
    series_of: dict[str, dict[str, NDArray[np.float64]]] = {run: {} for run in found}
    for run, metric, values in _series_of(connection, found, metrics, every_months):
        series_of[run][metric] = values
    return {run: replace(kept, scalars=scalars_of[run], series=series_of[run]) for run, kept in found.items()}


def _scalars_of(
    connection: Connection, ids: Collection[str], metrics: Collection[str] | None
) -> Iterator[tuple[str, str, float]]:
    """Yield run, metric and value, NaN where there is none, of all metrics or of those named."""
    query = select(SCALAR.c.run_id, SCALAR.c.metric, SCALAR.c.value)
    query = query if metrics is None else query.where(SCALAR.c.metric.in_(metrics))
    for batch in batches(ids):
        for run, metric, value in connection.execute(query.where(SCALAR.c.run_id.in_(batch))).yield_per(ROWS_AT_ONCE):
            yield run, metric, math.nan if value is None else value


def events_of(connection: Connection, ids: Collection[str]) -> dict[str, list[EventRow]]:
    """Return run -> what happened in it, in order, for the runs among `ids` in which something happened."""
    query = select(EVENT.c.run_id, EVENT.c.month, EVENT.c.kind, EVENT.c.text).order_by(EVENT.c.run_id, EVENT.c.position)
    found: dict[str, list[EventRow]] = {}
    for batch in batches(ids):
        for run, *event in connection.execute(query.where(EVENT.c.run_id.in_(batch))):
            found.setdefault(run, []).append(EventRow(*event))
    return found


def looks(connection: Connection, study: str | None) -> list[LookRow]:
    """Return what was seen of a study, or of all, before all of its worlds were in, in the order of worlds."""
    query = select(LOOK).order_by(*LOOK.primary_key)
    if study is not None:
        query = query.where(LOOK.c.study == study)
    rows = [LookRow._make(math.nan if value is None else value for value in row) for row in connection.execute(query)]
    return sorted(rows, key=lambda look: look.worlds)


def metrics(connection: Connection) -> pd.DataFrame:
    """Return one row per described metric."""
    return _frame(connection, select(METRIC), ["name"])


def provenances(connection: Connection) -> dict[str, dict[str, Any]]:
    """Return what computed the runs, by hash."""
    return {name: json.loads(content) for name, content in connection.execute(select(PROVENANCE))}


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
