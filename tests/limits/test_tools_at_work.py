"""A tool helps as far as it is good, learned and used; unused, it leaves the shop as it was and costs its price."""

from __future__ import annotations

import numpy as np
import pytest

from sim.arrays import Floats
from sim.mechanisms import projects, throughput, waiting
from sim.state import FLOW, FLOWS
from sim.world import World
from tests.worlds import FAMILIES, differing, live, make, planned, snapshot, street

# What paying for something changes, and what only remembers that it was bought.
MONEY = {"firms.cash_cents", "firms.flow_cents", "firms.fund_usd", "firms.debt_cents", "firms.repayment_cents",
         "firms.profit_usd", "firms.outflow_usd", "firms.overdraft_limit_cents", "firms.months_below"}
MEMORY = {
    "firms.tool_family", "firms.tool_units", "firms.tool_countdown", "firms.tool_months_live", "firms.tool_skill",
    "firms.tool_usage", "firms.tool_fee_usd_month", "firms.tool_start_month", "firms.tool_due_month",
    "firms.tool_quote_usd", "firms.tool_benefit_usd", "firms.tool_promise_usd", "firms.edges_missing",
    "people.tool_skill", "people.tool_use", "firms.tool_usefulness", "firms.projects", "firms.score",
    "firms.plan", "firms.plan_month", "firms.forecast_sales_usd", "firms.forecast_labour_usd",
    "firms.forecast_cost_usd",
}
CALM = frozenset({"finance.close_firms", "entry.open_new_firms", "rivals.take_note"})
LEVELS = np.linspace(0.0, 1.0, 6)
# Worlds in which nobody will use a tool, or ever learns one.
NEVER: dict[str, dict[str, dict[str, float]]] = {
    "usage": {"acceptance": {"base": -50.0, "first_use": 0.0, "threat_size": 0.0}},
    "skill": {"skill": {"start": 0.0, "half_life_weak_months": 1e18, "half_life_strong_months": 1e18},
              "acceptance": {"threat_size": 0.0}},
}


def with_tool(family: str, **levels: float) -> World:
    """A street in its fourth month, where every firm has had this tool from the start, at these levels."""
    world = make(street(), range(6))
    world.ablated = CALM
    live(world, 3)
    firms = world.firms
    rows = np.nonzero(firms.open)[0]
    firms.tool_family[rows, 0] = FAMILIES.index(family)
    firms.tool_units[rows, 0] = levels.get("units", 1.0)
    firms.tool_skill[rows, 0] = levels.get("skill", 0.6)
    firms.tool_usage[rows, 0] = levels.get("usage", 0.8)
    world.params.catalogue.hours_taken[:] *= levels.get("rating", 1.0)
    for step in (projects.put_tools_to_work, throughput.share_people, throughput.run_the_chain):
        step(world)
    return world


def chain_orders(world: World) -> Floats:
    """What the chain of each open firm can do."""
    return world.firms.throughput[world.firms.open]


@pytest.mark.parametrize("lever", ["usage", "skill", "rating", "units"])
@pytest.mark.parametrize("family", ["online_ordering", "staff_scheduling"])
def test_a_stage_with_these_hands_never_does_less_for_a_better_or_better_used_tool(lever: str, family: str) -> None:
    """Hours as they were: what tools take over only adds to what people do."""
    without = with_tool(family, usage=0.0)
    hands = without.firms.hours.copy()
    before = np.zeros_like(hands)
    for level in LEVELS:
        world = with_tool(family, **{lever: level})
        world.firms.hours[:] = hands
        throughput.run_the_chain(world)
        assert (world.firms.capacity >= before - 1e-9).all()
        before = world.firms.capacity.copy()


@pytest.mark.parametrize("lever", ["usage", "skill", "rating"])
@pytest.mark.parametrize("family", ["online_ordering", "staff_scheduling", "inventory_forecasting"])
def test_a_chain_never_does_less_for_a_better_or_better_used_tool(lever: str, family: str) -> None:
    """Also once people have shifted to where they are short: nobody need move to a worse place."""
    before = chain_orders(with_tool(family, usage=0.0))
    for level in LEVELS:
        now = chain_orders(with_tool(family, **{lever: level}))
        assert (now >= before * (1.0 - 1e-9)).all()
        before = now


def test_a_tool_for_a_full_stage_lifts_the_chain() -> None:
    """Or the tests above would hold for tools that do nothing."""
    without, at_work = (with_tool("staff_scheduling", usage=usage, units=9.0) for usage in (0.0, 1.0))

    assert at_work.firms.tool_orders.max() > 0.0
    assert chain_orders(at_work).mean() > chain_orders(without).mean()


