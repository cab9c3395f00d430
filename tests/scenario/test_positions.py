"""Positions agree with the standard library's parser on any TOML text."""

from __future__ import annotations

import json
import tomllib
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sim.scenario.positions import places

words = st.text(st.characters(codec="utf-8", exclude_characters="\x7f", exclude_categories=("C",)), max_size=8)
scalars = st.one_of(
    st.integers(-(10**12), 10**12), st.booleans(), words,
    st.floats(allow_nan=False, allow_infinity=False), st.dates(),
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3), max_leaves=6
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
        return "{" + ", ".join(f"{json.dumps(k, ensure_ascii=False)} = {written(v)}" for k, v in value.items()) + "}"
    return str(value)


def paths(value: Any, base: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    """Every path in parsed data."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = {base} if base else set()
    return found.union(*(paths(inner, (*base, key)) for key, inner in entries))


@settings(max_examples=150, deadline=None)
@given(tables, st.dictionaries(words, st.lists(tables, min_size=1, max_size=2), max_size=2))
def test_every_parsed_path_has_a_place_and_no_other(top: dict[str, Any], lists: dict[str, Any]) -> None:
    lists = {key: value for key, value in lists.items() if key not in top}
    lines = [f"{json.dumps(key, ensure_ascii=False)} = {written(value)} # = [x]" for key, value in top.items()]
    for name, entries in lists.items():
        for entry in entries:
            lines.append(f"[[{json.dumps(name, ensure_ascii=False)}]]")
            lines += [f"{json.dumps(k, ensure_ascii=False)} = {written(v)}" for k, v in entry.items()]
    text = "\n".join(lines)
    assert set(places(text)) == paths(tomllib.loads(text))


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(words, scalars, min_size=1, max_size=5))
def test_the_text_at_a_value_is_that_value(table: dict[str, Any]) -> None:
    text = "\n".join(f"{json.dumps(key, ensure_ascii=False)} = {written(value)}" for key, value in table.items())
    for key, value in table.items():
        assert text[places(text)[(key,)].value :].startswith(written(value))


def test_dotted_keys_headers_and_lists_of_tables_are_found() -> None:
    text = 'a.b = 1\n[c."d e"]\nf = """\n[no]\nx = 1\n"""\n[[g]]\nh = 1\n[[g]]\n[g.i]\nj = [1, {k = \'#\'}]\n'
    found = places(text)
    assert set(found) == paths(tomllib.loads(text))
    assert text[found["g", 1, "i", "j", 1, "k"].value :].startswith("'#'")
    assert text[found["c", "d e"].key :].startswith('"d e"')
