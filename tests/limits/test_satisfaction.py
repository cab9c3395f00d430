"""Customers compare what they get with what they expect, leave sooner when disappointed, and hear of friends' firms."""

from __future__ import annotations

import numpy as np
import pytest

from sim import numerics
from sim.arrays import Floats
from sim.formulas.satisfaction import exposure, feeling
from sim.kernels.satisfaction import Deliveries, feel
from sim.mechanisms import demand, satisfaction
from sim.state import OUTSIDE, SEARCHING
from sim.world import World
from tests.limits.test_customers_choose import CUSTOMERS, FIRMS, look
from tests.worlds import DISTURBANCES, differing, live, make, part, snapshot, street

ANXIOUS = {"attention_month": 0.5}


def felt(months: int, value: float, usual: float = 0.0, expectation: float = 0.0) -> tuple[float, float]:
    """Satisfaction and expectation of a customer whose firm delivers this value in a market that delivers `usual`."""
    state = np.zeros(1), np.full(1, expectation)
    deliveries = Deliveries(
        np.ones(1, dtype=np.bool_), np.full(1, value), beside=np.zeros(1), harm=np.zeros(1), usual=np.full(1, usual),
        usual_beside=np.zeros(1), drift=np.full(1, 0.1), memory=np.full(1, 0.7), loss_weight=np.full(1, 2.0),
    )
    for _ in range(months):
        feel(*state, (np.zeros(1, dtype=np.int64),) * 3, deliveries)
    return float(state[0][0]), float(state[1][0])


def test_falling_short_counts_twice_as_much_as_exceeding() -> None:
    assert feeling(np.array([0.3, -0.3, 0.0]), np.array(2.0)).tolist() == [0.3, -0.6, 0.0]
    assert felt(1, -0.3)[0] == pytest.approx(-2.0 * felt(1, 0.3)[0], rel=1e-12)


def test_a_lasting_surprise_is_felt_in_full_and_then_taken_for_granted() -> None:
    assert felt(1, 0.5)[0] == pytest.approx(0.3 * 0.5)
    assert felt(240, 0.5, usual=0.5)[0] == pytest.approx(0.0, abs=1e-6)
    assert felt(240, 0.5, usual=0.0)[0] == pytest.approx(0.5, abs=1e-6)


def test_better_rivals_raise_the_bar() -> None:
    """The firm delivers what it always did; the market around it has become better by a half."""
    satisfaction_now, expectation = felt(60, 0.0, usual=0.5)

    assert expectation == pytest.approx(0.5, abs=0.01)
    assert satisfaction_now == pytest.approx(-1.0, abs=0.05)


@pytest.mark.parametrize("satisfaction_now", [-1.0, -0.2, 0.0, 0.4])
def test_the_chance_to_look_around_falls_exponentially_with_satisfaction(satisfaction_now: float) -> None:
    """Everybody who looks is taken by a firm that is liked above all."""
    pull = np.array([50.0, 0.0, 0.0, 0.0])
    place = look(1, satisfaction=satisfaction_now, attention=np.array([0.1]), value=pull, looks=np.array([10.0]))
    met = 1.0 - 0.75**10  # ten firms met, one in four of them the one that is liked

    chance = 0.1 * np.exp(-1.5 * satisfaction_now)
    error = np.sqrt(chance * (1.0 - chance) / CUSTOMERS)
    assert chance * met - 5.0 * error - 0.01 < float((place == 0).mean()) < chance + 5.0 * error


def test_what_counts_is_satisfaction_against_the_market() -> None:
    alike = look(1, satisfaction=0.3, attention=np.array([0.2]), usual=np.array([0.3]))

    assert np.array_equal(alike, look(1, attention=np.array([0.2])))


def test_who_buys_from_none_looks_around_whatever_others_feel() -> None:
    assert np.array_equal(look(OUTSIDE, attention=np.array([0.2]), usual=np.array([9.0])),
                          look(OUTSIDE, attention=np.array([0.2])))


def test_friends_bring_customers_to_a_firm_that_nobody_notices() -> None:
    """Half of all friends buy from firm 1, half from firm 2, which is liked above all."""
    nobody, liked = np.zeros(FIRMS), np.array([0.0, 0.0, 50.0, 0.0])
    half = np.arange(CUSTOMERS) % 2 + 1
    silent = look(half, awareness=nobody, value=liked)
    talking = look(half, awareness=nobody, value=liked, told=np.array([0.7]))

    assert (silent[half == 1] != 2).all()
    assert float((talking[half == 1] == 2).mean()) == pytest.approx(0.35, abs=0.015)
    assert not np.isin(talking, (0, 3)).any()
    assert (look(SEARCHING, awareness=nobody, told=np.array([1.0])) == OUTSIDE).all(), "friends who have no firm"


