"""Founding firms: at month 0 and whenever an entrant opens, by the same rules and from the firm's own luck."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from sim import luck, numerics
from sim.arrays import Bools, Floats, Ints
from sim.formulas.costs import paid_hours_order, unit_cost_usd
from sim.formulas.frontier import FOR_EVER
from sim.formulas.prices import quality_premium
from sim.formulas.satisfaction import exposure, feeling, value_delivered
from sim.params.sector import STAGE_COUNT
from sim.state import NO_TOOL, Firms
from sim.world import World


@dataclass(frozen=True)
class Founding:
    """What is known about firms before luck is asked; arrays (rows,), −1 (owner: −100) where luck or sector decide."""

    employees: Floats
    orders_month: Floats
    price_usd: Floats
    materials_share: Floats
    wage_usd_hour: Floats
    cash_days: Floats
    cash_usd: Floats
    overhead_usd_month: Floats
    credit_usd: Floats
    faulty_share: Floats
    bottleneck_stage: Floats
    equipment_utilisation: Floats
    advertising: Floats
    owner_quality: Floats
    quality_shift: Floats
    starting_days: Floats
    patience_months: Floats
    first_orders_share: Floats
    age_months: Floats
    usual: Bools
    large: Bools


@dataclass(frozen=True)
class Ways:
    """How a firm's doings compare with its trade's: ratios, (rows,)."""

    output: Floats
    wage: Floats
    price: Floats
    overhead: Floats


def given(value: Floats, otherwise: Floats) -> Floats:
    """The value where the owner has said one, otherwise the other."""
    return np.where(value >= 0.0, value, otherwise)


def found(world: World, rows: Ints, plan: Founding) -> None:
    """Open firms in the slots `rows`: their births and luck keys are set already."""
    firms = world.firms
    _wipe(world, rows)
    firms.open[rows] = True
    firms.large[rows] = plan.large
    drawn = numerics.normal(_draws(world, rows, "owner"))
    firms.owner_quality[rows] = np.where(plan.owner_quality > -50.0, plan.owner_quality, np.clip(drawn, -2.5, 2.5))
    firms.culture[rows] = np.clip(numerics.normal(_draws(world, rows, "culture")), -2.5, 2.5)
    firms.founded_month[rows] = world.month - plan.age_months
    ways = _ways(world, rows, plan)
    _fit_out(world, rows, plan, ways)
    _staff_plan(world, rows, plan)
    _books(world, rows, plan, ways)
    _equip(world, rows, plan)
    _processes(world, rows, plan)


_HISTORY = [column.name for column in fields(Firms) if column.name not in ("world", "birth", "luck")]


def _wipe(world: World, rows: Ints) -> None:
    """No history: no tools, debts, shocks or backlog, nothing foreseen, whoever had the slot before."""
    for name in _HISTORY:
        getattr(world.firms, name)[rows] = 0
    world.firms.tool_family[rows] = NO_TOOL
    world.firms.plan[rows] = NO_TOOL
    world.firms.tool_strength[rows], world.firms.tool_support_end[rows] = 1.0, FOR_EVER
    world.firms.tool_usefulness[rows] = world.params.acceptance.promise[world.firms.world[rows]][:, None]


def _draws(world: World, rows: Ints, what: str) -> Floats:
    return luck.draws(world.firms.luck[rows], f"birth.{what}", 0)


def _stage_draws(world: World, rows: Ints, what: str) -> Floats:
    stages = np.arange(1, STAGE_COUNT + 1, dtype=np.uint64)[None, :]
    return luck.draws(world.firms.luck[rows][:, None], f"birth.{what}", 0, stages)


def _ways(world: World, rows: Ints, plan: Founding) -> Ways:
    """What luck makes of a firm where nothing is told; a firm of the usual kind is its trade's in all of it.

    Margins come to differ by these causes alone.
    """
    p, w = world.params, world.firms.world[rows]
    spreads = {
        "output": p.setup.output_spread, "wage": p.setup.wage_spread, "price": p.prices.price_spread,
        "overhead": p.setup.overhead_spread,
    }
    return Ways(**{
        what: np.where(plan.usual, 1.0, numerics.exp(spread[w] * numerics.normal(_draws(world, rows, what))))
        for what, spread in spreads.items()
    })


def _fit_out(world: World, rows: Ints, plan: Founding, ways: Ways) -> None:
    """Size, work per order, prices and how well known the firm is."""
    firms, p, w = world.firms, world.params, world.firms.world[rows]
    orders = given(plan.orders_month, plan.employees * p.sector.orders_employee_month[w] * ways.output)
    owner_hours = p.management.hands_on_share[w] * p.management.owner_hours_month[w]
    hours = plan.employees * p.sector.hours_person_month[w] + owner_hours
    hours_order = hours * p.throughput.normal_utilisation[w] / orders
    firms.normal_orders[rows] = orders
    firms.hand_hours_order[rows] = world.worlds.hours_share[w] * hours_order[:, None]
    usual = given(plan.price_usd, p.sector.order_value_usd[w])
    scale = np.where(plan.large, p.setup.large_unit_cost[w], 1.0)
    firms.price_usd[rows] = given(plan.price_usd, usual * ways.price)
    firms.input_factor[rows] = 1.0
    firms.materials_usd_order[rows] = usual * given(plan.materials_share, p.sector.materials_share[w]) * scale
    firms.materials_usd_order[rows] *= world.worlds.supply_level[w]
    firms.awareness_usual[rows] = np.where(plan.large, p.demand.awareness_large[w], p.demand.awareness_small[w])
    known = np.where(plan.usual, 1.0, _known(world, w, plan.age_months))
    firms.awareness[rows] = firms.awareness_usual[rows] * known
    firms.advertising[rows] = given(plan.advertising, np.ones(len(rows)))
    firms.wage_usd_hour[rows] = given(plan.wage_usd_hour, world.market_wage_usd_hour[w] * ways.wage)


def _known(world: World, w: Ints, age_months: Floats) -> Floats:
    """Awareness over the usual after so many months of usual advertising; who opens is seen to at its opening."""
    p = world.params.reputation
    gap = (1.0 - p.entrant_awareness[w]) * numerics.power(1.0 - p.forgetting_month[w], age_months)
    return np.where(age_months > 0.0, 1.0 - gap, 1.0)


def _staff_plan(world: World, rows: Ints, plan: Founding) -> None:
    """Posts for normal orders, and the stage the owner works at."""
    firms, p, w = world.firms, world.params, world.firms.world[rows]
    owner_hours = p.management.hands_on_share[w] * p.management.owner_hours_month[w]
    hours = numerics.row_sum(firms.hand_hours_order[rows]) * firms.normal_orders[rows]
    employees = (hours / p.throughput.normal_utilisation[w] - owner_hours) / p.sector.hours_person_month[w]
    firms.posts[rows] = np.floor(np.maximum(employees, 0.0) + 0.5)
    chain = p.sector.chain[w] * world.worlds.hours_share[w]
    ladder = np.add.accumulate(chain, axis=1) / numerics.row_sum(chain)[:, None]
    firms.owner_stage[rows] = (ladder < _draws(world, rows, "stage")[:, None]).sum(axis=1)
    firms.orders_expected[rows] = firms.normal_orders[rows] * plan.first_orders_share


def _books(world: World, rows: Ints, plan: Founding, ways: Ways) -> None:
    """Overhead, told or its trade's times what luck makes of it; markup, outflow and the profit that is left."""
    firms, p, w = world.firms, world.params, world.firms.world[rows]
    orders, price = firms.normal_orders[rows], firms.price_usd[rows]
    usual = np.where(plan.large, p.setup.large_unit_cost[w], 1.0) * _usual_overhead(world, rows, plan, ways)
    overhead = given(plan.overhead_usd_month, usual * ways.overhead)
    hours_order = paid_hours_order(firms.hand_hours_order[rows], np.zeros((len(rows), STAGE_COUNT)),
                                   p.throughput.normal_utilisation[w])
    cost = unit_cost_usd(firms.materials_usd_order[rows], firms.wage_usd_hour[rows], hours_order, overhead, orders)
    wages = firms.posts[rows] * p.sector.hours_person_month[w] * firms.wage_usd_hour[rows]
    firms.overhead_usd_month[rows] = overhead
    firms.markup[rows] = price / cost - 1.0
    firms.outflow_usd[rows] = orders * firms.materials_usd_order[rows] + wages + overhead
    materials = orders * price / ways.price * given(plan.materials_share, p.sector.materials_share[w])
    running = _running_usd(world, rows, materials, wages / world.worlds.wage_level[w], price)
    told = (plan.overhead_usd_month >= 0.0) | ~plan.usual
    firms.profit_usd[rows] = np.where(
        told, orders * price - running - overhead, orders * price * p.sector.net_margin[w])
    _till(world, rows, plan)


