"""Whatever ends a sweep, the store keeps every acknowledged run, none in part, and resumes to the same content."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from sim import run
from sim.errors import InputError
from sim.store import Store
from sim.store import store as stores
from sim.store.engine import connect
from tests.store.breaking import Breaking
from tests.store.sweep import WORLDS, Runs, asked, sweep

ROOT = Path(__file__).parents[2]
KILLS = 20
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked to be killed")


@pytest.fixture(scope="module")
def runs() -> Runs:
    """The runs of the sweep."""
    return asked()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, runs: Runs) -> tuple[str, float]:
    """The content of an uninterrupted sweep, and how many seconds it took."""
    place = tmp_path_factory.mktemp("whole") / "whole.sqlite"
    started = time.monotonic()
    sweep(place, runs)
    taken = time.monotonic() - started
    with Store.open(place, read_only=True) as store:
        return store.digest(), taken


@pytest.fixture
def nursery() -> Iterator[subprocess.Popen[str]]:
    """A process that starts sweeps."""
    command = [sys.executable, "-m", "tests.store.sweep"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def killed(nursery: subprocess.Popen[str], place: Path, after_s: float) -> tuple[int, bool]:
    """Start a sweep and kill it after so long; how many runs were acknowledged, and whether it was over before."""
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    nursery.stdin.write(f"{place}\n")
    nursery.stdin.flush()
    child = int(nursery.stdout.readline())
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    said = list(iter(nursery.stdout.readline, "over\n"))
    acknowledged = [int(line) for line in said]
    return max(acknowledged, default=0), 2 * WORLDS in acknowledged


@pytest.mark.slow
@needs_fork
def test_killed_at_twenty_random_moments_and_resumed_it_equals_an_uninterrupted_sweep(
    tmp_path: Path, nursery: subprocess.Popen[str], runs: Runs, whole: tuple[str, float]
) -> None:
    digest, taken = whole
    luck, place, round_number = random.Random(7), tmp_path / "0.sqlite", 0
    for _ in range(KILLS):
        acknowledged, over = killed(nursery, place, luck.uniform(0.0, taken / 4))
        if not place.exists():
            continue
        with Store.open(place) as store:
            assert store.counts()["done"] >= acknowledged
            assert store.findings() == []
            assert over == (store.digest() == digest)
        if over:
            round_number += 1
            place = tmp_path / f"{round_number}.sqlite"
    sweep(place, runs)

    with Store.open(place) as store:
        assert store.digest() == digest


@pytest.mark.slow
def test_whichever_write_fails_the_store_is_sound_and_resumes_to_the_same_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = asked(worlds=2)
    kept = {id(job): run.simulate([job])[0] for _, job in small}
    monkeypatch.setattr(run, "simulate", lambda jobs: [kept[id(job)] for job in jobs])
    contents, failures, broke = set(), 0, True
    while broke:
        failures += 1
        place = tmp_path / f"{failures}.sqlite"
        broke, acknowledged = refused_once(place, small, failures, monkeypatch)
        with Store.open(place) as store:
            assert store.findings() == []
            assert store.counts()["done"] >= acknowledged
        sweep(place, small)
        with Store.open(place, read_only=True) as store:
            contents.add(store.digest())

    assert len(contents) == 1
    assert failures > 30, "every write of the migrations, the registration and two batches was refused once"


def refused_once(place: Path, runs: Runs, number: int, monkeypatch: pytest.MonkeyPatch) -> tuple[bool, int]:
    """Run the sweep on a disk that refuses the n-th write; whether it did, and how many runs were acknowledged."""
    heard = [0]
    disk = Breaking(number)
    with monkeypatch.context() as patch:
        patch.setattr(stores, "connect", lambda *place: disk.under(connect(*place)))
        with suppress(InputError, sqlite3.OperationalError):
            sweep(place, runs, heard=heard.append)
    return disk.left <= 0, heard[-1]
