"""Reading a TOML file that somebody wrote by hand, and pointing at what is wrong in it.

Files are data only, capped in size and in the depth of keys, because the standard parser needs time in
proportion to the square of the depth.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from sim.errors import InputError, Problem
from sim.scenario.positions import KeyPath, Place, places

LIMIT_BYTES = 250_000
LIMIT_KEY_PARTS = 20
WINDOW = 100
ONE_GOAL = "a plan has one goal; compare the second in a plan of its own"

_KEY_PART = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*"""
_DEEP_KEY = re.compile(rf"(?<![\w-])(?:{_KEY_PART}){{{LIMIT_KEY_PARTS}}}")
_FANCY_NUMBER = re.compile(r"=\s*(?:[$€£¥]\s*[\d.,]|\d{1,3}(?:[.,' ]\d{3})+(?!\d)|\d+,\d)|=\s*\d[\d.,_]*\s*[$€£¥]")
_PARSER_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True)
class Document:
    """A file that is TOML: its name as shown to people, its text without carriage returns, its data."""

    name: str
    text: str
    data: dict[str, Any]

    @cached_property
    def _places(self) -> dict[KeyPath, Place]:
        return places(self.text)

    def problem(self, path: KeyPath, sentence: str, at_key: bool = False) -> Problem:
        """A problem with a caret under the value at `path` (or its key), or under the table that lacks it."""
        known = path
        while known and known not in self._places:
            known = known[:-1]
        if not known:
            return Problem(sentence, self.name)
        place = self._places[known]
        return _problem_at(self.name, self.text, place.key if at_key else place.value, sentence)


def refuse(problems: Iterable[Problem]) -> None:
    """Raise InputError with the problems in the order of the file; do nothing if there are none."""
    ordered = sorted(problems, key=lambda problem: (problem.line, problem.column))
    if ordered:
        raise InputError(ordered)


def read_document(path: Traversable | Path, name: str) -> Document:
    """Read and parse a file; InputError (with line and column) if it cannot be read or is not TOML."""
    text = _text(path, name)
    deep = _DEEP_KEY.search(text)
    if deep:
        sentence = f"a key has more than {LIMIT_KEY_PARTS} parts"
        raise InputError(_problem_at(name, text, deep.start(), sentence))
    try:
        return Document(name, text, tomllib.loads(text))
    except RecursionError:
        raise InputError(Problem("lists or tables are nested too deeply to be read", name)) from None
    except ValueError as error:
        raise InputError(_broken(name, text, str(error))) from None


def _text(path: Traversable | Path, name: str) -> str:
    """The file's text; InputError if it is absent, a folder, too large or not UTF-8."""
    try:
        with path.open("rb") as file:
            raw = file.read(LIMIT_BYTES + 1)
    except IsADirectoryError:
        raise InputError(Problem("is a folder; a file is needed", name)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(Problem(f"cannot be read: {reason}", name)) from None
    if len(raw) > LIMIT_BYTES:
        raise InputError(Problem(f"is larger than {LIMIT_BYTES // 1000} kB, the most that is read", name))
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError(Problem("is not UTF-8 text; save it as UTF-8", name, line)) from None


def _broken(name: str, text: str, message: str) -> Problem:
    """The parser's complaint as a problem at its place."""
    place = _PARSER_PLACE.search(message)
    sentence = f"this is not valid TOML: {_PARSER_PLACE.sub('', message)}"
    if place and place[1]:
        sentence = f"{sentence}{_mending(text.splitlines()[int(place[1]) - 1], message)}"
    if place is None:
        return Problem(sentence, name)
    if place[1] is None:
        return _problem_at(name, text, len(text.rstrip()), f"{sentence} before the end of the file")
    lines = text.split("\n")[: int(place[1]) - 1]
    return _problem_at(name, text, sum(map(len, lines)) + len(lines) + int(place[2]) - 1, sentence)


def _mending(line: str, message: str) -> str:
    """What would be right, where that is plain to see."""
    if "('goal',) twice" in message:
        return f"; {ONE_GOAL}"
    return "; write numbers plainly: 31000 or 31_000" if _FANCY_NUMBER.search(line) else ""


def _problem_at(name: str, text: str, offset: int, sentence: str) -> Problem:
    """A problem at an offset of the text, with the part of its line that fits a terminal."""
    start = text.rfind("\n", 0, offset) + 1
    line = text.count("\n", 0, offset) + 1
    column = offset - start + 1
    source = text[start:].split("\n", 1)[0].replace("\t", " ")
    cut = max(0, column - 1 - WINDOW // 2) if len(source) > WINDOW else 0
    return Problem(sentence, name, line, column - cut, source[cut : cut + WINDOW])
