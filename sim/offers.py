"""What is on offer to an owner, at what price, and what the till and the bank allow.

Quotes are the same for every firm of a size with the same tools, whatever its strategy; overruns are not in them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim import luck, numerics
from sim.arrays import Bools, Floats, Ints
from sim.formulas.costs import mending_factor
from sim.formulas.incidents import reached_by_rules
from sim.formulas.integration import edge_usd
from sim.params.sector import STAGE_COUNT
from sim.state import EXPANSION, FIX, FLOW, NO_TOOL
from sim.strategies.arms import SCORES
from sim.vintages import costs_today, renewable, surcharge
from sim.world import World

PLANNED = SCORES.index("planned")


class Offers(NamedTuple):
    """What can be bought, its price and whether it can be paid; arrays (firms, candidates)."""

    one_off_usd: Floats
    running_usd_month: Floats
    months: Floats
    open_to_buy: Bools


def candidate_code(candidate: Ints, families: int) -> Ints:
    """Item code (family, EXPANSION + stage or FIX + stage) of a candidate's number."""
    stage = candidate - families
    beyond = np.where(stage < STAGE_COUNT, EXPANSION + stage, FIX + stage - STAGE_COUNT)
    return np.where(stage < 0, candidate, beyond)


def candidate_number(code: Ints, families: int) -> Ints:
    """Candidate's number of an item code; −1 for none."""
    beyond = np.where(code >= FIX, families + STAGE_COUNT + code - FIX, families + code - EXPANSION)
    return np.where(code >= EXPANSION, beyond, code)


def units_for(world: World, rows: Ints) -> Floats:
    """Units of a tool that a firm of this size needs, at least one; shape (rows,)."""
    p, w = world.params, world.firms.world[rows]
    people = world.firms.normal_orders[rows] / p.sector.orders_employee_month[w]
    return np.maximum(np.floor(people / p.projects.people_per_unit[w] + 0.5), 1.0)


def routine_orders(world: World, w: Ints) -> Floats:
    """Orders per month whose routine work one unit of a tool would see in the worlds `w`, of which it takes a share."""
    p = world.params
    return p.projects.people_per_unit[w] * p.sector.orders_employee_month[w] * p.projects.routine_share[w]


def tool_orders(world: World, rows: Ints, family: Ints, at_work: Floats) -> Floats:
    """Orders that so many units of a tool, at full skill and use, take over; (rows, stages)."""
    w = world.firms.world[rows]
    return world.params.catalogue.hours_taken[w, family] * (routine_orders(world, w) * at_work)[:, None]


def comes_true(world: World, rows: Ints, items: Ints) -> Floats:
    """What each item really does over what it is rated to do, (rows,): 1 for what is no tool."""
    tool = (items >= 0) & (items < EXPANSION)
    return np.where(tool, world.params.catalogue.works[world.firms.world[rows], np.where(tool, items, 0)], 1.0)


def offers(world: World, rows: Ints) -> Offers:
    """Quotes for every candidate, and which of them each firm in `rows` could buy and pay this month."""
    one_off, running, months = _quotes(world, rows)
    payable = _within(world, rows, one_off) | _within(world, rows, one_off * (1.0 - loan_share(world, rows))[:, None])
    return Offers(one_off, running, months, _buyable(world, rows) & payable)


def hub_at_work(world: World, rows: Ints) -> Bools:
    """Which firms in `rows` have a live hub, (rows,)."""
    firms = world.firms
    family = firms.tool_family[rows]
    live = (family != NO_TOOL) & (family < EXPANSION) & (firms.tool_countdown[rows] == 0)
    hub = world.params.catalogue.hub[firms.world[rows, None], np.where(live, family, 0)]
    return np.any(live & (hub > 0.0), axis=1)


def _edges_usd(world: World, rows: Ints, price_usd: Floats) -> Floats:
    """Cost of building the edges of each family at these prices, 0 for firms that build none; (rows, families)."""
    p, w = world.params.integration, world.firms.world[rows]
    edges = world.params.environment.edge_density[w][:, None] * world.params.catalogue.edges[w]
    needed = np.where(hub_at_work(world, rows)[:, None], np.minimum(edges, 1.0), edges)
    rigid = p.monolith_surcharge[w] * ((1.0 - p.modularity[w]) * (1.0 - world.firms.modular[rows]))
    one = edge_usd(price_usd, (p.edge_price_share[w][:, None], p.edge_most_usd[w][:, None]), rigid[:, None])
    return needed * one * world.firms.integrate[rows][:, None]


