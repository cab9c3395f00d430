"""Whatever stands in a file, the answer is a scenario or a sentence, at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.errors import InputError, Problem
from sim.scenario.arms_list import parse_arms
from sim.scenario.files import find, shipped
from sim.scenario.resolve import load
from sim.scenario.toml_file import LIMIT_BYTES

BAKERY = (shipped() / "bakery_ordering.toml").read_text(encoding="utf-8")
quickly = settings(
    max_examples=80, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def refusal(tmp_path: Path, content: str | bytes) -> str:
    """What is said about a file with this content."""
    path = tmp_path / "some.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError) as refused:
        load(str(path))
    return str(refused.value)


def problems_of(action: Callable[..., object], *arguments: object) -> tuple[Problem, ...]:
    """What an action refuses its input for; nothing if it accepts it."""
    try:
        action(*arguments)
    except InputError as error:
        return error.problems
    return ()


def loads_or_refuses(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    start = time.process_time()
    assert all(problem.sentence and len(str(problem)) < 1000 for problem in problems_of(load, str(path)))
    assert time.process_time() - start < 1.0


@quickly
@given(content=st.binary(max_size=400))
def test_any_bytes_are_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    loads_or_refuses(tmp_path / "any.toml", content)


@quickly
@given(start=st.integers(0, len(BAKERY)), length=st.integers(0, 60), instead=st.text(max_size=20))
def test_a_scenario_with_a_hole_never_crashes(tmp_path: Path, start: int, length: int, instead: str) -> None:
    damaged = BAKERY[:start] + instead + BAKERY[start + length :]
    loads_or_refuses(tmp_path / "damaged.toml", damaged.encode("utf-8", "surrogatepass"))


keys = st.sampled_from([
    "title", "months", "catalogue", "background", "setup", "focal", "parameters", "tools", "arms",
    "signature", "falsifier", "kind", "sector", "staff", "small_firms", "employees", "online_ordering",
    "purchases", "firm", "x",
])
odd = st.sampled_from([
    "nan", "-inf", "1e999", "-1", "0", "true", '""', '"none"', "[]", "{}", "[[1]]",
    "9" * 400, "0x" + "f" * 4000,
    "1979-05-27T07:32:00Z", '"operations"', '"' + "a" * 5000 + '"', "1.5",
])


@quickly
@given(st.lists(st.tuples(st.lists(keys, min_size=1, max_size=4), odd), min_size=1, max_size=8))
def test_odd_values_under_known_keys_never_crash(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[list[str], str]]
) -> None:
    text = "\n".join(f"{'.'.join(path)} = {value}" for path, value in lines)
    folder = tmp_path_factory.getbasetemp()
    loads_or_refuses(folder / "odd.toml", text.encode())
    loads_or_refuses(folder / "odd.toml", f'kind = "firm"\nbased_on = "bakery_ordering"\n{text}'.encode())


@quickly
@given(st.text(max_size=60) | st.lists(st.sampled_from(
    ["none", "aligned", "+", "assess", "0", "99", "#", "1", "fix", ",", "x.toml", "/", "quote", " ", "\x00"]
), max_size=8).map("".join))
def test_any_list_of_arms_is_parsed_or_refused(text: str) -> None:
    scenario = load("bakery_ordering")
    if not problems_of(parse_arms, text, scenario):
        arms = parse_arms(text, scenario)
        assert len({arm.name for arm in arms}) == len(arms)


@pytest.mark.parametrize(("broken", "said"), [
    ("title = ", "some.toml:1"),
    ("title = 'a'\ntitle = 'b'", "some.toml:2"),
    ("x = " + "[" * 2000, "nested"),
    ("x = " + "[" * 150 + "]" * 150, "unknown key 'x'"),
    ("x = " + "9" * 5000, "TOML"),
    (".".join("a" * 60000) + " = 1", "20 parts"),
    ("a = 1\nb = \xff".encode("latin-1"), "some.toml:2: is not UTF-8"),
    (b"x" * (LIMIT_BYTES + 1), "larger than 250 kB"),
    (b"#" * 10_000_000, "larger than 250 kB"),
    ("x = 1\n" + "\n".join(f"unknown{i} = 1" for i in range(15000)), "more problems"),
], ids=["cut short", "twice", "bottomless", "nested", "digits", "deep", "latin", "large", "10 MB", "many"])
def test_a_file_that_is_not_toml_is_refused_within_a_second(tmp_path: Path, broken: Any, said: str) -> None:
    start = time.process_time()
    assert said in refusal(tmp_path, broken)
    assert time.process_time() - start < 1.0


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "bakery_ordering.toml"
    path.write_bytes(b"\xef\xbb\xbf" + BAKERY.replace("\n", "\r\n").encode())
    assert load(str(path)).fingerprint() == load("bakery_ordering").fingerprint()


@pytest.mark.parametrize(("reference", "said"), [
    ("bakery_odering", "did you mean 'bakery_ordering'?"),
    ("none/such.toml", "no such file"),
    (".", "is a folder"),
    ("", "no scenario of this name"),
    ("a\x00b.toml", "no such file"),
    ("x" * 5000 + ".toml", "no such file"),
])
def test_a_file_that_is_not_there_is_named_with_the_nearest(reference: str, said: str) -> None:
    with pytest.raises(InputError, match=said.replace("?", r"\?")):
        load(reference)


def test_a_misspelt_path_names_its_neighbour(tmp_path: Path) -> None:
    (tmp_path / "my_firm.toml").touch()
    with pytest.raises(InputError, match=r"did you mean 'my_firm.toml'\?"):
        find(str(tmp_path / "my_frim.toml"))
