"""Where each key and value of a TOML text stands, so that an error can point at it.

The standard library's parser forgets positions. This scanner reads a text that parser has accepted, and
therefore never has to judge: it only walks. Paths are tuples of keys and list positions, as in pydantic.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass

KeyPath = tuple[str | int, ...]

_GAP = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:\\.|[^"\\])*"|'[^']*'""")
_TEXT = re.compile(
    r'''"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?'{3,5}|"(?:\\.|[^"\\])*"|'[^']*\'''', re.DOTALL
)
_SCALAR = re.compile(r"[^,\]}#\n]+")


@dataclass(frozen=True)
class Place:
    """Offsets into the text: where the key starts and where its value starts."""

    key: int
    value: int


def places(text: str) -> dict[KeyPath, Place]:
    """Offsets of every key, table, list item and value of a valid TOML text without carriage returns."""
    return _Scanner(text).scan()


class _Scanner:
    """Walks the text once from start to end."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.found: dict[KeyPath, Place] = {}
        self.list_sizes: dict[KeyPath, int] = {}

    def scan(self) -> dict[KeyPath, Place]:
        table: KeyPath = ()
        self._skip_gap()
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip_gap()
        return self.found

    def _skip_gap(self) -> None:
        self._skip(_GAP)

    def _skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        assert match is not None, "positions are read from valid TOML only"
        self.at = match.end()
        return match[0]

    def _keys(self, base: KeyPath) -> KeyPath:
        """Read a dotted key below `base`, note where each part stands, and return the whole path."""
        path = base
        while True:
            self._skip_gap()
            start = self.at
            path = (*self._entered(path), _plain(self._skip(_KEY)))
            self.found.setdefault(path, Place(start, start))
            self._skip_gap()
            if self.text[self.at] != ".":
                return path
            self.at += 1

    def _entered(self, path: KeyPath) -> KeyPath:
        """The path itself, or its last table where the path names a list of tables."""
        return (*path, self.list_sizes[path] - 1) if path in self.list_sizes else path

    def _header(self) -> KeyPath:
        start = self.at
        is_list = self.text.startswith("[[", start)
        self.at += 2 if is_list else 1
        path = self._keys(())
        if is_list:
            self.list_sizes[path] = self.list_sizes.get(path, 0) + 1
        path = self._entered(path)
        self.found[path] = Place(self.found.get(path, Place(start, start)).key, start)
        self.at += 2 if is_list else 1
        return path

    def _pair(self, table: KeyPath) -> None:
        path = self._keys(table)
        self.at += 1
        self._skip_gap()
        self.found[path] = Place(self.found[path].key, self.at)
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        opening = self.text[self.at]
        if opening == "[":
            self._items(path)
        elif opening == "{":
            self._inline_table(path)
        else:
            self._skip(_TEXT if opening in "\"'" else _SCALAR)

    def _items(self, path: KeyPath) -> None:
        self.at += 1
        self._skip_gap()
        count = 0
        while self.text[self.at] != "]":
            item = (*path, count)
            self.found[item] = Place(self.at, self.at)
            self._value(item)
            self._skip_comma()
            count += 1
        self.at += 1

    def _inline_table(self, path: KeyPath) -> None:
        self.at += 1
        self._skip_gap()
        while self.text[self.at] != "}":
            self._pair(path)
            self._skip_comma()
        self.at += 1

    def _skip_comma(self) -> None:
        self._skip_gap()
        if self.text[self.at] == ",":
            self.at += 1
            self._skip_gap()


def _plain(raw: str) -> str:
    """The key itself, out of its quotes."""
    if raw[0] == "'":
        return raw[1:-1]
    return str(tomllib.loads(f"key = {raw}")["key"]) if raw[0] == '"' else raw
