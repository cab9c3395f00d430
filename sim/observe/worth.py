"""What a project adds in a month: the firm at its work as it is, and the same firm without the project.

Same customers, same people, same month; pooled hours go again to where they are short. Customers whom a project brings
and people who leave because of it are in both, so they show only where whole runs are compared.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import NamedTuple

import numpy as np

from sim import numerics
from sim.arrays import Floats, Ints
from sim.formulas.errors import ErrorRates, copied_share, edge_fault_share, fault_share, faults
from sim.formulas.integration import over, rekeying_hours
from sim.formulas.throughput import Work, automated_share, chain_throughput, help_out, stage_capacity
from sim.state import EXPANSION, FIX
from sim.world import World


@dataclass(frozen=True)
class Shop:
    """Firms at their work: rows (n,), load in orders/month (n,), the rest (n, stages)."""

    rows: Ints
    load: Floats
    tools: Floats
    equipment: Floats
    quality: Floats
    missing: Floats
    disruption: Floats


@dataclass(frozen=True)
class Effect:
    """What projects themselves add, (n, stages): orders taken over, factor on equipment, quality, edges lacking, and
    the part of hands' capacity that is left while they settle in."""

    tools: Floats
    equipment: Floats
    quality: Floats
    missing: Floats
    kept: Floats


class Prices(NamedTuple):
    """USD: price and materials of an order, wage of an hour; (n,)."""

    order: Floats
    materials: Floats
    wage: Floats


class Month(NamedTuple):
    """What projects did to a firm's month, USD (n,): contribution and hours relieved at the wage, at two sets of
    prices; what missing edges (in sales, in hours of typing again) and settling in took away. Then the hours themselves
    and the load beyond what people can carry that came of the projects, below zero if they took it away."""

    sales: Floats
    labour: Floats
    sales_then: Floats
    labour_then: Floats
    edges: Floats
    retyping: Floats
    dip: Floats
    hours: Floats
    overload: Floats


def shop(world: World, rows: Ints, load: Floats) -> Shop:
    """The firms in `rows` as they are this month, under a load."""
    firms = world.firms
    return Shop(rows, load, firms.tool_orders[rows], firms.equipment_orders[rows] * (1.0 + firms.equipment_bonus[rows]),
                firms.process_quality[rows], firms.edges_missing[rows], firms.disruption[rows])


def prices(world: World, rows: Ints) -> Prices:
    """This month's prices of the firms in `rows`."""
    firms = world.firms
    return Prices(firms.price_usd[rows], firms.materials_usd_order[rows], firms.wage_usd_hour[rows])


def equipment_factor(world: World, rows: Ints, item: Ints, used: Floats, bought: bool) -> Floats:
    """Equipment with a project over equipment without it, (n, stages): a tool adds to the bonus, an expansion grows.

    `bought` says whether the bonus of the firm holds the project already.
    """
    firms, p, w = world.firms, world.params, world.firms.world[rows]
    family = np.where(item < EXPANSION, item, 0)
    main = np.where(item < EXPANSION, p.catalogue.main_stage[w, family], item - EXPANSION)
    here = np.arange(firms.equipment_orders.shape[1]) == main[:, None]
    own = (p.catalogue.equipment_gain[w, family] * used)[:, None]
    before = firms.equipment_bonus[rows] - (own if bought else 0.0)
    tool, grown = 1.0 + own / (1.0 + before), (1.0 + p.projects.expansion_gain[w] * used)[:, None]
    factor = np.where((item < EXPANSION)[:, None], tool, np.where((item < FIX)[:, None], grown, 1.0))
    return np.where(here, factor, 1.0)


