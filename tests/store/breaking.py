"""A disk that refuses one write, between the store and SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, event

READS = ("SELECT", "PRAGMA", "BEGIN", "WITH")


class Breaking:
    """Refuses the n-th statement that would change the file, commits counted; `left` is zero or less once it has."""

    def __init__(self, number: int) -> None:
        self.left = number

    def under(self, engine: Engine) -> Engine:
        """Put this disk under an engine."""
        event.listen(engine, "do_execute", self._statement)
        event.listen(engine, "do_executemany", self._statement)
        event.listen(engine, "commit", self._commit)
        return engine

    @contextmanager
    def broken(self, engine: Engine) -> Iterator[None]:
        """Put this disk under an engine for a while."""
        self.under(engine)
        try:
            yield
        finally:
            event.remove(engine, "do_execute", self._statement)
            event.remove(engine, "do_executemany", self._statement)
            event.remove(engine, "commit", self._commit)

    def _statement(self, cursor: object, statement: str, parameters: object, context: object) -> None:
        if statement.split()[0] not in READS:
            self._count()

    def _commit(self, connection: Connection) -> None:
        self._count()

    def _count(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise sqlite3.OperationalError("disk I/O error")
