"""Month 0: the firms, people and customers of a batch of worlds, at the fixed point of a world without shocks.

Everything is drawn from luck keys fixed at birth, so a world is the same alone, in a batch or in another order, and
two arms start from one state.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim import luck, numerics
from sim.arrays import Bools, Floats, Ints
from sim.birth import Founding, found, given, place_in_market, value_expected
from sim.formulas.logit import steady_outside
from sim.formulas.satisfaction import feeling
from sim.mechanisms import acceptance, errors, rework, staffing, throughput, waiting
from sim.mechanisms.demand import attraction, relative_price, reliability
from sim.params import STAGES, Focal, Params, stack_params
from sim.params.base import meanings
from sim.state import (
    EXPANSION,
    FIX,
    NO_TOOL,
    OUTSIDE,
    SEGMENTS,
    Customers,
    Firms,
    Levers,
    People,
    Strategies,
    Worlds,
    allocate,
)
from sim.strategies.arms import LEVERS, SCORES, Arm
from sim.world import World

NEVER_ENDS = 1_000_000


def people_per_world(p: Params) -> int:
    """Rows of the people table in each world: those employed at month 0 and those looking for work."""
    small = float(p.setup.small_firms) * float(p.sector.employees_mean)
    large = float(p.setup.large_firms) * float(p.sector.employees_mean) * float(p.setup.large_size)
    focal = max(float(p.focal.employees), 0.0) + float(p.setup.small_firms + p.setup.large_firms)
    return int(np.ceil((small + large + focal) * (1.0 + float(p.staffing.jobseekers_share))))


def sizes(p: Params) -> tuple[int, int, int, int]:
    """Firm slots, people, customers and tool families: worlds of one batch agree on these."""
    slots = int(p.setup.small_firms + p.setup.large_firms + p.setup.spare_slots)
    return slots, people_per_world(p), int(p.setup.customers), len(p.catalogue.one_off_usd)


def create(scenarios: Sequence[Params], seeds: Sequence[int]) -> World:
    """Make a batch of worlds at month 0; ValueError when their sizes differ."""
    if len({sizes(p) for p in scenarios}) != 1:
        raise ValueError("worlds of one batch must agree on firm slots, people, customers and tool families")
    slots, people, customers, families = sizes(scenarios[0])
    count = len(seeds)
    world = World(
        stack_params(scenarios), allocate(Worlds, count, families), allocate(Firms, count * slots),
        allocate(People, count * people), allocate(Customers, count * customers), allocate(Strategies, 2 * count),
    )
    world.worlds.seed[:] = seeds
    world.worlds.luck[:] = [luck.world_key(seed) for seed in seeds]
    world.worlds.hype[:] = world.params.catalogue.hype
    world.worlds.input_prices[:] = 1.0
    for codes in (world.firms.tool_family, world.firms.plan):
        codes[:] = NO_TOOL
    world.worlds.last_purchase_month[:] = NEVER_ENDS
    _found_firms(world)
    _employ(world)
    _settle_in(world)
    _give_customers(world)
    return world


def _nth(world_column: Ints, per_world: int, count: int) -> Ints:
    """Fill the world column and return each row's number within its world."""
    world_column[:] = np.repeat(np.arange(count), per_world)
    return np.tile(np.arange(per_world), count)


def _found_firms(world: World) -> None:
    """Small firms first (the first is in focus), then large competitors; the other slots stay free."""
    firms, p, count = world.firms, world.params, len(world.worlds.luck)
    nth = _nth(firms.world, world.firm_slots, count)
    started = nth < (p.setup.small_firms + p.setup.large_firms)[firms.world]
    firms.birth[:] = np.where(started, nth, -1)
    firms.price_usd[:] = p.sector.order_value_usd[firms.world]
    world.worlds.births[:] = (p.setup.small_firms + p.setup.large_firms).astype(np.int64)
    rows = np.nonzero(started)[0]
    firms.luck[rows] = luck.birth_keys(world.worlds.luck[firms.world[rows]], "firm", nth[rows].astype(np.uint64))
    large = nth[rows] >= p.setup.small_firms[firms.world[rows]]
    found(world, rows, _founding(world, rows, nth[rows], large))