def _usual_overhead(world: World, rows: Ints, plan: Founding, ways: Ways) -> Floats:
    """What leaves the sector's margin to a firm of so many orders in which all else is as usual in its trade."""
    firms, p, w = world.firms, world.params, world.firms.world[rows]
    price = firms.price_usd[rows] / ways.price
    revenue = firms.normal_orders[rows] * price
    people = firms.posts[rows] * ways.output
    wages = people * p.sector.hours_person_month[w] * firms.wage_usd_hour[rows] / ways.wage
    materials = revenue * given(plan.materials_share, p.sector.materials_share[w])
    running = _running_usd(world, rows, materials, wages / world.worlds.wage_level[w], price)
    return np.maximum(revenue * (1.0 - p.sector.net_margin[w]) - running, 0.0)


def _running_usd(world: World, rows: Ints, materials_usd: Floats, wages_usd: Floats, price_usd: Floats) -> Floats:
    """Materials, wages, replacing those who quit and faults of a normal month."""
    faults = _faults_usd(world, rows, materials_usd, price_usd)
    return materials_usd + wages_usd + _turnover_usd(world, rows, wages_usd) + faults


def _till(world: World, rows: Ints, plan: Founding) -> None:
    """Cash, the owner's buffer, credit and fund, and the patience a new firm is given."""
    firms, p, w = world.firms, world.params, world.firms.world[rows]
    outflow = firms.outflow_usd[rows]
    days = p.sector.cash_days_median[w] * numerics.exp(
        p.finance.buffer_spread[w] * numerics.normal(_draws(world, rows, "cash"))
    )
    firms.months_below[rows] = -plan.patience_months
    days_told = np.where(plan.cash_usd >= 0.0, plan.cash_usd * 30.0 / np.maximum(outflow, 1.0), plan.cash_days)
    firms.buffer_days[rows] = given(days_told, np.clip(days, 2.0, 400.0))
    firms.cash_cents[rows] = numerics.cents(given(plan.starting_days, firms.buffer_days[rows]) / 30.0 * outflow)
    credit = given(plan.credit_usd, p.finance.overdraft_days[w] / 30.0 * outflow)
    firms.overdraft_limit_cents[rows] = numerics.cents(credit)
    revenue = firms.normal_orders[rows] * firms.price_usd[rows]
    firms.fund_usd[rows] = p.choosing.fund_start_months[w] * p.choosing.fund_share[w] * revenue


