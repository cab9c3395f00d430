"""A strategy decides on what an owner can see, and on nothing else."""

from __future__ import annotations

import ast
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.arrays import Ints
from sim.look import look
from sim.mechanisms import choosing
from sim.observed import Observed, Rules
from sim.offers import offers
from sim.state import FLOW, columns
from sim.strategies.scores import RULES
from sim.world import World
from tests.worlds import TABLES, arm, busy, everybody, live, make, part, story

PACKAGE = Path(sim.__file__).parent
SCORES = ["random", "own_sake", "tactical", "aligned", "npv", "value_chain", "swot", "five_forces",
          "impact_feasibility"]
# All that a decision may look at, directly or through noise; everything else in a world is hidden from the owner.
IN_SIGHT = {
    # what the owner pictures, blurred
    "firms.hours", "firms.equipment_orders", "firms.equipment_bonus", "firms.process_quality",
    "firms.orders_expected", "firms.orders_served",
    # what stands in the books, the offers and the owner's own head
    "firms.tool_orders", "firms.hand_hours_order", "firms.normal_orders", "firms.price_usd",
    "firms.materials_usd_order", "firms.wage_usd_hour", "firms.fund_usd", "firms.cash_cents", "firms.outflow_usd",
    "firms.tool_family", "firms.tool_countdown", "firms.owner_quality", "firms.score", "firms.assessment_months",
    "firms.fix_first", "firms.plan", "firms.plan_month", "firms.open", "worlds.hype",
    # levers of the strategy itself: edges and talks are part of a quote; what is put off; what is still on trial
    "firms.integrate", "firms.involvement", "firms.later_months", "firms.tool_held_back", "firms.phased",
    # how much is enough, and what is handed out instead
    "firms.most_projects", "firms.projects", "firms.placebo",
    # standing figures sharpen the picture; what the owner wants, and how vaguely
    "firms.measurement", "firms.weights", "firms.vague",
    # outside planners, and data of several steps, do so too
    "firms.partners", "firms.data_insight",
    # what machines report: the share of slips and errors they find, as `tool_orders` is what they take over
    "firms.slips_found", "firms.errors_found",
    # the till: last month's orders by kind of customer
    "firms.orders_segment", "firms.orders_new",
    # the market's forces: who is in business and opened lately, what rivals offer, customers had, kept and elsewhere
    "firms.convenience", "firms.customers", "firms.customers_had", "firms.customers_kept", "firms.months_below",
    # their own tools: version, how far they are known and used, what they cost a month; how they run the firm
    "firms.tool_strength", "firms.tool_support_end", "firms.tool_skill", "firms.tool_usage",
    "firms.tool_fee_usd_month", "firms.taken_out", "firms.modular", "firms.dynamic",
    # what rules add to a tool and subsidies take off
    "worlds.subsidy", "worlds.rule_usd_month",
    # who they are
    "firms.world", "firms.luck", "worlds.luck", "people.world", "customers.world",
}
# What a decision adds to: it may go on from another level, but must not ask what that level is; of the month's flows
# it asks one alone, what looking and keeping figures have already taken out of the till.
ADDED_TO = {
    "firms.flow_cents", "firms.debt_cents", "firms.repayment_cents", "firms.owner_hours", "firms.projects",
    "firms.forecast_sales_usd", "firms.forecast_labour_usd", "firms.forecast_cost_usd", "firms.tool_units",
}


def owners(score: str) -> World:
    """Streets after half a year, all of whose owners sit down to decide this month; every other one has a goal."""
    wanting = replace(arm(score, assessment_months=1.0, measurement=0.5, vague=0.3), weights=(0.4, 0.2, 0.2, 0.1, 0.1))
    scenario = busy(
        {"crm": {"slips_found": 0.5, "errors_found": 0.3}}, choosing={"decision_month": 0.5},
        segments={"second_share": 0.3},
    )
    world = everybody(make(scenario, [21, 22, 23]), wanting)
    world.firms.weights[::2], world.firms.vague[::2] = 0.0, 0.0
    live(world, 6)
    world.params.choosing.decision_month[:] = 1.0
    world.journal.clear()
    return world


def scramble(world: World, names: set[str]) -> None:
    """Put something else into these columns: the values of other rows, a little moved."""
    noise = np.random.default_rng(9)
    looking = world.firms.flow_cents[:, FLOW["assessment"]].copy()
    for table in TABLES:
        for name, column in columns(getattr(world, table)).items():
            if f"{table}.{name}" in names:
                mixed = column[noise.permutation(len(column))]
                column[...] = ~mixed if column.dtype == np.bool_ else mixed + (1 if name not in POINTERS else 0)
    world.firms.flow_cents[:, FLOW["assessment"]] = looking