def _founding(world: World, rows: Ints, nth: Ints, large: Bools) -> Founding:
    """Sizes drawn around the sector's mean and scaled to it; what is known of the firm in focus."""
    firms, p, w = world.firms, world.params, world.firms.world[rows]
    spread = numerics.normal(luck.draws(firms.luck[rows], "birth.size", 0))
    relative = np.where(large, 0.0, numerics.exp(p.setup.size_spread[w] * spread))
    mean = world.sum_by_world(w, relative)[w] / p.setup.small_firms[w]
    size = np.where(large, p.setup.large_size[w], relative / np.where(mean > 0.0, mean, 1.0))
    focal = nth == 0
    told = {name: _told(p.focal, name, focal, w) for name in meanings(Focal())}
    people_for_orders = told["orders_month"] / p.sector.orders_employee_month[w]
    people = np.where(told["orders_month"] >= 0.0, people_for_orders, size * p.sector.employees_mean[w])
    told["employees"] = given(told["employees"], people)
    return Founding(
        **told, quality_shift=np.zeros(len(rows)), starting_days=np.full(len(rows), -1.0),
        patience_months=np.zeros(len(rows)), first_orders_share=np.ones(len(rows)), large=large,
    )


def _told(focal_group: Focal, name: str, focal: Bools, w: Ints) -> Floats:
    """What is said about the firm in focus; 'not said' for the others."""
    unknown = meanings(focal_group)[name].default
    return np.where(focal, getattr(focal_group, name)[w], unknown)


def _employ(world: World) -> None:
    """Fill the posts of month 0 with old hands whose time covers the stages in proportion to the work."""
    firms, people = world.firms, world.people
    per_world = len(people.world) // len(world.worlds.luck)
    nth = _nth(people.world, per_world, len(world.worlds.luck))
    people.luck[:] = luck.birth_keys(world.worlds.luck[people.world], "person", nth.astype(np.uint64))
    _give_talents(world)
    posts = firms.posts.reshape(len(world.worlds.luck), -1)
    upto = np.add.accumulate(posts, axis=1)
    if (upto[:, -1] > per_world).any():
        raise ValueError("more posts than people in a world; raise staffing.jobseekers_share")
    slot = (nth[:, None] >= upto[people.world]).sum(axis=1)
    employed = slot < posts.shape[1]
    firm = people.world * posts.shape[1] + np.minimum(slot, posts.shape[1] - 1)
    people.employer[:] = np.where(employed, firm, -1)
    people.tenure[:] = np.where(employed, 24, 0)
    position = nth - (upto - posts)[people.world, np.minimum(slot, posts.shape[1] - 1)]
    people.time_share[:] = np.where(employed[:, None], _time_shares(world, firm, position), 0.0)


def _give_talents(world: World) -> None:
    """How fast each person learns, from the person's own luck."""
    people, p, w = world.people, world.params.skill, world.people.world
    drawn = numerics.normal(luck.draws(people.luck, "birth.skill", 0))
    people.general_skill[:] = np.clip(p.general_mean[w] + p.general_spread[w] * drawn, 0.0, 1.0)


def _time_shares(world: World, firm: Ints, position: Ints) -> Floats:
    """Person i of n works where the i-th n-th of the firm's hours falls, stages laid end to end; (people, stages)."""
    firms, p, w = world.firms, world.params, world.firms.world
    hours = firms.hand_hours_order * firms.normal_orders[:, None] / p.throughput.normal_utilisation[w][:, None]
    rows = np.nonzero(firms.open)[0]
    hours[rows, firms.owner_stage[rows]] -= (p.management.hands_on_share * p.management.owner_hours_month)[w][rows]
    hours = np.maximum(hours, 0.0)
    total = numerics.row_sum(hours)
    upper = np.add.accumulate(hours / np.where(total > 0.0, total, 1.0)[:, None], axis=1)[firm]
    lower = np.hstack([np.zeros((len(firm), 1)), upper[:, :-1]])
    posts = np.maximum(firms.posts[firm], 1)[:, None]
    begin, end = position[:, None] / posts, (position[:, None] + 1) / posts
    overlap = np.clip(np.minimum(upper, end) - np.maximum(lower, begin), 0.0, None)
    covered = numerics.row_sum(overlap)
    return overlap / np.where(covered > 0.0, covered, 1.0)[:, None]


