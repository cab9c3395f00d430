"""What moves people to leave, before and after tools displace work, and what the two ways to deal with it cost."""

from __future__ import annotations

import numpy as np
import pytest

from sim import luck, schedule
from sim.formulas.staffing import quit_hazard_
from sim.mechanisms import displacement, morale, staffing
from sim.state import FLOW
from sim.world import World
from tests.worlds import Changes, everybody, live, make, planned, street

CALM = frozenset({"finance.close_firms", "entry.open_new_firms"})
BIG_TOOL = {"online_ordering": {f"hours_taken_{stage}": 0.6 for stage in ("operations", "marketing_sales", "outbound")}}


def street_with(tool: dict[str, Changes], seeds: int = 12, **groups: Changes) -> World:
    """Firms that all bought one tool in the first month and can pay for it."""
    world = everybody(make(street(tool, **groups), range(seeds)), planned(("online_ordering", 0)))
    world.firms.cash_cents[world.firms.open] += 10_000_000
    world.ablated = CALM
    return world


def goal(**columns: float) -> float:
    """Mean morale of employed people a month after these columns were put at a value everywhere, else at normal."""
    world = make(street(setup={"wage_spread": 0.0}), range(4))
    world.firms.overload[:] = 0.0
    for name, value in columns.items():
        table = world.people if name == "threat" else world.firms
        getattr(table, name)[:] = value
    morale.move_morale(world)
    return float(world.people.morale[world.people.employer >= 0].mean())


def test_in_a_normal_job_morale_stays_at_nought() -> None:
    assert goal() == 0.0


def test_each_thing_moves_morale_its_way() -> None:
    assert goal(automated_share=0.5) == pytest.approx(0.2 * 0.5)
    assert goal(overload=0.5) == pytest.approx(-0.2 * 0.5)
    assert goal(threat=0.5) == pytest.approx(-0.2 * 0.5 * 0.5)
    assert goal(involvement=1.0, tool_family=0) == pytest.approx(0.2 * 0.1)
    assert goal(wage_usd_hour=50.0) > 0.0 > goal(wage_usd_hour=5.0)


def test_having_a_say_in_nothing_cheers_nobody() -> None:
    assert goal(involvement=1.0, tool_family=-1) == 0.0


def test_reasons_to_leave_multiply_the_usual_hazard() -> None:
    assert quit_hazard_(0.04, 0.0, 0.0, 0.0, 0.0) == pytest.approx(0.04)
    assert quit_hazard_(0.04, 1.0, 0.0, -1.0, 1.0) == pytest.approx(0.04 * np.e)


@pytest.mark.parametrize(("column", "calm", "driven"), [
    ("people.threat", 0.0, 1.0), ("people.morale", 0.5, -0.5), ("firms.overload", 0.0, 0.3),
    ("firms.wage_usd_hour", 40.0, 8.0),
])
def test_each_reason_raises_quits(column: str, calm: float, driven: float) -> None:
    table, name = column.split(".")
    quits = []
    for value in (calm, driven):
        world = make(street(), range(40))
        getattr(getattr(world, table), name)[:] = value
        staffing.let_people_quit(world)
        quits.append(int(world.firms.quits.sum()))

    assert quits[1] > 1.2 * quits[0]


def test_threat_raises_quits_before_any_displacement() -> None:
    """Half a year before go-live nobody has lost an hour of work, yet more people leave."""
    months = {"online_ordering": {**BIG_TOOL["online_ordering"], "implementation_months": 8.0}}
    afraid, calm = (street_with(months, seeds=60) for _ in range(2))
    calm.ablated = CALM | {"acceptance.feel_threat"}
    quits = [0, 0]
    for _ in range(6):
        for number, world in enumerate((afraid, calm)):
            schedule.step(world)
            assert not world.firms.hours_automated.any()
            assert not world.firms.laid_off.any()
            quits[number] += int(world.firms.quits.sum())

    assert quits[0] > 1.1 * quits[1]


def surplus(layoff: float = 0.0, redeploy: float = 0.0) -> World:
    """Firms with a tool at work and twice the people they have posts for."""
    world = live(street_with(BIG_TOOL), 12)
    world.firms.layoff[:], world.firms.redeploy[:] = layoff, redeploy
    world.firms.posts[:] //= 2
    world.firms.flow_cents[:] = 0
    return world


