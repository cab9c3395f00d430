"""Formulas in the limits where the answer is known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.arrays import Floats
from sim.formulas.costs import paid_hours_order, unit_cost_usd
from sim.formulas.errors import ErrorRates, crossing_quality, fault_share
from sim.formulas.finance import annuity_factor
from sim.formulas.logit import stationary_outside
from sim.formulas.staffing import hours_needed, speed_
from sim.formulas.throughput import Work, automated_share, help_out, stage_capacity
from sim.formulas.waiting import queue_months
from sim.mechanisms.environment import SHAPE, persistent, season_factor

DEFAULT = ErrorRates(np.array(0.10), np.array(0.6), np.array(0.03))
LOADS = np.array([0.05, 0.3, 0.5, 0.7, 0.9, 0.98])


def erlang_wait(load: float, servers: int) -> float:
    """Mean wait in units of the work time, exact for Poisson arrivals and exponential work (Erlang C)."""
    offered = load * servers
    below = sum(offered**n / math.factorial(n) for n in range(servers))
    last = offered**servers / math.factorial(servers) / (1.0 - load)
    return last / (below + last) / (servers * (1.0 - load))


def test_one_server_waits_as_in_the_m_m_1_queue() -> None:
    wait = queue_months(np.array(0.25), LOADS, np.array(1.0), np.array(1.0))

    assert wait == pytest.approx(0.25 * LOADS / (1.0 - LOADS), rel=1e-13)


@pytest.mark.parametrize("servers", [2, 3, 5, 10])
def test_several_servers_wait_nearly_as_in_the_exact_queue(servers: int) -> None:
    """Sakasegawa's form is close where waits are long enough to matter."""
    busy = LOADS[LOADS >= 0.8]
    wait = queue_months(np.array(1.0), busy, np.array(float(servers)), np.array(1.0))

    assert wait == pytest.approx([erlang_wait(load, servers) for load in busy], rel=0.12, abs=0.01)


def test_waits_vanish_without_load_and_without_variation() -> None:
    assert queue_months(np.array(1.0), np.array(0.0), np.array(3.0), np.array(1.0)) == 0.0
    assert queue_months(np.array(1.0), np.array(0.9), np.array(3.0), np.array(0.0)) == 0.0


def test_automating_raises_errors_exactly_below_the_crossing() -> None:
    crossing = float(crossing_quality(DEFAULT))
    quality, automated = np.linspace(0.0, 1.0, 101), np.linspace(0.0, 0.8, 9)[None, :]
    errors = fault_share(quality[:, None], automated, np.array(1.0), DEFAULT)
    change = np.diff(errors, axis=1)

    assert crossing == pytest.approx(0.5)
    assert (change[quality < crossing - 1e-9] > 0.0).all()
    assert (change[quality > crossing + 1e-9] < 0.0).all()
    assert fault_share(np.array(crossing), automated, np.array(1.0), DEFAULT) == pytest.approx(errors[50, 0])


def test_errors_by_hand_and_without_hands() -> None:
    rates = DEFAULT
    assert float(fault_share(np.array(0.0), np.array(0.0), np.array(1.0), rates)) == pytest.approx(0.10 * 0.4 + 0.03)
    assert float(fault_share(np.array(0.0), np.array(1.0), np.array(1.0), rates)) == pytest.approx(0.10)
    assert float(fault_share(np.array(1.0), np.array(1.0), np.array(1.0), rates)) == 0.0


def test_an_annuity_is_the_sum_of_its_discounted_dollars() -> None:
    rate, months = np.array([0.01, 0.05, 0.001]), np.array([36.0, 12.0, 240.0])
    summed = [sum((1.0 + r) ** -month for month in range(1, int(n) + 1)) for r, n in zip(rate, months, strict=True)]

    assert annuity_factor(rate, months) == pytest.approx(summed, rel=1e-12)


def test_an_annuity_without_interest_counts_months() -> None:
    assert annuity_factor(np.array([0.0, 0.0]), np.array([36.0, 0.0])).tolist() == [36.0, 0.0]


@pytest.mark.parametrize("rate", [1e-6, 1e-9, 1e-12, 1e-15, 1e-18])
def test_an_annuity_at_hardly_any_interest_is_hardly_less_than_its_months(rate: float) -> None:
    assert float(annuity_factor(np.array(rate), np.array(36.0))) == pytest.approx(36.0, rel=1e-4)


@pytest.mark.parametrize("outside", [0.02, 0.1, 0.5, 0.9])
@pytest.mark.parametrize("looks", [1.0, 3.0, 10.0])
def test_as_many_customers_leave_for_the_outside_as_come_back(outside: float, looks: float) -> None:
    x = float(stationary_outside(np.array(outside), np.array(looks)))
    leaving = (1.0 - outside) * x / (x + 1.0 + looks)
    coming = outside * looks / (x + looks)

    assert leaving == pytest.approx(coming, rel=1e-12)


