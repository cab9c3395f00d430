"""A screen finds what moves an effect, whatever its shape, and does not find what moves nothing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.analysis.points import levels_of
from sim.analysis.screen import screen
from sim.design import Design, load_design
from tests.sweep.conftest import Write

FACTORS = """
[[factor]]
name = "strong"
vary = "choosing.noise"
low = 0.1
high = 1.0

[[factor]]
name = "idle"
vary = "choosing.optimism"
low = 0.0
high = 0.5

[[factor]]
name = "place"
dial.calm = { "throughput.equipment_utilisation" = 0.7 }
dial.middling = { "throughput.equipment_utilisation" = 0.8 }
dial.busy = { "throughput.equipment_utilisation" = 0.98 }
"""


@pytest.fixture
def design(written: Write) -> Design:
    return load_design(written('kind = "latin_hypercube"\npoints = 60', FACTORS))


def made_up(design: Design) -> pd.DataFrame:
    """Effects that rise steeply with one factor, fall a little along the dial for one arm, and ignore the third."""
    chance = np.random.default_rng(3)
    rows = []
    for cell in design.cells:
        said = levels_of(design, cell)
        steps = ["calm", "middling", "busy"].index(str(said["place"]))
        for arm, fall in (("quote", 0.0), ("aligned", 400.0)):
            mean = float(np.exp(5 * said["strong"])) - fall * steps * 0.1 + chance.normal() * 0.1
            rows.append({**said, "arm": arm, "metric": "quits", "mean": mean})
    return pd.DataFrame(rows)


def test_a_rising_answer_counts_in_full_and_an_idle_factor_not_at_all(design: Design) -> None:
    found = screen(design, made_up(design), "quits").set_index(["factor", "arm"])

    assert found.loc[("strong", "quote"), "rank_correlation"] > 0.99
    assert found.loc[("strong", "quote"), "p_holm"] < 1e-6
    assert found.loc[("idle", "quote"), "p_holm"] > 0.05
    assert found.loc[("place", "aligned"), "rank_correlation"] < found.loc[("place", "quote"), "rank_correlation"] - 0.2
    assert (found["p_holm"] >= found["p_value"]).all()


def test_an_effect_that_never_varies_correlates_with_nothing(design: Design) -> None:
    found = screen(design, made_up(design).assign(mean=0.0), "quits")

    assert found["rank_correlation"].isna().all()
