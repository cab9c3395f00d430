"""`smbsim plan` from a file to its report: nothing is computed twice, mistakes are met by a sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sim.cli import app
from tests.plan.conftest import TEXT

WORLDS = 24
COMMON = ("--worlds", str(WORLDS), "--workers", "1", "--store", "runs.sqlite")


def smbsim(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corner.toml").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_a_plan_becomes_a_report_tables_and_a_workbook_and_a_repeat_computes_nothing(elsewhere: Path) -> None:
    first = smbsim("plan", "corner.toml", *COMMON, "--out", "page", "--csv", "tables", "--xlsx", "plan.xlsx")
    assert first.exit_code == 0, first.stderr
    assert f"runs: {6 * WORLDS} computed, 0 found in the store, 0 failed" in first.stdout
    assert f"again: smbsim plan corner.toml --worlds {WORLDS} --seed 1" in first.stdout
    page = (elsewhere / "page/report.html").read_bytes()
    assert b"Corner bakery" in page
    assert (elsewhere / "plan.xlsx").read_bytes()[:2] == b"PK"
    assert list((elsewhere / "tables").glob("*.csv"))

    again = smbsim("plan", "corner.toml", *COMMON, "--out", "page")
    assert f"runs: 0 computed, {6 * WORLDS} found in the store, 0 failed" in again.stdout
    assert (elsewhere / "page/report.html").read_bytes() == page

    more = smbsim("plan", "corner.toml", "--worlds", str(WORLDS + 4), *COMMON[2:], "--out", "page")
    assert f"runs: {6 * 4} computed, {6 * WORLDS} found in the store, 0 failed" in more.stdout


def test_json_stands_alone_and_writes_no_page(elsewhere: Path) -> None:
    result = smbsim("plan", "corner.toml", *COMMON, "--json")
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)
    assert sorted(path.name for path in elsewhere.iterdir()) == ["corner.toml", "runs.sqlite"]


def test_a_plan_that_was_changed_is_asked_anew_in_the_same_store(elsewhere: Path) -> None:
    assert smbsim("plan", "corner.toml", *COMMON, "--json").exit_code == 0
    (elsewhere / "corner.toml").write_text(TEXT.replace("price_usd = 3800", "price_usd = 9000"), encoding="utf-8")
    assert smbsim("plan", "corner.toml", *COMMON, "--json").exit_code == 0


@pytest.mark.parametrize(("arguments", "said"), [
    (["plan", "cornr.toml"], "did you mean 'corner.toml'?"),
    (["plan", "bakery_online_order"], "did you mean 'bakery_online_orders'?"),
    (["plan", "corner.toml", "--months", "5"], "5 is not allowed; allowed: 6 to 120 months"),
    (["plan", "corner.toml", "--months", "6"], "month 12 is after the end"),
    (["plan", "corner.toml", "--xlsx", "plan.xls"], "ends with .xlsx"),
    (["plan", "corner.toml", "--csv", "corner.toml"], "a folder is needed"),
    (["compare", "corner.toml"], "stress-test it with: smbsim plan corner.toml"),
    (["new", "plan"], "a plan needs a trade: --sector bakery"),
    (["new", "plan", "--sector", "bakry"], "did you mean 'bakery'?"),
])
def test_what_cannot_be_done_is_a_sentence_and_leaves_nothing_behind(
    elsewhere: Path, arguments: list[str], said: str
) -> None:
    result = smbsim(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
    assert [path.name for path in elsewhere.iterdir()] == ["corner.toml"]


def test_a_new_plan_is_written_checked_and_never_overwritten(elsewhere: Path) -> None:
    assert "smbsim plan plan.toml" in smbsim("new", "plan", "--sector", "bakery").stdout
    assert "plan.toml: nothing is wrong with this plan file." in smbsim("check", "plan.toml").stdout
    (elsewhere / "plan.toml").write_text("mine")
    assert "exists already" in smbsim("new", "plan", "--sector", "bakery").stderr
    assert json.loads(smbsim("new", "other", "--sector", "bakery", "--json").stdout) == {"file": "other.toml"}


def test_checking_a_plan_restates_it_and_lists_its_defaults() -> None:
    said = smbsim("check", "corner.toml").stdout
    assert "You left these to defaults:" in said
    answer = json.loads(smbsim("check", "clinic_scheduling", "--json").stdout)
    assert (answer["valid"], answer["kind"]) == (True, "plan")


def test_what_does_not_add_up_is_said_before_the_run_and_apart_from_the_answer(elsewhere: Path) -> None:
    (elsewhere / "corner.toml").write_text(TEXT.replace("by_month = 12", "by_month = 2"), encoding="utf-8")
    result = smbsim("plan", "corner.toml", "--worlds", "2", *COMMON[2:], "--json")
    assert "nothing is bought before month 3" in result.stderr
    assert json.loads(result.stdout)
    assert json.loads(smbsim("check", "corner.toml", "--json").stdout)["doubts"]
