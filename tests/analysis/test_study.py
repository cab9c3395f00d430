"""Three lines in a notebook: the same numbers as the command, tidy and paired."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

import sim
from sim.analysis.shapley import IN_ALL
from sim.cli import app
from sim.errors import InputError
from sim.study import SWITCHES, Study

MONTHS, WORLDS = 8, 6
DESIGN = """
title = "Two practices"
question = "Does looking pay where ovens are full?"
scenarios = ["bakery_ordering"]
months = 8
replicates = 4
arms = ["none", "aligned"]
[design]
kind = "full_factorial"
[[factor]]
name = "price_of_looking"
vary = "choosing.assessment_usd_month"
levels = [0, 1600]
[[factor]]
name = "full"
vary = "throughput.equipment_utilisation"
levels = [0.75, 0.98]
[log]
series = ["cash_usd"]
every_months = 4
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return str(tmp_path_factory.mktemp("study") / "runs.sqlite")


@pytest.fixture(scope="module")
def results(store):
    return Study.from_file("bakery_ordering", "none,own_sake,aligned", months=MONTHS).run(WORLDS, store)


@pytest.fixture(scope="module")
def design(tmp_path_factory):
    path = tmp_path_factory.mktemp("design") / "practices.toml"
    path.write_text(DESIGN)
    return str(path)


@pytest.fixture(scope="module")
def swept(design, store):
    return Study.from_file(design).run(store=store)


def test_importing_the_package_loads_nothing_heavy():
    code = "import sys, sim; print([m for m in ('numpy', 'pandas', 'scipy', 'mesa', 'matplotlib') if m in sys.modules])"
    root = Path(sim.__file__).parents[1]
    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root)
    assert seen.stdout.strip() == "[]"


def test_a_frame_is_tidy_and_paired(results):
    tidy = results.frame("owner_value_usd", arms=["own_sake", "aligned"])
    assert len(tidy) == 2 * WORLDS
    assert (tidy["difference"] == tidy["value"] - tidy["reference"]).all()
    assert tidy.groupby("replicate")["reference"].nunique().eq(1).all()
    assert not results.frame("owner_value_usd", ["none"])["difference"].any()


def test_the_table_holds_the_means_of_the_frame_and_prints_what_pairing_was_worth(results):
    table = results.compare(["owner_value_usd"])
    tidy = results.frame("owner_value_usd", ["aligned"])
    row = table.frame.set_index("arm").loc["aligned"]
    assert row["mean"] == pytest.approx(tidy["difference"].mean())
    assert row["pairing_gain"] > 1
    assert "Shared luck" in str(table)
    assert f"{row['pairing_gain']:.3g}" in str(table)


def test_a_notebook_sees_a_table_that_escapes_and_scrolls(results):
    page = results._repr_html_()
    assert page.startswith('<div style="overflow-x:auto"><table')
    assert page.count("<tr") == 2 + len(results.compare().frame)
    assert "<script" not in page


def test_study_and_command_give_the_same_numbers_out_of_the_same_store(results, store):
    asked = ["compare", "bakery_ordering", "--arms", "none,own_sake,aligned", "--months", str(MONTHS), "--worlds",
             str(WORLDS), "--store", store, "--json", "--workers", "1"]  # fmt: skip
    outcome = CliRunner().invoke(app, asked)
    told = {(pair["a"], pair["b"]): pair["metrics"]["owner_value_usd"] for pair in json.loads(outcome.stdout)["pairs"]}
    ours = results.compare(["owner_value_usd"]).frame.set_index("arm")
    for arm in ("own_sake", "aligned"):
        theirs = told[arm, "none"]
        assert theirs["mean"] == pytest.approx(ours.loc[arm, "mean"])
        interval = [ours.loc[arm, "mean_low"], ours.loc[arm, "mean_high"]]
        assert theirs["interval"] == pytest.approx(interval, abs=0.1 * (interval[1] - interval[0]))


def test_unknown_names_come_with_the_nearest(results):
    with pytest.raises(InputError, match="did you mean 'owner_value_usd'"):
        results.frame("owner_value")
    with pytest.raises(InputError, match="did you mean 'aligned'"):
        results.frame("quits", ["alined"])
    with pytest.raises(InputError, match="no scenario of this name"):
        Study.from_file("bakery")