def _quotes(world: World, rows: Ints) -> tuple[Floats, Floats, Floats]:
    """Price, monthly cost and months until it works, by candidate."""
    firms, p, w = world.firms, world.params, world.firms.world[rows]
    units = units_for(world, rows)[:, None]
    year_revenue = 12.0 * firms.normal_orders[rows] * firms.price_usd[rows]
    equipment = p.projects.expansion_price[w] * year_revenue * p.projects.expansion_gain[w]
    expansion = equipment[:, None] * p.sector.hours_share[w]
    fix = (p.rework.fix_staff_hours[w] * firms.wage_usd_hour[rows])[:, None] * mending(world, rows)
    nothing = np.zeros_like(expansion)
    outside = firms.partners[rows][:, None]
    today = costs_today(world, rows)
    price = p.catalogue.one_off_usd[w] * units * (1.0 - world.worlds.subsidy[w]) * today * surcharge(world, rows)
    price = price * (1.0 + p.partners.premium[w][:, None] * outside)
    edges = _edges_usd(world, rows, price)
    upkeep = edges * p.integration.upkeep_share_month[w][:, None]
    talks = (p.acceptance.involvement_months[w] * firms.involvement[rows])[:, None]
    needed = p.catalogue.months[w] * (1.0 - p.partners.sooner[w][:, None] * outside)
    months = np.repeat(np.stack([p.projects.expansion_months[w], p.rework.fix_months[w]], 1), STAGE_COUNT, axis=1)
    return (
        np.hstack([price + edges, expansion, fix]),
        np.hstack([
            p.catalogue.subscription_usd_month[w] * units * today + upkeep + _rules_usd(world, w), nothing, nothing,
        ]),
        np.hstack([np.maximum(np.ceil(needed + talks), 1.0), months]),
    )


def mending(world: World, rows: Ints) -> Floats:
    """Money and hours of mending the process of a stage, over those where all is done by hand; (rows, stages)."""
    lock_in = world.params.rework.lock_in[world.firms.world[rows]][:, None]
    return mending_factor(lock_in, world.firms.automated_share[rows])


def _rules_usd(world: World, w: Ints) -> Floats:
    """What the rules of the sector add to each tool a month, (rows, families)."""
    p, sector = world.params.incidents, world.params.sector
    reach = reached_by_rules(sector.regulation[w], p.regulated_above[w])
    return world.params.catalogue.customer_facing[w] * (p.rules_usd_month[w] * reach)[:, None]


def _buyable(world: World, rows: Ints) -> Bools:
    """Families not owned yet or due for renewal; expansions and improvements of chain stages; only with a slot free."""
    firms, p, w = world.firms, world.params, world.firms.world[rows]
    families = world.worlds.hype.shape[1]
    owned = (firms.tool_family[rows][:, :, None] == np.arange(families)).any(axis=1) & ~renewable(world, rows)
    free_slot = (firms.tool_family[rows] == NO_TOOL).any(axis=1)[:, None]
    chain = p.sector.chain[w] > 0.0
    return np.hstack([(p.catalogue.offered[w] > 0.0) & ~owned, chain, chain]) & free_slot


def _within(world: World, rows: Ints, own_usd: Floats) -> Bools:
    """Whether the fund carries this much (a plan brings its own budget) and enough cash is left."""
    firms = world.firms
    gate = world.params.choosing.cash_gate_days[firms.world[rows]] / 30.0 * firms.outflow_usd[rows]
    fund = np.where(firms.score[rows] == PLANNED, np.inf, firms.fund_usd[rows])
    cash = numerics.usd(firms.cash_cents[rows] + firms.flow_cents[rows, FLOW["assessment"]])
    return (own_usd <= fund[:, None]) & (own_usd + gate[:, None] <= cash[:, None])


def needs_loan(world: World, rows: Ints, one_off: Floats) -> Bools:
    """Whether a project at this price, (rows,), cannot be paid without the bank."""
    return ~_within(world, rows, one_off[:, None])[:, 0]


def loan_share(world: World, rows: Ints) -> Floats:
    """Part of a price that the bank would lend this month: 0 where it says no (chances by revenue band)."""
    firms, p, w = world.firms, world.params.finance, world.firms.world[rows]
    revenue = 12.0 * firms.orders_expected[rows] * firms.price_usd[rows]
    chances = [p.loan_chance_micro[w], p.loan_chance_small[w], p.loan_chance_medium[w], p.loan_chance_large[w]]
    band = (revenue >= 1e5).astype(np.int64) + (revenue >= 1e6) + (revenue >= 1e7)
    says_yes = luck.draws(firms.luck[rows], "loan", world.month) < np.stack(chances, axis=1)[np.arange(len(rows)), band]
    return np.where(says_yes, p.loan_share[w], 0.0)
