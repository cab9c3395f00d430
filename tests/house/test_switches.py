"""Every switch has a neutral value: a mechanism turned off holds it, the same mechanism turned on does not."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sim import population
from sim.schedule import MONTH
from sim.state import FLOW, OUTSIDE
from sim.world import World
from tests.worlds import (
    FAMILIES,
    OFFERED,
    Columns,
    arm,
    busy,
    coming,
    everybody,
    live,
    make,
    planned,
    snapshot,
    troubled,
)

SWITCHES = [mechanism for mechanism in MONTH if mechanism.neutral is not None]
Neutral = Callable[[World, Columns, Columns], bool]


def of_open(world: World, name: str) -> np.ndarray:
    """A column of the open firms."""
    return getattr(world.firms, name)[world.firms.open]  # type: ignore[no-any-return]


def same(*names: str) -> Neutral:
    """The columns stay bit for bit what they were in the month before."""
    return lambda world, before, after: all(before[n].tobytes() == after[n].tobytes() for n in names)


def zero(*names: str) -> Neutral:
    """The firms' columns are 0."""
    return lambda world, before, after: not any(getattr(world.firms, n).any() for n in names)


def nobody_in_the_journal(*kinds: str) -> Neutral:
    """Nothing of these kinds was written down."""
    return lambda world, before, after: not any(note.kind in kinds for note in world.journal)


def colleagues_keep_their_time(world: World, before: Columns, after: Columns) -> bool:
    """Whoever stays with a firm divides the time as before."""
    stayed = (before["people.employer"] == after["people.employer"]) & (after["people.tenure"] > 0)
    return np.array_equal(before["people.time_share"][stayed], after["people.time_share"][stayed])


def customers_stay(world: World, before: Columns, after: Columns) -> bool:
    """Nobody changes supplier, except away from a firm that closed."""
    moved = before["customers.supplier"] != after["customers.supplier"]
    return bool((after["customers.supplier"][moved] < 0).all())


def all_good(world: World, before: Columns, after: Columns) -> bool:
    """Nothing faulty is delivered, and nothing redone takes up capacity."""
    came = after["firms.orders_new"] + before["firms.orders_backlog"]
    possible = np.minimum(came, np.floor(after["firms.throughput"]))
    return not after["firms.orders_faulty"].any() and np.array_equal(after["firms.orders_served"], possible)


def owners_have_all_their_hours(world: World, before: Columns, after: Columns) -> bool:
    """Projects under way take nothing; deciding, mending and a tool that is live already still may."""
    undecided = (world.firms.assessment_months == 0.0) & (before["firms.projects"] == after["firms.projects"])
    idle = world.firms.open & undecided & ~world.tools_at_work.any(axis=1)
    under_way = (world.firms.tool_countdown > 0).any(axis=1)
    hours = world.params.management.owner_hours_month[world.firms.world]
    return np.array_equal(world.firms.owner_hours[idle & under_way], hours[idle & under_way])


def only_projects_mend(world: World, before: Columns, after: Columns) -> bool:
    """Without erosion process quality never falls."""
    old = before["firms.open"] & after["firms.open"] & (before["firms.birth"] == after["firms.birth"])
    return bool((after["firms.process_quality"][old] >= before["firms.process_quality"][old]).all())


def prices_of_old_firms_stay(world: World, before: Columns, after: Columns) -> bool:
    """Only a new firm brings a new price; a large one may answer a rival."""
    old = (before["firms.birth"] == after["firms.birth"]) & ~after["firms.large"]
    return np.array_equal(before["firms.price_usd"][old], after["firms.price_usd"][old])


def markups_of_old_firms_stay(world: World, before: Columns, after: Columns) -> bool:
    """Only a new firm brings a new markup; a large one may answer a rival."""
    old = (before["firms.birth"] == after["firms.birth"]) & ~after["firms.large"]
    return np.array_equal(before["firms.markup"][old], after["firms.markup"][old])


def wages_of_old_firms_stay(world: World, before: Columns, after: Columns) -> bool:
    """Only a new firm brings a new wage, but for an event that moves the whole trade's."""
    old = before["firms.birth"] == after["firms.birth"]
    trade = (after["worlds.wage_level"] / before["worlds.wage_level"])[world.firms.world]
    return np.array_equal((before["firms.wage_usd_hour"] * trade)[old], after["firms.wage_usd_hour"][old])


def old_firms_have_no_shocks(world: World, before: Columns, after: Columns) -> bool:
    """A new firm may start with the appeal of the new; nothing else happens to anybody."""
    old = before["firms.birth"] == after["firms.birth"]
    return not after["firms.appeal"][old].any() and not after["firms.footfall"].any()


