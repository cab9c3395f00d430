"""One thing more in a world changes only what it touches: an idle firm nothing, a useless tool its own slot."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from sim import luck, population
from sim.arrays import Ints
from sim.birth import Founding, found, place_in_market
from sim.params import Params
from sim.state import NO_TOOL, OUTSIDE
from sim.world import World
from tests.worlds import (
    FAMILIES,
    Columns,
    arm,
    busy,
    differing,
    everybody,
    live,
    make,
    planned,
    snapshot,
    story,
    street,
)

USELESS = {"one_off": 0.0, "subscription": 0.0, "per_use": 0.0, "convenience": 0.0, "convenience_second": 0.0,
           "equipment_gain": 0.0, "slips_found": 0.0, "errors_found": 0.0, "implementation_months": 1.0}
# Columns by slot, of which the tool's own slot alone may differ; what people know and use of it is theirs.
BY_SLOT = {f"firms.tool_{name}" for name in (
    "family", "units", "skill", "usage", "usefulness", "months_live", "start_month", "due_month", "strength",
    "support_end", "share_before",
)} | {"people.tool_skill", "people.tool_use"}
TO_DO = {"firms.projects", "firms.plan", "firms.plan_month"}
NO_HOURS = {f"hours_taken_{stage}": 0.0 for stage in (
    "inbound", "operations", "outbound", "marketing_sales", "service", "procurement", "technology", "human_resources",
    "administration",
)}


def open_idle_firm(world: World) -> Ints:
    """Open a firm that nobody has heard of, staffed by its owner only, in the last slot of every world."""
    firms, worlds = world.firms, len(world.worlds.luck)
    rows = (np.arange(worlds) + 1) * world.firm_slots - 1
    said = {
        "employees": 0.0, "orders_month": 1.0, "owner_quality": -100.0, "quality_shift": 0.0, "patience_months": 0.0,
        "first_orders_share": 0.0, "large": 0.0, "usual": 1.0,
    }
    firms.birth[rows] = 10_000
    firms.luck[rows] = luck.birth_keys(world.worlds.luck, "firm", np.array([10_000], dtype=np.uint64))
    plan = {f.name: np.full(worlds, said.get(f.name, -1.0)) for f in fields(Founding)}
    found(world, rows, Founding(**plan | {name: plan[name] > 0.0 for name in ("large", "usual")}))
    place_in_market(world, rows)
    firms.awareness[rows] = 0.0
    firms.awareness_usual[rows] = 0.0
    firms.overhead_usd_month[rows] = 0.0
    return rows


def without(columns: Columns, rows: Ints) -> Columns:
    """All columns without these firms' rows."""
    return {
        name: np.delete(column, rows, axis=0) if name.startswith("firms.") else column
        for name, column in columns.items()
    }


@pytest.mark.parametrize("score", ["none", "npv", "own_sake"])
def test_a_firm_that_nobody_has_heard_of_changes_nothing_else(score: str) -> None:
    with_, plain = (everybody(make(busy(), [3, 4]), arm(score)) for _ in range(2))
    rows = open_idle_firm(with_)
    for _ in range(24):
        live(with_, 1)
        live(plain, 1)
        assert with_.firms.open[rows].all()
        assert differing(without(snapshot(with_), rows), without(snapshot(plain), rows)) <= {"worlds.adopted"}

    assert not with_.firms.orders_new[rows].any()
    assert not np.isin(with_.people.employer, rows).any()
    assert [story(with_, w) for w in (0, 1)] == [story(plain, w) for w in (0, 1)]


def useless_crm(**groups: dict[str, float]) -> Params:
    """Ratings, price and convenience 0, needs neither data nor the owner's time, neither before nor after go-live."""
    calm = {"management": {"supervision_hours_month": 0.0}, "disruption": {"owner_hours_month": 0.0},
            "incidents": {"breach_year": 0.0}}
    params = street({"crm": USELESS | NO_HOURS}, **calm, **groups)
    needs, needs_at = params.catalogue.edges.copy(), params.catalogue.edges_at.copy()
    needs[FAMILIES.index("crm")], needs_at[FAMILIES.index("crm")] = 0.0, 0.0
    return replace(params, catalogue=replace(params.catalogue, edges=needs, edges_at=needs_at))


def touched_by_a_tool(with_: World, plain: World, slot: int) -> set[str]:
    """Columns that differ, but for what is done of a plan, the slot the tool lies in, and the count of owners."""
    first, second = snapshot(with_), snapshot(plain)
    for name in BY_SLOT:
        first[name][:, slot] = second[name][:, slot]
    return differing(first, second) - TO_DO - {"worlds.adopted"}