def test_capacity_without_a_tool_is_what_hands_do_up_to_the_equipment() -> None:
    hands, equipment = np.array([100.0, 300.0]), np.array([200.0, 200.0])

    assert stage_capacity(hands, np.zeros(2), np.full(2, 0.8), equipment).tolist() == [100.0, 200.0]


def test_a_stage_never_works_without_people() -> None:
    """Tools take over four fifths at most: people must do their part of every order."""
    made = stage_capacity(np.array([0.0, 10.0]), np.array([1e6, 1e6]), np.full(2, 0.8), np.full(2, np.inf))

    assert made.tolist() == pytest.approx([0.0, 50.0])


def test_the_automated_share_is_an_outcome_of_load_and_tools() -> None:
    load, tools = np.array([100.0, 100.0, 0.0]), np.array([30.0, 95.0, 30.0])

    assert automated_share(load, tools, np.full(3, 0.8)).tolist() == [0.3, 0.8, 0.0]


def test_help_goes_first_to_the_stages_shortest_of_hands() -> None:
    fixed, per_order = np.array([[10.0, 60.0, 30.0, 5.0]]), np.array([[20.0, 40.0, 40.0, 0.0]])
    work = Work(per_order, np.zeros((1, 4)), np.full((1, 4), 0.8), np.array([[True, True, True, False]]))

    assert help_out(fixed, np.array([0.0]), work).tolist() == [[10.0, 60.0, 30.0, 0.0]]
    assert help_out(fixed, np.array([5.0]), work)[0] == pytest.approx([15.0, 60.0, 30.0, 0.0])
    assert help_out(fixed, np.array([20.0]), work)[0] == pytest.approx([20.0, 60.0, 40.0, 0.0])
    assert help_out(fixed, np.array([80.0]), work)[0] == pytest.approx([36.0, 72.0, 72.0, 0.0])


def test_help_counts_what_tools_do() -> None:
    """A tool does 3 of 5 orders at the first stage, so its people need fewer hours for the same level."""
    work = Work(np.ones((1, 2)), np.array([[3.0, 0.0]]), np.full((1, 2), 0.8), np.ones((1, 2), dtype=np.bool_))

    assert help_out(np.zeros((1, 2)), np.array([7.0]), work)[0] == pytest.approx([2.0, 5.0])


def test_work_asks_for_hours_by_the_order_and_support_partly_by_the_month() -> None:
    hours_order = np.array([[0.1, 0.02]])
    needed = hours_needed(
        np.array([50.0]), hours_order, np.array([[0.5, 0.0]]), np.array([[True, False]]),
        (np.array([100.0]), np.array([0.5])),
    )

    assert needed[0] == pytest.approx([0.1 * 0.5 * 50.0, 0.02 * 75.0])


def test_a_hire_starts_at_half_speed_and_ends_as_an_old_hand() -> None:
    assert [speed_(tenure, 4.0) for tenure in (0.0, 2.0, 4.0, 40.0)] == [0.5, 0.75, 1.0, 1.0]
    assert speed_(1.0, 0.0) == 1.0


def test_an_order_costs_materials_paid_hours_and_its_part_of_what_is_fixed() -> None:
    hours: Floats = paid_hours_order(np.array([[0.2, 0.1]]), np.array([[0.5, 0.0]]), np.array([0.8]))

    assert hours[0] == pytest.approx(0.25)
    assert unit_cost_usd(np.array([4.0]), np.array([20.0]), hours, np.array([100.0]), np.array([50.0]))[0] == (
        pytest.approx(4.0 + 5.0 + 2.0)
    )


def test_the_seasons_of_a_year_average_to_one() -> None:
    peak, trough = np.array([1.25, 1.0]), np.array([0.88, 1.0])
    year = np.array([season_factor(month, peak, trough) for month in range(12)])

    assert year.mean(axis=0) == pytest.approx([1.0, 1.0], rel=1e-14)
    assert year[11, 0] / year[0, 0] == pytest.approx(1.25 / 0.88)
    assert season_factor(25, peak, trough).tolist() == season_factor(1, peak, trough).tolist()
    assert (SHAPE.min(), SHAPE.max()) == (0.0, 1.0)


def test_a_persistent_shock_has_the_spread_of_its_equation() -> None:
    draws = np.random.default_rng(5).uniform(size=(400, 2000))
    level = np.zeros(2000)
    for row in draws:
        level = persistent(level, np.array(0.9), np.array(0.05), row)

    assert level.std() == pytest.approx(0.05 / math.sqrt(1.0 - 0.81), rel=0.06)
    assert level.mean() == pytest.approx(0.0, abs=0.01)
