"""Imports run one way, and the contracts that say so notice when one does not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from shutil import copy, copytree, ignore_patterns

import pytest

REPOSITORY = Path(__file__).parents[2]
LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Hold the package in `folder` to the contracts in its pyproject.toml."""
    return subprocess.run(
        [sys.executable, "-c", LINT],
        cwd=folder,
        capture_output=True,
        text=True,
        env=os.environ | {"COLUMNS": "200"},
    )


def test_every_import_keeps_the_contracts() -> None:
    outcome = lint(REPOSITORY)

    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("store/store.py", "import sim.run", "Imports run one way"),
        ("strategies/__init__.py", "import sim.state", "A strategy sees only what an owner could see"),
        ("mechanisms/demand.py", "import sim.mechanisms.waiting", "No mechanism imports another"),
        ("scenario/__init__.py", "import sim.world", "Reading a scenario needs no world"),
        ("run.py", "import sqlalchemy.orm", "Only the store speaks SQL"),
        ("run.py", "import mesa.agent", "Only sim.model imports Mesa"),
    ],
)
def test_an_import_the_wrong_way_is_noticed(tmp_path: Path, module: str, line: str, contract: str) -> None:
    copytree(REPOSITORY / "sim", tmp_path / "sim", ignore=ignore_patterns("__pycache__"))
    copy(REPOSITORY / "pyproject.toml", tmp_path)
    with (tmp_path / "sim" / module).open("a") as file:
        file.write(f"\n{line}\n")

    outcome = lint(tmp_path)

    assert outcome.returncode == 1
    assert f"{contract} BROKEN" in outcome.stdout
