"""Wages follow what an hour makes and how long posts stay open, slowly and within bounds, and only where asked to."""

from __future__ import annotations

import numpy as np
import pytest

from sim import numerics
from sim.arrays import Bools, Floats
from sim.formulas.wages import output_gained, people_built_for, wage_wanted
from sim.look import look
from sim.mechanisms import prices, wages
from sim.offers import offers
from sim.state import FLOW
from sim.world import World
from tests.worlds import DISTURBANCES, arm, busy, coming, differing, everybody, live, make, planned, snapshot, street

MOVING = {"rent_sharing": 0.15, "vacancy_response": 0.3}
BIG_TOOL = {"online_ordering": {f"hours_taken_{stage}": 0.6 for stage in ("operations", "marketing_sales", "outbound")}}


def making(times: float, **numbers: float) -> World:
    """A street staffed as it was built, whose hours make so many times the usual orders."""
    world = make(street(wages=numbers), range(3))
    firms, people = world.firms, numerics.count_by(world.people.employer, len(world.firms.world))
    firms.posts[:] = people
    firms.orders_expected[:] = times * firms.normal_orders
    firms.throughput[:] = 10.0 * firms.normal_orders * max(times, 1.0)
    return world


def in_the_end(world: World, months: int = 400) -> Floats:
    """Log of the wages of open firms over those of the start, after so many months in which all else stays."""
    before = world.firms.wage_usd_hour.copy()
    for _ in range(months):
        wages.move_wages(world)
    rows = world.firms.open
    return np.log(world.firms.wage_usd_hour[rows] / before[rows])


def same_firms(first: World, second: World) -> Bools:
    """Slots with the same open firm in both."""
    return first.firms.open & second.firms.open & (first.firms.birth == second.firms.birth)


def test_without_sharing_and_without_an_answer_to_vacancies_wages_stay_bit_for_bit() -> None:
    asked, left_out = (everybody(make(busy(), [1, 2]), arm("npv", layoff=1.0)) for _ in range(2))
    left_out.ablated = frozenset({"wages.move_wages"})
    first = asked.firms.wage_usd_hour[asked.firms.open].copy()
    old = np.nonzero(asked.firms.open)[0]
    births = asked.firms.birth[old].copy()
    live(asked, 24)
    live(left_out, 24)
    still = asked.firms.birth[old] == births

    assert differing(snapshot(asked), snapshot(left_out)) == {"firms.posts_open"}
    assert asked.firms.wage_usd_hour[old][still].tobytes() == first[still].tobytes()
    assert not asked.firms.wage_moved.any()


@pytest.mark.parametrize("sharing", [0.05, 0.15])
def test_an_hour_that_makes_twice_as_much_raises_the_wage_by_the_share_of_it_in_the_end(sharing: float) -> None:
    assert in_the_end(making(2.0, rent_sharing=sharing)) == pytest.approx(sharing * np.log(2.0), rel=1e-9)
    assert in_the_end(making(0.5, rent_sharing=sharing)) == pytest.approx(-sharing * np.log(2.0), rel=1e-9)


def test_a_firm_as_it_was_built_pays_what_it_usually_pays() -> None:
    assert in_the_end(making(1.0, rent_sharing=0.5)) == pytest.approx(0.0, abs=1e-12)


def test_a_month_closes_its_part_of_the_gap() -> None:
    moved = in_the_end(making(2.0, rent_sharing=0.1, adjust_month=0.25), months=2)

    assert moved == pytest.approx((0.25 + 0.75 * 0.25) * 0.1 * np.log(2.0))


def test_no_wage_departs_further_than_its_bound() -> None:
    assert in_the_end(making(1000.0, rent_sharing=0.5, most_moved=0.1)) == pytest.approx(0.1)
    assert in_the_end(making(0.001, rent_sharing=0.5, most_moved=0.1)) == pytest.approx(-0.1)