def _turnover_usd(world: World, rows: Ints, wages_usd: Floats) -> Floats:
    """Cost of replacing those who quit in a normal month."""
    p, w = world.params, world.firms.world[rows]
    return wages_usd * 12.0 * p.staffing.hire_cost_years[w] * p.sector.quits_month[w]


def _faults_usd(world: World, rows: Ints, materials_usd: Floats, price_usd: Floats) -> Floats:
    """Cost of the faults of a normal month at mean process quality, by hand: redone or given back."""
    firms, p, w = world.firms, world.params, world.firms.world[rows]
    by_hand = p.errors.systematic_share[w] * (1.0 - p.errors.quality_mean[w]) * (1.0 - p.errors.caught_share[w])
    faulty = by_hand + p.errors.slip_share[w]
    redone = p.rework.redone_share[w]
    returned = (1.0 - redone) * p.rework.refund_share[w] * firms.normal_orders[rows] * price_usd
    return faulty * (redone * materials_usd + returned)


def _equip(world: World, rows: Ints, plan: Founding) -> None:
    """Equipment limits: the tightest stage a little above normal orders, the others above it."""
    firms, p, w = world.firms, world.params, world.firms.world[rows]
    chain = p.sector.chain[w] > 0.0
    z = np.where(chain, numerics.normal(_stage_draws(world, rows, "equipment")), np.inf)
    tightest, line = z.argmin(axis=1), np.arange(len(rows))
    wanted = given(plan.bottleneck_stage, np.where(plan.large, -1.0, p.setup.bottleneck_stage[w]))
    wanted = np.where(wanted >= 0.0, wanted, tightest).astype(np.int64)
    lowest = z[line, tightest].copy()
    z[line, tightest] = z[line, wanted]
    z[line, wanted] = lowest
    at_most = firms.normal_orders[rows] / given(plan.equipment_utilisation, p.throughput.equipment_utilisation[w])
    above = p.throughput.equipment_spread[w][:, None] * np.where(chain, z - lowest[:, None], 0.0)
    firms.equipment_orders[rows] = at_most[:, None] * np.where(chain, numerics.exp(np.minimum(above, 50.0)), np.inf)


