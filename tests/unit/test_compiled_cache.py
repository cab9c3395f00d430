"""Two processes that fill one cache of compiled code at once never hand each other the wrong code."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.compiled import Forms, compiled


def forms(folder: Path) -> Forms:
    """The cache of one function, as each process has it for itself."""
    return Forms(str(folder), "loop-1.py311", (1.0, 2))


def test_two_who_take_the_cache_for_empty_keep_their_forms_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both have looked before either has written: the list of one is lost, and nothing else."""
    one, other = forms(tmp_path), forms(tmp_path)
    with monkeypatch.context() as late:
        late.setattr(Forms, "_load_index", lambda self: {})
        one.save(("whole numbers",), "code for whole numbers")
        other.save(("fractions",), "code for fractions")

    third = forms(tmp_path)
    assert third.load(("fractions",)) == "code for fractions"
    assert third.load(("whole numbers",)) is None
    third.save(("whole numbers",), "code for whole numbers")
    assert forms(tmp_path).load(("whole numbers",)) == "code for whole numbers"
    assert forms(tmp_path).load(("fractions",)) == "code for fractions"


def test_loops_of_the_model_are_kept_so() -> None:
    @compiled
    def twice(number: float) -> float:
        return number + number

    assert isinstance(twice._cache._cache_file, Forms)