def test_layoffs_cut_surplus_posts_at_once_for_severance() -> None:
    world = surplus(layoff=1.0)
    firms, p = world.firms, world.params
    staff = world.sum_by_firm(world.people.employer, np.ones(len(world.people.world)))
    displacement.lay_off(world)
    after = world.sum_by_firm(world.people.employer, np.ones(len(world.people.world)))
    cutting = firms.laid_off > 0

    assert cutting.any()
    assert (after[cutting] == firms.posts[cutting]).all()
    assert (staff - after == firms.laid_off).all()
    month_wage = firms.wage_usd_hour * p.sector.hours_person_month[0]
    severance = p.morale.severance_months[0] * month_wage * firms.laid_off
    assert -firms.flow_cents[:, FLOW["tools_once"]] / 100.0 == pytest.approx(severance, abs=0.01)
    assert [note.kind for note in world.journal].count("layoff") == 1


def test_those_who_stay_are_frightened_and_sorry() -> None:
    world, kept = surplus(layoff=1.0), surplus()
    displacement.lay_off(world)
    stays = world.people.employer >= 0
    stays &= world.firms.laid_off[world.people.employer] > 0

    assert (world.people.threat[stays] > kept.people.threat[stays]).all()
    assert (world.people.morale[stays] < kept.people.morale[stays]).all()


def test_nobody_is_laid_off_by_default_nor_where_no_tool_is_at_work() -> None:
    default, without = surplus(), surplus(layoff=1.0)
    without.firms.tool_family[:] = -1
    for world in (default, without):
        displacement.lay_off(world)
        assert not world.firms.laid_off.any()


def test_whom_a_layoff_hits_is_drawn_by_person_and_in_whole_people() -> None:
    world = surplus(layoff=0.5)
    before = world.people.employer.copy()
    displacement.lay_off(world)
    firm = int(np.argmax(world.firms.laid_off))
    there = np.nonzero(before == firm)[0]
    gone = there[world.people.employer[there] == -1]
    draws = luck.draws(world.people.luck[there], "layoff", world.month)

    assert len(gone) == (len(there) - world.firms.posts[firm]) // 2
    assert set(gone) == set(there[np.argsort(draws)[: len(gone)]])


def test_retraining_moves_time_to_where_it_is_wanted_for_hours_and_money() -> None:
    world = surplus(redeploy=1.0)
    people, firms, p = world.people, world.firms, world.params
    trained = people.hours_away.copy()
    rows = np.nonzero(people.employer >= 0)[0]
    far = np.zeros(9)
    far[0] = 1.0
    people.time_share[rows] = far
    displacement.retrain(world)
    hours = firms.hours_retrained.sum()

    assert (people.time_share[rows, 0] < 1.0).any()
    assert people.time_share[rows].sum(axis=1) == pytest.approx(1.0)
    assert hours > 0.0
    assert (people.hours_away - trained).sum() == pytest.approx(hours)
    spent = -firms.flow_cents[:, FLOW["tools_once"]].sum() / 100.0
    assert spent == pytest.approx(hours * p.morale.retraining_usd_hour[0], abs=0.2)


def test_nobody_is_retrained_by_default() -> None:
    world = surplus()
    before = world.people.time_share.copy()
    displacement.retrain(world)

    assert np.array_equal(world.people.time_share, before)
    assert not world.firms.hours_retrained.any()


def test_layoffs_take_freed_hours_out_of_the_wage_bill_sooner_than_attrition() -> None:
    waiting, cutting = (street_with(BIG_TOOL) for _ in range(2))
    cutting.firms.layoff[:] = 1.0
    wages = [live(world, 18).firms.flow_cents[:, FLOW["wages"]].sum() for world in (waiting, cutting)]

    assert wages[1] > wages[0]


def test_switched_off_there_is_no_mood_no_layoff_and_no_retraining() -> None:
    world = street_with(BIG_TOOL)
    world.firms.layoff[:] = world.firms.redeploy[:] = 1.0
    world.ablated = CALM | {"morale.move_morale", "displacement.lay_off", "displacement.retrain"}
    live(world, 12)

    assert not world.people.morale.any()
    assert not world.firms.laid_off.any()
    assert not world.firms.hours_retrained.any()
