"""One way to insert rows: those whose key is there already change nothing, unless a statement says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, Table
from sqlalchemy.dialects import sqlite

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

Insert: TypeAlias = "postgresql.Insert | sqlite.Insert"


def upsert(connection: Connection, table: Table) -> Insert:
    """Return an INSERT that can say what happens where the key is there already."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # as long to import as a small study takes to store

    return postgresql.insert(table)


def replacing(connection: Connection, table: Table, where: ColumnElement[bool] | None = None) -> Insert:
    """Return an INSERT that takes the place of the row with the same key, everywhere or where a condition holds."""
    insert = upsert(connection, table)
    values = {column.name: insert.excluded[column.name] for column in table.c if not column.primary_key}
    return insert.on_conflict_do_update(index_elements=list(table.primary_key), set_=values, where=where)


def insert_rows(
    connection: Connection, table: Table, rows: Sequence[Sequence[object]], statement: Insert | None = None
) -> None:
    """Insert rows given in the order of the table's columns.

    The driver is fastest with them as they are; only where it needs names (PostgreSQL) does each become a mapping.
    """
    if not rows:
        return
    if statement is None:
        statement = upsert(connection, table).on_conflict_do_nothing()
    names = table.columns.keys()
    if connection.dialect.name == "sqlite":
        compiled = statement.compile(dialect=connection.dialect, column_keys=names)
        connection.exec_driver_sql(str(compiled), [tuple(row) for row in rows])
    else:
        named: list[dict[str, Any]] = [dict(zip(names, row, strict=True)) for row in rows]
        connection.execute(statement, named)
