"""What the README tells people to type exists."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from sim.cli import app
from sim.scenario.arms_list import parse_arms
from sim.scenario.files import shipped_names
from sim.scenario.resolve import load

ROOT = Path(__file__).parents[2]
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WRITTEN_BY_PEOPLE = [ROOT / "README.md", ROOT / "experiments/README.md", ROOT / "docs/firm-file.md",
                     ROOT / "docs/design-file.md", ROOT / "docs/plan-file.md"]
TWO_COMMANDS = [
    "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/smbsim compare bakery_ordering",
    "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/pytest",
]


def commands() -> list[str]:
    """Every `smbsim …` in a fenced block or between backticks."""
    found = []
    for page in WRITTEN_BY_PEOPLE:
        text = page.read_text(encoding="utf-8")
        for language, block in FENCED.findall(text):
            found += [] if language else re.findall(r"\bsmbsim .*", block)
        found += re.findall(r"`(smbsim [^`]*)`", FENCED.sub("", text))
    return sorted(set(found))


def test_the_two_commands_stand_alone_under_their_heading() -> None:
    section = (ROOT / "README.md").read_text(encoding="utf-8").split("## Two commands\n")[1].split("\n## ")[0]

    assert [block.strip() for _, block in FENCED.findall(section)] == TWO_COMMANDS


def test_every_verb_is_in_the_help() -> None:
    outcome = CliRunner().invoke(app, ["--help"])

    assert outcome.exit_code == 0
    for verb in {shlex.split(command)[1] for command in commands()}:
        assert re.search(rf"^\s*{verb}\b", outcome.output, re.MULTILINE), f"no verb {verb}"


@pytest.mark.parametrize("command", commands())
def test_every_option_is_the_verbs_own(command: str) -> None:
    _, verb, *words = shlex.split(command)
    options = {
        name for option in typer.main.get_command(app).commands[verb].params for name in option.opts  # type: ignore[attr-defined]
    }

    assert {word for word in words if word.startswith("--")} <= options


@pytest.mark.parametrize("command", [command for command in commands() if "--arm" in command])
def test_every_strategy_and_scenario_exists(command: str) -> None:
    words = shlex.split(command)
    scenario = next(word for word in words if word in shipped_names())
    arms = words[next(i for i, word in enumerate(words) if word.startswith("--arm")) + 1]

    assert parse_arms(arms, load(scenario))


def test_the_python_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    blocks = [block for language, block in FENCED.findall((ROOT / "README.md").read_text(encoding="utf-8"))
              if language == "python"]
    told: dict[str, Any] = {}

    for block in blocks:
        exec(block.replace('"aligned"', '"aligned", months=3'), told)

    assert told["model"].month == 3
    assert capsys.readouterr().err == ""


def test_the_readme_fits_its_page() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 110