def test_what_a_firm_gets_through_its_chain_counts_not_what_it_is_asked_for() -> None:
    world = making(2.0, rent_sharing=0.1)
    world.firms.throughput[:] = world.firms.normal_orders

    assert in_the_end(world) == pytest.approx(0.0, abs=1e-12)


def test_a_firm_that_has_made_nothing_yet_has_nothing_to_share() -> None:
    world = making(2.0, rent_sharing=0.1)
    world.firms.throughput[:] = 0.0

    assert in_the_end(world) == pytest.approx(0.0, abs=0.0)


def test_posts_that_stay_open_raise_the_wage_by_their_share_in_the_end() -> None:
    world = making(1.0, vacancy_response=0.2)
    world.firms.posts[:] *= 2

    assert in_the_end(world) == pytest.approx(0.2 * 0.5)


def test_a_post_that_is_open_for_a_month_hardly_moves_a_wage() -> None:
    world = making(1.0, vacancy_response=0.2)
    world.firms.posts[:] *= 2
    once = in_the_end(world, months=1)
    world.firms.posts[:] //= 2

    assert once == pytest.approx(0.2 * 0.5 * 0.2 * 0.08)
    assert (once + in_the_end(world)) == pytest.approx(0.0, abs=1e-9)


def test_a_wage_is_the_firms_own_times_the_trades_times_what_has_moved_whatever_comes() -> None:
    rises = coming({"kind": "wage", "month": 4, "size": 0.1, "months": 8}, {"kind": "wage", "month": 9, "size": 0.2})
    world = everybody(make(busy(wages=MOVING, events=rises), [1, 2, 3]), arm("npv", layoff=1.0))
    firms, own, births = world.firms, np.zeros(len(world.firms.world)), np.full(len(world.firms.world), -1)
    for month in range(24):
        level = world.worlds.wage_level[firms.world]
        new = firms.open & (firms.birth != births)
        own[new] = (firms.wage_usd_hour / level / np.exp(firms.wage_moved))[new]
        births[new] = firms.birth[new]
        expected = (own * level * np.exp(firms.wage_moved))[firms.open]
        assert firms.wage_usd_hour[firms.open] == pytest.approx(expected, rel=1e-12), month
        live(world, 1)

    assert (world.worlds.births > 5).all()
    assert np.abs(firms.wage_moved[firms.open]).max() > 0.01


def test_an_entrant_starts_at_its_own_wage() -> None:
    usual, moving = (everybody(make(busy(wages=numbers), [1, 2]), arm("none")) for numbers in ({}, MOVING))
    seen = 0
    for _ in range(18):
        known = moving.firms.birth.copy()
        live(usual, 1)
        live(moving, 1)
        new = same_firms(usual, moving) & (moving.firms.birth != known)
        moved = moving.firms.wage_usd_hour[new] / usual.firms.wage_usd_hour[new] - 1.0
        assert np.abs(moved).max(initial=0.0) < 0.3 * 0.2 * 0.08 + 1e-12
        seen += int(new.sum())

    assert seen > 3


def test_wages_do_not_run_with_the_season() -> None:
    world = make(street(sector={"peak_factor": 1.6, "trough_factor": 0.6}, wages={"rent_sharing": 0.15}), range(3))
    world.ablated = DISTURBANCES - {"environment.turn_the_calendar"}
    live(world, 24)
    paid, sold = [], []
    for _ in range(12):
        live(world, 1)
        paid.append(world.firms.wage_usd_hour[world.firms.open].sum())
        sold.append(world.firms.orders_served.sum())

    assert max(sold) / min(sold) > 1.5
    assert max(paid) / min(paid) < 1.003


