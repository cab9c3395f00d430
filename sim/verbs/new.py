"""`smbsim new`: write a commented file for a firm or a plan, to be filled in by its owner."""

from __future__ import annotations

import json
import re
from pathlib import Path

from sim.errors import InputError, Problem, nearest_name
from sim.scenario.files import is_path, shipped_names
from sim.scenario.plan.template import plan_template
from sim.scenario.resolve import load
from sim.scenario.sentences import shown
from sim.scenario.templates import firm_template
from sim.scenario.trades import NEAREST

PLAN = "plan"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")


def new_file(what: str, based_on: str, trade: str | None, as_json: bool = False) -> str:
    """Write a plan file where a trade is given, else a firm file; returns what was written and what to do next."""
    if trade is None and what.removesuffix(".toml") != PLAN:
        return _told(new_firm(what, based_on), "compare", as_json)
    return _told(new_plan(what, trade), PLAN, as_json)


def new_firm(firm: str, based_on: str) -> Path:
    """Write <firm>.toml into the current folder; InputError if a name is wrong or the file exists."""
    if is_path(based_on):
        raise InputError(f"{shown(based_on)} is a file; a firm is based on a scenario of `smbsim scenarios`")
    name = _file_name(firm)
    return _write_new(Path(f"{name}.toml"), firm_template(load(based_on), name))


def new_plan(plan: str, trade: str | None) -> Path:
    """Write <plan>.toml into the current folder; InputError if a name is wrong or the file exists."""
    trades = shipped_names("sectors")
    if trade not in trades:
        asked = "a plan needs a trade" if trade is None else f"no trade is called {shown(trade)}"
        hint = nearest_name(trade or "", trades)
        if not hint:
            hint = f": --sector {', '.join(trades)}{f'; {NEAREST}' if trade else ''}"
        raise InputError(f"{asked}{hint}")
    name = _file_name(plan)
    return _write_new(Path(f"{name}.toml"), plan_template(trade, name))


def _told(path: Path, verb: str, as_json: bool) -> str:
    """What was written and what to do next."""
    if as_json:
        return json.dumps({"file": str(path)})
    return f"{path} is written. Put in your numbers, then:\n  smbsim check {path}\n  smbsim {verb} {path}"


def _file_name(name: str) -> str:
    """The name without its ending; InputError if it cannot be a file's."""
    name = name.removesuffix(".toml")
    if not _NAME.fullmatch(name):
        allowed = "a name has letters, digits, - and _, at most 60, and is written into the current folder"
        raise InputError(f"{shown(name)} cannot be the name of a file: {allowed}")
    return name


def _write_new(path: Path, text: str) -> Path:
    """Write a file that did not exist, whole or not at all; returns where."""
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
    return path
