"""Report and figures come from the store alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sim.cli import app
from sim.verbs import compare as compare_verb

ASKED = ["bakery_ordering", "--arms", "none,aligned", "--months", "6"]


def said(*words: str) -> Result:
    """What the command answers."""
    return CliRunner().invoke(app, list(words))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a comparison's store and report."""
    folder = tmp_path_factory.mktemp("stored")
    asked = ["--worlds", "3", "--workers", "1", "--store", str(folder / "s.sqlite"), "--out", str(folder / "first")]
    outcome = said("compare", *ASKED, *asked)
    assert outcome.exit_code == 0, outcome.output
    return folder


@pytest.fixture
def nothing_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make any computation an error."""

    def refuse(*_: object) -> None:
        raise AssertionError("a run was computed")

    monkeypatch.setattr(compare_verb, "answer", refuse)
    monkeypatch.setattr("sim.run.simulate", refuse)


@pytest.mark.usefixtures("nothing_runs")
def test_the_report_is_rebuilt_byte_for_byte_without_computing(place: Path) -> None:
    outcome = said("report", *ASKED, "--store", str(place / "s.sqlite"), "--out", str(place / "second"))

    assert outcome.exit_code == 0, outcome.output
    assert "futures: 3" in outcome.output
    assert (place / "second/report.html").read_bytes() == (place / "first/report.html").read_bytes()


@pytest.mark.usefixtures("nothing_runs")
@pytest.mark.parametrize("form", ["svg", "png"])
def test_figures_are_drawn_and_what_is_left_out_is_explained(place: Path, form: str) -> None:
    outcome = said("figures", *ASKED, "--store", str(place / "s.sqlite"), "--out", str(place), "--format", form)

    assert outcome.exit_code == 0, outcome.output
    assert {path.stem for path in (place / "figures").glob(f"*.{form}")} == {
        "effects", "fan", "survival", "diffusion", "returns", "regret",
    }
    assert "contrasts: Contrasts are of factors" in outcome.output


def test_what_the_store_lacks_is_said_in_a_sentence(place: Path) -> None:
    store = str(place / "s.sqlite")

    missing = said("report", *ASKED, "--seed", "9", "--store", store)
    elsewhere = said("report", *ASKED, "--store", str(place / "none.sqlite"))
    odd = said("figures", *ASKED, "--metric", "owner_value", "--store", store)

    assert [outcome.exit_code for outcome in (missing, elsewhere, odd)] == [2, 2, 2]
    assert "it holds bakery_ordering · focal · 6 months · seed 1" in missing.output
    assert "no results store" in elsewhere.output
    assert "did you mean 'owner_value_usd'" in odd.output
    assert not (place / "none.sqlite").exists()


@pytest.mark.parametrize(("written", "exit_code"), [("0.98", 0), ("0.90", 2)])
def test_runs_of_other_numbers_are_not_taken_for_these(
    place: Path, tmp_path: Path, written: str, exit_code: int
) -> None:
    shipped = (Path(__file__).parents[2] / "scenarios/bakery_ordering.toml").read_text(encoding="utf-8")
    mine = tmp_path / "bakery_ordering.toml"
    mine.write_text(shipped.replace("equipment_utilisation = 0.98", f"equipment_utilisation = {written}", 1))

    outcome = said("report", str(mine), *ASKED[1:], "--store", str(place / "s.sqlite"), "--out", str(tmp_path))

    assert outcome.exit_code == exit_code, outcome.output
    assert ("not with the numbers" in outcome.output) == bool(exit_code)
