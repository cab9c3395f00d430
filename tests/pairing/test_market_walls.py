"""Walls between markets: whatever happens to the numbers of one world, the others keep their bits."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from sim.state import columns
from sim.world import World
from tests.worlds import TABLES, arm, busy, differing, everybody, live, make, part, story

POISONED, WORLDS, MONTHS = 1, 4, 15
POSITIONS = {"main_stage", "kind"}


def poison_columns(world: World) -> None:
    """Set every column of floats of one world to NaN."""
    for table in TABLES:
        for column in columns(getattr(world, table)).values():
            if column.dtype == np.float64:
                rows = len(column) // WORLDS
                column[POISONED * rows:(POISONED + 1) * rows] = np.nan


def poison_parameters(world: World) -> None:
    """Set every number of one world's scenario to NaN; sizes of tables and positions in them stay numbers."""
    for group in fields(world.params):
        for f in fields(getattr(world.params, group.name)):
            if group.name != "setup" and f.name not in POSITIONS:
                getattr(getattr(world.params, group.name), f.name)[POISONED] = np.nan


@pytest.mark.parametrize("when", [0, 5])
@pytest.mark.parametrize("poison", [poison_columns, poison_parameters])
def test_a_poisoned_world_leaves_the_others_their_bits(poison: object, when: int) -> None:
    poisoned, plain = (everybody(make(busy(), range(WORLDS)), arm("npv")) for _ in range(2))
    with np.errstate(invalid="ignore"):
        for world in (poisoned, plain):
            live(world, when)
        poison(poisoned)  # type: ignore[operator]
        for world in (poisoned, plain):
            live(world, MONTHS)

    assert np.isnan(part(poisoned, POISONED)["firms.utilisation"]).any()
    for other in set(range(WORLDS)) - {POISONED}:
        assert differing(part(poisoned, other), part(plain, other)) == set()
        assert story(poisoned, other) == story(plain, other)
