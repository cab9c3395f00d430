"""Positions agree with the standard library's parser on any TOML text."""

from __future__ import annotations

import json
import tomllib
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sim.scenario.positions import places

words = st.text(st.characters(codec="utf-8", exclude_categories=("C",)), max_size=8)
scalars = st.one_of(
    st.integers(-(10**12), 10**12), st.booleans(), words,
    st.floats(allow_nan=False, allow_infinity=False), st.dates(),
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
tables = st.dictionaries(words, values, max_size=4)


def written(value: Any) -> str:
    """A value as TOML, with comments, brackets and quotes where they may mislead a scanner."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "[ # ]\n" + " ,\n".join(written(item) for item in value) + " ]"
    if isinstance(value, dict):
        return "{" + ", ".join(pairs(value)) + "}"
    return str(value)


def pairs(table: dict[str, Any]) -> list[str]:
    """A table's keys and values as TOML."""
    return [f"{json.dumps(key, ensure_ascii=False)} = {written(value)}" for key, value in table.items()]


def paths(value: Any, base: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    """Every path in parsed data."""
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    found = {base} if base else set()
    return found.union(*(paths(value[key], (*base, key)) for key in keys))


@settings(max_examples=150, deadline=None)
@given(tables, st.dictionaries(words, st.lists(tables, min_size=1, max_size=2), max_size=2))
def test_every_parsed_path_has_a_place_and_no_other(top: dict[str, Any], lists: dict[str, Any]) -> None:
    lists = {key: value for key, value in lists.items() if key not in top}
    lines = [f"{pair} # = [x]" for pair in pairs(top)]
    for name, entries in lists.items():
        for entry in entries:
            lines += [f"[[{json.dumps(name, ensure_ascii=False)}]]", *pairs(entry)]
    text = "\n".join(lines)
    assert set(places(text)) == paths(tomllib.loads(text))


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(words, scalars, min_size=1, max_size=5))
def test_the_text_at_a_value_is_that_value(table: dict[str, Any]) -> None:
    text = "\n".join(pairs(table))
    for key, value in table.items():
        assert text[places(text)[(key,)].value :].startswith(written(value))


def test_dotted_keys_headers_and_lists_of_tables_are_found() -> None:
    text = 'a.b = 1\n[c."d e"]\nf = """\n[no]\nx = 1\n"""\n[[g]]\nh = 1\n[[g]]\n[g.i]\nj = [1, {k = \'#\'}]\n'
    found = places(text)
    assert set(found) == paths(tomllib.loads(text))
    assert text[found["g", 1, "i", "j", 1, "k"].value :].startswith("'#'")
    assert text[found["c", "d e"].key :].startswith('"d e"')
