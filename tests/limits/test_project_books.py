"""The books of a project: exact to the cent, complete against the till, and zero where nothing went otherwise."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim import schedule
from sim.experiment import Question, answer
from sim.observe.books import PARTS
from sim.observe.ledger import Ledger
from sim.observe.observation import Observation
from sim.observe.record import watch
from sim.observe.turnover import hiring_usd
from sim.run import Job, simulate
from sim.scenario.arms_list import parse_arms
from sim.scenario.resolve import load
from sim.store import Store
from sim.strategies.arms import Purchase
from tests.worlds import arm, busy, everybody, live, make

SCENARIO = load("bakery_ordering")
EVERYBODY = parse_arms("none", SCENARIO)[0]


def jobs(arms: str, worlds: int, months: int = 60, **change: dict[str, float]) -> list[Job]:
    params = SCENARIO.params.changed(**change)
    return [
        Job(params, SCENARIO.families, arm, EVERYBODY, "focal", 1, replicate, months)
        for arm in parse_arms(arms, SCENARIO) for replicate in range(worlds)
    ]


@pytest.fixture(scope="module")
def runs() -> list[Observation]:
    return simulate(jobs("aligned,own_sake,tactical+phased", 12))


def test_forecast_and_parts_are_the_outcome_to_the_cent(runs: list[Observation]) -> None:
    projects = [project for run in runs for project in run.projects]

    assert len(projects) > 40
    assert {project.end for project in projects} >= {"live", "stopped"}
    for project in projects:
        cents = round(100 * project.forecast_usd) + sum(round(100 * usd) for usd in project.parts_usd.values())
        assert cents == round(100 * project.outcome_usd)


def test_the_books_hold_every_dollar_that_went_for_tools_and_every_dollar_foreseen(runs: list[Observation]) -> None:
    for run in runs:
        paid = -(run.series["flow_tools_once"] + run.series["flow_tools_running"]) @ (1.01 ** -np.arange(60.0))
        assert sum(project.cost_usd for project in run.projects) == pytest.approx(paid, abs=0.01)
        foreseen = run.scalars["forecast_gain_usd"]
        assert sum(project.forecast_usd for project in run.projects) == pytest.approx(foreseen, abs=0.05)
        assert len(run.projects) == run.scalars["projects"]


def test_without_people_edges_delays_or_settling_in_these_parts_are_zero() -> None:
    off = frozenset({"skill.learn_tools", "acceptance.accept_tools", "disruption.settle_in", "integration.miss_edges",
                     "overruns.settle_the_account"})
    sober = jobs("quote", 6, choosing={"optimism": 0.0})
    runs = simulate([replace(job, switched_off=off) for job in sober])

    projects = [project for run in runs for project in run.projects]
    assert len(projects) == 6
    for project in projects:
        for part in ("optimism", "stop", "delay", "usage", "skill", "edges", "dip"):
            assert project.parts_usd[part] == pytest.approx(0.0, abs=0.011), part
        assert project.parts_usd["picture"] != 0.0


def test_a_tool_that_nobody_uses_loses_all_that_was_there_to_use() -> None:
    for run in simulate(jobs("quote", 4, acceptance={"base": -20.0, "first_use": 0.0})):
        (project,) = run.projects
        if project.end == "live":
            assert project.parts_usd["usage"] < -1_000.0
            assert project.parts_usd["skill"] == pytest.approx(0.0, abs=1.0)
            assert project.parts_usd["people"] < 0.0
            assert project.outcome_usd == pytest.approx(-project.cost_usd + project.parts_usd["people"], rel=0.02)


CALM = {"tedium_weight": 0.0, "overload_weight": 0.0, "threat_weight": 0.0, "morale_quits": 0.0, "threat_quits": 0.0}


def test_where_nobody_minds_a_project_does_nothing_to_people() -> None:
    for run in simulate(jobs("quote,aligned", 4, morale=CALM, staffing={"overload_quits": 0.0})):
        for project in run.projects:
            assert project.parts_usd["people"] == 0.0


def test_fear_costs_and_relief_from_tedium_saves_searches() -> None:
    def of_people(**morale: float) -> float:
        moved = CALM | {"morale_quits": 1.0} | morale
        runs = simulate(jobs("quote", 6, morale=moved, staffing={"overload_quits": 0.0}))
        return sum(project.parts_usd["people"] for run in runs for project in run.projects)

    assert of_people(threat_quits=2.0) < 0.0
    assert of_people(tedium_weight=3.0) > 0.0


def test_severance_stands_with_people_and_not_with_the_price() -> None:
    calm = {"morale": CALM, "staffing": {"overload_quits": 0.0}}
    free = simulate(jobs("own_sake+layoff", 12, **calm | {"morale": CALM | {"severance_months": 0.0}}))
    dear = simulate(jobs("own_sake+layoff", 12, **calm | {"morale": CALM | {"severance_months": 6.0}}))
    parted = [run.scalars["laid_off"] > 0.0 for run in dear]

    assert sum(parted) > 0
    for run, some in zip(dear, parted, strict=True):
        assert (sum(project.parts_usd["people"] for project in run.projects) < 0.0) == some
    for run in free:
        assert all(project.parts_usd["people"] == 0.0 for project in run.projects)


def test_books_come_back_from_the_store_as_they_were_written() -> None:
    question = Question(SCENARIO, parse_arms("none,quote", SCENARIO), EVERYBODY, "focal", 2, 40, 1)
    with Store.open(":memory:") as store:
        first, _ = answer(question, store, 1, lambda done, total: None)
        again, tally = answer(question, store, 1, lambda done, total: None)

    assert tally.computed == 0
    assert [run.projects for run in again] == [run.projects for run in first]
    assert [run.projects for run in first][2:] == [run.projects for run in simulate(
        [replace(job, months=40) for job in jobs("quote", 2)])]
    assert all(event.kind != "books" for run in again for event in run.events)
    assert set(again[2].projects[0].parts_usd) == set(PARTS)


ENDING = {"support_months": 10.0}


def renewing(**frontier: float) -> list[Observation]:
    """Runs in which online ordering is bought twice: the version of a later month replaces the first."""
    plan = replace(EVERYBODY, score="planned", purchases=tuple(
        Purchase("online_ordering", month) for month in (2, 24)))
    calm = {"loan_chance_micro": 0.0}
    played = jobs("none", 6, focal={"cash_days": 400.0}, finance=calm, frontier=ENDING | frontier)
    return simulate([replace(job, arm=plan) for job in played])


def test_a_newer_version_that_does_no_more_has_earned_nothing() -> None:
    """Support has ended, but nothing faded: what the old one did it would have gone on doing."""
    pairs = [run.projects for run in renewing(fading_month=0.0) if len(run.projects) == 2]

    assert len(pairs) > 3
    for old, new in pairs:
        assert old.end == new.end != "stopped"
        assert new.outcome_usd == pytest.approx(
            -new.cost_usd + new.parts_usd["dip"] + new.parts_usd["people"], abs=0.05)


def test_a_newer_version_earns_what_the_old_one_would_have_faded_by_and_what_it_does_better() -> None:
    """In the same futures; together the two projects hold all that was done and every dollar that was paid."""
    none, fading, better = (
        [run.projects[1].labour_usd for run in renewing(**frontier) if len(run.projects) == 2]
        for frontier in ({"fading_month": 0.0}, {"fading_month": 0.1}, {"fading_month": 0.0, "quality_rise_year": 0.2})
    )
    assert np.mean(none) < np.mean(fading)
    assert np.mean(none) < np.mean(better)
    for run in renewing(fading_month=0.1, price_fall_year=0.3):
        paid = -(run.series["flow_tools_once"] + run.series["flow_tools_running"]) @ (1.01 ** -np.arange(60.0))
        assert sum(project.cost_usd for project in run.projects) == pytest.approx(paid, abs=0.01)
        for project in run.projects:
            cents = round(100 * project.forecast_usd) + sum(round(100 * usd) for usd in project.parts_usd.values())
            assert cents == round(100 * project.outcome_usd)


def test_dearer_hours_everywhere_make_quits_dearer_and_not_more() -> None:
    """A firm that pays what the trade pays today loses nobody for its wage, whatever an event made of both."""
    lasting = {"outside_option": -10.0, "overdraft_days": 300.0}
    watched = live(everybody(make(busy(choosing={"fund_share": 0.1}, finance=lasting), range(4)), arm("own_sake")), 2)
    ledger = Ledger(watch(watched, np.arange(4)[:, None] * watched.firm_slots))
    for _ in range(12):
        schedule.step(watched)
        ledger.write(watched)
    books = ledger.books
    watched.firms.posts[:] = 99  # every quit is made good
    asked = np.zeros(len(books)), np.full(len(books), 0.05)
    before = hiring_usd(watched, books, *asked)
    watched.firms.wage_usd_hour[:] *= 1.2
    watched.worlds.wage_level[:] *= 1.2

    assert (before != 0.0).any()
    assert hiring_usd(watched, books, *asked) == pytest.approx(1.2 * before)
