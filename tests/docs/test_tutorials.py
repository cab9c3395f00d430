"""The tutorials work as they are written, and what stands under a block is what it prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.tutorials import TUTORIALS, played

PAGES = sorted(TUTORIALS.glob("*.md"))
NUMBER = re.compile(r"[−-]?\d[\d,]*\.?\d*")


def numbers(text: str) -> list[float]:
    """Every number of a text, signs and thousands read as people do."""
    return [float(found.replace("−", "-").replace(",", "")) for found in NUMBER.findall(text)]


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_tutorial_prints_what_it_shows(page: Path, tmp_path: Path) -> None:
    """Words to the letter, numbers to a hundredth, for the last digit may differ between machines.

    Play them anew with `python -m sim.tutorials`.
    """
    shown, now = page.read_text(encoding="utf-8"), played(page, tmp_path)

    assert NUMBER.sub("0", now).split() == NUMBER.sub("0", shown).split()
    assert numbers(now) == pytest.approx(numbers(shown), rel=0.01, abs=0.02)
    for picture in re.findall(r"\(figures/([\w.]+)\)", shown):
        assert (tmp_path / picture).is_file(), f"{picture} is shown and not drawn"
        assert (TUTORIALS / "figures" / picture).is_file()


def test_both_tutorials_are_there_and_show_output() -> None:
    assert len(PAGES) == 2
    for page in PAGES:
        outputs = re.findall(r"^```text\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
        assert len(outputs) >= 4
        assert all(output.strip() for output in outputs)
