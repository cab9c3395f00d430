"""What comes true of a rating shows in what a tool does at work, and in nothing that is quoted, hoped for or feared."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.look import look
from sim.mechanisms import acceptance, disruption, inspection, projects
from sim.offers import offers
from sim.review import without_each
from sim.run import Job, simulate
from sim.scenario.arms_list import parse_arms
from sim.scenario.resolve import load
from sim.state import NO_TOOL
from sim.world import World
from tests.worlds import FAMILIES, live, make, planned, street

TOOL = "online_ordering"
RATED = {"convenience_second": 0.3, "equipment_gain": 0.2, "slips_found": 0.5, "errors_found": 0.3}
DONE = ("tool_orders", "tool_servers", "equipment_bonus", "convenience", "convenience_second", "slips_found",
        "errors_found")
SHARES = (0.0, 0.3, 1.0, 1.4)


def at_work(works: float, months_live: int = 2) -> World:
    """A street whose firms have had one tool for some months, of whose rating this much comes true."""
    world = make(street({TOOL: {**RATED, "works": works}}), [1, 2])
    firms = world.firms
    firms.tool_family[:, 0], firms.tool_units[:, 0] = FAMILIES.index(TOOL), 0.1
    firms.tool_skill[:, 0], firms.tool_usage[:, 0], firms.tool_months_live[:, 0] = 0.6, 0.8, months_live
    firms.orders_new[:] = np.floor(firms.normal_orders)
    for step in (disruption.settle_in, projects.put_tools_to_work, inspection.inspect):
        step(world)
    return world


@pytest.mark.parametrize("works", SHARES)
def test_all_that_a_tool_does_is_what_comes_true_of_its_rating(works: float) -> None:
    as_rated, real = at_work(1.0).firms, at_work(works).firms

    for name in DONE:
        assert getattr(as_rated, name).any(), name
        assert getattr(real, name) == pytest.approx(works * getattr(as_rated, name)), name


@pytest.mark.parametrize("works", SHARES)
def test_the_trouble_of_settling_in_is_that_of_the_work_that_changes(works: float) -> None:
    dip = at_work(works).firms.disruption

    assert dip.any()
    assert np.array_equal(dip, at_work(1.0).firms.disruption)


def test_people_fear_what_was_announced() -> None:
    felt = []
    for works in SHARES:
        world = at_work(works)
        world.firms.tool_countdown[:, 0] = 1
        acceptance.feel_threat(world)
        felt.append(world.people.threat.copy())

    assert felt[0].any()
    assert all(np.array_equal(felt[0], other) for other in felt)


def test_a_rating_beyond_all_of_the_work_disturbs_and_frightens_no_more_than_all_of_it() -> None:
    felt = []
    for rating in (1.0, 3.0):
        world = at_work(1.0)
        world.params.projects.routine_share[:] = 1.0
        world.params.catalogue.hours_taken[:, FAMILIES.index(TOOL), 3] = rating
        disruption.settle_in(world)
        world.firms.tool_countdown[:, 0] = 1
        acceptance.feel_threat(world)
        felt.append((world.firms.disruption.copy(), world.people.threat.copy()))

    assert felt[0][1].any()
    assert all(np.array_equal(one, other) for one, other in zip(*felt, strict=True))


def test_who_is_offered_a_tool_sees_its_rating() -> None:
    seen = []
    for works in SHARES:
        world = make(street({TOOL: {**RATED, "works": works}}), [1, 2])
        rows = np.nonzero(world.firms.open)[0]
        seen.append(look(world, rows, offers(world, rows)))

    for name in ("takes_over", "adds_equipment", "brings_orders", "brings_second", "finds_slips", "one_off_usd"):
        assert all(np.array_equal(getattr(seen[0], name), getattr(other, name)) for other in seen), name


@pytest.mark.parametrize("works", SHARES)
def test_who_looks_it_over_sees_what_it_really_does(works: float) -> None:
    world, rows = at_work(works), np.array([0])
    without = without_each(world, rows, look(world, rows, offers(world, rows)))

    assert -without.takes_over[0, 0] == pytest.approx(world.firms.tool_orders[0])
    assert not without.takes_over[0, 1:].any()


def test_a_pilot_shows_how_much_comes_true() -> None:
    stopped = []
    for works in (0.05, 1.0):
        usual = {"focal": {"cash_days": 400.0}, "phasing": {"pilot_noise": 0.0, "prior_spread": 5.0}}
        world = make(street({TOOL: {"works": works}}, **usual), range(8), replace(planned((TOOL, 1)), phased=1.0))
        world.ablated = frozenset({"finance.close_firms", "overruns.settle_the_account"})
        live(world, 9)
        stopped.append(int((world.firms.tool_family[:: world.firm_slots, 0] == NO_TOOL).sum()))

    assert stopped[0] == 8
    assert stopped[1] < 8


SCENARIO = load("bakery_ordering")


def pictures(works: float) -> list[float]:
    """What the quoted tool's buyers lost to hope, claims and a wrong picture, when this much comes true, USD."""
    taken = SCENARIO.params.catalogue
    params = replace(SCENARIO.params, catalogue=replace(taken, works=np.full_like(taken.works, works)))
    arm, everybody = parse_arms("quote", SCENARIO)[0], parse_arms("none", SCENARIO)[0]
    runs = simulate([Job(params, SCENARIO.families, arm, everybody, "focal", 1, n, 48) for n in range(6)])
    found = [project for run in runs for project in run.projects]
    for project in found:
        cents = round(100 * project.forecast_usd) + sum(round(100 * usd) for usd in project.parts_usd.values())
        assert cents == round(100 * project.outcome_usd)
    return [project.parts_usd["picture"] for project in found]


def test_what_did_not_come_true_stands_with_the_claims_to_the_cent() -> None:
    little, all_of_it = pictures(0.3), pictures(1.0)

    assert len(little) == len(all_of_it) == 6
    assert all(less < more - 100.0 for less, more in zip(little, all_of_it, strict=True))
