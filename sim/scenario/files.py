"""Finding the files that ship with the program, by name, and a user's own files, by path."""

from __future__ import annotations

import os
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from sim.errors import InputError, Problem, nearest_name
from sim.scenario.toml_file import Document, read_document

CATALOGUE, FACTS = "tools", "facts"
WHAT = {"": "scenario", "strategies": "strategy", "sectors": "sector", "plans": "plan"}


def shipped(folder: str = "") -> Traversable:
    """The folder of scenario files: inside the installed package, or at the top of the repository."""
    packaged = files("sim") / "scenarios"
    root: Traversable = packaged if packaged.is_dir() else Path(__file__).parents[2] / "scenarios"
    return root / folder if folder else root


def shipped_names(folder: str = "") -> list[str]:
    """Names of the shipped scenarios, or of the presets in a folder ("sectors", "strategies"), sorted."""
    files_there = (entry.name for entry in shipped(folder).iterdir() if entry.name.endswith(".toml"))
    names = (name.removesuffix(".toml") for name in files_there)
    return sorted(name for name in names if folder or name not in (CATALOGUE, FACTS))


def find(reference: str, folder: str = "") -> Document:
    """Read a shipped file by name or any file by path; InputError with the nearest name if there is none."""
    if is_path(reference):
        return _by_path(Path(reference))
    if reference not in shipped_names(folder):
        here = [path.name for path in Path().glob("*.toml")]
        hint = _hint(reference, [*shipped_names(folder), *here])
        raise InputError(Problem(f"no {WHAT[folder]} of this name{hint}", _shown(reference)))
    return read_document(shipped(folder) / f"{reference}.toml", f"{reference}.toml")


def is_path(reference: str) -> bool:
    """Whether a reference is the path of a file rather than the name of a shipped one."""
    return reference.endswith(".toml") or Path(reference).name != reference


@cache
def catalogue_document() -> Document:
    """The catalogue of tool families."""
    return read_document(shipped() / f"{CATALOGUE}.toml", f"{CATALOGUE}.toml")


@cache
def facts_document() -> Document:
    """Published facts, to fit and to validate against."""
    return read_document(shipped() / f"{FACTS}.toml", f"{FACTS}.toml")


def _by_path(path: Path) -> Document:
    if os.path.exists(path):
        return read_document(path, str(path))
    readable = os.path.isdir(path.parent) and os.access(path.parent, os.R_OK)
    beside = os.listdir(path.parent) if readable else []
    raise InputError(Problem(f"no such file{nearest_name(path.name, beside)}", _shown(str(path))))


def _hint(reference: str, names: list[str]) -> str:
    return nearest_name(reference, names) or f"; there are {', '.join(names)}"


def _shown(reference: str) -> str:
    """A reference short enough, and clean enough, for a message."""
    clean = "".join(letter if letter.isprintable() else "?" for letter in reference)
    return clean if len(clean) <= 80 else f"{clean[:77]}…"
