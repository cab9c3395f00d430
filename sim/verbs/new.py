"""`smbsim new`: write a commented file for a firm, to be filled in by its owner."""

from __future__ import annotations

import json
import re
from pathlib import Path

from sim.errors import InputError, Problem
from sim.scenario.files import is_path
from sim.scenario.resolve import load
from sim.scenario.sentences import shown
from sim.scenario.templates import firm_template

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")


def new_firm(firm: str, based_on: str) -> Path:
    """Write <firm>.toml into the current folder; InputError if a name is wrong or the file exists."""
    if is_path(based_on):
        raise InputError(f"{shown(based_on)} is a file; a firm is based on a scenario of `smbsim scenarios`")
    name = firm.removesuffix(".toml")
    if not _NAME.fullmatch(name):
        allowed = "a name has letters, digits, - and _, at most 60, and is written into the current folder"
        raise InputError(f"{shown(firm)} cannot be the name of a file: {allowed}")
    text = firm_template(load(based_on), name)
    path = Path(f"{name}.toml")
    _write_new(path, text)
    return path


def told(path: Path, as_json: bool) -> str:
    """What was written and what to do next."""
    if as_json:
        return json.dumps({"file": str(path)})
    return f"{path} is written. Put in your numbers, then:\n  smbsim check {path}\n  smbsim compare {path}"


def _write_new(path: Path, text: str) -> None:
    """Write a file that did not exist, whole or not at all."""
    try:
        file = path.open("x", encoding="utf-8")
    except FileExistsError:
        sentence = "exists already and is left as it is; choose another name"
        raise InputError(Problem(sentence, path.name)) from None
    except OSError as error:
        raise InputError(Problem(f"cannot be written: {error.strerror}", str(path))) from None
    try:
        with file:
            file.write(text)
    except OSError as error:
        path.unlink()
        raise InputError(Problem(f"cannot be written: {error.strerror}", str(path))) from None