def owners_take_nothing(world: World, before: Columns, after: Columns) -> bool:
    """Only owners that open or close a firm move money."""
    lasting = before["firms.open"] & after["firms.open"] & (before["firms.birth"] == after["firms.birth"])
    return not after["firms.flow_cents"][lasting, FLOW["owner"]].any()


def where_nobody_was_laid_off(column: str) -> Neutral:
    """People feel nothing of the kind, but for what a layoff of this month does to those who stay."""
    def holds(world: World, before: Columns, after: Columns) -> bool:
        calm = (world.people.employer >= 0) & (world.firms.laid_off[world.people.employer] == 0)
        return not getattr(world.people, column)[calm].any()
    return holds


def as_quoted(world: World, before: Columns, after: Columns) -> bool:
    """Nobody is late or stops; who starts, rolls out, lays off or retrains nothing this month pays nothing once."""
    firms, this_month = world.firms, [note for note in world.journal if note.month == world.month - 1]
    late = (firms.tool_countdown > 0) & (firms.tool_due_month < world.month)
    paying = firms.hours_retrained > 0.0
    for note in this_month:
        paying[note.rows] |= note.kind in ("start", "rollout", "layoff", "imitate")
    quiet = firms.open & ~paying
    return not (
        late[firms.open].any() or any(note.kind in ("stop", "overrun") for note in this_month)
        or firms.flow_cents[quiet, FLOW["tools_once"]].any()
    )


def nothing_paid_to(account: str) -> Neutral:
    """No firm pays anything on this account."""
    return lambda world, before, after: not after["firms.flow_cents"][:, FLOW[account]].any()


HOLDS: dict[str, Neutral] = {
    "acceptance.feel_threat": where_nobody_was_laid_off("threat"),
    "acceptance.accept_tools": lambda world, before, after: bool((world.firms.tool_usage == 1.0).all()),
    "displacement.lay_off": zero("laid_off"),
    "displacement.retrain": zero("hours_retrained"),
    "morale.move_morale": where_nobody_was_laid_off("morale"),
    "skill.learn_tools": lambda world, before, after: bool(
        (world.firms.tool_skill == 1.0).all() and not world.firms.hours_trained.any()),
    "choosing.decide": nobody_in_the_journal("start", "declined", "live"),
    "demand.choose_suppliers": customers_stay,
    "entry.open_new_firms": same("worlds.births", "firms.birth", "firms.luck"),
    "data.gather": zero("data_stock", "data_insight", "personalised"),
    "disruption.settle_in": zero("disruption"),
    "explore.start_prototypes": nobody_in_the_journal("prototype"),
    "explore.bring_to_market": zero("novelty", "novelty_young", "offer_worth"),
    "explore.put_aside": zero("explore_usd"),
    "reconfigure.sense": nothing_paid_to("assessment"),
    "reconfigure.look_over": nobody_in_the_journal("take_out"),
    "frontier.lose_support": lambda world, before, after: bool((world.firms.tool_strength == 1.0).all()),
    "fairness.err_with_the_group": zero("machine_decided", "error_gap", "orders_harmed"),
    "fairness.ask_customers": zero("trust"),
    "incidents.keep_watch": nothing_paid_to("safeguards"),
    "incidents.stop_tools": zero("tool_out"),
    "incidents.suffer_breaches": zero("breaches"),
    "incidents.face_the_rules": zero("fined"),
    "suppliers.move_input_prices": lambda world, before, after: bool(
        (world.worlds.input_prices == 1.0).all() and (of_open(world, "input_factor") == 1.0).all()),
    "inspection.inspect": zero("slips_found", "errors_found"),
    "integration.miss_edges": zero("edges_missing"),
    "aims.look_back": zero("aim_months", "aim_sum"),
    "practices.measure": nothing_paid_to("assessment"),
    "practices.better_processes": nothing_paid_to("assessment"),
    "overruns.settle_the_account": as_quoted,
    "phasing.end_pilots": nobody_in_the_journal("pilot_stop"),
    "environment.turn_the_calendar": lambda world, before, after: bool(
        (world.worlds.season == 1.0).all() and (world.worlds.growth == 1.0).all()),
    "environment.surprise_firms": old_firms_have_no_shocks,
    "environment.move_the_talk": lambda world, before, after: np.array_equal(
        world.worlds.hype, world.params.catalogue.hype),
    "shocks.befall": lambda world, before, after: bool((world.worlds.wage_level == 1.0).all()),
    "turbulence.shift_work": same("worlds.hours_share"),
    "turbulence.shift_tastes": lambda world, before, after: bool((world.worlds.taste == 1.0).all()),
    "errors.make_errors": zero("fault_share", "orders_faulty"),
    "finance.pay_the_owner": owners_take_nothing,
    "finance.close_firms": nobody_in_the_journal("close"),
    "management.plan_the_owners_month": owners_have_all_their_hours,
    "management.wear_down_processes": only_projects_mend,
    "prices.adapt_markups": markups_of_old_firms_stay,
    "reputation.advertise": lambda world, before, after: np.array_equal(
        world.firms.awareness, world.firms.awareness_usual),
    "reputation.follow_ratings": zero("reputation"),
    "rivals.take_note": zero("reaction_in"),
    "satisfaction.feel_the_month": lambda world, before, after: not (
        world.customers.satisfaction.any() or world.worlds.satisfaction.any()),
    "satisfaction.let_friends_talk": lambda world, before, after: not world.worlds.word_of_mouth.any(),
    "prices.reset_prices": prices_of_old_firms_stay,
    "projects.put_tools_to_work": zero("tool_orders", "equipment_bonus", "convenience", "automated_share"),
    "rework.deliver": all_good,
    "staffing.let_people_quit": zero("quits"),
    "staffing.fill_posts": zero("hires"),
    "staffing.shift_time": colleagues_keep_their_time,
    "throughput.share_people": lambda world, before, after: np.array_equal(
        of_open(world, "hours"), of_open(world, "people_hours")),
    "waiting.queue_orders": zero("wait_ratio"),
    "wages.move_wages": wages_of_old_firms_stay,
}


