"""`--assignment mixed` and `chosen`: two groups of one market, and growth ratios of every form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim.cli import app
from sim.recompute import chosen, differences
from sim.store import Store

SMALL = ["--worlds", "6", "--months", "24", "--workers", "1"]


def asked(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["compare", "bakery_ordering", *words])
    return result.exit_code, result.stdout if result.exit_code == 0 else result.output


def test_owners_who_choose_are_shown_beside_lots(tmp_path: Path) -> None:
    place = f"{tmp_path}/a.sqlite"
    code, told = asked("--assignment", "chosen", *SMALL, "--store", place, "--out", str(tmp_path), "--json")
    found = json.loads(told)

    assert code == 0
    assert [form["form"].split(" ")[0] for form in found["growth_ratios"]] == ["As", "Owners", "What"]
    assert "times as likely" in (tmp_path / "report.html").read_text(encoding="utf-8")
    again = CliRunner().invoke(app, ["report", "bakery_ordering", "--assignment", "chosen", "--months", "24",
                                     "--store", place, "--out", str(tmp_path / "again")])
    assert again.exit_code == 0, again.output
    with Store.open(place) as store:
        assert [sentence for _, found_there in differences(store, chosen(store, 12)) for sentence in found_there] == []


def test_another_share_is_another_run(tmp_path: Path) -> None:
    runs = []
    for share in ("0.3", "0.5", "0.3"):
        code, told = asked("--assignment", "mixed", "--saturation", share, *SMALL,
                           "--store", f"{tmp_path}/a.sqlite", "--out", str(tmp_path))
        assert code == 0, told
        runs.append(next(line for line in told.splitlines() if line.startswith("runs:")))

    assert [line.split(",")[0] for line in runs] == ["runs: 12 computed", "runs: 12 computed", "runs: 0 computed"]


@pytest.mark.parametrize(("words", "sentence"), [
    (["--saturation", "0.3"], "--saturation goes with --assignment mixed or chosen"),
    (["--assignment", "mixed", "--saturation", "1.5"], "more than 0 and less than 1"),
    (["--assignment", "mixed", "--arms", "none,tactical,aligned"], "divides firms between two strategies"),
    (["--assignment", "mixed", "--flip"], "--flip goes with --assignment focal or whole"),
])
def test_what_cannot_be_mixed_is_said(words: list[str], sentence: str) -> None:
    code, told = asked(*words)
    assert code == 2
    assert sentence in " ".join(told.replace("│", " ").split())
