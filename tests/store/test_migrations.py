"""The migrations and the declared tables say the same, and only ever go forward."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import CommandLine
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect

from sim.errors import InputError
from sim.store import Store
from sim.store.engine import connect, transaction
from sim.store.tables import METADATA, RUN
from sim.store.upgrade import migrations


def declared(connection: object) -> set[str]:
    """Return every statement that made a table or index, spaces aside."""
    rows = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")  # type: ignore[attr-defined]
    return {re.sub(r"\s+", "", sql) for (sql,) in rows if "alembic_version" not in sql}


def test_the_newest_migration_makes_the_declared_tables(store: Store) -> None:
    plain = create_engine("sqlite://")
    METADATA.create_all(plain)

    with store._engine.connect() as migrated, plain.connect() as made:
        assert compare_metadata(MigrationContext.configure(migrated), METADATA) == []
        assert declared(migrated) == declared(made)
    plain.dispose()


def test_every_constraint_has_a_name(store: Store) -> None:
    found = inspect(store._engine)

    for table in METADATA.tables:
        assert found.get_pk_constraint(table)["name"] == f"pk_{table}"
        assert all(str(key["name"]).startswith(f"fk_{table}_") for key in found.get_foreign_keys(table))
    assert [check["name"] for check in found.get_check_constraints(RUN.name)] == ["ck_run_status"]


def test_alembic_check_passes_until_a_column_appears_that_no_migration_makes(
    store: Store, place: Path
) -> None:
    settings = str(Path(__file__).parents[2] / "pyproject.toml")
    check = ["-c", settings, "-x", f"store={place}", "check"]
    CommandLine(prog="alembic").main(check)

    with transaction(store._engine, writes=True) as connection:
        connection.exec_driver_sql("ALTER TABLE run DROP COLUMN stage")
    with pytest.raises(SystemExit):
        CommandLine(prog="alembic").main(check)


def test_a_store_before_the_first_migration_is_upgraded_once(place: Path) -> None:
    engine = connect(place, create=True, read_only=False)
    with transaction(engine, writes=True) as connection:
        command.stamp(migrations(connection), "base")
    engine.dispose()

    with pytest.raises(InputError, match="open it once for writing"):
        Store.open(place, read_only=True)
    for _ in range(2):
        with Store.open(place) as store:
            assert store.counts()["registered"] == 0
