"""Month 0: the firms, people and customers of a batch of worlds, at the fixed point of a world without shocks.

Everything is drawn from luck keys fixed at birth, so a world is the same alone, in a batch or in another order, and
two arms start from one state.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim import luck, numerics
from sim.arrays import Bools, Floats, Ints, Keys
from sim.birth import Founding, found, given, place_in_market, value_expected
from sim.crowds import employ, give_customers, numbered_within
from sim.formulas.logit import stationary_outside
from sim.formulas.population import age_years_at, size_at
from sim.formulas.satisfaction import feeling
from sim.formulas.stationary import Habits, stationary_pull
from sim.mechanisms import acceptance, errors, rework, staffing, throughput, waiting
from sim.mechanisms.demand import attraction, relative_price, reliability
from sim.mechanisms.entry import arriving, rivals_told
from sim.params import STAGES, Focal, Params, rows_of, stack_params
from sim.params.base import meanings
from sim.state import EXPANSION, FIX, NO_TOOL, Customers, Firms, Levers, People, Strategies, Worlds, allocate
from sim.strategies.arms import LEVERS, SCORES, Arm
from sim.world import World

NEVER_ENDS = 1_000_000


def people_per_world(p: Params) -> int:
    """Rows of the people table in each world: those employed at month 0 and those looking for work."""
    others = max(int(p.setup.small_firms) - 1, 0)
    ranks = (np.arange(others) + 0.5) / max(others, 1)
    drawn = size_at(ranks, *(np.full(others, one) for one in (
        p.sector.employees_mean, p.setup.size_spread, p.setup.smallest_people)))
    small = float(drawn.sum()) + float(p.sector.employees_mean)
    large = float(p.setup.large_firms) * float(p.sector.employees_mean) * float(p.setup.large_size)
    focal = max(float(p.focal.employees), 0.0) + float(p.setup.small_firms + p.setup.large_firms)
    return int(np.ceil((small + large + focal) * (1.0 + float(p.staffing.jobseekers_share))))


def sizes(p: Params) -> tuple[int, int, int, int, int]:
    """Firm slots, people, customers, tool families and events: worlds of one batch agree on these."""
    slots = int(p.setup.small_firms + p.setup.large_firms + p.setup.spare_slots)
    return slots, people_per_world(p), int(p.setup.customers), len(p.catalogue.one_off_usd), len(p.events.kind)


def create(scenarios: Sequence[Params], seeds: Sequence[int], months: int | None = None) -> World:
    """Make a batch of worlds at month 0, to last so many months; ValueError when their sizes differ.

    Worlds of one scenario object and one seed are made once and copied. Where the months are known, firm slots that no
    entrant will come to are left out: they would change nothing.
    """
    if len({sizes(p) for p in {id(p): p for p in scenarios}.values()}) != 1:
        raise ValueError("worlds of one batch must agree on firm slots, people, customers, tool families and events")
    first: dict[tuple[int, int], int] = {}
    same = [first.setdefault((id(p), seed), row) for row, (p, seed) in enumerate(zip(scenarios, seeds, strict=True))]
    rows, origin = np.unique(same, return_inverse=True)
    world = _made([scenarios[row] for row in rows], [seeds[row] for row in rows], months)
    return world if len(rows) == len(seeds) else world.copies(rows_of(world.params, origin), origin)


def _made(scenarios: Sequence[Params], seeds: Sequence[int], months: int | None) -> World:
    """The same, every world by itself."""
    slots, people, customers, families, _ = sizes(scenarios[0])
    count, p, keys = len(seeds), stack_params(scenarios), np.array([luck.world_key(seed) for seed in seeds])
    slots = slots if months is None or rivals_told(p) else min(slots, _births(p, keys, months))
    world = World(
        p, allocate(Worlds, count, families), allocate(Firms, count * slots), allocate(People, count * people),
        allocate(Customers, count * customers), allocate(Strategies, 2 * count),
    )
    world.worlds.seed[:] = seeds
    world.worlds.luck[:] = keys
    world.worlds.hype[:] = world.params.catalogue.hype
    world.worlds.input_prices[:] = 1.0
    world.worlds.hours_share[:] = world.params.sector.hours_share
    world.worlds.supply_level[:] = world.worlds.wage_level[:] = 1.0
    world.worlds.interest_month[:] = world.params.finance.interest_month
    world.worlds.taste[:] = world.worlds.taste_lasting[:] = 1.0
    for codes in (world.firms.tool_family, world.firms.plan):
        codes[:] = NO_TOOL
    world.worlds.last_purchase_month[:] = NEVER_ENDS
    _found_firms(world)
    employ(world)
    _settle_in(world)
    give_customers(world)
    return world


def _births(p: Params, keys: Keys, months: int) -> int:
    """Firms that are born until then in the world with the most of them: each has its slot as long as there are any."""
    arrived = np.stack([arriving(p, keys, month) for month in range(months)]).sum(axis=0)
    return int((p.setup.small_firms + p.setup.large_firms + arrived).max())


def _found_firms(world: World) -> None:
    """Small firms first (the first is in focus), then large competitors; the other slots stay free."""
    firms, p, count = world.firms, world.params, len(world.worlds.luck)
    nth = numbered_within(firms.world, world.firm_slots, count)
    started = nth < (p.setup.small_firms + p.setup.large_firms)[firms.world]
    firms.birth[:] = np.where(started, nth, -1)
    firms.price_usd[:] = p.sector.order_value_usd[firms.world]
    world.worlds.births[:] = (p.setup.small_firms + p.setup.large_firms).astype(np.int64)
    rows = np.nonzero(started)[0]
    firms.luck[rows] = luck.birth_keys(world.worlds.luck[firms.world[rows]], "firm", nth[rows].astype(np.uint64))
    large = nth[rows] >= p.setup.small_firms[firms.world[rows]]
    found(world, rows, _founding(world, rows, nth[rows], large))


def _founding(world: World, rows: Ints, nth: Ints, large: Bools) -> Founding:
    """The firm in focus and large competitors are their trade's usual ones in all that is not told; others differ.

    The others' sizes are the trade's, one at the middle of each of as many equal parts of its firms; luck deals them.
    """
    p, w, focal = world.params, world.firms.world[rows], nth == 0
    told = {name: _told(p.focal, name, focal, w) for name in meanings(Focal())}
    people_for_orders = told["orders_month"] / p.sector.orders_employee_month[w]
    size = np.where(large, p.setup.large_size[w], 1.0) * p.sector.employees_mean[w]
    size = np.where(focal | large, size, _dealt_sizes(world, rows, ~(focal | large)))
    told["employees"] = given(told["employees"], np.where(told["orders_month"] >= 0.0, people_for_orders, size))
    age, startup = _ages(world, rows), p.finance.startup_months[w]
    age = np.where(focal | large, np.maximum(age, startup), age)
    return Founding(
        **told, quality_shift=np.zeros(len(rows)), starting_days=np.full(len(rows), -1.0),
        patience_months=np.maximum(startup - age, 0.0), first_orders_share=np.ones(len(rows)), age_months=age,
        usual=focal | large, large=large,
    )


def _dealt_sizes(world: World, rows: Ints, dealt: Bools) -> Floats:
    """People by firm: the trade's sizes at equal steps of rank, in an order that the firms' luck decides."""
    firms, p, w = world.firms, world.params, world.firms.world[rows]
    draws = np.where(dealt, luck.draws(firms.luck[rows], "birth.size", 0), 2.0)
    order = np.lexsort((draws, w))
    place = np.empty(len(rows))
    place[order] = np.arange(len(rows)) - np.searchsorted(w, w[order])
    others = np.maximum(p.setup.small_firms[w] - 1.0, 1.0)
    rank = np.minimum((place + 0.5) / others, 1.0 - 0.5 / others)
    return size_at(rank, p.sector.employees_mean[w], p.setup.size_spread[w], p.setup.smallest_people[w])


def _ages(world: World, rows: Ints) -> Floats:
    """Whole months since each firm opened, as published survival has it."""
    setup, w = world.params.setup, world.firms.world[rows]
    alive = [np.ones(len(rows)), *(there[w] for there in (
        setup.alive_1_year, setup.alive_3_years, setup.alive_5_years, setup.alive_10_years))]
    rank = luck.draws(world.firms.luck[rows], "birth.age", 0)
    return np.floor(12.0 * age_years_at(rank, alive, setup.oldest_years[w])) + 1.0


def _told(focal_group: Focal, name: str, focal: Bools, w: Ints) -> Floats:
    """What is said about the firm in focus; 'not said' for the others."""
    unknown = meanings(focal_group)[name].default
    return np.where(focal, getattr(focal_group, name)[w], unknown)


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
    _balance_the_market(world)


def _balance_the_market(world: World) -> None:
    """Make buying elsewhere, and each firm, as attractive as keeps its share there, given these waits and prices."""
    firms, p, w = world.firms, world.params.demand, world.firms.world
    size = np.where(firms.open, firms.normal_orders, 0.0).reshape(len(world.worlds.luck), -1)
    shares = size / numerics.row_sum(size)[:, None] * (1.0 - p.outside_share)[:, None]
    liking = attraction(world) + reliability(world) - p.price_sensitivity[w] * numerics.log(relative_price(world))
    pull = numerics.exp(np.where(firms.open, liking, 0.0)).reshape(size.shape)
    value = value_expected(world)
    felt = feeling(value - world.market_mean(value)[w], world.params.satisfaction.loss_weight[w])
    looking = numerics.exp(-world.params.satisfaction.leave_slope[w] * (felt - world.market_mean(felt)[w]))
    habits = Habits(shares, looking.reshape(size.shape), firms.awareness.reshape(size.shape), p.looks,
                    world.worlds.word_of_mouth)
    steady, outside = stationary_pull(pull, stationary_outside(p.outside_share, p.looks), habits)
    more = numerics.log(steady / pull)
    usual = numerics.row_sum(more * shares) / numerics.row_sum(shares)
    firms.appeal_base[:] += np.where(size > 0.0, more - usual[:, None], 0.0).reshape(-1)
    world.worlds.outside_utility[:] = numerics.log(outside) - usual


def assign(world: World, rows: Ints, arm: Arm, families: Sequence[str]) -> None:
    """Give the firms in `rows` a strategy; ValueError for a plan's item that does not exist."""
    firms = world.firms
    take_on(firms, rows, arm)
    for slot, purchase in enumerate(arm.purchases):
        firms.plan[rows, slot] = item_code(purchase.item, families)
        firms.plan_month[rows, slot] = purchase.month + arm.later_months


def let_entrants_follow(
    world: World, numbers: Ints, arms: tuple[Arm, Arm], share: Floats | float, by_quality: Floats | float = 0.0
) -> None:
    """State for some worlds of the batch what an entrant follows: the strategy in question with this probability.

    `arms` are that strategy and the others'; `by_quality` is the correlation of an owner's quality with following it.
    """
    for row, arm in enumerate(arms):
        take_on(world.strategies, 2 * numbers + row, arm)
    world.worlds.follow_share[numbers] = share
    world.worlds.follow_quality[numbers] = by_quality


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

