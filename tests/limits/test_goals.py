"""Goals move what an aligned owner buys, and nothing else in the world; a goal is held to its deadline."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim import population
from sim.look import look
from sim.observe.goal import goal_hit, goal_progress
from sim.observe.metrics import SERIES
from sim.offers import offers
from sim.params.goal import GOAL_METRICS, Goal
from sim.run import Job, simulate
from sim.strategies.arms import NO_WEIGHTS, OBJECTIVES, Arm
from sim.strategies.choice import GOAL, REASONS, Choice
from sim.strategies.scores import relieve_the_constraint
from sim.world import World
from tests.worlds import FAMILIES, NOTHING, arm, differing, live, make, snapshot, street

CRM, EQUIPMENT = FAMILIES.index("crm"), FAMILIES.index("production_kitchen_equipment")
EASY = {"hurdle": 0.0, "noise": 0.0, "fund_start_months": 60.0, "fund_cap_months": 90.0, "cash_gate_days": 0.0}


def aiming(**weights: float) -> Arm:
    """An aligned owner who wants these things."""
    return replace(arm("aligned"), weights=tuple(weights.get(name, 0.0) for name in OBJECTIVES))


def street_of(own: Arm, seeds: range = range(12)) -> World:
    """Streets with catering in which every tool can be paid, the firm in focus with its arm."""
    world = make(street(
        {"crm": {"convenience_second": 1.0}}, choosing=EASY, segments={"second_share": 0.1},
        focal={"cash_days": 300.0, "employees": 10.0},
    ), seeds)
    live(world, 2)
    population.assign(world, rows_of(world), own, FAMILIES)
    return world


def rows_of(world: World) -> np.ndarray:
    """The firms in focus."""
    return np.arange(len(world.worlds.luck)) * world.firm_slots


def chosen(own: Arm) -> Choice:
    """What the firms in focus would buy this month."""
    world = street_of(own)
    rows = rows_of(world)
    return relieve_the_constraint(look(world, rows, offers(world, rows)))


def test_without_goals_the_owners_money_decides() -> None:
    assert not (chosen(arm("aligned")).reason == GOAL).any()
    assert arm("aligned").weights == NO_WEIGHTS


def test_an_owner_who_wants_the_second_kind_of_customer_buys_what_serves_it() -> None:
    choice = chosen(aiming(new_segment=1.0))

    assert set(choice.candidate.tolist()) <= {CRM, -1}
    assert (choice.candidate == CRM).mean() > 0.5
    assert (choice.reason == GOAL).all()
    assert REASONS[GOAL] == "it served the owner's goals best"


@pytest.mark.parametrize("goal", OBJECTIVES)
def test_each_goal_buys_what_has_its_attribute_or_nothing(goal: str) -> None:
    choice = chosen(aiming(**{goal: 1.0}))
    bought = choice.candidate[choice.candidate >= 0]
    improvements = len(FAMILIES) + 9

    if goal == "quality":
        assert (bought >= improvements).all()
    if goal == "cost":
        assert (bought < len(FAMILIES)).all()
    assert goal == "new_segment" or not (bought == CRM).all()


def test_only_the_ratio_of_weights_counts() -> None:
    one, ten = chosen(aiming(cost=0.1, quality=0.05)), chosen(aiming(cost=1.0, quality=0.5))

    assert one.candidate.tolist() == ten.candidate.tolist()


def test_vague_goals_sum_to_one_and_change_from_month_to_month() -> None:
    world = street_of(replace(arm("aligned"), vague=1.0))
    rows = rows_of(world)
    now = look(world, rows, offers(world, rows)).weights
    world.month += 1
    later = look(world, rows, offers(world, rows)).weights

    assert now.sum(axis=1).tolist() == pytest.approx([1.0] * len(rows))
    assert (abs(now - later).max(axis=1) > 0.01).all()
    assert now.mean(axis=0).tolist() == pytest.approx([0.2] * 5, abs=0.1)


def test_goals_touch_nothing_in_a_firm_that_does_not_choose_by_them() -> None:
    """Weights stand in no equation of production, demand or cost."""
    plain, aimed = (live(street_of(own), 6) for own in (arm("tactical"), replace(aiming(cost=1.0), score="tactical")))

    assert differing(snapshot(plain), snapshot(aimed)) == {"firms.weights"}


def wanted(own: Arm, first: dict[str, float], last: dict[str, float]) -> list[float]:
    """Weights with which the owner of the first street would choose, given figures of the first and the last year."""
    world = street_of(own, range(1))
    for column, figures in ((world.firms.aim_first, first), (world.firms.aim_last, last)):
        column[0] = [figures.get(name, 1.0) for name in OBJECTIVES]
    rows = rows_of(world)
    return list(look(world, rows, offers(world, rows)).weights[0].tolist())


def until(own: Arm, **targets: float) -> Arm:
    """The owner with the change on the first year at which objectives are reached."""
    return replace(own, targets=tuple(targets.get(name, 0.0) for name in OBJECTIVES))


BOTH = until(aiming(growth=0.5, quality=0.5), growth=0.1, quality=-0.2)


def test_an_objective_that_is_reached_gives_its_weight_to_the_others() -> None:
    assert wanted(BOTH, {"growth": 100.0}, {"growth": 109.0}) == [0.0, 0.5, 0.5, 0.0, 0.0]
    assert wanted(BOTH, {"growth": 100.0}, {"growth": 110.1}) == [0.0, 0.0, 1.0, 0.0, 0.0]
    assert wanted(BOTH, {"quality": 0.1}, {"quality": 0.079}) == [0.0, 1.0, 0.0, 0.0, 0.0]


def test_who_has_reached_everything_goes_by_money_again() -> None:
    assert wanted(BOTH, {"growth": 100.0, "quality": 0.1}, {"growth": 120.0, "quality": 0.05}) == [0.0] * 5


def test_without_a_target_or_a_first_year_nothing_is_reached() -> None:
    assert wanted(aiming(growth=1.0), {"growth": 100.0}, {"growth": 500.0}) == [0.0, 1.0, 0.0, 0.0, 0.0]
    assert wanted(until(aiming(growth=1.0), growth=0.1), {"growth": 0.0}, {"growth": 0.0})[1] == 1.0


def test_figures_are_means_of_whole_years_and_the_first_is_kept() -> None:
    own = until(aiming(growth=1.0), growth=0.1)
    world = make(street(), range(3), own)
    world.ablated = frozenset({"finance.close_firms"})
    rows, orders = rows_of(world), []
    for _ in range(30):
        live(world, 1)
        orders.append(world.firms.orders_new[rows].astype(float))

    assert world.firms.aim_first[rows, 1] == pytest.approx(np.mean(orders[:12], axis=0))
    assert world.firms.aim_last[rows, 1] == pytest.approx(np.mean(orders[12:24], axis=0))
    assert world.firms.aim_sum[rows, 1] == pytest.approx(np.sum(orders[24:], axis=0))
    others = np.setdiff1d(np.arange(len(world.firms.world)), rows)
    assert not world.firms.aim_months[others].any()


def test_an_owner_who_has_what_was_wanted_buys_for_something_else() -> None:
    """The second kind of customer is worth a list of customers, until there are more of them than were wanted."""
    own = until(aiming(new_segment=0.5, cost=0.5), new_segment=0.1)
    bought = []
    for last in (100.0, 200.0):
        world = street_of(own)
        rows = rows_of(world)
        world.firms.aim_first[rows], world.firms.aim_last[rows] = 100.0, 100.0
        world.firms.aim_last[rows, 4] = last
        bought.append(relieve_the_constraint(look(world, rows, offers(world, rows))).candidate)

    assert (bought[0] == CRM).sum() > (bought[1] == CRM).sum()


def test_a_goal_is_reached_if_the_year_before_its_deadline_shows_it() -> None:
    goal = Goal("flow_sales", 0.2, 24)
    series = {"alive": np.ones(36), "flow_sales": np.repeat([100.0, 119.0, 200.0], 12)}

    assert goal_hit(goal, series) == 0.0
    assert goal_hit(replace(goal, change=0.18), series) == 1.0
    assert goal_hit(replace(goal, deadline_month=36), series) == 1.0
    assert goal_hit(replace(goal, change=-0.1), series) == 0.0
    assert np.isnan(goal_hit(None, series))
    assert np.isnan(goal_hit(replace(goal, deadline_month=48), series))


def test_how_far_a_goal_got_is_told_beside_whether_it_was_reached() -> None:
    goal = Goal("flow_sales", 0.2, 24)
    series = {"alive": np.ones(36), "flow_sales": np.repeat([100.0, 119.0, 200.0], 12)}

    assert goal_progress(goal, series) == pytest.approx(0.95)
    assert goal_progress(replace(goal, change=-0.1), series) == pytest.approx(-1.9)
    assert np.isnan(goal_progress(None, series))
    assert np.isnan(goal_progress(goal, series | {"flow_sales": np.zeros(36)}))
    assert goal_progress(goal, series | {"alive": np.zeros(36)}) == 0.0


def test_a_firm_that_closed_has_missed_its_goal() -> None:
    series = {"alive": np.array([1.0] * 20 + [0.0] * 4), "wait_ratio": np.array([1.0] * 12 + [0.0] * 12)}

    assert goal_hit(Goal("wait_ratio", -0.2, 24), series) == 0.0


def test_every_run_says_whether_its_goal_was_reached() -> None:
    assert set(GOAL_METRICS) <= set(SERIES)
    job = Job(street(), {name: name for name in FAMILIES}, NOTHING, NOTHING, "focal", 1, 0, 24)
    without, easy = simulate([job, replace(job, goal=Goal("flow_sales", -0.9, 24))])

    assert np.isnan(without.scalars["goal_hit"])
    assert easy.scalars["goal_hit"] == 0.0
