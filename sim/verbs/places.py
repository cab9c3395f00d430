"""Where results go: folders and stores, made and tried before anything is computed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile

from sim.errors import InputError
from sim.store import Store


@contextmanager
def made(folder: Path | None) -> Iterator[None]:
    """Make the folder and try it before anything is computed; take it away again if nothing came of it."""
    if folder is None:
        yield
        return
    new = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        TemporaryFile(dir=folder).close()
    except OSError as error:
        raise InputError(f"--out {folder}: nothing can be written there ({error.strerror}).") from None
    try:
        yield
    except BaseException:
        for place in new:
            with suppress(OSError):
                place.rmdir()
        raise


@contextmanager
def opened(place: str) -> Iterator[Store]:
    """The store, its folder made if it is a plain path."""
    if "://" not in place and place != ":memory:":
        try:
            Path(place).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"--store {place}: its folder cannot be made ({error.strerror}).") from None
    with Store.open(place) as store:
        yield store
