"""The registry, the verdicts and the verb: a failing check is said aloud and ends with exit code 1."""

from __future__ import annotations

import json
import math
import re
import time
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from sim import validation
from sim.cli import app
from sim.scenario.scenario import Claim
from sim.validation import chain, examples, facts
from sim.validation.bench import Bench, baseline
from sim.validation.check import GROUPS, STATUS_MEANS, Check, Found, near
from sim.validation.economy import lived
from sim.validation.page import page, verdict
from sim.validation.registry import registry


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def smbsim(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["validate", *arguments])


def made(value: float, status: Any, group: Any = "known", id: str = "K99") -> Check:
    """A check that finds this."""
    return Check(id, group, "Two is <two>.", "2", "twos", lambda bench: Found(value, status, (value, value + 1.0)))


def test_ids_are_unique_and_every_group_has_checks() -> None:
    by_id = registry()

    assert list(by_id) == [check.id for check in by_id.values()]
    assert {check.group for check in by_id.values()} == set(GROUPS)


def test_two_checks_with_one_id_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "checks", lambda: [made(2.0, "pass"), made(3.0, "pass")])

    with pytest.raises(ValueError, match="share an id"):
        registry()


def test_every_statement_says_what_is_expected_in_which_unit() -> None:
    for check in registry().values():
        assert check.statement.endswith((".", ")"))
        assert check.expected.strip()
        assert check.unit.strip()
        assert re.fullmatch(r"[A-Za-z0-9_-]+", check.id)


def test_a_wrong_answer_fails_with_exit_code_1(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "TABLE", ((chain.Case(chain.LEONTIEF, 0.2), 17.4, 2.9),))

    outcome = smbsim("--id", "K1b,K1r", "--json")

    assert outcome.exit_code == 1
    assert [entry["status"] for entry in json.loads(outcome.stdout)] == ["fail", "pass"]


def test_a_check_that_stops_has_failed_and_says_so() -> None:
    def stop(bench: Bench) -> Found:
        raise ZeroDivisionError("nothing to divide by")

    finding = Check("K99", "known", "It runs.", "0", "errors", stop).run(Bench())

    assert finding.found.status == "fail"
    assert "ZeroDivisionError: nothing to divide by" in finding.found.remark


def test_json_stands_alone_and_names_the_command_for_each_check() -> None:
    outcome = smbsim("--id", "K2b,K15", "--json")
    entries = json.loads(outcome.stdout)

    assert outcome.exit_code == 0
    assert [entry["id"] for entry in entries] == ["K2b", "K15"]
    for entry in entries:
        assert {"id", "group", "statement", "expected", "found", "unit", "interval", "status", "command"} <= set(entry)
        assert entry["command"] == f"smbsim validate --id {entry['id']}"
        assert entry["status"] in STATUS_MEANS
        assert entry["interval"][0] <= entry["found"] <= entry["interval"][1]


def test_what_is_not_a_number_is_null() -> None:
    entry = Check("K99", "known", "It is.", "0", "x", lambda bench: Found(math.nan, "open")).run(Bench()).as_dict()

    assert entry["found"] is None
    assert entry["interval"] is None


@pytest.mark.parametrize(("arguments", "said"), [
    (["--only", "knwn"], "did you mean 'known'?"),
    (["--id", "K4q"], "no check is called 'K4q'"),
    (["--seed", "-1"], "-1 is not allowed"),
])
def test_bad_input_is_a_sentence_and_exit_code_2(arguments: list[str], said: str) -> None:
    outcome = smbsim(*arguments)

    assert outcome.exit_code == 2
    assert said in outcome.stderr
    assert outcome.stdout == ""


def test_quick_says_aloud_how_few_worlds_it_uses() -> None:
    assert "worlds for each comparison" in smbsim("--quick", "--id", "K15").stderr
    assert "only, for --quick" in Bench(quick=True).effort
    assert "quick" not in Bench().effort


@pytest.mark.slow
def test_quick_known_answers_and_nulls_take_no_longer_than_five_thousand_runs_of_five_years() -> None:
    """A ratio measured side by side, so that a slow computer fails nobody."""
    begin = time.process_time()
    lived(baseline("bakery"), range(100), 60)
    between = time.process_time()
    outcome = smbsim("--quick", "--only", "known,nulls", "--json")

    assert time.process_time() - between < 50.0 * (between - begin)
    assert {entry["group"] for entry in json.loads(outcome.stdout)} == {"known", "nulls"}


@pytest.mark.slow
@pytest.mark.parametrize("null", ["N1", "N2", "N4", "N5", "N6b", "N7", "N9", "N11a", "N11b", "N14", "N18"])
def test_nulls_hold(null: str) -> None:
    assert registry()[null].run(Bench(quick=True)).found.status == "pass"


@pytest.mark.parametrize(("expect", "interval", "status"), [
    ("more", (0.5, 1.5), "open"), ("more", (-2.0, 0.9), "fail"), ("less", (-1.5, 2.0), "open"),
    ("less", (0.1, 2.0), "fail"), ("same", (-0.5, 1.5), "open"), ("same", (1.1, 2.0), "fail"),
])
def test_a_claim_fails_only_where_the_whole_interval_is_against_it(
    expect: Any, interval: tuple[float, float], status: str
) -> None:
    claim = Claim("It moves.", "quits", "a", "b", expect, 1.0, False)

    assert examples.verdict(claim, False, interval, 1.0) == status
    assert examples.verdict(claim, True, interval, 1.0) == "pass"


def test_every_explained_miss_is_a_claim_that_ships() -> None:
    assert set(examples.EXPLAINED) <= {check.id for check in examples.checks()}


def test_a_fact_is_missed_by_standard_deviations_and_a_range_by_its_nearest_end() -> None:
    assert facts.implausibility(0.10, 0.0, (0.09, 0.12), "high") == 0.0
    assert facts.implausibility(20.0, 0.0, (10.0, 10.0), "high") == pytest.approx(10.0 / math.hypot(0.5, 1.0))
    assert facts.implausibility(20.0, 5.0, (10.0, 10.0), "high") < 2.0


def test_facts_kept_for_validation_are_not_read() -> None:
    assert {"F04", "F10", "F12", "F13"} <= set(facts.facts())
    assert all(fact["role"] == "calibrate" for fact in facts.facts().values())


def test_the_page_is_the_same_for_the_same_findings_and_escapes_what_it_shows() -> None:
    findings = [made(2.0, "pass").run(Bench()), made(3.0, "open", "facts", "F99").run(Bench())]
    first, again = (page(findings, "smbsim validate") for _ in range(2))

    assert first == again
    assert "Two is &lt;two&gt;." in first
    assert "1 of 2 checks passed, 1 open." in first
    assert "http" not in first


def test_the_verdict_counts_every_check() -> None:
    findings = [made(2.0, status).run(Bench()) for status in STATUS_MEANS]

    assert verdict(findings) == "1 of 4 checks passed, 1 failed, 1 contradicted, with the reason, 1 open."


def test_tolerance_widens_with_the_error() -> None:
    assert near(1.2, 1.0, 0.1).status == "fail"
    assert near(1.2, 1.0, 0.1, 0.05).status == "pass"


def test_the_package_shows_its_checks() -> None:
    assert [check.id for check in validation.selected(None, "N9,K1b")] == ["K1b", "N9"]
