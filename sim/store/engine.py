"""How a place becomes a database connection that neither loses nor mixes transactions.

SQLite through Python's driver begins a transaction late and reads before it locks; two writers then lose each
other's work. SQLAlchemy's documented remedy is used: the driver's own BEGIN is switched off and ours is sent,
`BEGIN IMMEDIATE` where something will be written.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, IntegrityError, NoSuchModuleError, ProgrammingError
from sqlalchemy.pool import ConnectionPoolEntry

from sim.errors import InputError
from sim.store.places import network_file_system

WAIT_MS = 60_000  # how long a writer waits for another one before it gives up
# Rows go where their run's hash says, all over the file: pages are kept at hand and carried over rarely, or every chunk
# of runs would write most of the file anew.
CACHE_KIB, CHECKPOINT_PAGES = 65_536, 16_384
DIALECTS = ("sqlite", "postgresql")


def connect(place: str | Path, create: bool, read_only: bool) -> Engine:
    """Return an engine for a file path or database URL.

    `create` and `read_only` concern SQLite files; elsewhere the account's rights decide. Raises InputError if
    the place is no address of a known kind, a file that cannot be there, or needs a driver that is missing.
    """
    url = _url(str(place))
    shown = url.render_as_string(hide_password=True) if "://" in str(place) else str(place)
    if url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:"):
        file = Path(str(url.database))
        _check_file(file, create and not read_only)
        if read_only:
            url = url.set(database=file.absolute().as_uri(), query={"uri": "true", **_reading(file)})
        else:
            _refuse_network(file)
    try:
        engine = create_engine(url, execution_options={"place": shown})
    except ModuleNotFoundError as error:
        raise InputError(f"{shown} needs the Python package {error.name}, which is not installed.") from error
    except NoSuchModuleError as error:
        raise InputError(f"{shown} asks for a driver nobody knows: {url.drivername}.") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def place_of(engine: Engine) -> str:
    """Return the place as people may see it, without a password."""
    return str(engine.get_execution_options()["place"])


@contextmanager
def transaction(engine: Engine, writes: bool) -> Iterator[Connection]:
    """Do everything inside, or nothing.

    Raises InputError if the database is full, locked, damaged or read-only.
    """
    begin = "BEGIN IMMEDIATE" if writes else "BEGIN"
    with _plain_errors(engine), engine.execution_options(begin=begin).begin() as connection:
        yield connection


def write_ahead(engine: Engine) -> None:
    """Switch a SQLite file to write-ahead logging, for good: readers look on while one process writes."""
    if engine.dialect.name == "sqlite":
        with _plain_errors(engine), engine.execution_options(begin=None).connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")


@contextmanager
def _plain_errors(engine: Engine) -> Iterator[None]:
    try:
        yield
    except (IntegrityError, ProgrammingError):
        raise
    except UnicodeDecodeError as error:
        raise InputError(f"The results store {place_of(engine)} is damaged: it holds a text that is none.") from error
    except DatabaseError as error:
        reason = " ".join(str(error.orig).split()).rstrip(".?")
        raise InputError(f"The results store {place_of(engine)} cannot be used: {reason}.") from error


def _url(place: str) -> URL:
    if "://" not in place:
        return URL.create("sqlite", database=place)
    try:
        url = make_url(place)
    except ArgumentError as error:
        raise InputError(f"{place} is not a database address such as sqlite:///results.sqlite.") from error
    if url.get_backend_name() not in DIALECTS:
        raise InputError(
            f"A results store lives in {' or '.join(DIALECTS)}; found {url.get_backend_name()!r}."
        )
    return url


def _check_file(file: Path, create: bool) -> None:
    if file.is_dir():
        raise InputError(f"{file} is a folder; a results store is a file, such as {file / 'results.sqlite'}.")
    if not create and not file.is_file():
        raise InputError(f"There is no results store at {file}.")
    if not file.parent.is_dir():
        raise InputError(f"{file.parent} is not a folder, so no results store can be made at {file}.")


def _refuse_network(file: Path) -> None:
    """Write nowhere that two computers may write to: SQLite would lose results there without a word."""
    kind = network_file_system(file)
    if kind:
        raise InputError(
            f"{file} is on a network file system ({kind}), where a results store can be damaged. Give --store a path "
            "on a local disk and copy or `smbsim merge` the file afterwards, or the address of a PostgreSQL database."
        )


def _reading(file: Path) -> dict[str, str]:
    """How to open a file that will not be changed; where nothing can be shared, nobody else may be writing it."""
    kind = network_file_system(file)
    if kind is None and os.access(file.parent, os.W_OK):
        return {"mode": "ro"}
    if file.with_name(file.name + "-wal").exists():
        where = f"on a network file system ({kind})" if kind else "in a folder that cannot be written to"
        raise InputError(f"{file} is {where} and in use, or was not closed; copy it and its -wal file to a local disk.")
    return {"mode": "ro", "immutable": "1"}


def _prepare_sqlite(connection: SqliteConnection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {WAIT_MS}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")


def _begin_sqlite(connection: Connection) -> None:
    begin = connection.get_execution_options().get("begin", "BEGIN")
    if begin:
        connection.exec_driver_sql(begin)