def test_a_design_runs_the_same_way_and_its_frame_has_its_factors(swept):
    tidy = swept.frame("owner_value_usd")
    assert swept.factors == ("price_of_looking", "full")
    assert len(tidy) == 4 * 2 * 4
    assert set(tidy["full"]) == {0.75, 0.98}
    assert len(swept.compare(["quits"]).frame) == 4


def test_the_luck_of_a_design_is_shared_by_all_its_points(swept):
    """Where nothing is bought, the price of looking changes nothing at all."""
    tidy = swept.frame("owner_value_usd", ["none"])
    wide = tidy.pivot(index=["full", "replicate"], columns="price_of_looking", values="value").to_numpy()
    assert (wide[:, 0] == wide[:, 1]).all()


def test_contrasts_of_a_design_are_means_over_its_points(swept):
    found = swept.contrasts("owner_value_usd", "aligned")
    tidy = swept.frame("owner_value_usd", ["aligned"])
    means = tidy.groupby("full")["difference"].mean()
    assert found.loc["full", "effect"] == pytest.approx(means[0.98] - means[0.75])
    assert set(found.index) == {"price_of_looking", "full", "price_of_looking × full"}


def test_the_high_level_of_a_dial_is_its_last_position_in_the_file_whatever_it_is_called(tmp_path, store, swept):
    path = tmp_path / "practices.toml"
    vary = 'vary = "throughput.equipment_utilisation"\nlevels = [0.75, 0.98]'
    full = {"b": 0.75, "a": 0.98}
    dial = "\n".join(f'dial.{name} = {{ "throughput.equipment_utilisation" = {at} }}' for name, at in full.items())
    path.write_text(DESIGN.replace(vary, dial))
    turned = Study.from_file(str(path)).run(store=store)
    effect = swept.contrasts("owner_value_usd", "aligned").loc["full", "effect"]
    assert effect != 0
    assert turned.contrasts("owner_value_usd", "aligned").loc["full", "effect"] == pytest.approx(effect)


def test_a_coarse_series_keeps_its_months(swept):
    assert sorted(set(swept.series("cash_usd")["month"])) == [3, 7]
    with pytest.raises(InputError, match="kept no series of alive"):
        swept.series("alive")


def test_what_a_design_says_cannot_be_said_again(design):
    with pytest.raises(InputError, match="stand in the file"):
        Study.from_file(design, months=3)
    with pytest.raises(InputError, match="not over a design"):
        Study.from_file(design).decompose("aligned", [SWITCHES[0]])


def test_a_split_over_mechanisms_adds_up_to_the_effect(store, results):
    study = Study.from_file("bakery_ordering", months=MONTHS)
    table = study.decompose("aligned", ["waiting.queue_orders", "projects.put_tools_to_work"], WORLDS, store=store)
    effect = results.frame("owner_value_usd", ["aligned"])["difference"].mean()
    assert table.loc[IN_ALL, "mean"] == pytest.approx(effect)
    assert table["mean"].drop(IN_ALL).sum() == pytest.approx(effect)


def test_runs_with_a_mechanism_off_have_names_of_their_own_and_can_be_computed_again(store):
    asked = Study.from_file("bakery_ordering", "none,aligned", months=2).question(2)
    off = replace(asked, switched_off=frozenset({"waiting.queue_orders"}))
    names = [{row.id for row, _ in question.runs()} for question in (asked, off)]
    assert not names[0] & names[1]
    assert all("switched_off" not in row.arm_definition for row, _ in asked.runs())
    outcome = CliRunner().invoke(app, ["verify", store, "--recompute", "1000"])
    assert outcome.exit_code == 0, outcome.output


def test_a_switch_that_touches_nothing_has_no_part(store):
    """In a short run without entry of new firms nothing hangs on the gate being open."""
    study = Study.from_file("bakery_ordering", months=2)
    table = study.decompose("none+fix", ["rivals.take_note"], 3, store=store)
    assert np.allclose(table["mean"], 0.0)


def test_unknown_switches_are_named():
    with pytest.raises(InputError, match=r"did you mean 'waiting\.queue_orders'"):
        Study.from_file("bakery_ordering").decompose("aligned", ["waiting.queue_order"])
