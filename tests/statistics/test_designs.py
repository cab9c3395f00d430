"""Planted effects are found again: contrasts of two-level designs, and an effect split over mechanisms."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest

from sim.analysis.contrasts import contrasts
from sim.analysis.shapley import IN_ALL, WITHOUT_ALL, shapley, shapley_table, subsets
from sim.errors import InputError

FACTORS = ["wage", "season", "skill"]
SWITCHES = ("waiting", "quits", "prices")


def full() -> pd.DataFrame:
    """A 2^3 design in the units of its factors."""
    return pd.DataFrame(list(product((10.0, 20.0), (0.0, 0.3), (0.2, 0.9))), columns=FACTORS)


def planted(design: pd.DataFrame, worlds: int = 60) -> np.ndarray:
    """Outcomes with known effects: wage -4, season 0, skill 6, wage x skill 2, and luck shared by all points."""
    wage, skill = (np.where(design[name] == design[name].max(), 1.0, -1.0) for name in ("wage", "skill"))
    luck = np.random.default_rng(2)
    mean = -2 * wage + 3 * skill + 1 * wage * skill
    return mean[:, None] + luck.normal(0, 20, worlds) + luck.normal(0, 0.5, (len(design), worlds))


def test_main_effects_and_interactions_of_a_planted_design_are_found():
    found = contrasts(full(), planted(full()))
    for name, truth in {"wage": -4, "season": 0, "skill": 6, "wage × skill": 2, "season × skill": 0}.items():
        row = found.loc[name]
        assert row["low"] - 0.1 < truth < row["high"] + 0.1, name
        assert (row["p_max_t"] < 0.05) == (truth != 0), name
        assert row["high"] - row["low"] < 0.4, "luck shared by all points must cancel"
    assert list(found["also"]) == [""] * 6


def test_a_half_fraction_says_what_it_cannot_tell_apart():
    design = full().iloc[[0, 3, 5, 6]].reset_index(drop=True)
    found = contrasts(design, planted(design))
    assert list(found.index) == FACTORS
    assert found["also"].to_dict() == {
        "wage": "−season × skill", "season": "−wage × skill", "skill": "−wage × season",
    }  # fmt: skip
    assert found.loc["season", "effect"] == pytest.approx(0 - 2, abs=0.3)


def test_an_effect_is_the_mean_at_high_less_the_mean_at_low():
    design, values = full(), planted(full())
    high = (design["wage"] == 20.0).to_numpy()
    by_hand = values[high].mean() - values[~high].mean()
    assert contrasts(design, values, order=1).loc["wage", "effect"] == pytest.approx(by_hand)


def test_words_are_levels_too_and_the_later_one_is_high():
    design = pd.DataFrame({"arm": ["none", "aligned"]})
    found = contrasts(design, np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]]))
    assert found.loc["arm", "effect"] == pytest.approx((3 + 3 + 4) / 3)


@pytest.mark.parametrize(("rows", "word"), [([0, 3, 5], "balanced"), ([0, 1], "two levels")])
def test_designs_that_are_not_two_level_are_refused(rows, word):
    design = full().iloc[rows]
    with pytest.raises(InputError, match=word):
        contrasts(design, planted(design))


def effects(worlds: int = 40) -> dict[frozenset[str], np.ndarray]:
    """An effect of 10: waiting gives 4, quits 0, prices and waiting together 6."""
    luck = np.random.default_rng(3).normal(0, 1, (worlds, 2))
    return {
        off: (4 + luck[:, 0]) * ("waiting" not in off) + (6 + luck[:, 1]) * (not off & {"waiting", "prices"})
        for off in subsets(SWITCHES)
    }


def test_parts_add_up_to_the_effect_in_every_world():
    made = {off: np.random.default_rng(len(off)).normal(0, 1, 30) for off in subsets(SWITCHES)}
    parts = shapley(made, SWITCHES)
    total = sum(parts.values()) + made[frozenset(SWITCHES)]
    assert total == pytest.approx(made[frozenset()], abs=1e-12)


def test_what_two_mechanisms_do_together_is_shared_and_an_idle_one_gets_nothing():
    parts = shapley(effects(), SWITCHES)
    alone, together = effects()[frozenset({"quits", "prices"})], effects()[frozenset({"quits"})]
    assert parts["waiting"] == pytest.approx(alone + (together - alone) / 2)
    assert parts["prices"] == pytest.approx((together - alone) / 2)
    assert not parts["quits"].any()


def test_the_order_of_the_switches_does_not_matter():
    one, other = shapley(effects(), SWITCHES), shapley(effects(), SWITCHES[::-1])
    for switch in SWITCHES:
        assert one[switch] == pytest.approx(other[switch], abs=1e-12)


def test_the_table_adds_up_and_holds_the_planted_parts():
    table = shapley_table(effects(), SWITCHES)
    assert table["mean"].drop(IN_ALL).sum() == pytest.approx(table.loc[IN_ALL, "mean"])
    assert table.loc["waiting", "low"] < 7 < table.loc["waiting", "high"]
    assert table.loc[WITHOUT_ALL, "mean"] == 0


@pytest.mark.parametrize("switches", [(), ("a", "a"), tuple("abcdefg")])
def test_too_many_switches_none_or_the_same_twice_are_refused(switches):
    with pytest.raises(InputError, match="different switches"):
        list(subsets(switches))