def _processes(world: World, rows: Ints, plan: Founding) -> None:
    """Process quality by stage, better under a good owner; or what the owner's count of faults implies."""
    firms, p, w = world.firms, world.params, world.firms.world[rows]
    mean = p.errors.quality_mean[w] + p.management.process_effect[w] * firms.owner_quality[rows] + plan.quality_shift
    spread = p.errors.quality_spread[w][:, None] * numerics.normal(_stage_draws(world, rows, "process"))
    drawn = np.clip(mean[:, None] + spread, 0.05, 0.95)
    by_hand = p.errors.systematic_share[w] * (1.0 - p.errors.caught_share[w])
    implied = 1.0 - (plan.faulty_share - p.errors.slip_share[w]) / np.maximum(by_hand, 1e-9)
    told = np.repeat(np.clip(implied, 0.0, 1.0)[:, None], STAGE_COUNT, axis=1)
    firms.process_quality[rows] = np.where(plan.faulty_share[:, None] >= 0.0, told, drawn)
    firms.quality_kept[rows] = firms.process_quality[rows]


def place_in_market(world: World, rows: Ints) -> None:
    """Set lasting appeal so that, with these waits, faults and prices, a firm of its size keeps its customers.

    Where customers of all firms look around equally often, shares settle in proportion to how often a firm is met
    times the exponential of utility; a firm whose customers are less satisfied than the market's loses more of them.
    Appeal is what that leaves to explain.
    """
    firms, p, s, w = world.firms, world.params.demand, world.params.satisfaction, world.firms.world[rows]
    size = firms.normal_orders[rows] / world.worlds.reference_orders[w]
    known = firms.awareness[rows] / world.worlds.reference_awareness[w]
    met = exposure(known, size, p.looks[w], s.word_of_mouth[w] * (1.0 - p.outside_share[w]))
    value = value_expected(world)
    felt = feeling(value - world.market_mean(value)[world.firms.world], s.loss_weight[world.firms.world])
    leaving = -s.leave_slope[w] * (felt - world.market_mean(felt)[world.firms.world])[rows]
    firms.appeal_base[rows] = numerics.log(size / met) + leaving - value[rows]
    firms.markup_own[rows] = firms.markup[rows] - premium(world)[rows]


def premium(world: World) -> Floats:
    """Markup that each firm's visible quality earns, against the market's; (firms,)."""
    firms, p, w = world.firms, world.params, world.firms.world
    weights = world.weights
    worth = p.prices.premium_share * weights.quality / np.maximum(weights.price, 0.1)
    fewer = world.market_mean(firms.faults_seen)[w] - firms.faults_seen
    return quality_premium(fewer, worth[w], p.sector.quality_observed[w], p.prices.most_adapted[w])


def value_expected(world: World) -> Floats:
    """Utility of what the market thinks each firm delivers: wait, quality and price; (firms,)."""
    firms, w = world.firms, world.firms.world
    price = np.where(firms.price_usd > 0.0, firms.price_usd / world.params.sector.order_value_usd[w], 1.0)
    return value_delivered(world.weights, w, firms.wait_seen, firms.faults_seen, numerics.log(price))
