"""A sweep computes what is missing and nothing else, whatever interrupts it, and says what its points came to."""

from __future__ import annotations

import json
import re
import signal
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from sim import run as running
from sim.cli import app
from sim.design import load_design
from sim.errors import InputError
from sim.execute import EVERYTHING, Interrupted, Tally, execute
from sim.run import simulate
from sim.store import Store
from sim.verbs.merge import merge
from sim.verbs.sweep import SweepRequest, sweep
from tests.sweep.conftest import Write

COUNTED = re.compile(r"runs: (\d+) computed, (\d+) found in the store, (\d+) failed")


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def tally(said: str) -> tuple[int, ...]:
    found = COUNTED.search(said)
    assert found is not None, said
    return tuple(int(number) for number in found.groups())


def digest(place: str) -> str:
    with Store.open(place) as store:
        return store.digest()


def swept(file: str, **options: object) -> str:
    return sweep(SweepRequest(file, workers=1, **options))  # type: ignore[arg-type]


def test_the_same_command_again_computes_nothing_and_says_so(written: Write) -> None:
    file = written()

    assert tally(swept(file)) == (36, 0, 0)
    before = digest("results/small.sqlite")
    assert tally(swept(file)) == (0, 36, 0)
    assert digest("results/small.sqlite") == before


def test_expanding_adds_futures_and_keeps_the_earlier_ones(written: Write) -> None:
    file = written(replicates=2)
    swept(file)

    assert tally(swept(file, expand=1)) == (12, 24, 0)
    assert tally(swept(file, expand=1)) == (0, 36, 0)
    swept(written(replicates=3, name="other"), store="whole.sqlite")
    expanded, whole = (read_scalars(place) for place in ("results/small.sqlite", "whole.sqlite"))
    assert expanded.equals(whole)


def read_scalars(place: str) -> pd.DataFrame:
    with Store.open(place) as store:
        return store.scalars().drop(columns="study")


def test_shards_cover_every_run_once_and_merge_to_the_whole(written: Write) -> None:
    file = written()
    swept(file, store="whole.sqlite")

    for number in (1, 2, 3):
        swept(file, shard=(number, 3))
    parts = [f"results/small.shard-{number}-of-3.sqlite" for number in (1, 2, 3)]
    ids = [set(read_scalars(part)["run"]) for part in parts]
    merge("merged.sqlite", parts, False)

    assert all(ids)
    assert sum(map(len, ids)) == len(set().union(*ids)) == 24
    assert digest("merged.sqlite") == digest("whole.sqlite")
    assert tally(swept(file, store="merged.sqlite")) == (0, 36, 0)


class Backwards(ThreadPoolExecutor):
    """An executor that begins only when all three batches are asked for, with the last."""

    def __init__(self) -> None:
        super().__init__(2)
        self.held: list[tuple[Future[object], object, tuple[object, ...]]] = []

    def submit(self, work: object, /, *arguments: object, **named: object) -> Future[object]:  # type: ignore[override]
        """Hold the work until three are held."""
        future: Future[object] = Future()
        self.held.append((future, work, arguments))
        if len(self.held) == 3:
            for held, one, given in reversed(self.held):
                held.set_running_or_notify_cancel()
                held.set_result(one(*given))  # type: ignore[operator]
        return future


