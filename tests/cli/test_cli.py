"""The command: bad input is a sentence and exit code 2, JSON stands alone, help is quick."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner, Result

from sim.cli import app
from sim.scenario.files import shipped_names

ROOT = Path(__file__).parents[2]


def smbsim(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def process(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, "-m", "sim.cli", *arguments], capture_output=True, text=True,
                          env=environment, check=False)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("arguments", "said"), [
    (["compare", "bakery_ordering", "--worlds", "0"], "0 is not allowed; allowed: 1 to 100,000 worlds"),
    (["compare", "bakery_ordering", "--worlds", "-5"], "-5 is not allowed; allowed: 1 to 100,000 worlds"),
    (["compare", "bakery_ordering", "--worlds", "nan"], "nan is not allowed"),
    (["compare", "bakery_ordering", "--worlds", "1e3"], "1e3 is not allowed"),
    (["compare", "bakery_ordering", "--months", "601"], "601 is not allowed; allowed: 1 to 600 months"),
    (["compare", "bakery_ordering", "--seed", "-1"], "-1 is not allowed; allowed: 0 to"),
    (["compare", "bakery_ordering", "--workers", "0"], "0 is not allowed; allowed: 1 to 1,024 processes"),
    (["compare", "bakery_ordering", "--assignment", "hole"], "did you mean 'whole'?"),
    (["run", "bakery_ordering", "--months", "x"], "x is not allowed; allowed: 1 to 600 months"),
    (["compare", "bakery_ordering", "--wrlds", "3"], "--wrlds"),
    (["compar", "bakery_ordering"], "compar"),
    (["check", "bakery_orderin"], "did you mean 'bakery_ordering'?"),
    (["check", "none.toml"], "no such file"),
    (["check", "."], "is a folder"),
    (["new", "a/b"], "cannot be the name of a file"),
    (["new", "firm", "--from", "bakery_order"], "did you mean 'bakery_ordering'?"),
    (["new", "firm", "--from", "firm.toml"], "is based on a scenario"),
])
def test_bad_input_is_a_sentence_and_exit_code_2(arguments: list[str], said: str) -> None:
    result = smbsim(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("arguments", [["compare", "--arms", "none,alined"], ["run", "--arm", "alined"]])
def test_a_misspelt_strategy_is_refused_before_anything_runs(elsewhere: Path, arguments: list[str]) -> None:
    result = smbsim(*arguments, "bakery_ordering")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no arm is called 'alined' (did you mean 'aligned'?)" in result.stderr
    assert not any(path.is_file() for path in elsewhere.rglob("*"))


def test_json_of_a_run_stands_alone_on_standard_output(elsewhere: Path) -> None:
    smbsim("new", "my_firm")
    answer = json.loads(smbsim("run", "my_firm.toml", "--months", "2", "--json").stdout)
    assert (answer["arm"], answer["months"]) == ("aligned", 2)


@pytest.mark.parametrize("broken", ["x = [", "months = nan", 'kind = "frim"', "title = 5", "#" * 10_000_000])
def test_checking_a_broken_file_exits_with_2_and_leaves_it_alone(elsewhere: Path, broken: str) -> None:
    path = elsewhere / "broken.toml"
    path.write_text(broken)
    result = smbsim("check", "broken.toml")
    assert result.exit_code == 2
    assert "broken.toml" in result.stderr
    assert result.stdout == ""
    assert path.read_text() == broken
    assert os.listdir(elsewhere) == ["broken.toml"]


def test_a_claim_about_something_not_measured_is_refused(elsewhere: Path) -> None:
    arms = "a = 'aligned'\nb = 'none'"
    claim = f"[[signature]]\nstatement = 's'\n{arms}\nexpect = 'more'\nsmallest = 0\nmetric = "
    claims = f"{claim}'wait_ration'\n{claim}'quit'\nmonths = [0, 9]\n"
    (elsewhere / "s.toml").write_text(f'title = "t"\nwhy = "w"\nsector = "bakery"\ncatalogue = []\n{claims}')
    result = smbsim("check", "s.toml")
    assert result.exit_code == 2
    assert "'wait_ration' is not measured once a run (did you mean 'wait_ratio'?)" in result.stderr
    assert "'quit' is not measured every month (did you mean 'quits'?)" in result.stderr
    assert result.stderr.rstrip().endswith("^")


def test_json_of_a_broken_file_lists_every_problem_and_nothing_else(elsewhere: Path) -> None:
    numbers = "[firm]\nstaff = 0\ncash_days = -1"
    (elsewhere / "f.toml").write_text(f'kind = "firm"\nbased_on = "bakery_ordering"\n{numbers}')
    result = smbsim("check", "f.toml", "--json")
    assert result.exit_code == 2
    answer = json.loads(result.stdout)
    assert answer["valid"] is False
    assert [problem["line"] for problem in answer["problems"]] == [4, 5]


@pytest.mark.parametrize("name", [*shipped_names(), *shipped_names("strategies")])
def test_every_shipped_file_is_right_and_restated(name: str) -> None:
    assert f"{name}.toml: nothing is wrong" in smbsim("check", name).stdout
    answer = json.loads(smbsim("check", name, "--json").stdout)
    assert answer["valid"] is True
    assert answer["kind"] == ("scenario" if name in shipped_names() else "strategy")
    assert len(answer["sentences"]) >= 1


def test_a_strategy_file_says_what_is_wrong(elsewhere: Path) -> None:
    (elsewhere / "s.toml").write_text('label = "L"\nline = "l"\nscore = "alignd"\nassessment_months = 30')
    result = smbsim("check", "s.toml")
    assert result.exit_code == 2
    assert "did you mean 'aligned'?" in result.stderr
    assert "assessment_months is 30; allowed: 0 to 24 months" in result.stderr


def test_scenarios_are_listed_with_title_and_why() -> None:
    entries = json.loads(smbsim("scenarios", "--json").stdout)
    assert [entry["name"] for entry in entries] == shipped_names()
    assert all(entry["title"] and entry["why"] for entry in entries)
    assert all(entry["title"] in smbsim("scenarios").stdout for entry in entries)


def test_a_new_firm_file_is_written_once_and_checks(elsewhere: Path) -> None:
    assert smbsim("new", "my_firm", "--from", "bakery_ordering").exit_code == 0
    written = (elsewhere / "my_firm.toml").read_text(encoding="utf-8")
    assert 'title = "My firm"' in written
    assert "my_firm.toml: nothing is wrong with this firm file." in smbsim("check", "my_firm.toml").stdout
    (elsewhere / "my_firm.toml").write_text("mine")
    again = smbsim("new", "my_firm.toml")
    assert again.exit_code == 2
    assert "exists already" in again.stderr
    assert (elsewhere / "my_firm.toml").read_text() == "mine"


def test_new_answers_in_json() -> None:
    assert json.loads(smbsim("new", "other", "--json").stdout) == {"file": "other.toml"}


def test_a_full_disk_leaves_no_half_written_file(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Path.open

    def full(path: Path, mode: str = "r", **options: str) -> object:
        file = opened(path, mode, **options)
        if mode == "x":
            file.write = lambda text: (_ for _ in ()).throw(OSError(28, "No space left on device"))
        return file

    monkeypatch.setattr(Path, "open", full)
    result = smbsim("new", "my_firm")
    assert result.exit_code == 2
    assert "No space left on device" in result.stderr
    assert os.listdir(elsewhere) == []


def test_interrupting_a_verb_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.verbs import listing

    def interrupted(as_json: bool) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(listing, "listing", interrupted)
    assert smbsim("scenarios").exit_code == 130


def test_the_command_itself_refuses_without_a_traceback() -> None:
    result = process("check", "nothing.toml")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "nothing.toml: no such file\n"


def test_help_imports_nothing_heavy_and_is_quick() -> None:
    heavy = {"numpy", "numba", "pydantic", "sqlalchemy", "matplotlib", "mesa", "scipy", "pandas", "rich"}
    code = ("import sys; from typer.testing import CliRunner; from sim.cli import app; "
            f"assert CliRunner().invoke(app, ['--help']).exit_code == 0; print(*{heavy} & set(sys.modules))")
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                            env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert result.stdout.strip() == ""
    seconds = []
    for _ in range(10):  # a busy machine makes some of them slow
        before = os.times()
        assert process("--help").returncode == 0
        after = os.times()
        seconds.append(sum(after[2:4]) - sum(before[2:4]))
    assert min(seconds) < 0.2


@pytest.mark.parametrize("verb", ["compare", "run", "check", "scenarios", "new"])
def test_every_verb_has_help_with_examples(verb: str) -> None:
    text = smbsim(verb, "--help").stdout
    assert f"smbsim {verb}" in text
    assert "--json" in text


@pytest.mark.parametrize("verb", sorted(get_command(app).commands))
def test_the_examples_of_a_verb_stand_one_on_a_line(verb: str) -> None:
    lines = smbsim(verb, "--help").stdout.splitlines()
    assert not any("\\b" in line for line in lines)
    start = lines.index("  Examples:") + 1
    examples = lines[start : lines.index("", start)]
    assert examples
    assert all(line.startswith("    smbsim ") and line.count("smbsim ") == 1 for line in examples)
