"""Chain throughput (M1): tools first, people for the rest, hours where they are short, the slowest stage sets the pace.

A chain of near-Leontief stages (Goldratt and Cox 1984) worked by people who are shared between stages: part of the
chain's hours may go anywhere within the month, and shifting them is the cheap rival of automating.
"""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.formulas.staffing import hours_needed
from sim.formulas.throughput import (
    Work,
    automated_share,
    chain_throughput,
    help_out,
    slowest_pace,
    slowest_stage,
    stage_capacity,
)
from sim.world import World, mechanism

DEMAND_IS_THE_LIMIT = 9
FULLEST = 3.0


def nobody_helps_out(world: World) -> None:
    """Hours stay at the stage they were planned for."""
    world.firms.hours[:] = world.firms.people_hours
    _automate(world)


def _automate(world: World) -> None:
    firms, p, w = world.firms, world.params, world.firms.world
    cap = p.throughput.automatable_cap[w][:, None]
    firms.automated_share[:] = automated_share(world.orders_to_do[:, None], firms.tool_orders, cap)


@mechanism(
    "firms.hours firms.automated_share", neutral=nobody_helps_out, neutral_text="0 hours pooled, support not covered"
)
def share_people(world: World) -> None:
    """Pooled chain hours cover short support stages first, then the chain stages that could do the fewest orders."""
    firms, p, w = world.firms, world.params, world.firms.world
    _automate(world)
    chain = p.sector.chain[w] > 0.0
    needed = hours_needed(
        world.orders_to_do, world.work_hours_order, firms.automated_share, chain,
        (firms.normal_orders, p.throughput.support_per_order_share[w]),
    )
    share = np.where(firms.large, p.throughput.pooled_share_large[w], p.throughput.pooled_share[w])
    support_short = numerics.row_sum(np.where(chain, 0.0, np.maximum(needed - firms.people_hours, 0.0)))
    chain_hours = np.where(chain, firms.people_hours, 0.0)
    total = numerics.row_sum(chain_hours)
    taken = np.minimum(support_short, total)
    pool = np.maximum(share * total - taken, 0.0)
    kept = (total - taken - pool) / np.where(total > 0.0, total, 1.0)
    cap = np.repeat(p.throughput.automatable_cap[w][:, None], chain.shape[1], axis=1)
    helped = help_out(chain_hours * kept[:, None], pool, Work(world.work_hours_order, firms.tool_orders, cap, chain))
    firms.hours[:] = np.where(chain, helped, firms.people_hours)


@mechanism("firms.capacity firms.throughput firms.utilisation firms.overload")
def run_the_chain(world: World) -> None:
    """Capacity of each stage, throughput of the chain, how full it is and how much that strains people."""
    firms, p, w = world.firms, world.params.throughput, world.firms.world
    chain = world.params.sector.chain[w] > 0.0
    working = chain & firms.open[:, None]
    equipment = firms.equipment_orders * (1.0 + firms.equipment_bonus)
    work = world.work_hours_order
    hands = firms.hours / np.where(work > 0.0, work, 1.0)
    firms.capacity[:] = stage_capacity(hands, firms.tool_orders, p.automatable_cap[w][:, None], equipment)
    firms.throughput[:] = np.where(firms.open, chain_throughput(firms.capacity, working, p.rho[w]), 0.0)
    pace = np.maximum(np.maximum(firms.throughput, slowest_pace(firms.capacity, chain)), 1e-9)
    firms.utilisation[:] = np.where(firms.open, np.minimum(world.orders_to_do / pace, FULLEST), 0.0)
    firms.overload[:] = np.clip(firms.utilisation - p.overload_start[w], 0.0, 1.0)


@mechanism("firms.bottleneck firms.hours_automated firms.hours_idle")
def see_what_limited(world: World) -> None:
    """After the work: what held orders back; hours tools worked, and hours nobody needed, redone orders included."""
    firms, p, w = world.firms, world.params, world.firms.world
    chain = p.sector.chain[w] > 0.0
    held_back = firms.orders_lost + firms.orders_backlog > 0
    firms.bottleneck[:] = np.where(held_back, slowest_stage(firms.capacity, chain), DEMAND_IS_THE_LIMIT)
    served = firms.orders_served * (1.0 + world.redone_share)
    support = (firms.normal_orders, p.throughput.support_per_order_share[w])
    by_hand = hours_needed(served, firms.hand_hours_order, np.zeros_like(firms.hours), chain, support)
    by_people = hours_needed(served, firms.hand_hours_order, firms.automated_share, chain, support)
    brought = numerics.row_sum(firms.people_hours)
    automated = numerics.row_sum(by_hand) - numerics.row_sum(by_people)
    firms.hours_automated[:] = np.where(firms.open, automated, 0.0)
    busy = numerics.row_sum(hours_needed(served, world.work_hours_order, firms.automated_share, chain, support))
    firms.hours_idle[:] = np.where(firms.open, np.maximum(brought - busy, 0.0), 0.0)

