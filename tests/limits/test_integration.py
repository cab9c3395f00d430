"""Edges: what is not joined is keyed in again and goes wrong now and then, as far as the tool is used."""

from __future__ import annotations

import numpy as np
import pytest

from sim.arrays import Floats
from sim.formulas.errors import ErrorRates, crossing_quality, edge_fault_share, fault_share
from sim.formulas.integration import edge_usd, rekeying_hours
from sim.mechanisms import errors, integration, projects, staffing
from sim.offers import offers
from sim.params.sector import STAGES
from sim.scenario.presets import catalogue, tools
from sim.state import FLOW
from sim.work import time_wanted
from sim.world import World
from tests.worlds import FAMILIES, arm, everybody, focal_rows, live, make, planned, street

RATES = ErrorRates(np.array(0.10), np.array(0.6), np.array(0.03))
ORDERING, HUB, CRM = (FAMILIES.index(name) for name in ("online_ordering", "integration_platform", "crm"))
SALES = STAGES.index("marketing_sales")
CALM = frozenset({"finance.close_firms", "entry.open_new_firms", "disruption.settle_in", "overruns.settle_the_account"})
JOINED = arm("none", integrate=1.0)


def owning(*families: int, usage: float = 0.8, own: object = planned(), **numbers: float) -> World:
    """A street in its third month whose firms have these tools at work."""
    world = everybody(make(street(integration=numbers), [1, 2]), own)  # type: ignore[arg-type]
    world.ablated = CALM
    live(world, 2)
    for slot, family in enumerate(families):
        world.firms.tool_family[:, slot], world.firms.tool_usage[:, slot] = family, usage
        world.firms.tool_units[:, slot], world.firms.tool_skill[:, slot] = 1.0, 0.5
    projects.put_tools_to_work(world)
    integration.miss_edges(world)
    return world


def missing(world: World) -> Floats:
    """Edges lacking to the automated work of the firm in focus, by stage."""
    return world.firms.edges_missing[0]


def test_the_catalogue_counts_pairs_of_stages_and_where_they_end() -> None:
    numbers = catalogue([], {})

    assert numbers.edges[ORDERING] == 4.0
    assert numbers.edges_at[ORDERING].tolist() == [1, 2, 1, 3, 0, 0, 0, 0, 1]
    assert np.array_equal(numbers.edges_at.sum(axis=1), 2.0 * numbers.edges)
    assert numbers.hub.nonzero()[0].tolist() == [HUB]
    assert numbers.edges[HUB] == 0.0
    assert all(len(set(pair)) == 2 for tool in tools().values() for pair in tool.edges)


def test_a_tool_in_use_that_is_not_joined_lacks_its_edges() -> None:
    numbers = catalogue([], {})
    works = numbers.hours_taken[ORDERING] > 0.0

    assert missing(owning(ORDERING)) == pytest.approx(numbers.edges_at[ORDERING] * works)
    assert not missing(owning(ORDERING, usage=0.0)).any()
    assert not missing(owning(ORDERING, own=JOINED)).any()
    assert not missing(owning()).any()


def test_a_tool_lacks_its_edges_for_its_own_work_and_not_for_that_of_others() -> None:
    """Where two tools share a stage, each counts by the orders it takes; where one has no work, it counts nothing."""
    numbers = catalogue([], {})
    taken, ends = numbers.hours_taken, numbers.edges_at
    both, scheduling = missing(owning(ORDERING, CRM)), FAMILIES.index("staff_scheduling")
    mean = (taken * ends)[[ORDERING, CRM], SALES].sum() / taken[[ORDERING, CRM], SALES].sum()
    alone, beside = owning(ORDERING), owning(ORDERING, scheduling)
    copied = [one.firms.edges_missing * one.firms.tool_orders for one in (alone, owning(scheduling), beside)]

    assert both[SALES] == pytest.approx(mean)
    assert min(ends[[ORDERING, CRM], SALES]) <= both[SALES] <= max(ends[[ORDERING, CRM], SALES])
    assert copied[2] == pytest.approx(copied[0] + copied[1])


def test_with_a_hub_a_tool_lacks_one_edge_in_all() -> None:
    for tools_owned in ((ORDERING,), (ORDERING, CRM), (ORDERING, CRM, FAMILIES.index("inventory_forecasting"))):
        hubbed, apart = owning(HUB, *tools_owned, usage=1.0), owning(*tools_owned, usage=1.0)
        assert (missing(hubbed) <= missing(apart)).all()
        assert missing(hubbed).max() <= 1.0 < missing(apart).max()


def test_keying_in_again_takes_hours_where_tools_do_the_work() -> None:
    world, joined = owning(ORDERING), owning(ORDERING, own=JOINED)
    for one in (world, joined):
        one.firms.automated_share[:] = 0.0
        one.firms.automated_share[:, SALES] = 0.5
    more = (world.work_hours_order - joined.work_hours_order)[0]

    assert rekeying_hours(np.array(0.002), np.array([0.0, 1.0]), np.array([3.0, 3.0])).tolist() == [0.0, 0.006]
    assert more.nonzero()[0].tolist() == [SALES]
    assert more[SALES] == pytest.approx(0.002 * 0.5 * 3.0)


