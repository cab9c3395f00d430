"""A small firm's visible gain is answered after months: by its own tool if that can be had, otherwise by price."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim import numerics
from sim.formulas.rivals import lag_months
from sim.mechanisms import rivals
from sim.world import World
from tests.worlds import FAMILIES, differing, live, make, part, snapshot, street

CRM = FAMILIES.index("crm")
LARGE = 4  # the one large firm of a street, after four small ones


def gained(factor: float, **groups: dict[str, float]) -> World:
    """A street whose first firm has this many times its usual share of the market."""
    world = make(street(**groups), [1])
    world.firms.share_usual[0] = rivals.shares(world)[0] / factor
    return world


def due(world: World) -> World:
    """The large firm acts this month on what it saw of the first firm."""
    world.firms.reaction_in[LARGE], world.firms.reaction_to[LARGE] = 1, 0
    rivals.react(world)
    return world


def test_the_lag_is_a_gamma_with_the_stated_mean() -> None:
    draws = numerics.uniform(np.arange(20_000, dtype=np.uint64)[:, None], np.uint64(3), np.uint64(0),
                             np.arange(3, dtype=np.uint64))
    waited = lag_months(np.full(20_000, 9.0), *draws.T)

    assert waited.min() >= 1
    assert waited.mean() == pytest.approx(9.5, abs=0.1), "whole months, rounded up"
    whole = np.ceil(stats.gamma(3, scale=3.0).rvs(20_000, random_state=1))
    assert stats.ks_2samp(waited, whole).pvalue > 1e-3


def test_at_once_means_next_month() -> None:
    half = np.full(4, 0.5)

    assert lag_months(np.zeros(4), half, half, half).tolist() == [1, 1, 1, 1]


@pytest.mark.parametrize(("factor", "noted"), [(1.0, False), (1.2, False), (1.4, True), (5.0, True)])
def test_a_gain_is_noted_when_it_is_more_than_noise(factor: float, noted: bool) -> None:
    world = gained(factor)
    rivals.take_note(world)

    assert (world.firms.reaction_in[LARGE] > 0) is np.bool_(noted)
    assert not world.firms.reaction_in[:LARGE].any(), "small firms do not react"
    if noted:
        assert world.firms.reaction_to[LARGE] == 0


def test_that_a_start_up_grows_is_no_news() -> None:
    """Its usual share follows its share at once, so that later gains stand against what it has become."""
    world = gained(3.0)
    world.firms.months_below[0] = -5
    rivals.take_note(world)

    assert not world.firms.reaction_in.any()
    assert world.firms.share_usual[0] == rivals.shares(world)[0]


def test_the_gain_of_a_firm_too_small_to_matter_is_overlooked() -> None:
    world = gained(3.0, rivals={"visible_share": 5.0})
    rivals.take_note(world)

    assert not world.firms.reaction_in.any()


def test_one_reaction_at_a_time() -> None:
    world = gained(3.0)
    world.firms.reaction_in[LARGE], world.firms.reaction_to[LARGE] = 4, 2
    rivals.take_note(world)

    assert (world.firms.reaction_in[LARGE], world.firms.reaction_to[LARGE]) == (4, 2)


def test_the_usual_share_follows_the_share() -> None:
    world = make(street(), [1])
    share = rivals.shares(world)
    world.firms.share_usual[:] = 0.0
    for _ in range(200):
        rivals.take_note(world)

    assert world.firms.share_usual == pytest.approx(share, abs=1e-6)
    assert float(share.sum()) == pytest.approx(1.0)


def with_tools(*tools: tuple[int, float]) -> World:
    """The first firm has tools at work, each with its gain in share since the go-live; the large firm is rich."""
    world = make(street(), [1])
    for slot, (family, gain) in enumerate(tools):
        world.firms.tool_family[0, slot + 2] = family
        world.firms.tool_share_before[0, slot + 2] = rivals.shares(world)[0] * np.exp(-gain)
    world.firms.cash_cents[LARGE] = 10**9
    return world


def test_what_a_rival_has_since_long_before_its_gain_is_not_imitated() -> None:
    """Its share is what it was when the tool went live: whatever made it gain, that was not the tool."""
    firms = due(with_tools((CRM, 0.0))).firms

    assert (firms.tool_family[LARGE] < 0).all()
    assert firms.markup_given[LARGE] == pytest.approx(0.03)


@pytest.mark.parametrize("gains", [(0.3, 0.9), (0.9, 0.3)])
def test_the_tool_since_which_the_rival_gained_most_is_imitated(gains: tuple[float, float]) -> None:
    other = FAMILIES.index("online_ordering")
    firms = due(with_tools((CRM, gains[0]), (other, gains[1]))).firms

    assert firms.tool_family[LARGE, 0] == (CRM if gains[0] > gains[1] else other)


def test_the_share_at_go_live_is_remembered_beside_the_tool() -> None:
    world = make(street(), [1])
    world.firms.tool_family[0, :3] = CRM
    world.firms.tool_countdown[0, 1] = 1
    world.firms.tool_months_live[0, 2] = 4
    world.firms.share_usual[0] = 0.5
    rivals.take_note(world)

    assert world.firms.tool_share_before[0, :3].tolist() == [0.5, 0.0, 0.0]


def test_a_tool_at_work_is_imitated_and_paid() -> None:
    world = with_tools((CRM, 0.5))
    price = float(world.firms.price_usd[LARGE])
    firms = due(world).firms

    assert firms.tool_family[LARGE, 0] == CRM
    assert firms.tool_countdown[LARGE, 0] >= 1
    assert firms.tool_units[LARGE, 0] >= 1
    assert firms.flow_cents[LARGE].sum() < 0
    assert firms.price_usd[LARGE] == price
    assert [note.kind for note in world.journal] == ["imitate"]


@pytest.mark.parametrize("hindrance", ["not at work yet", "owned already", "no money", "no slot", "nothing there"])
def test_what_cannot_be_imitated_is_answered_by_price(hindrance: str) -> None:
    world = make(street(), [1])
    firms = world.firms
    firms.cash_cents[LARGE] = 0 if hindrance == "no money" else 10**9
    firms.tool_family[0, 0] = CRM if hindrance != "nothing there" else -1
    firms.tool_countdown[0, 0] = hindrance == "not at work yet"
    if hindrance == "owned already":
        firms.tool_family[LARGE, 1] = CRM
    if hindrance == "no slot":
        firms.tool_family[LARGE] = np.arange(10, 16)
    before = snapshot(world)
    due(world)

    assert firms.price_usd[LARGE] < 0.99 * before["firms.price_usd"][LARGE]
    assert firms.markup_given[LARGE] == pytest.approx(0.03)
    assert np.array_equal(firms.tool_family, before["firms.tool_family"])
    assert not firms.flow_cents.any()


def test_a_price_is_never_cut_below_the_floor() -> None:
    world = make(street(rivals={"cut_memory_month": 1.0}), [1])
    for _ in range(20):
        due(world)

    assert world.firms.markup[LARGE] == pytest.approx(0.05, abs=0.002)


def test_what_was_given_up_is_taken_back_in_time() -> None:
    world = due(make(street(), [1]))
    world.ablated = frozenset({"rivals.take_note"})
    given = float(world.firms.markup_given[LARGE])
    live(world, 13)

    assert world.firms.markup_given[LARGE] == pytest.approx(given * 0.95**13)


def test_a_rival_that_has_closed_is_forgotten() -> None:
    world = make(street(), [1])
    world.firms.open[0] = False
    before = snapshot(world)
    due(world)

    assert differing(before, snapshot(world)) <= {"firms.reaction_to"}
    assert not world.firms.reaction_in.any()


def test_large_firms_react_about_nine_months_after_a_gain() -> None:
    """The first firm becomes much liked; the answers come later, and not in all worlds at the same time."""
    world = make(street(), range(40))
    world.firms.appeal_base[np.arange(40) * world.firm_slots] += 2.0
    live(world, 40)
    months = [note.month for note in world.journal if note.kind in ("imitate", "cut price") for _ in note.rows]

    assert len(months) > 40
    assert min(months) >= 3
    assert np.std(months) > 3.0


def test_switched_off_no_large_firm_ever_reacts() -> None:
    world = gained(5.0)
    world.ablated = frozenset({"rivals.take_note"})
    live(world, 24)

    assert not world.firms.reaction_in.any()
    assert not [note for note in world.journal if note.kind in ("imitate", "cut price")]


def test_a_world_reacts_the_same_alone_and_in_a_batch() -> None:
    scenarios = [street(), street(rivals={"gain_seen": 0.02, "lag_months": 2.0}), street()]
    together, alone = make(scenarios, [1, 2, 3]), make(scenarios[1], [2])
    live(together, 18)
    live(alone, 18)

    assert "cut price" in {note.kind for note in alone.journal}
    assert differing(part(together, 1), part(alone, 0)) == set()


def test_the_two_steps_write_what_they_say() -> None:
    world = gained(5.0)
    world.firms.tool_family[0, 0] = CRM
    for step in (rivals.take_note, rivals.react):
        before = snapshot(world)
        step(world)
        assert differing(before, snapshot(world)) <= step.writes
