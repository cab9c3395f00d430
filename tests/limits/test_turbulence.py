"""Turbulence: jumps come as often as stated, move what they say as far as they say, and do not pile up."""

from __future__ import annotations

import numpy as np
import pytest

from sim import numerics, schedule
from sim.mechanisms import demand
from sim.offers import offers
from sim.params.sector import STAGES
from sim.world import World
from tests.worlds import Columns, arm, differing, everybody, live, make, snapshot, street


def turbulent(worlds: int = 12, **environment: float) -> World:
    """Streets under these numbers of the environment."""
    return make(street(environment=environment), range(1, worlds + 1))


def jumps(world: World, what: str, months: int) -> list[tuple[int, int]]:
    """World and place of every jump in so many months."""
    live(world, months)
    firsts = {int(row) for row in np.arange(len(world.worlds.luck)) * world.firm_slots}
    return [(int(row) // world.firm_slots, int(note.details["where"][i])) for note in world.journal
            if note.kind == what for i, row in enumerate(note.rows) if int(row) in firsts]


@pytest.mark.parametrize("what", ["work", "taste"])
def test_jumps_come_as_often_as_stated_and_reach_every_place(what: str) -> None:
    world = turbulent(60, **{f"{what}_jumps_year": 2.0})
    world.ablated = frozenset({"finance.close_firms"})
    seen = jumps(world, f"{what} moved", 24)
    places = STAGES.index("procurement") if what == "work" else 3

    assert len(seen) == pytest.approx(60 * 4, abs=3 * np.sqrt(60 * 4))
    reached = {place for _, place in seen}
    chain = set(np.nonzero(world.params.sector.chain[0] > 0.0)[0].tolist())
    assert reached == (chain if what == "work" else set(range(places)))


def test_work_moves_and_stays_as_much_as_it_was_in_every_firm() -> None:
    world = turbulent(work_jumps_year=12.0, work_jump_share=0.4)
    before = numerics.row_sum(world.firms.hand_hours_order)
    usual = world.worlds.hours_share.copy()
    live(world, 1)

    assert numerics.row_sum(world.firms.hand_hours_order) == pytest.approx(before, rel=1e-12)
    assert numerics.row_sum(world.worlds.hours_share) == pytest.approx(1.0, rel=1e-12)
    support = world.params.sector.chain == 0.0
    assert world.worlds.hours_share[support] == pytest.approx(usual[support])
    more = (world.worlds.hours_share > usual).sum(axis=1)
    assert set(more.tolist()) == {1}
    assert numerics.row_sum(np.abs(world.worlds.hours_share - usual)) == pytest.approx(
        2.0 * (world.worlds.hours_share - usual).max(axis=1))


def test_jumps_start_from_what_is_usual_and_do_not_pile_up() -> None:
    world = turbulent(work_jumps_year=12.0, work_jump_share=0.4, taste_jumps_year=12.0, taste_jump=0.7)
    live(world, 30)
    chain_hours = numerics.row_sum(world.params.sector.hours_share * (world.params.sector.chain > 0.0))
    gained = (world.worlds.hours_share - 0.6 * world.params.sector.hours_share * (world.params.sector.chain > 0.0))

    assert gained.max(axis=1) == pytest.approx(0.4 * chain_hours)
    assert {tuple(sorted(row)) for row in world.worlds.taste.round(9)} == {(1.0, 1.0, round(float(np.exp(0.7)), 9))}


def test_an_entrant_works_as_the_trade_works_by_then() -> None:
    world = make(street(environment={"work_jumps_year": 12.0}, finance={"entry_year": 3.0}), [1, 2, 3])
    live(world, 3)
    rows = np.nonzero(world.firms.open)[0]
    share = world.firms.hand_hours_order[rows] / numerics.row_sum(world.firms.hand_hours_order[rows])[:, None]

    assert (world.firms.birth[rows] > 4).any()
    assert share == pytest.approx(world.worlds.hours_share[world.firms.world[rows]])


def test_a_new_taste_moves_customers_between_firms_and_not_out_of_the_market() -> None:
    """Every firm loses by its waits; elsewhere one waits too, so the mean firm is liked as much as before."""
    world = turbulent(4)
    before = demand.reliability(world)
    elsewhere = demand.outside(world).copy()
    world.worlds.taste[:, 0] = 2.0
    lost = demand.reliability(world) - before
    moved = demand.outside(world) - elsewhere

    assert (lost[world.firms.open] < 0.0).all()
    assert moved == pytest.approx(world.market_mean(lost))
    assert np.ptp(lost[:4]) > 0.0


def test_firms_that_customers_wait_for_lose_when_waits_come_to_count() -> None:
    """The slowest firms of each street lose customers against the same street without the jump."""
    calm, restless = turbulent(40), turbulent(40)
    for world in (calm, restless):
        world.ablated = frozenset({"finance.close_firms", "entry.open_new_firms", "prices.reset_prices"})
        world.params.demand.attention_month[:] = 0.5
    slots = calm.firm_slots
    first = np.arange(40) * slots
    slow = calm.firms.wait_seen.reshape(-1, slots)[:, :4].argmax(axis=1) + first
    for _ in range(8):
        for world in (calm, restless):
            schedule.step(world)
        restless.worlds.taste_lasting[:, 0] = np.exp(1.5)

    assert restless.firms.orders_new[slow].sum() < calm.firms.orders_new[slow].sum()


@pytest.mark.parametrize("size", ["work_jump_share", "taste_jump"])
def test_without_jumps_their_size_changes_nothing(size: str) -> None:
    def lived(value: float) -> Columns:
        return snapshot(live(everybody(make(street(environment={size: value}), [5]), arm("npv")), 12))

    assert not differing(lived(0.1), lived(0.8))


def test_denser_data_need_more_edges_and_cost_more_to_join() -> None:
    thin, dense = (everybody(make(street(environment={"edge_density": d}), [1]), arm("none", integrate=1.0))
                   for d in (1.0, 2.0))
    rows = np.array([0])
    bare = everybody(make(street(), [1]), arm("none"))
    building = [float((offers(w, rows).one_off_usd - offers(bare, rows).one_off_usd)[0, 0]) for w in (thin, dense)]

    assert building[1] == pytest.approx(2.0 * building[0])
    assert building[0] > 0.0
