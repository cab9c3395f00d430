"""Figures and steady improvement cost hours and money every month; one sharpens the picture, the other the process."""

from __future__ import annotations

import numpy as np
import pytest

from sim.look import noise
from sim.mechanisms import management, practices
from sim.state import FLOW
from sim.world import World
from tests.worlds import arm, make, street


def month_of(measurement: float = 0.0, upkeep: float = 0.0) -> World:
    """A street whose first firm has lived through the steps of both practices."""
    world = make(street(), [1], arm("none", measurement=measurement, upkeep=upkeep))
    for step in (management.plan_the_owners_month, practices.measure, practices.better_processes):
        step(world)
    return world


def paid_usd(world: World) -> float:
    """What the first firm paid on this account."""
    return -float(world.firms.flow_cents[0, FLOW["assessment"]]) / 100.0


def test_practices_at_level_0_cost_nothing_and_change_nothing() -> None:
    world = month_of()

    assert not world.firms.flow_cents.any()
    assert world.firms.owner_hours[0] == world.params.management.owner_hours_month[0]


@pytest.mark.parametrize("level", [0.5, 1.0])
def test_figures_sharpen_the_picture_and_cost_in_proportion(level: float) -> None:
    world, blind, p = month_of(measurement=level), month_of(), make(street(), [1]).params.practices
    rows = np.array([0])

    assert paid_usd(world) == pytest.approx(level * p.measurement_usd_month[0], abs=0.01)
    taken = blind.firms.owner_hours[0] - world.firms.owner_hours[0]
    assert taken == pytest.approx(level * p.measurement_hours_month[0])
    ratio = noise(world, rows)[0] / noise(blind, rows)[0]
    assert ratio == pytest.approx((1.0 + p.measurement_informativeness[0] * level) ** -0.5)


def test_steady_improvement_closes_part_of_what_the_chain_lacks_in_paid_hours() -> None:
    world, idle = month_of(upkeep=1.0), month_of()
    p, chain = world.params.practices, world.params.sector.chain[0] > 0.0
    missing = 1.0 - idle.firms.process_quality[0]
    gained = world.firms.process_quality[0] - idle.firms.process_quality[0]

    assert gained[chain].tolist() == pytest.approx((p.upkeep_gain_month[0] * missing[chain]).tolist())
    assert not gained[~chain].any()
    assert paid_usd(world) == pytest.approx(p.upkeep_staff_hours_month[0] * world.firms.wage_usd_hour[0], abs=0.01)
    assert idle.firms.owner_hours[0] - world.firms.owner_hours[0] == pytest.approx(p.upkeep_owner_hours_month[0])
    assert not world.firms.flow_cents[1:].any()


def test_a_perfect_process_stays_perfect() -> None:
    world = make(street(), [1], arm("none", upkeep=1.0))
    world.firms.process_quality[:] = 1.0
    practices.better_processes(world)

    assert (world.firms.process_quality == 1.0).all()


def test_whoever_keeps_at_it_holds_a_better_process_than_whoever_does_not() -> None:
    firms = [make(street(), [1], arm("none", upkeep=level)) for level in (0.0, 1.0)]
    for world in firms:
        for _ in range(36):
            management.wear_down_processes(world)
            practices.better_processes(world)
    without, with_it = (world.firms.process_quality[0, 1] for world in firms)

    assert without + 0.02 < with_it < 1.0
