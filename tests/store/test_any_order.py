"""Whatever is done to stores in whatever order, they hold what was acknowledged, and nothing else."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from sim.errors import InputError
from sim.store import Store
from tests.store.breaking import Breaking
from tests.store.samples import METRICS, asked, result

RUNS = [asked(number, arm) for arm in ("none", "aligned") for number in range(3)]
VALUES = {run.id: float(number) for number, run in enumerate(RUNS)}
some_runs = st.lists(st.sampled_from(RUNS), max_size=4)
one_of_two = st.sampled_from((0, 1))


class Stores(RuleBasedStateMachine):
    """Two stores, and beside each what it should hold: run -> status."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.expected: list[dict[str, str]] = [{}, {}]
        self.stores: list[Store] = []

    @initialize()
    def make(self) -> None:
        """Two empty stores."""
        for number in (0, 1):
            self.stores.append(Store.open(self.folder / f"{number}.sqlite"))
            self.stores[number].describe_metrics(METRICS)

    @rule(number=one_of_two, runs=some_runs)
    def register(self, number: int, runs: list[Any]) -> None:
        """A run is new once."""
        new = {run.id for run in runs} - self.expected[number].keys()
        assert self.stores[number].register(runs) == len(new)
        self.expected[number] |= dict.fromkeys(new, "registered")

    @rule(number=one_of_two, runs=some_runs)
    def write(self, number: int, runs: list[Any]) -> None:
        """Results of registered runs make them done, once."""
        known = [run.id for run in runs if run.id in self.expected[number]]
        fresh = {run for run in known if self.expected[number][run] != "done"}
        assert self.stores[number].write([result(run, VALUES[run]) for run in known]) == len(fresh)
        self.expected[number] |= dict.fromkeys(fresh, "done")

    @rule(number=one_of_two, run=st.sampled_from(RUNS))
    def fail(self, number: int, run: Any) -> None:
        """A failure is kept of a registered run that is not done."""
        try:
            self.stores[number].fail(run.id, "month 2", ValueError("negative stock"))
        except LookupError:
            assert run.id not in self.expected[number]
        else:
            if self.expected[number][run.id] != "done":
                self.expected[number][run.id] = "failed"

    @rule(number=one_of_two, runs=some_runs, at=st.integers(1, 8))
    def fail_to_write(self, number: int, runs: list[Any], at: int) -> None:
        """A disk that refuses the n-th write leaves the store as it was."""
        known = [run.id for run in runs if run.id in self.expected[number]]
        disk = Breaking(at)
        with disk.broken(self.stores[number]._engine), suppress(InputError, sqlite3.OperationalError):
            self.stores[number].write([result(run, VALUES[run]) for run in known])
        if disk.left > 0:
            self.expected[number] |= dict.fromkeys(known, "done")

    @rule(into=one_of_two)
    def merge(self, into: int) -> None:
        """The better of two fates stands."""
        there = self.expected[1 - into]
        self.stores[into].merge(self.stores[1 - into])
        better = ("registered", "failed", "done")
        for run, status in there.items():
            self.expected[into][run] = max(status, self.expected[into].get(run, "registered"), key=better.index)

    @rule(number=one_of_two)
    def reopen(self, number: int) -> None:
        """Nothing is forgotten by closing."""
        self.stores[number].close()
        self.stores[number] = Store.open(self.folder / f"{number}.sqlite", create=False)

    @invariant()
    def each_holds_what_it_should(self) -> None:
        """Status, results and soundness are as expected."""
        for store, expected in zip(self.stores, self.expected, strict=True):
            done = {run for run, status in expected.items() if status == "done"}
            assert dict(zip(store.runs()["run"], store.runs()["status"], strict=True)) == expected
            assert store.missing(expected.keys()) == expected.keys() - done
            assert {run: kept.scalars["owner_value_usd"] for run, kept in store.results(VALUES).items()} == {
                run: VALUES[run] for run in done
            }
            assert store.findings() == []

    def teardown(self) -> None:
        """Leave nothing behind."""
        for store in self.stores:
            store.close()
        shutil.rmtree(self.folder)


TestAnyOrder = pytest.mark.slow(Stores.TestCase)
TestAnyOrder.settings = settings(max_examples=10, stateful_step_count=15, deadline=None)