def test_every_switch_has_a_neutral_value_that_is_checked() -> None:
    assert set(HOLDS) == {mechanism.name for mechanism in SWITCHES}
    assert all(mechanism.neutral_text for mechanism in SWITCHES)


def violated(name: str, ablated: frozenset[str]) -> list[int]:
    """Months of a year in which the neutral value does not hold."""
    score = "own_sake" if name == "reconfigure.look_over" else "npv"
    owner = arm(score, training=1.0, layoff=1.0, redeploy=float(name == "displacement.retrain"),
                phased=float(name == "phasing.end_pilots"), measurement=float(name == "practices.measure"),
                upkeep=float(name == "practices.better_processes"), dynamic=float(name.startswith("reconfigure.")),
                integrate=float(name == "data.gather"), security=float(name == "incidents.keep_watch"),
                explore=float(name.startswith("explore.")),
                targets=(0.0, float(name == "aims.look_back"), 0.0, 0.0, 0.0))
    checking = {family: {"slips_found": 0.5, "errors_found": 0.5} for family in OFFERED}
    slow = {"start": 0.01, "half_life_weak_months": 120.0, "half_life_strong_months": 120.0}
    street = busy(checking, choosing={"fund_share": 0.01}, phasing={"prior_spread": 5.0},
                  skill=slow if name == "phasing.end_pilots" else {},
                  environment={"work_jumps_year": 3.0, "taste_jumps_year": 3.0},
                  reconfigure={"review_month": 1.0, "settled_months": 0.0},
                  wages={"rent_sharing": 0.15, "vacancy_response": 0.2},
                  explore={"prototype_price": 0.005, "success": 1.0, "time_to_market_months": 2.0},
                  events=coming({"kind": "wage", "month": 4, "size": 0.1}))
    if name.split(".")[0] in ("data", "fairness", "incidents", "suppliers"):
        street = troubled()
    world = everybody(make(street, [21, 22, 23]), owner)
    mending = planned(("fix:operations", 0), ("fix:outbound", 4))
    population.assign(world, np.arange(3) * world.firm_slots, mending, FAMILIES)
    world.ablated, after, broken = ablated, snapshot(world), []
    for month in range(12):
        before = after
        after = snapshot(live(world, 1))
        if not HOLDS[name](world, before, after):
            broken.append(month)
    return broken


@pytest.mark.parametrize("name", [mechanism.name for mechanism in SWITCHES])
def test_a_mechanism_switched_off_holds_its_neutral_value_for_a_year(name: str) -> None:
    assert violated(name, frozenset({name})) == []


@pytest.mark.parametrize("name", [mechanism.name for mechanism in SWITCHES])
def test_a_mechanism_switched_on_leaves_its_neutral_value(name: str) -> None:
    """Or the test above would hold whatever the switch does."""
    assert violated(name, frozenset()) != []


def test_a_world_with_every_switch_off_still_lives() -> None:
    world = make(busy(), [31])
    world.ablated = frozenset(mechanism.name for mechanism in SWITCHES)
    start = snapshot(world)
    live(world, 12)

    assert world.firms.orders_served.sum() > 0
    assert np.array_equal(world.people.employer, start["people.employer"])
    assert np.array_equal(world.customers.supplier, start["customers.supplier"])
    assert (world.customers.supplier == OUTSIDE).any()
