"""Stores become one without losing, doubling or mixing anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.store import Log, LookRow, Merged, RunRow, Store, canonical_json
from tests.store.samples import METRICS, asked, result

RUNS = [asked(number, arm) for arm in ("none", "aligned") for number in range(4)]
LOOK = LookRow("bakery", "b", "cash_usd", "aligned", "none", 10, 1.5, -2.0, 5.0, 0.3, 0.001, "continue")


def filled(place: Path, done: Sequence[RunRow], registered: Sequence[RunRow] = RUNS) -> Store:
    """A store in which some of its registered runs are done."""
    store = Store.open(place)
    store.describe_metrics(METRICS)
    store.register(registered)
    store.write([result(run.id, value=float(run.replicate)) for run in done])
    return store


def test_shards_become_what_one_computer_would_have_made(store: Store, tmp_path: Path) -> None:
    shards = [filled(tmp_path / f"{number}.sqlite", RUNS[number::3], RUNS[number::3]) for number in range(3)]
    whole = filled(tmp_path / "whole.sqlite", RUNS)

    assert [store.merge(shard) for shard in shards] == [Merged(3, 3, 0, 0), Merged(3, 3, 0, 0), Merged(2, 2, 0, 0)]
    assert store.digest() == whole.digest()
    assert store.findings() == []


def test_merging_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    source = filled(tmp_path / "a.sqlite", RUNS[:5])
    source.write_looks([LOOK])
    store.merge(source)
    before, rows = store.digest(), store.runs()

    assert store.merge(source) == Merged(0, 0, 5, 0)
    assert store.digest() == before == source.digest()
    assert store.runs().equals(rows)
    assert store.looks("bakery") == [LOOK]


def test_when_and_where_a_run_was_computed_comes_along(store: Store, tmp_path: Path) -> None:
    source = filled(tmp_path / "a.sqlite", RUNS[:1])
    store.merge(source)

    assert store.runs().finished_utc.tolist() == source.runs().finished_utc.tolist()
    assert store.background(RUNS[0].id) == source.background(RUNS[0].id)


def test_a_result_replaces_a_failure_and_a_failure_replaces_nothing(store: Store, tmp_path: Path) -> None:
    failing, succeeding = filled(tmp_path / "a.sqlite", []), filled(tmp_path / "b.sqlite", RUNS[:1])
    for run in RUNS[:2]:
        failing.fail(run.id, "month 2", ValueError("negative stock"))

    assert store.merge(failing).failed == 2
    assert store.counts() == {"registered": 6, "done": 0, "failed": 2}
    store.merge(succeeding)
    store.merge(failing)
    assert store.counts() == {"registered": 6, "done": 1, "failed": 1}


def test_what_another_study_kept_of_a_run_is_added(store: Store, tmp_path: Path) -> None:
    sparse = filled(tmp_path / "a.sqlite", [])
    sparse.write([Log(frozenset(), frozenset({"cash_usd"}), 3).keep(result(RUNS[0].id, 0.0))])
    store.merge(sparse)
    store.merge(filled(tmp_path / "b.sqlite", RUNS[:1]))

    assert store.series([RUNS[0].id], "cash_usd")[RUNS[0].id].tolist() == [0.0, 2.0, 3.0]
    assert store.results([RUNS[0].id])[RUNS[0].id].scalars["owner_value_usd"] == 0.0


@pytest.mark.parametrize(("change", "said"), [
    ({"months": 60}, "months 3, now 60"),
    ({"parameters": canonical_json({"adoption": {"setup_usd": 20}})}, "scenario.adoption.setup_usd 18.5, now 20"),
    ({"arm_definition": canonical_json({"score": "npv"})}, 'arm.score "none", now "npv"'),
])  # fmt: skip
def test_a_study_with_another_configuration_is_refused_by_the_field_even_for_other_replicates(
    tmp_path: Path, change: dict[str, object], said: str
) -> None:
    into = filled(tmp_path / "a.sqlite", RUNS[:2])
    other = filled(tmp_path / "b.sqlite", [], [asked(9, "none", **change)])
    before = into.digest()

    with pytest.raises(InputError) as refused:
        into.merge(other)

    assert said in str(refused.value)
    assert str(refused.value).startswith(f"{tmp_path / 'b.sqlite'} was not merged. ")
    assert into.digest() == before


def test_other_results_of_the_same_run_are_refused(tmp_path: Path) -> None:
    into, other = filled(tmp_path / "a.sqlite", RUNS[:1]), filled(tmp_path / "b.sqlite", RUNS[1:2])
    other.write([replace(result(RUNS[0].id, 0.0), scalars={"owner_value_usd": 0.25})])
    before = into.digest()

    with pytest.raises(InputError, match="has another owner_value_usd in the two stores"):
        into.merge(other)
    assert into.digest() == before


def test_a_store_that_is_not_sound_is_not_merged(store: Store, tmp_path: Path) -> None:
    source = filled(tmp_path / "a.sqlite", RUNS)
    with source._engine.execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
        connection.exec_driver_sql("UPDATE run SET seed = 8 WHERE id = ?", (RUNS[0].id,))

    with pytest.raises(InputError, match=f"was not merged. Run {RUNS[0].id} was changed"):
        store.merge(source)
    assert store.counts() == {"registered": 0, "done": 0, "failed": 0}
