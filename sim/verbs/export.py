"""`smbsim export`: a store as tidy tables, and what they mean."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sim import __version__
from sim.errors import InputError, nearest_name
from sim.store import Store
from sim.store.crate import FILE_NAME, crate
from sim.store.export import Writer, tables, write_csv, write_parquet


@dataclass(frozen=True)
class ExportRequest:
    """What the command line asked for; see `smbsim export --help`."""

    store: str
    csv: str | None = None
    parquet: str | None = None
    study: str | None = None
    as_json: bool = False


def export(request: ExportRequest) -> str:
    """Write the tables; returns the files, in words or JSON.

    Raises InputError if neither kind of table is asked for, nothing can be written there, or a name is unknown.
    """
    asked = [(request.csv, ".csv", write_csv), (request.parquet, ".parquet", write_parquet)]
    wanted: list[tuple[str, str, Writer]] = [(folder, ending, writer) for folder, ending, writer in asked if folder]
    if not wanted:
        raise InputError("Say where the tables go: --csv DIR or --parquet DIR.")
    files: dict[Path, list[Path]] = {}
    with Store.open(request.store, create=False, read_only=True) as store:
        _check_study(store, request.study)
        for folder, ending, writer in wanted:
            files.setdefault(_made(folder), []).extend(_written(store, request.study, Path(folder), ending, writer))
        for place, written in files.items():
            about = place / FILE_NAME
            about.write_text(crate(store, request.study, written, __version__), encoding="utf-8")
            written.append(about)
    return _told(request, [file for written in files.values() for file in written])


def _told(request: ExportRequest, files: Sequence[Path]) -> str:
    """The files, in words or JSON."""
    if request.as_json:
        return json.dumps({"store": request.store, "files": [str(file) for file in files]}, indent=2)
    return "\n".join(f"{file} ({file.stat().st_size / 1e3:,.1f} kB)" for file in files)


def _written(store: Store, study: str | None, folder: Path, ending: str, writer: Writer) -> list[Path]:
    """Write every table into a folder."""
    files = []
    for name, frames in tables(store, study):
        files.append(folder / f"{name}{ending}")
        writer(files[-1], frames)
    return files


def _made(folder: str) -> Path:
    place = Path(folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder} cannot be made ({error.strerror}).") from None
    return place


def _check_study(store: Store, study: str | None) -> None:
    """Refuse a study that the store does not hold."""
    known = store.studies()
    if study is not None and study not in known:
        raise InputError(f"The store has no study {study!r}{nearest_name(study, known)}; it has {', '.join(known)}.")