def month_of(world: World, real: Shop, own: Effect, then: Prices) -> Month:
    """What projects added to a real month, at that month's prices and at those `then`."""
    settled = replace(real, disruption=np.maximum(1.0 - (1.0 - real.disruption) / own.kept, 0.0))
    joined = replace(settled, missing=np.maximum(settled.missing - own.missing, 0.0))
    others = np.maximum(joined.tools - own.tools, 0.0)
    without = replace(
        joined, tools=others, missing=joined.missing * over(joined.tools, others),
        equipment=joined.equipment / own.equipment, quality=joined.quality - own.quality,
    )
    now = prices(world, real.rows)
    served, automated, faults, pace = (part.reshape(4, -1, *part.shape[1:]) for part in _worked(world, (
        real, settled, joined, without)))
    earned = [_earned(world, real.rows, served[i], faults[i], now) for i in range(4)]
    at_first = [_earned(world, real.rows, served[i], faults[i], then) for i in (2, 3)]
    hours_order = world.firms.hand_hours_order[real.rows]
    hours = numerics.row_sum((automated[2] - automated[3]) * hours_order) * served[2]
    per_edge = world.params.integration.rekeying_hours_order[world.firms.world[real.rows]][:, None]
    again = numerics.row_sum(rekeying_hours(per_edge, automated[1], np.minimum(own.missing, real.missing))) * served[1]
    counted = world.params.choosing.absorbed_share[world.firms.world[real.rows]]
    return Month(
        sales=earned[2] - earned[3], labour=hours * now.wage * counted,
        sales_then=at_first[0] - at_first[1], labour_then=hours * then.wage * counted,
        edges=earned[1] - earned[2], retyping=-again * now.wage * counted, dip=earned[0] - earned[1],
        hours=hours, overload=_overload(world, real, pace[0]) - _overload(world, real, pace[3]),
    )


def _overload(world: World, real: Shop, pace: Floats) -> Floats:
    """Load beyond what people can carry at a pace of the chain, (n,)."""
    full = real.load / np.maximum(pace, 1e-9)
    return np.clip(full - world.params.throughput.overload_start[world.firms.world[real.rows]], 0.0, 1.0)


def _earned(world: World, rows: Ints, served: Floats, faults: Floats, at: Prices) -> Floats:
    """Sales less materials and refunds, USD (n,)."""
    p, w = world.params.rework, world.firms.world[rows]
    returned = (1.0 - p.redone_share[w]) * faults * p.refund_share[w] * at.order
    return served * (at.order - at.materials * (1.0 + p.redone_share[w] * faults) - returned)


def _worked(world: World, shops: tuple[Shop, ...]) -> tuple[Floats, Floats, Floats, Floats]:
    """Good orders (n,), share of work automated (n, stages), faulty share and pace (n,) of one shop after another."""
    every = Shop(**{f.name: np.concatenate([getattr(one, f.name) for one in shops]) for f in fields(Shop)})
    firms, p, w = world.firms, world.params, world.firms.world[every.rows]
    chain, cap = p.sector.chain[w] > 0.0, np.repeat(p.throughput.automatable_cap[w][:, None], every.tools.shape[1], 1)
    load = np.repeat(every.load[:, None], every.tools.shape[1], axis=1)
    automated = automated_share(load, every.tools, cap)
    again = rekeying_hours(p.integration.rekeying_hours_order[w][:, None], automated, every.missing)
    hours_order = (firms.hand_hours_order[every.rows] + again) / (1.0 - every.disruption)
    share = np.where(firms.large[every.rows], p.throughput.pooled_share_large[w], p.throughput.pooled_share[w])
    brought = np.where(chain, firms.people_hours[every.rows], 0.0)
    work = Work(hours_order, every.tools, cap, chain)
    hours = help_out(brought * (1.0 - share)[:, None], share * numerics.row_sum(brought), work)
    hands = hours / np.where(hours_order > 0.0, hours_order, 1.0)
    made = chain_throughput(stage_capacity(hands, every.tools, cap, every.equipment), chain, p.throughput.rho[w])
    faults = _faults(world, every, automated)
    return np.minimum(every.load, made * (1.0 - p.rework.redone_share[w] * faults)), automated, faults, made


def _faults(world: World, every: Shop, automated: Floats) -> Floats:
    """Share of orders that go wrong, (n,)."""
    p, w = world.params, world.firms.world[every.rows]
    rates = ErrorRates(*(
        rate[w][:, None] for rate in (p.errors.systematic_share, p.errors.caught_share, p.errors.slip_share)
    ))
    by_stage = fault_share(every.quality, automated, p.sector.error_weight[w], rates)
    by_stage = by_stage + edge_fault_share(automated, every.missing, p.integration.error_share[w][:, None])
    systematic = p.sector.error_weight[w] * faults(every.quality, automated, rates).systematic
    in_chain = np.where(p.sector.chain[w] > 0.0, automated, 0.0)
    by_stage = by_stage + copied_share(systematic, in_chain, p.errors.copied_downstream[w][:, None])
    return np.minimum(numerics.row_sum(by_stage), 1.0)
