"""The results store: one mailable SQLite file, or a PostgreSQL database; any study in it can be resumed.

Workers compute, one process writes, one transaction per chunk of runs: after a crash at any moment every
acknowledged run is there and none in part.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Engine

from sim.errors import InputError
from sim.store import progress, read, register, write
from sim.store.digest import digest
from sim.store.engine import connect, place_of, transaction, write_ahead
from sim.store.findings import findings
from sim.store.merge import Merged, merge
from sim.store.records import DescribedMetric, EventRow, Log, LookRow, RunResult, RunRow, SeriesRow
from sim.store.version import is_newest


class Store:
    """Registered runs and their results.

    Every method raises InputError if the database cannot be used (full, locked, damaged, read-only).
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, place: str | Path, create: bool = True, read_only: bool = False) -> Store:
        """Open the store at a file path or database URL, and upgrade it to the newest tables.

        `read_only` opens a SQLite file that nothing will change; elsewhere the account's rights decide.
        Raises InputError if the place cannot be opened, is missing and may not be created, or is not a
        results store.
        """
        store = cls(connect(place, create, read_only))
        try:
            store._prepare(read_only)
        except InputError:
            store.close()
            raise
        return store

    def _prepare(self, read_only: bool) -> None:
        with transaction(self._engine, writes=not read_only) as connection:
            if not is_newest(connection):
                from sim.store.upgrade import bring_to_newest  # Alembic is long to import, and hardly ever needed

                bring_to_newest(connection, place_of(self._engine), may_change=not read_only)
        if not read_only:
            write_ahead(self._engine)

    def describe_metrics(self, metrics: Iterable[DescribedMetric]) -> None:
        """Store unit, label and definition of every metric to come; the newest description stands."""
        with transaction(self._engine, writes=True) as connection:
            write.describe_metrics(connection, metrics)

    def register(self, runs: Sequence[RunRow]) -> int:
        """Register runs before the first one starts; return how many were new.

        Raises InputError, naming the first difference, if a study holds another run under the same names.
        """
        with transaction(self._engine, writes=True) as connection:
            return register.register(connection, runs)

    def missing(self, ids: Collection[str], log: Log | None = None) -> set[str]:
        """Return the runs among `ids` still to be computed: unknown, unfinished or failed.

        With a log, also the runs of which another study kept less than the log asks for.
        """
        with transaction(self._engine, writes=False) as connection:
            return read.missing(connection, ids, log)

    def write(self, results: Sequence[RunResult]) -> int:
        """Store a chunk of results, all or nothing; return how many runs were not done before.

        Of a run that is done only what the store lacks is added: more metrics, a series in finer steps.
        Raises LookupError if a run was never registered, sqlalchemy.exc.IntegrityError if a metric was never
        described.
        """
        with transaction(self._engine, writes=True) as connection:
            return write.write(connection, results)

    def fail(self, run: str, stage: str, error: BaseException) -> None:
        """Mark a run as failed at `stage`, with the traceback, unless it is done.

        Raises LookupError if it was never registered.
        """
        with transaction(self._engine, writes=True) as connection:
            write.fail(connection, run, stage, error)

    def progress(self) -> list[progress.StudyProgress]:
        """Return how far every study is, in alphabetical order."""
        with transaction(self._engine, writes=False) as connection:
            return progress.progress(connection)

    def counts(self, study: str | None = None) -> dict[str, int]:
        """Return the number of runs that are "registered", "done" and "failed"."""
        with transaction(self._engine, writes=False) as connection:
            return read.counts(connection, study)

    def studies(self) -> list[str]:
        """Return the names of the studies, in alphabetical order."""
        with transaction(self._engine, writes=False) as connection:
            return read.studies(connection)

    def runs(self, study: str | None = None) -> pd.DataFrame:
        """Return one row per run and place in a study.

        Columns: study, scenario, arm, assignment, replicate, run, seed, months, model_version,
        parameters_hash, arm_hash, status, stage, error_type, traceback, registered_utc, finished_utc.
        """
        with transaction(self._engine, writes=False) as connection:
            return read.runs(connection, study)

    def rows(self, study: str | None = None) -> list[RunRow]:
        """Return every run as it was asked for, once for each place in a study: enough to compute it again."""
        with transaction(self._engine, writes=False) as connection:
            return read.rows(connection, study)

    def scalars(
        self,
        study: str | None = None,
        ids: Collection[str] | None = None,
        metrics: Collection[str] | None = None,
    ) -> pd.DataFrame:
        """Return one row per run and metric, of all or of the given runs and metrics.

        Sorted by its columns: study, scenario, arm, assignment, replicate, run, metric, value.
        A value that does not exist is NaN. A run that two studies asked for stands in both.
        """
        with transaction(self._engine, writes=False) as connection:
            return read.scalars(connection, study, ids, metrics)

    def series(
        self, ids: Collection[str], metric: str, every_months: int = 1
    ) -> dict[str, NDArray[np.float64]]:
        """Return run -> values of shape (months // every,), for the runs among `ids` that have them that finely."""
        with transaction(self._engine, writes=False) as connection:
            return read.series(connection, ids, metric, every_months)

    def stored_series(self, ids: Collection[str]) -> list[SeriesRow]:
        """Return every series of the runs among `ids` as it is kept, by run and metric."""
        with transaction(self._engine, writes=False) as connection:
            return list(read.stored_series(connection, ids))

    def stored_panel(self, ids: Collection[str]) -> list[SeriesRow]:
        """Return every column of the firm panel of the runs among `ids` as it is kept, by run and column."""
        with transaction(self._engine, writes=False) as connection:
            return list(read.stored_panel(connection, ids))

    def panel(
        self, ids: Collection[str], columns: Collection[str], every_months: int = 1
    ) -> dict[str, dict[str, NDArray[np.float64]]]:
        """Return run -> column -> values of every firm, (months // every, firm slots), where kept that finely.

        NaN where no firm was in business; the column `birth` tells the firms of a slot apart.
        """
        with transaction(self._engine, writes=False) as connection:
            return read.panel(connection, ids, columns, every_months)

    def results(
        self, ids: Collection[str], series: Collection[str] | None = None, every_months: int = 1,
        scalars: Collection[str] | None = None,
    ) -> dict[str, RunResult]:
        """Return run -> everything kept of it, for the runs among `ids` that are done, in a few queries.

        Of the series and scalars all or those named, series in steps of so many months; NaN where a scalar has no
        value.
        """
        with transaction(self._engine, writes=False) as connection:
            return read.results(connection, ids, series, every_months, scalars)

    def events(self, run: str) -> list[EventRow]:
        """Return (month, kind, text) of what happened in a run, in order."""
        with transaction(self._engine, writes=False) as connection:
            return read.events_of(connection, [run]).get(run, [])

    def events_of(self, ids: Collection[str]) -> dict[str, list[EventRow]]:
        """Return run -> what happened in it, in order, for the runs among `ids` in which something happened."""
        with transaction(self._engine, writes=False) as connection:
            return read.events_of(connection, ids)

    def metrics(self) -> pd.DataFrame:
        """Return one row per described metric: name, unit, label, definition."""
        with transaction(self._engine, writes=False) as connection:
            return read.metrics(connection)

    def provenances(self) -> dict[str, dict[str, Any]]:
        """Return what computed the runs, by hash: Python, processor and packages."""
        with transaction(self._engine, writes=False) as connection:
            return read.provenances(connection)

    def write_looks(self, looks: Sequence[LookRow]) -> None:
        """Store what was seen, and decided, before all worlds were in; a look that is stored stands."""
        with transaction(self._engine, writes=True) as connection:
            write.write_looks(connection, looks)

    def looks(self, study: str | None = None) -> list[LookRow]:
        """Return the looks at a study, or at all, in the order of worlds."""
        with transaction(self._engine, writes=False) as connection:
            return read.looks(connection, study)

    def digest(self, study: str | None = None) -> str:
        """Return the name of the content: equal for two stores that hold the same results, 32 hexadecimal digits.

        Order of writing, times, places of computation and tracebacks do not count.
        """
        with transaction(self._engine, writes=False) as connection:
            return digest(connection, study)

    def background(self, run: str) -> dict[str, Any]:
        """Return "parameters" (resolved scenario), "arm" and "provenance" (None until finished) of a run.

        Raises LookupError if it was never registered.
        """
        with transaction(self._engine, writes=False) as connection:
            return read.background(connection, run)

    def findings(self) -> list[str]:
        """Return a sentence for everything that is wrong with what is stored; an empty list if nothing is."""
        with transaction(self._engine, writes=False) as connection:
            return findings(connection)

    def merge(self, source: Store) -> Merged:
        """Take over what another store holds, all or nothing; the same merge again changes nothing.

        Raises InputError if the other store is not sound, one of its studies means something else here, or a run
        has other results.
        """
        name = place_of(source._engine)
        wrong = source.findings()
        if wrong:
            raise InputError(f"{name} was not merged. {wrong[0]}")
        with transaction(source._engine, writes=False) as there, transaction(self._engine, writes=True) as here:
            try:
                return merge(here, there, read.rows(there, None))
            except InputError as error:
                raise InputError(f"{name} was not merged. {error}") from None

    def close(self) -> None:
        """Close the database; a SQLite store is then a single file again."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()
