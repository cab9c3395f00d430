"""Inspection finds what went wrong at its stage and before, mends nothing, and keeps it from reaching customers."""

from __future__ import annotations

import numpy as np
import pytest

from sim import population
from sim.formulas.errors import ErrorRates, fault_share, faults, shown_share
from sim.look import look
from sim.mechanisms import errors, inspection, rework
from sim.offers import offers
from sim.params import STAGES
from sim.strategies.forecasts import faults_found, map_forecast
from sim.world import World
from tests.worlds import FAMILIES, arm, make, street

CAMERA = FAMILIES.index("production_kitchen_equipment")
OPERATIONS = STAGES.index("operations")
FINDS = {"production_kitchen_equipment": {"slips_found": 0.8, "errors_found": 0.25}}


def inspecting(usage: float = 1.0, **finds: float) -> World:
    """A street whose first firm has a machine at work at making, skilled and used as said."""
    numbers = {"production_kitchen_equipment": {**FINDS["production_kitchen_equipment"], **finds}}
    world = make(street(numbers), [1])
    firms = world.firms
    firms.tool_family[0, 0], firms.tool_units[0, 0], firms.tool_skill[0, 0] = CAMERA, 10.0, 1.0
    firms.tool_usage[0, 0] = usage
    firms.orders_new[:] = np.floor(firms.normal_orders)
    inspection.inspect(world)
    errors.make_errors(world)
    return world


def test_a_machine_finds_what_went_wrong_at_its_stage_and_before_and_nothing_later() -> None:
    firms = inspecting().firms

    assert firms.slips_found[0, : OPERATIONS + 1].tolist() == pytest.approx([0.8] * (OPERATIONS + 1))
    assert firms.errors_found[0, : OPERATIONS + 1].tolist() == pytest.approx([0.25] * (OPERATIONS + 1))
    assert not firms.slips_found[0, OPERATIONS + 1 :].any()
    assert not firms.slips_found[1:].any()


def test_a_machine_that_is_not_used_finds_nothing_and_one_that_is_too_small_looks_at_a_part() -> None:
    small = inspecting(usage=0.001).firms.slips_found[0, OPERATIONS]

    assert not inspecting(usage=0.0).firms.slips_found.any()
    assert 0.0 < small < 0.8


def test_two_machines_find_more_than_one_and_never_more_than_all() -> None:
    world = inspecting()
    for column in ("family", "units", "skill", "usage"):
        values = getattr(world.firms, f"tool_{column}")
        values[0, 1] = values[0, 0]
    inspection.inspect(world)

    assert world.firms.slips_found[0, OPERATIONS] == pytest.approx(1.0 - 0.2 * 0.2)


def test_what_is_found_is_made_all_the_same_redone_and_kept_from_customers() -> None:
    world, blind = inspecting(), inspecting(usage=0.0)
    for one in (world, blind):
        rework.deliver(one)
    redone, made = float(world.params.rework.redone_share[0]), world.firms.fault_share[0]
    shown = world.firms.faults_shown[0]

    assert made == blind.firms.fault_share[0]
    assert 0.0 < shown < made
    assert world.redone_share[0] == pytest.approx(redone * made + (1.0 - redone) * shown)
    assert world.redone_share[0] > blind.redone_share[0] == pytest.approx(redone * made)
    assert world.firms.orders_faulty[0] <= blind.firms.orders_faulty[0]


def test_a_machine_that_finds_all_leaves_nothing_of_its_stages_to_customers() -> None:
    rates = ErrorRates(np.array(0.1), np.array(0.6), np.array(0.03))
    quality, automated, weight = np.array([0.2, 0.9]), np.array([0.3, 0.0]), np.array([0.6, 0.4])
    made = faults(quality, automated, rates)
    shown = shown_share(made, weight, np.ones(2), np.ones(2))

    assert shown.tolist() == fault_share(quality, automated, weight, rates).tolist()
    assert not shown_share(made, weight, np.zeros(2), np.zeros(2)).any()


def test_owners_see_the_process_as_sharply_as_it_is_shown_to_them() -> None:
    blurred, sharp = inspecting(usage=0.0), inspecting(errors_found=1.0)
    rows = np.array([0])
    seen = [look(one, rows, offers(one, rows)).process_quality - one.firms.process_quality[rows]
            for one in (blurred, sharp)]
    off = [abs(error)[0, : OPERATIONS + 1] for error in seen]

    assert off[0].max() > 0.01
    assert off[1].max() < 1e-12


def test_a_forecast_counts_what_a_machine_would_find_and_only_once() -> None:
    def foreseen(own: bool) -> tuple[float, float]:
        world = inspecting(usage=float(own))
        if not own:
            world.firms.tool_family[0, 0] = -1
        population.assign(world, np.array([0]), arm("aligned"), FAMILIES)
        seen = look(world, np.array([0]), offers(world, np.array([0])))
        return float(faults_found(seen)[0, CAMERA]), float(map_forecast(seen).sales_usd[0, CAMERA])

    (first, earns), (again, _) = foreseen(own=False), foreseen(own=True)
    assert 0.0 == again < first
    assert earns > 0.0
