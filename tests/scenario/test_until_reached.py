"""A strategy file says when an objective is reached, and only of objectives that it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.scenario.arms_list import parse_arms
from sim.scenario.words import strategy_restated

FILE = """kind = "strategy"
label = "Grows, then mends"
line = "Wants a tenth more orders first."
score = "aligned"
objectives = { growth = 1.0, quality = 0.5 }
until_reached = { TARGETS }
"""


def written(folder: Path, targets: str) -> str:
    """Path of a strategy file with these targets."""
    path = folder / "grows.toml"
    path.write_text(FILE.replace("TARGETS", targets), encoding="utf-8")
    return str(path)


def test_targets_are_read_and_restated(tmp_path: Path) -> None:
    (arm,) = parse_arms(written(tmp_path, "growth = 0.1, quality = -0.2"))

    assert arm.targets == (0.0, 0.1, -0.2, 0.0, 0.0)
    assert "until the first year has changed by: growth +10%, quality -20%" in strategy_restated(arm)


@pytest.mark.parametrize(("targets", "said"), [
    ("retention = 0.1", "until_reached names retention, which objectives give no weight"),
    ("quality = 0.2", "quality"), ("groth = 0.1", "growth"),
])
def test_a_target_that_makes_no_sense_is_refused_in_words(tmp_path: Path, targets: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        parse_arms(written(tmp_path, targets))