KNOW_THE_WORLD = tuple(f"sim.{name}" for name in (
    "world", "state", "mechanisms", "kernels", "birth", "look", "offers", "population", "schedule", "run", "observe.",
))
POINTERS = {"employer", "supplier", "birth"}


def hidden(world: World) -> set[str]:
    """Columns that an owner cannot see."""
    every = {f"{table}.{name}" for table in TABLES for name in columns(getattr(world, table))}
    assert every >= IN_SIGHT | ADDED_TO
    return every - IN_SIGHT


def deciding(world: World) -> Ints:
    """Rows of small open firms."""
    return np.nonzero(world.firms.open & ~world.firms.large)[0]


def seen_by(world: World, rows: Ints) -> Observed:
    """What these owners see."""
    return look(world, rows, offers(world, rows))


def same_picture(first: Observed, second: Observed) -> bool:
    """Whether two pictures are equal bit for bit."""
    own = all(getattr(first, f.name).tobytes() == getattr(second, f.name).tobytes()
              for f in fields(Observed) if f.name != "rules")
    rules = all(np.array_equal(getattr(first.rules, f.name), getattr(second.rules, f.name)) for f in fields(Rules))
    return own and rules


@pytest.mark.parametrize("score", SCORES)
def test_worlds_that_look_the_same_get_the_same_decision_whatever_is_true(score: str) -> None:
    plain, other = owners(score), owners(score)
    scramble(other, hidden(other))
    rows = deciding(plain)
    assert same_picture(seen_by(plain, rows), seen_by(other, rows))

    for world in (plain, other):
        choosing.decide(world)

    assert len(plain.journal) > 0
    assert [story(plain, w) for w in range(3)] == [story(other, w) for w in range(3)]
    for w in range(3):
        assert np.array_equal(part(plain, w)["firms.tool_family"], part(other, w)["firms.tool_family"])


@pytest.mark.parametrize("score", SCORES)
def test_what_is_in_sight_does_change_decisions(score: str) -> None:
    """Or the test above would hold for owners who look at nothing."""
    plain, other = owners(score), owners(score)
    scramble(other, {"firms.hours", "firms.orders_expected", "worlds.hype", "firms.tool_orders"})
    other.worlds.hype[:] = other.worlds.hype[:, ::-1]

    for world in (plain, other):
        choosing.decide(world)

    assert [story(plain, w) for w in range(3)] != [story(other, w) for w in range(3)]


@pytest.mark.parametrize("score", list(RULES))
def test_a_rule_leaves_the_picture_it_is_given_alone(score: str) -> None:
    world = owners("npv")
    seen = seen_by(world, deciding(world))
    for f in fields(Observed):
        if f.name != "rules":
            getattr(seen, f.name).flags.writeable = False

    choice = RULES[score](seen)

    assert choice.candidate.shape == choice.reason.shape == (len(deciding(world)),)


@pytest.mark.parametrize("score", list(RULES))
def test_an_owner_decides_alone_as_in_company(score: str) -> None:
    world = owners("npv")
    seen = seen_by(world, deciding(world))
    together = RULES[score](seen).candidate

    for i in range(len(together)):
        here = np.arange(len(together)) == i
        assert RULES[score](seen.only(here)).candidate.tolist() == [together[i]]


def imported(module: str) -> set[str]:
    """Modules of the project that a module imports, by reading its source."""
    path = PACKAGE.parent / Path(*module.split("."))
    source = path.with_suffix(".py") if path.with_suffix(".py").exists() else path / "__init__.py"
    found: set[str] = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        if isinstance(node, ast.ImportFrom):
            found |= {str(node.module), *(f"{node.module}.{name.name}" for name in node.names)}
    return {name for name in found if name.startswith("sim.") and is_module(name)}


def is_module(name: str) -> bool:
    """Whether the project has a module of this name."""
    path = PACKAGE.parent / Path(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").exists()


def test_strategies_reach_no_world_through_any_import() -> None:
    reached: set[str] = set()
    new = {f"sim.strategies.{path.stem}" for path in (PACKAGE / "strategies").glob("*.py") if path.stem != "__init__"}
    assert len(new) >= 3
    while new:
        reached |= new
        new = set().union(*(imported(module) for module in new)) - reached

    assert {"sim.observed", "sim.formulas.throughput"} <= reached
    assert sorted(module for module in reached if module.startswith(KNOW_THE_WORLD)) == []
