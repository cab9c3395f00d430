"""The tutorials are played: what stands under a block of code is what it printed.

In docs/tutorials/*.md, blocks marked `python` run one after another in one namespace and an empty folder, lines that
begin with `smbsim` in unmarked blocks run as commands, and a block marked `toml NAME` is written to that file. A block
marked `text` right below holds the output. `python -m sim.tutorials` writes the outputs and pictures anew; a test
fails where a page is behind.
"""

from __future__ import annotations

import re
import shlex
from contextlib import chdir, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
from typer.testing import CliRunner

from sim.cli import app

TUTORIALS = Path(__file__).parents[1] / "docs/tutorials"
BLOCK = re.compile(r"^```(\w*)(?: (\S+))?\n(.*?)^```$(\n\n```text\n)?(?(4)(.*?)^```$)", re.MULTILINE | re.DOTALL)
COLUMNS = 110


@dataclass
class Play:
    """One tutorial, played in the current folder."""

    names: dict[str, Any] = field(default_factory=lambda: {"__name__": "__tutorial__"})

    def through(self, text: str) -> str:
        """The page with every output as it is now; what fails in a block is raised."""
        return BLOCK.sub(self._block, text)

    def _block(self, match: re.Match[str]) -> str:
        language, name, body, has_output, _ = match.groups()
        output = self._played(language, name, body)
        whole = match[0]
        if not has_output:
            return whole
        head = whole[: whole.index(has_output) + len(has_output)]
        return f"{head}{output.rstrip()}\n```"

    def _played(self, language: str, name: str | None, body: str) -> str:
        """What a block prints."""
        if language == "toml" and name:
            Path(name).write_text(body, encoding="utf-8")
        if language == "python":
            told = StringIO()
            with redirect_stdout(told), pd.option_context("display.width", COLUMNS, "display.max_columns", 20):
                exec(compile(body, "tutorial", "exec"), self.names)
            return told.getvalue()
        commands = [line for line in body.splitlines() if line.startswith("smbsim ")] if not language else []
        return "".join(_command(line) for line in commands)


def played(page: Path, folder: Path) -> str:
    """The page as it should be, played in a folder; RuntimeError where a command fails."""
    text = page.read_text(encoding="utf-8")
    with chdir(folder):
        return Play().through(text)


def _command(line: str) -> str:
    """The standard output of a command."""
    outcome = CliRunner(env={"COLUMNS": str(COLUMNS)}).invoke(app, shlex.split(line)[1:])
    if outcome.exit_code:
        raise RuntimeError(f"{line}: exit code {outcome.exit_code}\n{outcome.output}") from outcome.exception
    return str(outcome.stdout)


def main() -> None:
    """Play every tutorial, write what it printed and keep the pictures it drew."""
    for page in sorted(TUTORIALS.glob("*.md")):
        with TemporaryDirectory() as folder:
            text = played(page, Path(folder))
            if text != page.read_text(encoding="utf-8"):
                page.write_text(text, encoding="utf-8")
                print(page)
            (TUTORIALS / "figures").mkdir(exist_ok=True)
            for picture in sorted(Path(folder).glob("*.svg")):
                copy(picture, TUTORIALS / "figures")


if __name__ == "__main__":
    main()
