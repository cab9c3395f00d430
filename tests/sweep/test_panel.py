"""What every firm did, where a design asks for it: the model's own numbers, the same however they were computed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from sim import Study
from sim.cli import app
from sim.design import Design, load_design
from sim.errors import InputError
from sim.execute import EVERYTHING, Tally, execute
from sim.observe.panel import PANEL, Panel
from sim.recompute import chosen, differences
from sim.run import Job, prepare, simulate
from sim.schedule import step
from sim.store import Log, Store
from tests.sweep.conftest import Write

ONE = '[[factor]]\nname = "looking"\nvary = "strategy.assessment_months"\nlevels = [0, 2]\n'
ASKED = '[log]\nscalars = ["owner_value_usd"]\npanel = ["cash_usd", "orders_served"]\n'
COLUMNS = ("birth", "cash_usd", "orders_served")


@pytest.fixture
def design(written: Write) -> Design:
    return load_design(written(factors=ONE, log=ASKED, replicates=2))


@pytest.fixture
def swept(design: Design, tmp_path: Path) -> Path:
    """A store with the whole design, computed in one go."""
    place = tmp_path / "whole.sqlite"
    with Store.open(place) as store:
        execute(design.runs(0, 2), store, log=design.log)
    return place


def followed(job: Job) -> dict[str, np.ndarray]:
    """What the firms table of a world lived alone says, month by month, (months, slots)."""
    world, seen = prepare([job]), []
    for _ in range(job.months):
        step(world)
        firms = world.firms
        amounts = np.array([firms.birth, firms.cash_cents / 100.0, firms.orders_served])
        seen.append(np.where(firms.open, amounts, np.nan))
    return dict(zip(COLUMNS, np.stack(seen, axis=1), strict=True))


def test_the_panel_is_what_the_model_says_of_every_firm(design: Design, swept: Path) -> None:
    row, job = design.runs(0, 2)[-1]
    by_hand = followed(replace(job, panel=frozenset()))
    with Store.open(swept) as store:
        kept = store.panel([row.id], COLUMNS)[row.id]

    assert kept.keys() == set(COLUMNS)
    for name in COLUMNS:
        came = by_hand[name].shape[1]  # without a panel there are no slots but those of firms that come
        np.testing.assert_array_equal(kept[name][:, :came], by_hand[name])
        assert np.isnan(kept[name][:, came:]).all()
    assert kept["cash_usd"].shape == (6, 12), "five small firms, a large one, and six slots for entrants"
    assert np.isnan(kept["cash_usd"]).any()
    assert not np.isnan(kept["cash_usd"][0, :6]).any()


def test_a_slot_that_closes_and_is_used_again_shows_a_gap_and_another_birth(design: Design) -> None:
    world, panel = prepare([design.runs(0, 1)[0][1]]), Panel(["quits"])
    for open_, birth in ((True, 2), (False, 2), (True, 99)):
        world.firms.open[2], world.firms.birth[2] = open_, birth
        panel.write(world)
    seen = panel.of(0)

    np.testing.assert_array_equal(seen["birth"][:, 2], [2.0, np.nan, 99.0])
    np.testing.assert_array_equal(np.isnan(seen["quits"][:, 2]), [False, True, False])


def test_a_panel_changes_no_result_and_does_not_depend_on_the_batch(design: Design) -> None:
    jobs = [job for _, job in design.runs(0, 2)]
    together = simulate(jobs[::-1])[::-1]

    for job, beside in zip(jobs, together, strict=True):
        alone, without = simulate([job])[0], simulate([replace(job, panel=frozenset())])[0]
        assert {name: values.tobytes() for name, values in alone.panel.items()} == {
            name: values.tobytes() for name, values in beside.panel.items()}
        assert without.panel == {}
        assert {name: values.tobytes() for name, values in without.series.items()} == {
            name: values.tobytes() for name, values in alone.series.items()}


def test_every_column_that_may_be_asked_for_is_one_number_per_firm(design: Design) -> None:
    _, job = design.runs(0, 1)[0]
    panel = simulate([replace(job, panel=frozenset(PANEL))])[0].panel

    assert panel.keys() == PANEL.keys()
    assert {values.shape for values in panel.values()} == {(6, 12)}
    assert not any(metric.unit.startswith("cents") for metric in PANEL.values())


def test_a_resumed_and_a_merged_sweep_hold_the_same(design: Design, swept: Path, tmp_path: Path) -> None:
    runs = design.runs(0, 2)
    with Store.open(swept) as whole, Store.open(tmp_path / "a.sqlite") as first, Store.open(
            tmp_path / "b.sqlite") as second:
        execute(runs[:5], first, log=design.log)
        execute(runs[3:], second, log=design.log)
        first.merge(second)
        assert first.digest() == whole.digest()
        assert first.findings() == []
        assert second.missing([row.id for row, _ in runs], design.log) != set()
        execute(runs, second, log=design.log)
        assert second.digest() == whole.digest()


def test_who_does_not_ask_stores_nothing_and_who_asks_later_computes_what_lacks(
    written: Write, tmp_path: Path
) -> None:
    plain = load_design(written(factors=ONE, name="plain", replicates=1))
    asking = load_design(written(factors=ONE, name="plain", replicates=1, log=ASKED))
    with Store.open(tmp_path / "s.sqlite") as store:
        runs = plain.runs(0, 1)
        ids = [row.id for row, _ in runs]
        execute(runs, store, log=plain.log)
        assert store.stored_panel(ids) == []
        assert not store.metrics()["name"].str.startswith("firm.").any()
        assert execute(asking.runs(0, 1), store, log=asking.log) == Tally(len(runs), 0, 0)
        assert execute(asking.runs(0, 1), store, log=asking.log) == Tally(0, len(runs), 0)
        assert {one.metric for one in store.stored_panel(ids)} == set(COLUMNS)
        assert store.missing(ids, replace(asking.log, panel=frozenset({"birth", "quits"}))) == set(ids)


def test_series_are_read_and_written_beside_a_panel_as_without_one(design: Design, swept: Path) -> None:
    runs = design.runs(0, 2)
    with Store.open(swept) as store:
        assert all(not result.series and not result.panel for result in store.results([r.id for r, _ in runs]).values())
        execute(runs, store, log=EVERYTHING)
        result = next(iter(store.results([runs[0][0].id]).values()))
        assert result.series.keys() == EVERYTHING.series
        assert store.panel([runs[0][0].id], ["cash_usd"])[runs[0][0].id]["cash_usd"].shape == (6, 12)


def test_a_coarse_panel_keeps_the_last_of_every_so_many_months(written: Write, tmp_path: Path) -> None:
    coarse = load_design(written(factors=ONE, replicates=1, log=ASKED + "every_months = 3\n"))
    row, job = coarse.runs(0, 1)[0]
    with Store.open(tmp_path / "s.sqlite") as store:
        execute([(row, job)], store, log=coarse.log)
        kept = store.panel([row.id], COLUMNS, every_months=3)[row.id]
        assert store.panel([row.id], COLUMNS) == {}, "it is not in the store month by month"

    np.testing.assert_array_equal(kept["cash_usd"], followed(job)["cash_usd"][[2, 5]])


def test_recomputing_finds_a_panel_that_was_changed(design: Design, swept: Path) -> None:
    with Store.open(swept) as store:
        assert [told for _, told in differences(store, chosen(store, 20))] == [[]]
        with store._engine.begin() as connection:
            connection.exec_driver_sql(
                "UPDATE series SET content = zeroblob(length(content)) WHERE metric = 'firm.cash_usd'")
        assert store.findings() == []
        said = [sentence for _, told in differences(store, chosen(store, 20)) for sentence in told]
        assert len(said) == store.counts()["done"]
        assert "the series cash_usd differs when it is computed again" in said[0]


def test_a_panel_that_lost_a_firm_in_a_month_is_found(swept: Path) -> None:
    with Store.open(swept) as store:
        with store._engine.begin() as connection:
            connection.exec_driver_sql(
                "UPDATE series SET content = substr(content, 9) WHERE metric = 'firm.cash_usd'")
        assert all("The series firm.cash_usd of run" in sentence for sentence in store.findings())
        assert len(store.findings()) == store.counts()["done"]


@pytest.mark.parametrize(("option", "reader"), [("csv", pd.read_csv), ("parquet", pd.read_parquet)])
def test_the_exported_panel_has_a_row_per_firm_in_business(
    design: Design, swept: Path, tmp_path: Path, option: str, reader: object
) -> None:
    ended = CliRunner().invoke(app, ["export", str(swept), f"--{option}", str(tmp_path / "out")])
    assert ended.exit_code == 0, ended.output
    table = reader(tmp_path / "out" / f"panel.{option}")  # type: ignore[operator]
    row, job = design.runs(0, 2)[3]
    by_hand = followed(job)
    mine = table[(table["run"] == row.id) & (table["scenario"] == row.scenario)]

    assert list(table) == ["study", "scenario", "arm", "assignment", "replicate", "run", "month", "firm", *COLUMNS]
    assert len(mine) == (~np.isnan(by_hand["birth"])).sum()
    for name in COLUMNS:
        np.testing.assert_array_equal(mine[name], by_hand[name][mine["month"], mine["firm"]])
    assert set(mine["arm"]) == {row.arm}


def test_columns_kept_in_different_steps_stand_side_by_side(design: Design, swept: Path, tmp_path: Path) -> None:
    runs = design.runs(0, 2)
    log = Log(frozenset({"owner_value_usd"}), frozenset(), 3, frozenset({"birth", "quits"}))
    with Store.open(swept) as store:
        execute([(row, replace(job, panel=log.panel)) for row, job in runs], store, log=log)
    CliRunner().invoke(app, ["export", str(swept), "--csv", str(tmp_path / "out")])
    table = pd.read_csv(tmp_path / "out" / "panel.csv")

    assert set(table.loc[table["quits"].notna(), "month"]) == {2, 5}
    assert set(table["month"]) == set(range(6))
    assert not table[["birth", "cash_usd"]].isna().any(axis=None)


def test_a_notebook_gets_a_tidy_frame(design: Design, written: Write, tmp_path: Path) -> None:
    file = written(factors=ONE, log=ASKED, replicates=2)
    results = Study.from_file(file).run(store=str(tmp_path / "n.sqlite"))
    rows = results.panel("cash_usd", ["quote"])
    by_hand = followed(next(job for _, job in design.runs(1, 2) if job.arm.name == "quote"))["cash_usd"]
    one = rows[(rows["replicate"] == 1) & (rows["looking"] == rows["looking"].iloc[0])]

    assert list(rows) == ["scenario", "assignment", "looking", "arm", "replicate", "month", "firm", "birth", "value"]
    np.testing.assert_array_equal(one["value"], by_hand[one["month"], one["firm"]])
    with pytest.raises(InputError, match="kept no quits of every firm, but cash_usd, orders_served"):
        results.panel("quits")


def test_a_wrong_name_is_answered_with_the_nearest(written: Write) -> None:
    with pytest.raises(InputError) as refused:
        load_design(written(log='[log]\npanel = ["cash_usd", "orders_servd"]'))

    assert "no number of a firm of this name (did you mean 'orders_served'?)" in str(refused.value)
    assert "^" in str(refused.value)
