"""`smbsim doctor`: does this computer have what smbsim needs, and where would results go?"""

from __future__ import annotations

import json
import os
import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory

from sim import MODEL_VERSION, __version__
from sim.compiled import cache_folder
from sim.errors import InputError
from sim.store import Store
from sim.verbs.compare import DEFAULT_STORE

PYTHONS = ((3, 11), (3, 13))
NEEDED = (
    "mesa", "networkx", "numpy", "numba", "scipy", "pandas", "matplotlib", "jinja2", "pydantic", "sqlalchemy",
    "alembic", "typer", "rich",
)
EXTRAS = {"pyarrow": "smbsim export --parquet", "psycopg": "a results store on PostgreSQL"}


@dataclass(frozen=True)
class Found:
    """One thing that was looked at: its name, what was found, and whether smbsim can work with it."""

    what: str
    found: str
    well: bool = True


def doctor(store: str | None, as_json: bool) -> tuple[str, bool]:
    """Look at everything; returns what to say, in words or JSON, and whether all is well."""
    checks = [_smbsim(), _python(), *_packages(), _cores(), _sqlite(), _place(store or DEFAULT_STORE), _compiled()]
    well = all(check.well for check in checks)
    if as_json:
        return json.dumps({"well": well, "checks": [asdict(check) for check in checks]}, indent=2), well
    return _told(checks), well


def _told(checks: Sequence[Found]) -> str:
    width = max(len(check.what) for check in checks)
    lines = [f"{'ok ' if check.well else 'NO '} {check.what:<{width}}  {check.found}" for check in checks]
    wrong = sum(not check.well for check in checks)
    return "\n".join([*lines, "", f"{wrong} to put right" if wrong else "All is well."])


def _smbsim() -> Found:
    return Found("smbsim", f"{__version__}, model version {MODEL_VERSION}")


def _python() -> Found:
    first, last = (".".join(map(str, one)) for one in PYTHONS)
    here = tuple(map(int, platform.python_version_tuple()[:2]))
    words = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    tested = PYTHONS[0] <= here <= PYTHONS[1]
    return Found("Python", words if tested else f"{words}; tested with {first} to {last}", here >= PYTHONS[0])


def _packages() -> list[Found]:
    needed = [(name, _version(name)) for name in NEEDED]
    extras = [(name, _version(name) or f"not installed; only needed for {use}") for name, use in EXTRAS.items()]
    return [
        *(Found(name, found or "not installed: pip install smbsim", found is not None) for name, found in needed),
        *(Found(name, found) for name, found in extras),
    ]


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _cores() -> Found:
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return Found("cores", f"{usable} for this process, of {os.cpu_count()}")


def _sqlite() -> Found:
    enough = sqlite3.sqlite_version_info >= (3, 35)
    return Found("SQLite", sqlite3.sqlite_version + ("" if enough else "; at least 3.35 is needed"), enough)


def _place(store: str) -> Found:
    """Try to keep something where the store would be; a store that is there already is only read."""
    try:
        if "://" in store or Path(store).exists():
            with Store.open(store, read_only=True) as opened:
                known = f"{store} holds {opened.counts()['done']:,} runs"
        else:
            known = f"{store} can be made"
        if "://" not in store:
            _try(next(parent for parent in Path(store).absolute().parents if parent.exists()))
    except InputError as error:
        return Found("results store", str(error), False)
    return Found("results store", known)


def _try(folder: Path) -> None:
    """Make a store in a folder and take it away again; InputError if that cannot be done."""
    try:
        with TemporaryDirectory(dir=folder) as trial, Store.open(Path(trial) / "trial.sqlite"):
            pass
    except OSError as error:
        raise InputError(f"nothing can be written in {folder} ({error.strerror})") from None


def _compiled() -> Found:
    """Whether the loops are compiled already; without a cache every process compiles them again."""
    folder = Path(cache_folder())
    number = len(list(folder.rglob("*.nbc")))
    nearest = next(parent for parent in (folder, *folder.parents) if parent.exists())
    if number:
        return Found("compiled loops", f"{number} kept in {folder}")
    if os.access(nearest, os.W_OK):
        return Found("compiled loops", "none kept yet; the first run compiles them, once")
    return Found("compiled loops", f"cannot be kept in {nearest}; set NUMBA_CACHE_DIR to a folder of your own", False)