@pytest.mark.parametrize("others", ["none", "npv"])
def test_a_useless_tool_for_nothing_is_no_tool(others: str) -> None:
    """Bit for bit nothing but the slot it lies in, and what people know of it."""
    scenario = useless_crm()
    with_, plain = (everybody(make(scenario, [6, 7]), arm(others)) for _ in range(2))
    for world, own in ((with_, planned(("crm", 3))), (plain, planned())):
        population.assign(world, np.array([0, world.firm_slots]), own, FAMILIES)
        live(world, 24)

    assert with_.firms.projects[[0, with_.firm_slots]].tolist() == [1, 1]
    assert (with_.firms.tool_countdown[[0, with_.firm_slots], 0] == 0).all()
    assert touched_by_a_tool(with_, plain, slot=0) == set()
    rows = [0, with_.firm_slots]
    others_rows = without(snapshot(with_), np.array(rows)), without(snapshot(plain), np.array(rows))
    assert differing(*others_rows) <= {"people.tool_skill", "people.tool_use", "worlds.adopted"}


def test_a_useless_tool_beside_a_real_one_changes_nothing() -> None:
    scenario = useless_crm(focal={"cash_days": 60.0})
    with_ = live(make(scenario, [6, 7], planned(("staff_scheduling", 1), ("crm", 6))), 24)
    plain = live(make(scenario, [6, 7], planned(("staff_scheduling", 1))), 24)

    assert with_.firms.projects[[0, with_.firm_slots]].tolist() == [2, 2]
    assert (with_.firms.tool_countdown[[0, with_.firm_slots], 1] == 0).all()
    assert touched_by_a_tool(with_, plain, slot=1) == set()


def test_a_purchase_touches_no_firms_luck_and_no_month_before_it() -> None:
    with_, plain = (make(street(), [6], own) for own in (planned(("online_ordering", 8)), planned()))
    for world in (with_, plain):
        live(world, 8)
    assert differing(snapshot(with_), snapshot(plain)) == {"firms.plan", "firms.plan_month"}

    for world in (with_, plain):
        live(world, 1)
    changed = differing(snapshot(with_), snapshot(plain))
    assert "firms.tool_family" in changed
    assert not changed & {"firms.luck", "people.luck", "customers.luck", "firms.birth", "worlds.hype"}


def test_a_month_in_which_one_firm_does_better_moves_customers_to_and_from_that_firm_alone() -> None:
    """Tastes are of customer, firm and month: nobody moves between two firms to which nothing happened."""
    better, plain = (live(make(street(), [6, 7]), 3) for _ in range(2))
    rows = np.array([0, better.firm_slots])
    better.firms.appeal_base[rows] += 1.0
    live(better, 1)
    live(plain, 1)
    moved = better.customers.supplier != plain.customers.supplier

    assert moved.any()
    assert np.isin(better.customers.supplier[moved], rows).all()


def test_a_closure_moves_nobody_who_did_not_see_that_firm() -> None:
    gone, plain = (live(make(street(), [6]), 3) for _ in range(2))
    gone.firms.cash_cents[2] = -(10**12)
    for world in (gone, plain):
        live(world, 1)
    assert not gone.firms.open[2]

    before = plain.customers.supplier.copy()
    for world in (gone, plain):
        live(world, 1)
    moved = gone.customers.supplier != plain.customers.supplier
    touched = (before == 2) | (plain.customers.supplier == 2)
    sampled_further = plain.customers.supplier != before
    assert moved.any()
    assert (touched | sampled_further | (gone.customers.supplier != before))[moved].all()
    assert (gone.customers.supplier[~moved & (before == OUTSIDE)] >= OUTSIDE).all()


def test_a_quit_leaves_everybody_elses_posts_as_they_were() -> None:
    """Who is hired is drawn between post and person: one more on the market changes nothing unless taken."""
    elsewhere = []
    for seed in range(5, 9):
        one_more, plain = (live(make(busy(sector={"quits_month": 0.02}), [seed]), 2) for _ in range(2))
        employed = np.nonzero(one_more.people.employer == 1)[0][0]
        one_more.people.employer[employed], one_more.people.tenure[employed] = -1, 0
        live(one_more, 1)
        live(plain, 1)
        moved = np.nonzero(one_more.people.employer != plain.people.employer)[0]
        elsewhere.append(employed in moved)
        assert len(moved) <= 4

    assert any(elsewhere)  # who quits may be hired back at once


def test_a_finished_improvement_gives_its_slot_back_and_a_tool_keeps_it() -> None:
    world = live(make(street(), [6], planned(("crm", 2), ("fix:operations", 4))), 10)

    kept = world.firms.tool_family[0]
    assert sorted(kept.tolist()) == [NO_TOOL] * 5 + [FAMILIES.index("crm")]
    assert (world.firms.tool_family[1:][world.firms.open[1:]] == NO_TOOL).all()
