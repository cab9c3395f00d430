"""The studies of several trades find what was planted, weigh trades equally and keep to the rule they state."""

from __future__ import annotations

import importlib
import sys
from itertools import product
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

from sim.analysis.results import Results

EXPERIMENTS = Path(__file__).parents[2] / "experiments"


@pytest.fixture(scope="module")
def evidence() -> ModuleType:
    return imported("evidence")


def imported(name: str) -> ModuleType:
    """A study's program as a module."""
    sys.path.insert(0, str(EXPERIMENTS))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(EXPERIMENTS))


def made_up(gain: dict[str, float], worth: dict[str, float], worlds: int = 40) -> Results:
    """A study of one dial, off and on, that is worth `gain` dollars in each trade."""
    rows = []
    for trade, level, world in product(gain, ("on", "off"), range(worlds)):
        luck = 1_000.0 * np.sin(world)
        place = {"scenario": trade, "assignment": "focal", "dial": level, "replicate": world}
        rows += [place | {"arm": "none", "owner_value_usd": worth[trade] + luck},
                 place | {"arm": "aligned", "owner_value_usd": worth[trade] + luck + gain[trade] * (level == "on")}]
    return Results(
        title="Made up", labels={"none": "None", "aligned": "Aligned"}, reference="none", factors=("dial",), months=12,
        scalars=pd.DataFrame(rows), series_of=pd.DataFrame, panel_of=pd.DataFrame, words={"dial": ("off", "on")},
    )  # fmt: skip


def test_trades_count_equally_whatever_they_are_worth(evidence):
    found = evidence.gains(made_up({"small": 5_000.0, "large": -30_000.0}, {"small": 50_000.0, "large": 600_000.0}))
    on = found.levels["dial"].to_numpy() == 1
    assert found.pooled.to_numpy()[on].mean() == pytest.approx((0.1 - 0.05) / 2, rel=0.02)
    assert not found.pooled.to_numpy()[~on].any()


def test_an_effect_is_called_by_the_rule_that_stood_before_the_run(evidence):
    def said(effect: float, low: float, high: float, p_value: float) -> str:
        return evidence.verdict(pd.Series({"effect": effect, "low": low, "high": high, "p_max_t": p_value}))

    assert said(0.08, 0.02, 0.14, 0.01) == "**worth it**"
    assert said(-0.08, -0.14, -0.02, 0.01) == "**harmful**"
    assert said(0.03, 0.02, 0.04, 0.001) == "worth it, by less than matters"
    assert said(0.01, -0.02, 0.04, 0.6) == "no more than a trifle"
    assert said(0.01, -0.02, 0.06, 0.6) == "open"
    assert said(0.08, 0.01, 0.15, 0.06) == "open"


def test_what_turbulence_moves_is_told_from_what_is_there_on_average():
    study = imported("phased_dynamic")
    levels = pd.DataFrame(product(range(4), (0, 1), (0, 1)), columns=["jumps_year", "rollout", "reconfiguration"])
    jumps = study.JUMPS_YEAR[levels["jumps_year"]]
    phased, dynamic = levels["rollout"].to_numpy(), levels["reconfiguration"].to_numpy()
    mean = 0.05 * phased + 0.02 * jumps * dynamic - 0.03 * phased * dynamic
    worlds = np.random.default_rng(3).normal(0, 0.2, 200)
    found = study.across(study.by_level(levels, mean[:, None] + worlds))["effect"]
    assert found[f"{study.PHASED}, on average"] == pytest.approx(0.05 - 0.015)
    assert found[f"{study.PHASED}, from calm to four jumps"] == pytest.approx(0, abs=1e-9)
    assert found[f"{study.DYNAMIC}, on average"] == pytest.approx(0.02 * study.JUMPS_YEAR.mean() - 0.015)
    assert found[f"{study.DYNAMIC}, from calm to four jumps"] == pytest.approx(0.08)
    assert found[f"{study.BOTH}, on average"] == pytest.approx(-0.03)


def test_a_pair_is_told_by_what_both_are_worth_beyond_the_two_alone(evidence):
    study = imported("seven_practices")
    levels = pd.DataFrame(product((0, 1), (0, 1), (0, 1)), columns=["a", "b", "c"])
    values = 0.1 * levels["a"] - 0.2 * levels["b"] + 0.06 * levels["a"] * levels["b"]
    worlds = pd.DataFrame(values.to_numpy()[:, None] + np.random.default_rng(4).normal(0, 0.1, 50))
    found = study.together(evidence.Gains(levels, {"trade": worlds}, {"trade": 1.0}))
    assert found.index[0] == "a × b"
    assert found["effect"].tolist() == pytest.approx([0.06, 0, 0], abs=1e-9)


def test_the_paragraph_that_people_wrote_stays_when_a_page_is_made_again(evidence, tmp_path):
    page, results = tmp_path / "made_up.md", made_up({"small": 1.0}, {"small": 2.0})
    evidence.write(tmp_path / "made_up.toml", results, ["## Numbers\n", "old\n"])
    page.write_text(page.read_text().replace(evidence.SAID, f"{evidence.SAID}\nAs found.\n"))
    evidence.write(tmp_path / "made_up.toml", results, ["## Numbers\n", "new\n"])
    assert page.read_text().count("As found.") == 1
    assert "new" in page.read_text()
    assert "old" not in page.read_text()
