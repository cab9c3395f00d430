"""How an older or empty database becomes one this version can use, and how a foreign one is left alone."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from sim.errors import InputError

MIGRATIONS = "sim.store:migrations"


def migrations(connection: Connection) -> Config:
    """Return Alembic's settings for the migrations shipped with this package, to be run on `connection`."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", MIGRATIONS)
    return config


def bring_to_newest(connection: Connection, name: str, may_change: bool) -> None:
    """Upgrade the tables to the newest migration, within the transaction of `connection`.

    Raises InputError if the database belongs to another program, to a newer version of this one, or would
    have to be changed and may not.
    """
    config = migrations(connection)
    scripts = ScriptDirectory.from_config(config)
    found = MigrationContext.configure(connection).get_current_heads()
    _refuse_foreign(connection, name, found)
    if not set(found) <= {script.revision for script in scripts.walk_revisions()}:
        raise InputError(
            f"{name} was written by a newer version of smbsim or by another program; it was left alone."
        )
    if set(found) == set(scripts.get_heads()):
        return
    if not may_change:
        raise InputError(
            f"{name} is empty or of an older version of smbsim; open it once for writing to upgrade it."
        )
    command.upgrade(config, "head")


def _refuse_foreign(connection: Connection, name: str, found: tuple[str, ...]) -> None:
    tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
    if tables and not found:
        shown = ", ".join(sorted(tables)[:3])
        raise InputError(
            f"{name} is a database of another program (it holds {shown}); give the path of a new file."
        )