def _settle_in(world: World) -> None:
    """Work one normal month without luck, so that waits and faults seen at the start are what such firms deliver."""
    firms, worlds = world.firms, world.worlds
    worlds.season[:] = 1.0
    worlds.growth[:] = 1.0
    firms.owner_hours[:] = np.where(firms.open, world.params.management.owner_hours_month[firms.world], 0.0)
    firms.orders_new[:] = np.where(firms.open, np.floor(firms.normal_orders + 0.5), 0.0)
    for step in (acceptance.accept_tools, staffing.bring_hours, throughput.share_people, throughput.run_the_chain,
                 errors.make_errors, rework.deliver, waiting.queue_orders):
        step(world)
    firms.wait_seen[:] = numerics.log(1.0 + firms.wait_ratio)
    firms.faults_seen[:] = np.where(firms.open, firms.orders_faulty / np.maximum(firms.orders_served, 1), 0.0)
    firms.orders_backlog[:] = 0
    firms.orders_lost[:] = 0
    counted = world.sum_by_world(firms.world, firms.open.astype(np.float64))
    worlds.reference_orders[:] = world.sum_by_world(firms.world, firms.normal_orders) / counted
    worlds.reference_awareness[:] = world.sum_by_world(firms.world, firms.awareness_usual) / counted
    place_in_market(world, np.nonzero(firms.open)[0])
    served = world.sum_by_world(firms.world, firms.orders_served.astype(np.float64))
    firms.share_usual[:] = firms.orders_served / served[firms.world]
    worlds.word_of_mouth[:] = world.params.satisfaction.word_of_mouth
    _balance_the_outside(world)


def _balance_the_outside(world: World) -> None:
    """Make buying elsewhere as attractive as keeps the stated share there, given these firms."""
    firms, p = world.firms, world.params.demand
    size = np.where(firms.open, firms.normal_orders, 0.0).reshape(len(world.worlds.luck), -1)
    shares = size / numerics.row_sum(size)[:, None] * (1.0 - p.outside_share)[:, None]
    offer = attraction(world) + reliability(world)
    liking = np.where(firms.open, offer, 0.0) - p.price_sensitivity[firms.world] * numerics.log(
        relative_price(world)
    )
    pull, awareness = numerics.exp(liking).reshape(size.shape), firms.awareness.reshape(size.shape)
    seen_anyway = np.minimum((1.0 + p.looks) / (size > 0.0).sum(axis=1), 1.0)
    friends = world.worlds.word_of_mouth * (1.0 - p.outside_share) * (1.0 - seen_anyway)
    world.worlds.outside_utility[:] = numerics.log(steady_outside(shares, pull, awareness, p.looks + friends))


def _give_customers(world: World) -> None:
    """Deal customers out in proportion to normal orders, a stated share to none of the firms."""
    customers, firms, p = world.customers, world.firms, world.params
    count = len(world.worlds.luck)
    per_world = len(customers.world) // count
    nth = _nth(customers.world, per_world, count)
    w = customers.world
    customers.luck[:] = luck.birth_keys(world.worlds.luck[w], "customer", nth.astype(np.uint64))
    order = np.argsort(luck.draws(customers.luck, "birth.deal", 0).reshape(count, -1), axis=1, kind="stable")
    rank = np.empty_like(order)
    np.put_along_axis(rank, order, np.broadcast_to(np.arange(per_world), order.shape).copy(), axis=1)
    place = (rank.reshape(-1) + 0.5) / per_world
    orders = firms.normal_orders.reshape(count, -1)
    total = numerics.row_sum(orders)
    inside = 1.0 - p.demand.outside_share
    upto = np.add.accumulate(orders, axis=1) / total[:, None] * inside[:, None]
    slots, slot = orders.shape[1], np.zeros(len(w), dtype=np.int64)
    for upper in upto.T:
        slot += place >= np.repeat(upper, per_world)
    customers.supplier[:] = np.where(slot < slots, w * slots + np.minimum(slot, slots - 1), OUTSIDE)
    _divide_into_segments(world, total / inside)
    spread = p.demand.price_sensitivity_spread[w] * numerics.normal(luck.draws(customers.luck, "birth.price", 0))
    second = np.where(customers.segment > 0, p.segments.second_price_weight[w], 1.0)
    customers.price_weight[:] = p.demand.price_sensitivity[w] * numerics.exp(spread) * second

    _let_them_expect(world)


