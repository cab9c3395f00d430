"""`smbsim run`: what one future tells, in short, as JSON and in the store."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from sim.errors import InputError
from sim.experiment import Question, answer
from sim.observe.metrics import METRICS, SERIES
from sim.run import Job, simulate
from sim.scenario.arms_list import parse_arms
from sim.scenario.resolve import load
from sim.store import Store
from sim.verbs import run as verb
from sim.verbs.run import RunRequest, run

pytestmark = [
    pytest.mark.filterwarnings(f"error::{kind}")
    for kind in ("UserWarning", "DeprecationWarning", "PendingDeprecationWarning", "FutureWarning")
]


def question(path: str, arm: str, months: int, seed: int = 1) -> Question:
    """The question that a comparison of one arm in one world asks."""
    scenario = load(path)
    return Question(scenario, parse_arms(arm, scenario), parse_arms("none")[0], "focal", 1, months, seed)


def the_job(path: str, arm: str, months: int, seed: int = 1) -> Job:
    return question(path, arm, months, seed).jobs()[0]


def test_json_holds_every_number_of_the_batch_with_its_unit(lively: str) -> None:
    told = json.loads(run(RunRequest(lively, "quote", months=14, seed=4, as_json=True)))

    expected = simulate([the_job(lively, "quote", 14, seed=4)])[0]
    assert list(told) == ["scenario", "arm", "assignment", "seed", "months", "scalars", "series", "events"]
    assert list(told.values())[:5] == ["lively", "quote", "focal", 4, 14]
    assert {name: entry["unit"] for name, entry in told["scalars"].items()} == {n: m.unit for n, m in METRICS.items()}
    assert {name: entry["unit"] for name, entry in told["series"].items()} == {n: m.unit for n, m in SERIES.items()}
    assert all(told["series"][name]["values"] == expected.series[name].tolist() for name in SERIES)
    known = {name: value for name, value in expected.scalars.items() if np.isfinite(value)}
    assert {name: told["scalars"][name]["value"] for name in METRICS} == {name: known.get(name) for name in METRICS}
    assert told["events"] == [vars(event) for event in expected.events]


def test_json_has_null_where_there_is_no_number(lively: str) -> None:
    told = json.loads(run(RunRequest(lively, "none", months=2, as_json=True)))

    assert told["scalars"]["first_purchase_month"] == {"unit": "month", "value": None}


def test_the_summary_tells_the_end_the_limits_and_what_was_bought_when(street: Callable[..., str]) -> None:
    path = street()
    expected = simulate([the_job(path, "quote", 6)])[0]

    lines = run(RunRequest(path, "quote", months=6)).splitlines()

    assert lines[:4] == ["A small street", "Buys the ordering tool (quote), 6 months, seed 1", "", "In the end"]
    facts = {line[2:14].strip(): line[14:] for line in lines[4:9]}
    assert facts["cash"].startswith(f"${expected.series['cash_usd'][-1]:,.0f}; lowest ")
    assert facts["people"].startswith(f"{expected.scalars['employees_end']:.0f}; ")
    assert facts["bought"] == "Online ordering and own delivery channel (month 2)"
    limited = [int(part.split("(")[1].split()[0]) for part in facts["limited by"].split(", ")]
    assert sum(limited) == 6


def test_the_summary_gives_every_event_with_its_month_counted_from_one(street: Callable[..., str]) -> None:
    path = street()

    lines = run(RunRequest(path, "quote", months=12)).splitlines()

    events = simulate([the_job(path, "quote", 12)])[0].events
    assert events
    told = lines[lines.index("What happened") + 1:]
    assert told == [f"  month {event.month + 1:<4}{event.text}" for event in events]


def test_a_firm_that_closed_is_said_to_have_closed(hopeless: str) -> None:
    text = run(RunRequest(hopeless, "none", months=4))

    assert "\nClosed in month 1\n" in text
    assert "\n  bought      nothing\n" in text


def test_a_run_is_as_long_as_its_scenario_unless_told_otherwise(lively: str) -> None:
    assert json.loads(run(RunRequest(lively, "none", as_json=True)))["months"] == 30


def test_several_arms_are_refused(lively: str) -> None:
    with pytest.raises(InputError, match="one run follows one arm"):
        run(RunRequest(lively, "none,aligned"))


def test_a_stored_run_is_the_one_a_comparison_would_compute(lively: str, tmp_path: Path) -> None:
    place = str(tmp_path / "runs.sqlite")
    expected = simulate([the_job(lively, "quote", 8, seed=2)])[0]

    text = run(RunRequest(lively, "quote", months=8, seed=2, store=place))

    assert text.endswith(f"store: {place}")
    with Store.open(place) as store:
        found, tally = answer(question(lively, "quote", 8, seed=2), store, 1, lambda done, total: None)
    assert (tally.computed, tally.reused, tally.failed) == (0, 1, 0)
    assert all(found[0].series[name].tobytes() == expected.series[name].tobytes() for name in SERIES)
    assert found[0].events == expected.events


def test_a_run_may_be_stored_twice(lively: str, tmp_path: Path) -> None:
    request = RunRequest(lively, "none", months=3, store=f"sqlite:///{tmp_path / 'runs.sqlite'}", as_json=True)

    assert run(request) == run(request)
    with Store.open(tmp_path / "runs.sqlite") as store:
        assert store.counts() == {"registered": 0, "done": 1, "failed": 0}


def test_a_world_without_room_is_a_sentence_and_a_failure_in_the_store(full: str, tmp_path: Path) -> None:
    place = tmp_path / "runs.sqlite"

    with pytest.raises(InputError, match=r"no slot left for an entrant in month \d+; raise setup.spare_slots"):
        run(RunRequest(full, "none", store=str(place)))

    with Store.open(place) as store:
        failed = store.runs().iloc[0]
    assert (failed["status"], failed["stage"], failed["error_type"]) == ("failed", "simulate", "RuntimeError")


@pytest.mark.parametrize(
    ("terminal", "quiet_seconds", "shown"), [(True, -1.0, True), (True, 1e9, False), (False, -1.0, False)]
)
def test_progress_is_for_terminals_and_for_runs_that_take_long(
    lively: str, monkeypatch: pytest.MonkeyPatch, terminal: bool, quiet_seconds: float, shown: bool
) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(verb, "Console", partial(Console, file=screen, force_terminal=terminal))
    monkeypatch.setattr(verb, "QUIET_SECONDS", quiet_seconds)

    run(RunRequest(lively, "none", months=3))

    assert ("months" in screen.getvalue()) is shown
    assert shown or screen.getvalue() == ""


def test_nothing_but_the_answer_is_written(lively: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(RunRequest(lively, "none", months=3, as_json=True))

    assert capsys.readouterr() == ("", "")
