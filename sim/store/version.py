"""Whether a database has the newest tables: asked whenever a store is opened, and answered in one look."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

MIGRATIONS = Path(__file__).parent / "migrations" / "versions"


def is_newest(connection: Connection) -> bool:
    """Whether the newest migration, known by the start of its file's name, is the one the database is at."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    newest = max(path.name for path in MIGRATIONS.glob("[0-9]*.py")).split("_")[0]
    return list(connection.scalars(text("SELECT version_num FROM alembic_version"))) == [newest]
