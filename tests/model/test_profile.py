"""`smbsim run --profile`: every step of the schedule has its time, and timing changes nothing."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from sim.model import SmbModel
from sim.schedule import MONTH
from sim.verbs.compare import CompareRequest, compare
from sim.verbs.profile import StepTime, profile
from sim.verbs.run import RunRequest, run


def test_every_step_is_timed_in_its_order(capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(run(RunRequest("bakery_ordering", months=3, as_json=True, profile=True)))

    assert [entry["step"] for entry in told["profile"]] == [step.name for step in MONTH]
    assert all(entry["ms_month"] > 0.0 for entry in told["profile"])
    assert sum(entry["share"] for entry in told["profile"]) == pytest.approx(1.0)
    assert capsys.readouterr().err == ""


def test_the_table_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    said = run(RunRequest("bakery_ordering", months=2, profile=True))
    shown = capsys.readouterr()

    assert "all steps" in shown.err
    assert "demand.choose_suppliers" in shown.err
    assert shown.out == ""
    assert "all steps" not in said


def test_milliseconds_are_by_month_and_shares_of_all_steps() -> None:
    first, second = MONTH[0].name, MONTH[1].name
    times = profile({first: 0.3, second: 0.1}, 10)

    assert times[0] == StepTime(first, pytest.approx(30.0), pytest.approx(0.75))
    assert times[1] == StepTime(second, pytest.approx(10.0), pytest.approx(0.25))
    assert all(time.ms_month == 0.0 for time in times[2:])


def test_a_comparison_times_a_batch_of_its_last_arm(capsys: pytest.CaptureFixture[str]) -> None:
    asked = CompareRequest("bakery_ordering", "none,quote", 2, 3, store=":memory:", workers=1, as_json=True)
    timed, plain = (json.loads(compare(replace(asked, profile=timing))) for timing in (True, False))

    assert "all steps" in capsys.readouterr().err
    assert timed == plain


def test_without_the_option_nothing_is_timed() -> None:
    assert "profile" not in json.loads(run(RunRequest("bakery_ordering", months=2, as_json=True)))


def test_a_timed_run_is_the_same_run() -> None:
    plain, timed = (SmbModel("bakery_ordering", months=4) for _ in range(2))
    timed.world.seconds = {}
    for _ in range(4):
        plain.step()
        timed.step()

    for name, values in plain.observation().series.items():
        assert np.array_equal(values, timed.observation().series[name])