def test_errors_for_want_of_edges_come_with_automation() -> None:
    automated, lacking = np.array([0.0, 0.2, 0.8]), np.array([3.0, 0.0, 3.0])
    world, free = owning(ORDERING), owning(ORDERING, error_share=0.0)
    for one in (world, free):
        one.firms.automated_share[:] = 0.5
        errors.make_errors(one)

    assert edge_fault_share(automated, lacking, np.array(0.004)).tolist() == pytest.approx([0.0, 0.0, 0.0096])
    assert world.firms.fault_share[0] - free.firms.fault_share[0] == pytest.approx(0.004 * 0.5 * missing(world).sum())
    assert missing(world).sum() == 4.0  # three where orders are taken, one where they are handed over


@pytest.mark.parametrize("lacking", [0.0, 1.0, 3.0])
def test_missing_edges_raise_the_quality_below_which_automating_does_harm(lacking: float) -> None:
    weight = 0.5
    crossing = float(crossing_quality(RATES, np.array(0.004 * lacking / weight)))
    automated = np.linspace(0.0, 0.8, 9)

    def change(quality: float) -> Floats:
        faults = fault_share(np.array(quality), automated, np.array(weight), RATES)
        return np.diff(faults + edge_fault_share(automated, np.array(lacking), np.array(0.004)))

    assert crossing == pytest.approx(0.5 + 0.004 * lacking / weight / 0.06)
    assert (change(crossing - 0.01) > 0.0).all()
    assert (change(crossing + 0.01) < 0.0).all()


def test_an_edge_costs_a_share_of_the_tool_up_to_a_most_and_more_where_systems_are_rigid() -> None:
    prices, priced = np.array([1000.0, 10_000.0, 100_000.0]), (np.array(0.15), np.array(2500.0))

    assert edge_usd(prices, priced, np.array(0.0)).tolist() == pytest.approx([150.0, 1500.0, 2500.0])
    assert edge_usd(prices, priced, np.array(0.25)).tolist() == pytest.approx([187.5, 1875.0, 3125.0])


def test_an_owner_who_joins_tools_is_quoted_the_edges_and_their_upkeep() -> None:
    plain, joined, hub = (owning(own=planned()), owning(own=JOINED), owning(HUB, own=JOINED))
    rows = focal_rows(plain)
    quote, dear, hubbed = (offers(world, rows) for world in (plain, joined, hub))
    edges = catalogue([], {}).edges
    building = dear.one_off_usd - quote.one_off_usd
    families = len(FAMILIES)

    one = np.minimum(0.15 * quote.one_off_usd[0, :families], 2500.0) * 1.25

    assert building[0, :families] == pytest.approx(one * edges)
    assert not building[:, families:].any()
    assert (dear.running_usd_month - quote.running_usd_month) == pytest.approx(0.015 * building)
    others = np.arange(families) != HUB  # the hub itself is at work: a newer one has a price of its own
    assert (hubbed.one_off_usd - quote.one_off_usd)[0, :families][others] == pytest.approx(
        (one * np.minimum(edges, 1.0))[others])


def test_joining_costs_more_at_first_and_spares_hours_and_faults_later() -> None:
    scenario = street(finance={f"loan_chance_{size}": 0.0 for size in ("micro", "small", "medium", "large")},
                      focal={"cash_days": 300.0}, integration={"rekeying_hours_order": 0.02, "error_share": 0.05})
    plan = planned(("online_ordering", 2))
    apart, joined = (make(scenario, range(8), own) for own in (plan, JOINED.__class__(
        "plan", "Has a plan", "Keeps to it.", score="planned", integrate=1.0, purchases=plan.purchases)))
    rows = focal_rows(apart)
    for world in (apart, joined):
        world.ablated = CALM
        live(world, 3)
    paid = [world.firms.flow_cents[rows, FLOW["tools_once"]].sum() for world in (apart, joined)]
    faults, busy = [0.0, 0.0], [0.0, 0.0]
    for _ in range(12):
        for n, world in enumerate((apart, joined)):
            live(world, 1)
            faults[n] += world.firms.fault_share[rows].mean()
            busy[n] += (world.firms.people_hours.sum(axis=1) - world.firms.hours_idle)[rows].mean()

    assert paid[1] == pytest.approx(paid[0] * (1.0 + 4 * 0.1875), rel=1e-6)
    assert faults[1] < 0.99 * faults[0]
    assert busy[1] < busy[0]


def test_posts_and_peoples_time_count_what_is_keyed_in_again() -> None:
    """Two hundredths of an hour for each of three edges at a stage that tools do half of."""
    plain, apart = (make(street(integration={"rekeying_hours_order": 0.02}), [1]) for _ in range(2))
    stage = int(plain.params.sector.hours_share[0].argmax())
    for world, missing in ((plain, 0.0), (apart, 3.0)):
        world.firms.orders_expected[0] = 100_000.0
        world.firms.equipment_orders[0] = 1e9
        world.firms.automated_share[0, stage] = 0.5
        world.firms.edges_missing[0, stage] = missing
        staffing.plan_posts(world)
    p = plain.params
    hours = 0.02 * 0.5 * 3.0 * 100_000.0 / float(p.throughput.normal_utilisation[0])

    assert apart.firms.posts[0] - plain.firms.posts[0] == pytest.approx(
        hours / float(p.sector.hours_person_month[0]), abs=1.0)
    assert time_wanted(apart, np.array([0]))[0, stage] > time_wanted(plain, np.array([0]))[0, stage]


def test_switched_off_no_edge_is_missing() -> None:
    world = owning(ORDERING)
    world.ablated = frozenset({"integration.miss_edges"})
    integration.miss_edges(world)

    assert not world.firms.edges_missing.any()
