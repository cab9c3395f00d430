"""merge, verify, export and doctor as commands: what they say, what they write, and how they end."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from sim.cli import app
from sim.store import LookRow, Store
from sim.store import export as exporting
from sim.verbs import doctor as examining
from tests.store.samples import METRICS, asked, result
from tests.store.sweep import asked as simulated
from tests.store.sweep import sweep

LOOK = LookRow("bakery", "b", "cash_usd", "aligned", "none", 10, 1.5, -2.0, 5.0, 0.3, 0.001, "continue")


def smbsim(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def kept(store: Store, place: Path) -> Path:
    """A store with three runs, one of which failed."""
    store.register([asked(number) for number in range(3)])
    store.write([result(asked(number).id) for number in range(2)])
    store.fail(asked(2).id, "month 2", ValueError("negative stock"))
    store.write_looks([LOOK])
    return place


def test_merge_says_what_came_from_where(kept: Path, tmp_path: Path) -> None:
    into = tmp_path / "all.sqlite"
    first, again = smbsim("merge", into, kept), smbsim("merge", into, kept, "--json")

    assert f"{kept}: 2 runs taken over, 0 known already, 1 failed" in first.stdout
    assert f"{into}: 2 runs done, 1 failed, 0 to do" in first.stdout
    told = json.loads(again.stdout)
    assert told["sources"] == [{"store": str(kept), "registered": 0, "taken": 0, "known": 2, "failed": 0}]
    assert told["digest"] in first.stdout


@pytest.mark.parametrize(("arguments", "said"), [
    (lambda kept: ["merge", kept, kept], "cannot be merged into itself"),
    (lambda kept: ["merge", kept, kept.with_name("nowhere.sqlite")], "There is no results store at"),
    (lambda kept: ["verify", kept.with_name("nowhere.sqlite")], "There is no results store at"),
    (lambda kept: ["export", kept], "--csv DIR or --parquet DIR"),
    (lambda kept: ["export", kept, "--csv", kept], "cannot be made"),
    (lambda kept: ["export", kept, "--csv", kept.with_name("x"), "--study", "bakry"], "did you mean 'bakery'?"),
])  # fmt: skip
def test_bad_input_is_a_sentence_and_exit_code_2(
    kept: Path, arguments: Callable[[Path], list[Path]], said: str
) -> None:
    ended = smbsim(*arguments(kept))

    assert (ended.exit_code, ended.stdout) == (2, "")
    assert said in ended.stderr


def test_verify_computes_runs_again_and_ends_with_1_if_one_differs(tmp_path: Path) -> None:
    place = tmp_path / "a.sqlite"
    sweep(place, simulated(worlds=2))
    sound = smbsim("verify", place, "--recompute", "3")
    with Store.open(place) as store, store._engine.execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
        connection.exec_driver_sql("UPDATE scalar SET value = value + 1 WHERE metric = 'owner_value_usd'")
    wrong, unseen = smbsim("verify", place, "--json"), smbsim("verify", place, "--recompute", "0")

    assert sound.exit_code == 0
    assert "3 of them were computed again and gave the same bits" in sound.stdout
    assert wrong.exit_code == 1
    assert json.loads(wrong.stdout)["recomputed"] == len(json.loads(wrong.stdout)["findings"]) == 4
    assert unseen.exit_code == 0
    assert "None was computed again" in unseen.stdout


def test_verify_ends_with_1_if_the_store_was_changed_by_hand(kept: Path, store: Store) -> None:
    with store._engine.execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
        connection.exec_driver_sql("UPDATE series SET length = 9")

    ended = smbsim("verify", kept)

    assert ended.exit_code == 1
    assert "The series cash_usd" in ended.stdout


@pytest.mark.parametrize(("ending", "reader"), [("csv", pd.read_csv), ("parquet", pd.read_parquet)])
def test_exported_tables_hold_every_number(
    kept: Path, store: Store, tmp_path: Path, ending: str, reader: Callable[[Path], pd.DataFrame],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exporting, "RUNS_AT_ONCE", 1)
    folder = tmp_path / "tables"
    ended = smbsim("export", kept, f"--{ending}", folder, "--json")
    names = [name for name in exporting.TABLES if name != "panel"]  # no design asked for one
    tables = {name: reader(folder / f"{name}.{ending}") for name in names}

    assert json.loads(ended.stdout)["files"] == [
        *(str(folder / f"{name}.{ending}") for name in names), str(folder / "ro-crate-metadata.json"),
    ]
    assert tables["runs"]["status"].tolist() == ["done", "done", "failed"]
    pd.testing.assert_frame_equal(tables["scalars"], store.scalars(), check_dtype=False)
    assert tables["series"].columns.tolist() == ["run", "metric", "month", "value"]
    assert tables["series"].query("run == @asked(0).id")["value"].tolist() == [1.5, 2.0, 3.0]
    assert sorted(tables["series"]["month"]) == [0, 0, 1, 1, 2, 2]
    assert tables["events"]["kind"].tolist() == ["purchase", "start"] * 2
    assert tables["looks"]["level"].tolist() == [0.001]
    assert tables["metrics"]["name"].tolist() == sorted(metric.name for metric in METRICS)
    assert tables["parameters"][["name", "value"]].to_numpy().tolist() == [["adoption.setup_usd", "18.5"]] or (
        ending == "csv" and tables["parameters"]["value"].tolist() == [18.5]
    )


def test_coarse_series_are_exported_with_their_months(store: Store) -> None:
    store.register([asked(months=7)])
    store.write([result(asked(months=7).id)])
    with store._engine.execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
        connection.exec_driver_sql("UPDATE series SET every_months = 2")

    series = dict(exporting.tables(store, None))["series"]

    assert np.concatenate([frame["month"] for frame in series]).tolist() == [1, 3, 5]


def test_the_metadata_names_files_by_their_content_and_metrics_with_their_units(kept: Path, tmp_path: Path) -> None:
    smbsim("export", kept, "--csv", tmp_path / "a")
    smbsim("export", kept, "--csv", tmp_path / "b")
    crate = (tmp_path / "a" / "ro-crate-metadata.json").read_text()
    graph = {entity["@id"]: entity for entity in json.loads(crate)["@graph"]}

    assert crate == (tmp_path / "b" / "ro-crate-metadata.json").read_text()
    assert graph["ro-crate-metadata.json"]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    assert graph["#closed_month"]["unitText"] == "months"
    scalars = (tmp_path / "a" / "scalars.csv").read_bytes()
    assert graph["scalars.csv"]["sha256"] == sha256(scalars).hexdigest()
    referred = {one["@id"] for key in ("hasPart", "mentions", "variableMeasured") for one in graph["./"][key]}
    assert referred == graph.keys() - {"./", "ro-crate-metadata.json", "#smbsim"}
    assert f"numpy {np.__version__}" in next(one["description"] for name, one in graph.items() if "computation" in name)


def test_an_empty_store_gives_empty_tables(store: Store, place: Path, tmp_path: Path) -> None:
    assert smbsim("export", place, "--csv", tmp_path / "a", "--parquet", tmp_path / "a").exit_code == 0
    assert pd.read_csv(tmp_path / "a" / "series.csv").empty
    assert pd.read_parquet(tmp_path / "a" / "scalars.parquet").columns[-1] == "value"


def test_a_healthy_computer_is_called_well(tmp_path: Path) -> None:
    ended = smbsim("doctor", "--store", tmp_path / "sub" / "results.sqlite", "--json")

    checks = {check["what"]: check for check in json.loads(ended.stdout)["checks"]}
    assert ended.exit_code == 0, ended.stdout
    assert checks["numpy"]["found"] == np.__version__
    assert "can be made" in checks["results store"]["found"]
    assert list(tmp_path.iterdir()) == []


def test_what_is_missing_is_named_and_ends_with_1(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examining, "NEEDED", ("numpy", "no_such_package"))

    ended = smbsim("doctor", "--store", kept)

    assert ended.exit_code == 1
    assert "NO  no_such_package" in ended.stdout
    assert f"ok  results store    {kept} holds 2 runs" in ended.stdout
    assert ended.stdout.endswith("1 to put right\n")


def test_a_place_where_nothing_can_be_kept_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    ended = smbsim("doctor", "--store", tmp_path / "file" / "results.sqlite")

    assert ended.exit_code == 1
    assert "NO  results store" in ended.stdout