@pytest.mark.slow
def test_wages_never_run_away_in_twenty_years() -> None:
    world = make(street(wages={"rent_sharing": 0.15, "vacancy_response": 0.5}), range(8))
    at_most, mean = [], []
    for _ in range(20):
        live(world, 12)
        moved = world.firms.wage_moved[world.firms.open]
        at_most.append(np.abs(moved).max())
        mean.append(moved.mean())

    assert max(at_most) < 0.2
    assert np.abs(mean).max() < 0.04
    assert abs(np.mean(mean[-5:]) - np.mean(mean[5:10])) < 0.02


def relieved(**numbers: float) -> World:
    """Firms that all buy a tool that takes much of their work, use it fully at once and cut the posts it frees."""
    owner = planned(("online_ordering", 0))
    world = everybody(make(street(BIG_TOOL, wages=numbers, prices={"reset_month": 0.0}), range(12)), owner)
    world.firms.layoff[world.firms.open] = 1.0
    world.firms.cash_cents[world.firms.open] += 10_000_000
    world.ablated = frozenset(
        {"finance.close_firms", "entry.open_new_firms", "acceptance.accept_tools", "skill.learn_tools"}
    )
    return world


@pytest.fixture(scope="module")
def by_sharing() -> dict[float, dict[str, float]]:
    """Quits, wages and profit of such firms over three years, by how much of their rents they share."""
    found = {}
    for sharing in (0.0, 0.1, 0.3):
        world, quits, profit = relieved(rent_sharing=sharing, adjust_month=0.2), 0, 0.0
        small = world.firms.open & ~world.firms.large
        for _ in range(36):
            live(world, 1)
            quits += int(world.firms.quits[small].sum())
            profit += float(world.firms.profit_usd[small].sum())
        wage = float(world.firms.wage_usd_hour[small].mean())
        found[sharing] = {"quits": quits, "profit": profit, "wage": wage}
    return found


def test_who_shares_more_pays_more_keeps_more_people_and_earns_less(by_sharing: dict[float, dict[str, float]]) -> None:
    none, some, much = (by_sharing[sharing] for sharing in (0.0, 0.1, 0.3))

    assert none["wage"] < some["wage"] < much["wage"]
    assert none["quits"] > some["quits"] > much["quits"]
    assert none["profit"] > some["profit"] > much["profit"]


def test_a_wage_that_has_moved_is_paid_priced_and_seen_by_the_owner() -> None:
    world = making(2.0, rent_sharing=0.2)
    rows = np.nonzero(world.firms.open)[0]
    cost = prices.normal_cost_usd(world)[rows]
    in_the_end(world)

    assert (prices.normal_cost_usd(world)[rows] > cost).all()
    assert np.array_equal(look(world, rows, offers(world, rows)).wage_usd_hour, world.firms.wage_usd_hour[rows])
    wage = world.firms.wage_usd_hour.copy()
    live(world, 1)
    staff = numerics.count_by(world.people.employer, len(world.firms.world))
    hours = staff * world.params.sector.hours_person_month[world.firms.world]
    assert -world.firms.flow_cents[rows, FLOW["wages"]] == pytest.approx(
        100.0 * (hours * world.firms.wage_usd_hour)[rows], abs=1.0)
    assert (world.firms.wage_usd_hour[rows] != wage[rows]).any()


def test_the_formulas_in_their_limits() -> None:
    def one(*values: float) -> list[Floats]:
        return [np.array([value]) for value in values]

    assert people_built_for(*one(1000.0, 160.0, 140.0)) == 6.0
    assert people_built_for(*one(100.0, 160.0, 140.0)) == 0.0
    assert output_gained(*one(300.0, 10.0, 100.0, 10.0)) == pytest.approx(np.log(3.0))
    assert output_gained(*one(0.0, 10.0, 100.0, 10.0)) == output_gained(*one(300.0, 0.0, 100.0, 10.0)) == 0.0
    assert wage_wanted(*one(0.3, 0.2, 0.4)) == 0.4
    assert wage_wanted(*one(-0.3, 0.2, 0.4)) == pytest.approx(-0.1)