def test_any_executor_gives_the_content_of_the_plain_loop(written: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    design = load_design(written())
    monkeypatch.setattr(running, "MOST_WORLDS_BATCH", 10)
    found = []
    for executor in (None, Backwards(), ThreadPoolExecutor(2)):
        with Store.open(":memory:") as store:
            assert execute(design.runs(0, 3), store, executor, log=design.log) == Tally(36, 0, 0)
            found.append(store.digest())

    assert len(set(found)) == 1


def test_ctrl_c_stores_what_was_under_way_and_the_rest_follows(
    written: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    design = load_design(written())
    runs = design.runs(0, 3)
    monkeypatch.setattr(running, "MOST_WORLDS_BATCH", 5)
    said: list[tuple[int, int]] = []
    before = signal.getsignal(signal.SIGINT)

    def stop_after_two(done: int, total: int) -> None:
        said.append((done, total))
        if len(said) == 3:
            signal.raise_signal(signal.SIGINT)

    with Store.open("whole.sqlite") as whole, Store.open("stopped.sqlite") as store:
        execute(runs, whole, log=design.log)
        with pytest.raises(Interrupted) as stopped:
            execute(runs, store, progress=stop_after_two, log=design.log)
        left = store.counts()
        rest = execute(runs, store, log=design.log)

        done = said[-1][0]
        assert len(said) == 3
        assert said[0] == (0, 24)
        assert 0 < said[1][0] < done < 24
        assert stopped.value.left == 24 - done
        assert left == {"registered": 24 - done, "done": done, "failed": 0}
        assert rest.computed + rest.reused == 36
        assert rest.reused == stopped.value.tally.computed
        assert store.digest() == whole.digest()
    assert signal.getsignal(signal.SIGINT) is before


def test_effects_are_paired_differences_at_every_point(written: Write) -> None:
    file = written()
    told = json.loads(swept(file, as_json=True))
    design = load_design(file)
    by_hand = {
        (row.scenario, row.arm, row.replicate): simulate([job])[0].scalars["owner_value_usd"]
        for row, job in design.runs(0, 3)
    }

    rows = [row for row in told["effects"] if row["metric"] == "owner_value_usd"]
    assert len(rows) == 4 * 2
    assert [(row["looking"], row["ovens"], row["arm"]) for row in rows[:3]] == [
        (0, 0.7, "quote"), (0, 0.7, "aligned"), (0, 0.98, "quote")]
    for row in rows:
        place = f"street · looking={row['looking']} · ovens={row['ovens']}"
        gaps = [by_hand[place, row["arm"], r] - by_hand[place, "none", r] for r in range(3)]
        assert row["mean"] == pytest.approx(np.mean(gaps), abs=1e-6)
        assert row["worlds"] == 3
    assert told["runs"] == {"computed": 36, "reused": 0, "failed": 0}


def test_the_csv_file_holds_every_point_arm_and_metric(written: Write) -> None:
    said = swept(written(log='[log]\nscalars = ["quits", "owner_value_usd"]'), out="there")
    table = pd.read_csv("there/effects.csv")

    assert "effects: there/effects.csv" in said
    assert len(table) == 4 * 2 * 2
    columns = ["scenario", "looking", "ovens", "assignment", "arm", "reference", "metric", "unit", "reference_mean"]
    assert list(table)[: len(columns)] == columns


def test_a_world_that_breaks_is_a_row_and_its_replicate_is_left_out(
    written: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_the_second(jobs: list[running.Job]) -> object:
        if any(job.replicate == 1 and job.arm.name == "quote" for job in jobs):
            raise RuntimeError("no slot left")
        return simulate(jobs)

    monkeypatch.setattr(running, "simulate", break_the_second)
    told = json.loads(swept(written(), as_json=True))

    assert told["runs"] == {"computed": 32, "reused": 0, "failed": 4}
    assert {row["worlds"] for row in told["effects"] if row["metric"] == "owner_value_usd"} == {2}
    with Store.open("results/small.sqlite") as store:
        broken = store.runs().query("status == 'failed'")
        assert set(broken["replicate"]) == {1}
        assert broken["traceback"].str.contains("no slot left").all()


def test_only_what_the_file_asks_for_is_kept_and_a_later_question_adds_the_rest(written: Write) -> None:
    log = '[log]\nscalars = ["owner_value_usd"]\nseries = ["cash_usd"]\nevery_months = 3'
    file = written(log=log)
    swept(file)
    runs = load_design(file).runs(0, 3)
    ids = {row.id for row, _ in runs}

    with Store.open("results/small.sqlite") as store:
        kept = store.results(ids, every_months=3).values()
        assert {tuple(result.scalars) for result in kept} == {("owner_value_usd",)}
        assert {name: len(values) for result in kept for name, values in result.series.items()} == {"cash_usd": 2}
        assert not any(result.events for result in kept)
        assert execute(runs, store, log=EVERYTHING) == Tally(36, 0, 0)
        full = store.results(ids)
        assert all(len(full[run].series) > 20 and len(full[run].series["cash_usd"]) == 6 for run in ids)
        assert any(result.events for result in full.values())


def test_a_precision_is_reached_at_a_planned_look_that_is_stored(written: Write) -> None:
    file = written(replicates=10)

    early = swept(file, precision="owner_value_usd:1e9", store="early.sqlite")
    late = swept(file, precision="owner_value_usd:1e-9", store="late.sqlite")

    assert "futures: 2 of at most 10\nowner_value_usd: known to ± " in early
    assert "futures: 10 of at most 10" in late
    with Store.open("early.sqlite") as first, Store.open("late.sqlite") as last:
        (study,) = set(first.runs()["study"])
        assert {(look.worlds, look.decision) for look in first.looks(study)} == {(2, "stop")}
        assert {(look.worlds, look.decision) for look in last.looks(study)} == {
            (worlds, "continue") for worlds in (2, 4, 6, 8, 10)}
        levels = {look.worlds: look.level for look in last.looks(study)}
        assert levels[2] < levels[4] < levels[10] < 0.05
        assert len(first.looks(study)) == 4 * 2


def test_looking_at_other_moments_than_planned_is_refused(written: Write) -> None:
    file = written(replicates=10)
    swept(file, precision="owner_value_usd:1e9")

    with pytest.raises(InputError, match="not in the plan for 13"):
        swept(file, precision="owner_value_usd:1e9", expand=3)


@pytest.mark.parametrize(("said", "answer"), [
    ("owner_value:3", "no measure kept by this design is called owner_value (did you mean 'owner_value_usd'?)"),
    ("owner_value_usd:-1", "write METRIC:HALFWIDTH"), ("owner_value_usd", "write METRIC:HALFWIDTH"),
])
def test_a_precision_that_says_nothing_is_refused(written: Write, said: str, answer: str) -> None:
    with pytest.raises(InputError) as refused:
        swept(written(), precision=said)

    assert answer in str(refused.value)


@pytest.mark.parametrize(("options", "answer"), [
    (["--shard", "5/4"], "write 1/4 for the first of four parts"),
    (["--expand", "some"], "write +20 for twenty more futures"),
    (["--shard", "1/2", "--precision", "quits:1"], "cannot be asked of one --shard"),
])
def test_options_that_make_no_sense_are_refused_with_a_sentence(
    written: Write, options: list[str], answer: str
) -> None:
    outcome = CliRunner().invoke(app, ["sweep", written(), *options])

    assert outcome.exit_code == 2
    assert answer in outcome.output


def test_a_scenario_that_changed_its_numbers_is_refused_by_name(written: Write, street: str, tmp_path: Path) -> None:
    scenario = Path(street).read_text(encoding="utf-8")
    own = tmp_path / "street.toml"
    own.write_text(scenario, encoding="utf-8")
    file = written(replicates=1)
    elsewhere = Path(file).read_text(encoding="utf-8").replace(repr(street), repr(str(own)))
    Path(file).write_text(elsewhere, encoding="utf-8")
    swept(file)
    own.write_text(scenario.replace("customers = 120", "customers = 130"), encoding="utf-8")

    with pytest.raises(InputError, match=r"setup\.customers 120\.0, now 130\.0"):
        swept(file)


def test_further_levels_join_a_study_and_only_they_are_computed(written: Write) -> None:
    file = written(replicates=1)
    swept(file)
    wider = Path(file).read_text(encoding="utf-8").replace("levels = [0, 2]", "levels = [0, 2, 4]")
    Path(file).write_text(wider, encoding="utf-8")

    computed, reused, failed = tally(swept(file))

    assert (computed, reused, failed) == (2, 16, 0)  # aligned at two points; the other arms do not look
