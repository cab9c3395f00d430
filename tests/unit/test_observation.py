"""An observation on its way between processes, and what is left of it when little is wanted."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pytest

from sim.observe.observation import Event, Observation

SEEN = Observation(
    "quote", 3, {"cash": -0.0, "closed": float("nan"), "worth": 0.1 + 0.2},
    {"cash_usd": np.array([1e300, 5e-324]), "alive": np.array([1.0, 0.0])}, (Event(0, "bought", "Bought: an oven."),),
    watched_firms=2, panel={"birth": np.zeros((2, 3))},
)


def test_an_observation_comes_back_from_another_process_with_every_bit() -> None:
    back = pickle.loads(pickle.dumps(SEEN))
    assert (back.arm, back.replicate, back.events, back.projects) == ("quote", 3, SEEN.events, ())
    assert (back.watched_firms, back.panel["birth"].shape) == (2, (2, 3))
    for numbers, kept in ((back.scalars, SEEN.scalars), (back.series, SEEN.series)):
        assert list(numbers) == list(kept)
        assert all(np.asarray(numbers[name]).tobytes() == np.asarray(kept[name]).tobytes() for name in kept)
    back.series["alive"][0] = 7.0
    assert (SEEN.series["alive"][0], back.series["cash_usd"][0]) == (1.0, 1e300)


def test_an_observation_without_series_comes_back() -> None:
    assert pickle.loads(pickle.dumps(replace(SEEN, series={}))).series == {}


def test_what_is_not_wanted_is_left_behind_and_what_is_lacking_is_noticed() -> None:
    few = SEEN.only((["worth"], ["alive"]))
    assert (list(few.scalars), list(few.series)) == (["worth"], ["alive"])
    with pytest.raises(KeyError, match="profit"):
        SEEN.only((["profit"], []))
