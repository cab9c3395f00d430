"""The migrations and the declared tables say the same, and only ever go forward."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
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
from tests.store import first_store
from tests.store.samples import result

FIRST_TABLES = Path(first_store.__file__).with_name("first_tables.sqlite")


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


def test_a_store_made_by_the_first_migration_opens_after_the_newest(tmp_path: Path) -> None:
    place = tmp_path / "old.sqlite"
    place.write_bytes(FIRST_TABLES.read_bytes())
    ids = [run.id for run in first_store.RUNS]

    with pytest.raises(InputError, match="older version of smbsim"):
        Store.open(place, read_only=True)
    with Store.open(place) as store:
        assert store.counts("bakery") == {"registered": 0, "done": 3, "failed": 1}
        assert store.missing(ids) == {ids[3]}
        assert store.results(ids)[ids[0]].scalars["owner_value_usd"] == 1.5
        assert {tuple(values) for values in store.series(ids, "cash_usd").values()} == {(1.5, 2.0, 3.0)}
        assert store.events(ids[2]) == [(2, "purchase", "The owner bought a tool.")]
        assert store.register(first_store.RUNS) == 0
        assert store.write([result(ids[3])]) == 1
        with store._engine.connect() as connection:
            assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_the_kept_file_is_what_its_command_makes(tmp_path: Path) -> None:
    first_store.make(tmp_path / "again.sqlite")

    with closing(sqlite3.connect(FIRST_TABLES)) as kept, closing(sqlite3.connect(tmp_path / "again.sqlite")) as made:
        assert list(kept.iterdump()) == list(made.iterdump())