def no_loans() -> dict[str, float]:
    """Finance without banks, so that a purchase moves cash and nothing else."""
    return {"loan_chance_micro": 0.0, "loan_chance_small": 0.0, "loan_chance_medium": 0.0, "loan_chance_large": 0.0}


@pytest.mark.parametrize(
    ("level", "numbers"),
    [("usage", {}), ("skill", {"convenience": 0.0, "equipment_gain": 0.0})],
)
def test_a_tool_that_nobody_can_or_will_use_changes_nothing_but_money(level: str, numbers: dict[str, float]) -> None:
    """The same firm with and without the purchase, three years on; the price is paid and no fee passed on."""
    scenario = street(
        {"online_ordering": {"subscription": 0.0, **numbers}}, **NEVER[level],
        management={"supervision_hours_month": 0.0}, finance=no_loans(), focal={"cash_days": 90.0},
        disruption={"depth": 0.0, "owner_hours_month": 0.0},
    )
    with_, without = (make(scenario, [3, 4], own) for own in (planned(("online_ordering", 2)), planned()))
    for world in (with_, without):
        world.ablated = CALM
        live(world, 36)

    changed = differing(snapshot(with_), snapshot(without))

    assert with_.firms.projects[[0, with_.firm_slots]].tolist() == [1, 1]
    assert changed <= MONEY | MEMORY | {"worlds.adopted"}
    assert "firms.cash_cents" in changed


def test_of_an_unused_tool_only_the_price_reaches_the_books() -> None:
    scenario = street(
        {"online_ordering": {"subscription": 80.0}}, **NEVER["usage"],
        management={"supervision_hours_month": 0.0}, prices={"reset_month": 0.0}, finance=no_loans(),
        focal={"cash_days": 90.0},
    )
    with_, without = (make(scenario, [3], own) for own in (planned(("online_ordering", 2)), planned()))
    flows = {name: [] for name in FLOWS}  # type: ignore[var-annotated]
    for world in (with_, without):
        world.ablated = CALM
    for _ in range(12):
        paid = [live(world, 1).firms.flow_cents[0].copy() for world in (with_, without)]
        for name in FLOWS:
            flows[name].append(int(paid[0][FLOW[name]] - paid[1][FLOW[name]]))

    moved = {name for name, cents in flows.items() if any(cents)}
    assert moved <= {"tools_once", "tools_running", "owner", "interest"}
    assert flows["tools_once"][2] < 0
    assert [cents < 0 for cents in flows["tools_running"]] == [False] * 2 + [True] * 10


def test_a_second_tool_that_nobody_uses_leaves_waits_as_they_are() -> None:
    """Servers of a queue are the people and the tool units at work there, not those that stand in a corner."""
    worlds = [with_tool("staff_scheduling", units=3.0) for _ in range(2)]
    for world, bought in zip(worlds, (False, True), strict=True):
        if bought:
            rows = np.nonzero(world.firms.open)[0]
            world.firms.tool_family[rows, 1] = FAMILIES.index("crm")
            world.firms.tool_units[rows, 1] = 5.0
            world.firms.tool_usage[rows, 1] = 0.0
            projects.put_tools_to_work(world)
        waiting.queue_orders(world)

    assert np.array_equal(worlds[0].firms.tool_orders, worlds[1].firms.tool_orders)
    assert np.array_equal(worlds[0].firms.wait_ratio, worlds[1].firms.wait_ratio)


def test_a_tool_at_one_stage_serves_in_no_other_stages_queue() -> None:
    """Two tools at two stages are no four servers."""
    world = with_tool("staff_scheduling", units=3.0)
    taken = world.params.catalogue.hours_taken
    taken[:, FAMILIES.index("staff_scheduling")] = 0.0
    taken[:, FAMILIES.index("staff_scheduling"), 1] = 0.3
    taken[:, FAMILIES.index("crm")] = 0.0
    taken[:, FAMILIES.index("crm"), 4] = 1e-9
    projects.put_tools_to_work(world)
    waiting.queue_orders(world)
    alone = world.firms.wait_ratio.copy()
    rows = np.nonzero(world.firms.open)[0]
    world.firms.tool_family[rows, 1] = FAMILIES.index("crm")
    world.firms.tool_units[rows, 1], world.firms.tool_skill[rows, 1], world.firms.tool_usage[rows, 1] = 5.0, 1.0, 1.0
    projects.put_tools_to_work(world)
    waiting.queue_orders(world)

    assert np.array_equal(world.firms.wait_ratio, alone)