def _divide_into_segments(world: World, orders: Floats) -> None:
    """Draw who is of the second kind; all customers of a world together order this much, (worlds,)."""
    customers, firms, p, w = world.customers, world.firms, world.params.segments, world.customers.world
    customers.group[:] = luck.draws(customers.luck, "birth.group", 0) < world.params.fairness.group_share[w]
    customers.segment[:] = luck.draws(customers.luck, "birth.segment", 0) < p.second_share[w]
    size = np.where(customers.segment > 0, p.second_order_size[w], 1.0)
    customers.orders_month[:] = size * (orders / world.sum_by_world(w, size))[w]
    customers.care[:] = np.where(customers.segment > 0, p.second_care[w], 1.0)
    buying = customers.supplier >= 0
    customers.bought_from[:] = np.where(buying, firms.birth[np.maximum(customers.supplier, 0)], -1)
    for segment in range(SEGMENTS):
        here = np.where(customers.segment == segment, customers.supplier, OUTSIDE)
        firms.customers[:, segment] = world.sum_by_firm(here, np.ones(len(here)))


def _let_them_expect(world: World) -> None:
    """Customers expect what the market delivers, and feel about their firm what comes of that."""
    customers, p, w = world.customers, world.params.satisfaction, world.customers.world
    value = value_expected(world)
    usual, buying = world.market_mean(value), customers.supplier >= 0
    gap = np.where(buying, value[np.maximum(customers.supplier, 0)] - usual[w], 0.0)
    customers.expectation[:] = usual[w]
    customers.satisfaction[:] = feeling(gap, p.loss_weight[w])
    felt = world.sum_by_world(w, customers.satisfaction)
    world.worlds.satisfaction[:] = felt / np.maximum(world.sum_by_world(w, buying.astype(np.float64)), 1.0)


def assign(world: World, rows: Ints, arm: Arm, families: Sequence[str]) -> None:
    """Give the firms in `rows` a strategy; ValueError for a plan's item that does not exist."""
    firms = world.firms
    take_on(firms, rows, arm)
    for slot, purchase in enumerate(arm.purchases):
        firms.plan[rows, slot] = item_code(purchase.item, families)
        firms.plan_month[rows, slot] = purchase.month + arm.later_months


def let_entrants_follow(world: World, number: int, asked: Arm, others: Arm, share: float) -> None:
    """State for one world of the batch what an entrant follows: the strategy in question with this probability."""
    for row, arm in enumerate((asked, others)):
        take_on(world.strategies, np.array([2 * number + row]), arm)
    world.worlds.follow_share[number] = share


def take_on(table: Levers, rows: Ints, arm: Arm) -> None:
    """Write the score and the levers of an arm into rows of a table that has them."""
    table.score[rows] = SCORES.index(arm.score)
    for lever in LEVERS:
        getattr(table, lever)[rows] = getattr(arm, lever)


def item_code(item: str, families: Sequence[str]) -> int:
    """Item code of a tool family, "expand:<stage>" or "fix:<stage>"."""
    kind, _, stage = item.partition(":")
    if kind in ("expand", "fix") and stage in STAGES:
        return (EXPANSION if kind == "expand" else FIX) + STAGES.index(stage)
    if item in families:
        return list(families).index(item)
    raise ValueError(f"no such item to buy: {item!r}")

