"""The world's own few helpers: sums, payments, notes, and the declaration of a month's steps."""

from __future__ import annotations

import numpy as np
import pytest

from sim.state import FLOW
from sim.world import World, mechanism
from tests.worlds import make, street


@pytest.fixture
def world() -> World:
    """Two worlds at month 0."""
    return make(street(), [1, 2])


def nothing(world: World) -> None:
    """Do nothing."""


def test_a_neutral_form_and_its_words_come_together() -> None:
    with pytest.raises(ValueError, match="come together"):
        mechanism("firms.posts", neutral=nothing)
    with pytest.raises(ValueError, match="come together"):
        mechanism("firms.posts", neutral_text="no posts")


def test_a_step_carries_its_name_its_columns_and_its_first_line() -> None:
    step = mechanism("firms.posts firms.hires")(nothing)

    assert step.name == "test_world_helpers.nothing"
    assert step.writes == {"firms.posts", "firms.hires"}
    assert step.source == "Do nothing."


def test_a_step_switched_off_runs_its_neutral_form(world: World) -> None:
    def plan(world: World) -> None:
        """Want seven people."""
        world.firms.posts[:] = 7

    def none(world: World) -> None:
        """Want nobody."""
        world.firms.posts[:] = 0

    step = mechanism("firms.posts", neutral=none, neutral_text="0 posts")(plan)
    step(world)
    assert set(world.firms.posts) == {7}

    world.ablated = frozenset({step.name})
    step(world)
    assert set(world.firms.posts) == {0}


def test_sums_by_world_keep_to_the_walls_between_markets(world: World) -> None:
    values = world.firms.normal_orders.copy()
    before = world.sum_by_world(world.firms.world, values)
    values[: world.firm_slots] = np.nan

    assert np.isnan(world.sum_by_world(world.firms.world, values)[0])
    assert world.sum_by_world(world.firms.world, values)[1] == before[1]


def test_sums_by_firm_leave_out_those_who_point_to_none(world: World) -> None:
    staff = world.sum_by_firm(world.people.employer, np.ones(len(world.people.world)))

    assert staff.sum() == (world.people.employer >= 0).sum() < len(world.people.world)


def test_payments_are_rounded_to_cents_once_and_add_up(world: World) -> None:
    rows = np.array([0, 2])
    world.pay(rows, FLOW["sales"], np.array([0.125, 10.0]))
    world.pay(rows, FLOW["sales"], np.array([0.125, -4.0]))

    assert world.firms.flow_cents[[0, 1, 2], FLOW["sales"]].tolist() == [26, 0, 600]


def test_nothing_is_noted_of_nobody(world: World) -> None:
    world.note("close", np.array([], dtype=np.int64))
    assert not world.journal

    world.note("close", np.array([3]), broke=np.array([1]))
    assert [(note.month, note.kind, note.rows.tolist()) for note in world.journal] == [(0, "close", [3])]
