"""What a dry run says comes true, and what `status` says is so, while the store is being written."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim import run as running
from sim.design import load_design
from sim.errors import InputError
from sim.execute import execute
from sim.store import Store
from sim.verbs.estimate import estimate
from sim.verbs.status import status
from sim.verbs.sweep import SweepRequest, sweep
from tests.sweep.conftest import Write

REPOSITORY = Path(__file__).parents[2]


def test_a_dry_run_is_right_within_a_factor_of_two(
    written: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "MOST_WORLDS_BATCH", 32)
    design = load_design(written(replicates=40, months=12, log='[log]\nseries = ["all"]'))
    runs = design.runs(0, 40)
    told = estimate(runs, {row.id for row, _ in runs}, design.log, 1)

    start = time.process_time()
    with Store.open(tmp_path / "real.sqlite") as store:
        execute(runs, store, log=design.log)
    minutes = (time.process_time() - start) / 60
    mb = (tmp_path / "real.sqlite").stat().st_size / 1e6

    assert (told.runs, told.distinct, told.stored) == (480, 320, 0)
    assert 0.5 < told.processor_minutes / minutes < 2
    assert 0.5 < told.mb / mb < 2


def test_a_dry_run_computes_nothing_and_counts_what_is_there(
    written: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = written()

    fresh = sweep(SweepRequest(file, dry_run=True))
    assert "36 runs, 24 of them different\nabout" in fresh
    assert not Path("results").exists()
    sweep(SweepRequest(file, workers=1))
    assert "nothing is left to compute" in sweep(SweepRequest(file, dry_run=True))
    assert "24 are in the store already" in sweep(SweepRequest(file, dry_run=True, expand=2))


def test_status_reads_a_store_while_it_is_written(
    written: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "MOST_WORLDS_BATCH", 6)
    design = load_design(written())
    place = str(tmp_path / "live.sqlite")
    seen: list[dict[str, float]] = []

    def look(done: int, total: int) -> None:
        (study,) = json.loads(status(place, True))[place]
        seen.append(study)

    with Store.open(place) as store:
        execute(design.runs(0, 3), store, progress=look, log=design.log)

    assert [(one["registered"], one["done"]) for one in seen] == [(24, 0), (18, 6), (12, 12), (6, 18), (0, 24)]
    assert [one["minutes_left"] for one in seen[:2]] == [None, None]
    assert all(one["runs_minute"] > 0 for one in seen[2:])
    assert seen[2]["minutes_left"] == pytest.approx(12 / seen[2]["runs_minute"])
    assert f"{design.study}: 24 of 24 runs done, 0 failed" in status(place, False)


def test_status_without_a_store_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(InputError, match="smbsim status STORE"):
        status(None, False)


@pytest.mark.slow
def test_ctrl_c_prints_the_command_that_resumes(written: Write, tmp_path: Path) -> None:
    file = written(replicates=600, months=12)
    command = [sys.executable, "-m", "sim.cli", "sweep", file, "--workers", "2", "--store", "live.sqlite"]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True,
                          start_new_session=True) as process:
        assert process.stderr is not None
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and "1" not in done(tmp_path / "live.sqlite"):
            time.sleep(0.2)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to every process of the group
        said = process.stderr.read()

    assert process.returncode == 130
    assert "finishing what is running" in said
    assert f"go on with\n  smbsim sweep {file} --workers 2 --store live.sqlite" in said
    assert "Traceback" not in said
    with Store.open(tmp_path / "live.sqlite") as store:
        counts = store.counts()
        assert store.findings() == []
    assert counts["done"] > 0
    assert counts["registered"] > 0
    assert counts["failed"] == 0


def done(place: Path) -> str:
    """A text with a 1 in it once a run is done."""
    if not place.is_file():
        return ""
    try:
        found = json.loads(status(str(place), True))[str(place)]
    except InputError:  # the store is just being made
        return ""
    return "1" if found and found[0]["done"] else ""
