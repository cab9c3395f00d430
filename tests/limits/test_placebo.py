"""Projects counted out: at most so many are started, and a placebo is worth nothing but what luck makes of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.errors import InputError
from sim.run import Job, simulate
from sim.scenario.arms_list import parse_arm
from sim.scenario.resolve import load
from sim.strategies.arms import Arm
from tests.worlds import FAMILIES, NOTHING, arm, busy, everybody, live, make, planned

EAGER = {"fund_share": 0.1, "hurdle": 0.0}


def job(own: Arm, months: int = 30) -> Job:
    return Job(busy(choosing=EAGER), {name: name for name in FAMILIES}, own, NOTHING, "focal", 1, 1, months)


def test_an_owner_with_enough_projects_stops_looking_for_more() -> None:
    free, capped = (live(everybody(make(busy(choosing=EAGER), [1, 2, 3]), own), 24)
                    for own in (arm("own_sake"), arm("own_sake", most_projects=2)))

    assert free.firms.projects.max() > 2
    assert capped.firms.projects.max() == 2


def test_the_first_projects_are_the_same_whatever_may_follow() -> None:
    """At most two is at most one until the second purchase, bit for bit."""
    one, two = simulate([job(arm("own_sake", most_projects=1)), job(arm("own_sake", most_projects=2))])
    until = int((two.series["projects"] == 2.0).argmax())

    assert 1 < until < 30
    assert one.series["projects"].max() == 1.0
    for name in one.series:
        assert one.series[name][:until].tobytes() == two.series[name][:until].tobytes(), name


def test_a_placebo_costs_nothing_is_nothing_and_changes_nothing_before_it_is_given() -> None:
    without, given = simulate([job(NOTHING), job(arm("own_sake", assessment_months=2.0, placebo=1.0))])
    until = int((given.series["projects"] > 0.0).argmax())

    assert given.series["projects"].max() >= 1.0
    assert given.scalars["automation_cost_usd"] == 0.0
    assert given.projects == ()
    assert given.series["tools_live"].max() == 0.0
    for name in set(without.series) - {"projects"}:
        assert without.series[name][:until].tobytes() == given.series[name][:until].tobytes(), name
        # Luck moves the firm afterwards.
    assert without.series["flow_sales"].tobytes() != given.series["flow_sales"].tobytes()


def test_on_average_a_placebo_is_worth_nothing() -> None:
    """Its mean lies within three standard errors of nothing, and luck makes some futures better, some worse."""
    scenario = load("bakery_ordering")
    arms = [parse_arm(name, scenario) for name in ("none", "own_sake+placebo+most1")]
    others = parse_arm(scenario.background, scenario)
    seen = simulate([
        Job(scenario.params, scenario.families, one, others, "focal", 5, replicate, 48)
        for one in arms for replicate in range(48)
    ])
    value = np.array([run.scalars["owner_value_usd"] for run in seen]).reshape(2, -1)
    gap = value[1] - value[0]

    assert abs(gap.mean()) < 3.0 * gap.std(ddof=1) / np.sqrt(len(gap))
    assert 0.2 < (gap < 0.0).mean() < 0.8


def test_a_plan_with_placebos_runs_through_its_months() -> None:
    world = live(make(busy(choosing=EAGER), [1], replace(planned(("crm", 1), ("online_ordering", 3)), placebo=1.0)), 6)

    assert world.firms.projects[0] == 2
    assert (world.firms.tool_family[0] < 0).all()


def test_arms_may_be_limited_and_given_placebos_by_their_address() -> None:
    own = parse_arm("aligned+most2+placebo")

    assert (own.most_projects, own.placebo) == (2, 1.0)
    assert own.label.endswith("at most 2 projects, with placebos instead")
    with pytest.raises(InputError, match="most0"):
        parse_arm("aligned+most0")