def test_exposure_lies_between_awareness_and_size() -> None:
    known, size = np.array([1.8, 0.5]), np.array([3.0, 0.2])

    assert exposure(known, size, np.array(3.0), np.array(0.0)).tolist() == known.tolist()
    assert exposure(known, size, np.array(0.0), np.array(1.0)).tolist() == size.tolist()
    assert (exposure(np.ones(2), np.ones(2), np.array(3.0), np.array(0.5)) == 1.0).all()


def moving(world: World, months: int) -> Floats:
    """Share of customers that changed firm, by month."""
    shares = []
    for _ in range(months):
        before = world.customers.supplier.copy()
        live(world, 1)
        shares.append(float((world.customers.supplier != before).mean()))
    return np.array(shares)


def test_a_firm_that_gets_worse_loses_customers_sooner() -> None:
    """Its prices are a fifth above all others' and above what its place makes up for."""
    kept = []
    for slope in (0.0, 3.0):
        world = make(street(satisfaction={"leave_slope": slope}), range(24))
        rows = np.arange(24) * world.firm_slots
        world.ablated = frozenset({"prices.reset_prices"}) | DISTURBANCES
        world.firms.price_usd[rows] *= 1.2
        first = world.customers.supplier.copy()
        live(world, 9)
        own = np.isin(first, rows)
        kept.append(float((world.customers.supplier[own] == first[own]).mean()))

    assert kept[1] < kept[0] - 0.05


def test_satisfaction_starts_anew_with_another_firm() -> None:
    world = make(street(demand=ANXIOUS), [1, 2, 3])
    before = world.customers.supplier.copy()
    world.customers.satisfaction[:] = 7.0
    demand.choose_suppliers(world)
    moved = world.customers.supplier != before
    assert moved.any()
    assert (world.customers.satisfaction[moved] == 0.0).all()
    assert (world.customers.satisfaction[~moved] == 7.0).all()


def test_expectation_starts_where_the_market_is_and_does_not_run_away() -> None:
    world = make(street(), range(8))
    start = world.customers.expectation.copy()
    live(world, 36)

    assert abs(float(world.customers.expectation.mean() - start.mean())) < 0.25
    assert -0.6 < float(world.worlds.satisfaction.mean()) < 0.1


def test_switched_off_nobody_feels_anything_and_friends_keep_silent() -> None:
    world = make(street(), [1, 2])
    world.ablated = frozenset({"satisfaction.feel_the_month", "satisfaction.let_friends_talk"})
    expected = world.customers.expectation.copy()
    live(world, 6)

    assert not world.customers.satisfaction.any()
    assert not world.worlds.satisfaction.any()
    assert not world.worlds.word_of_mouth.any()
    assert np.array_equal(world.customers.expectation, expected)


def test_the_two_steps_write_what_they_say() -> None:
    world = live(make(street(), [1, 2]), 3)
    for step in (satisfaction.let_friends_talk, satisfaction.feel_the_month):
        before = snapshot(world)
        world.worlds.word_of_mouth[:] = -1.0
        step(world)
        assert differing(before, snapshot(world)) - {"worlds.word_of_mouth"} <= step.writes


def test_a_firm_that_serves_nobody_changes_nobodys_feelings() -> None:
    """Open, known to nobody, without people; all others keep their bits."""
    worlds = [make(street(), [5, 6]) for _ in range(2)]
    for world in worlds:
        world.ablated = frozenset({"finance.close_firms"})
        live(world, 1)
    firms, slots = worlds[1].firms, worlds[1].firm_slots
    free = int(np.nonzero(~firms.open[:slots])[0][-1])
    firms.open[free], firms.luck[free], firms.owner_quality[free] = True, numerics.key(np.uint64(1), np.uint64(2)), 0.0
    firms.input_factor[free] = 1.0
    for world in worlds:
        live(world, 12)

    assert not firms.orders_served[free]
    for name in ("customers.supplier", "customers.satisfaction", "customers.expectation", "worlds.satisfaction"):
        assert snapshot(worlds[0])[name].tobytes() == snapshot(worlds[1])[name].tobytes(), name


def test_a_world_feels_the_same_alone_and_in_a_batch() -> None:
    scenarios = [street(), street(satisfaction={"loss_weight": 1.0, "word_of_mouth": 0.9}), street()]
    together, alone = make(scenarios, [1, 2, 3]), make(scenarios[1], [2])
    live(together, 12)
    live(alone, 12)

    assert differing(part(together, 1), part(alone, 0)) == set()


def test_months_move_customers_about_as_attention_says() -> None:
    shares = moving(make(street(), range(16)), 12)

    assert 0.03 < float(shares.mean()) < 0.10
