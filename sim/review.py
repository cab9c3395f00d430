"""What a firm would be without one of its tools: the owner's picture, with each slot as something to be taken out.

The same picture, noise and optimism as for a purchase, with every sign turned: what a tool takes over, adds and finds
would be missing, its fees saved. What it does is what it does today, as it is known and used.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.observed import Observed
from sim.offers import routine_orders, units_for
from sim.params.sector import STAGE_COUNT
from sim.vintages import costs_today, digital
from sim.world import World


def without_each(world: World, rows: Ints, seen: Observed) -> Observed:
    """The picture of the firms in `rows` with their slots as candidates, (rows, slots): to take out what is there."""
    nothing = np.zeros((len(rows), world.firms.tool_family.shape[1]))
    flat = np.zeros((*nothing.shape, STAGE_COUNT))
    return replace(
        seen, **_work(world, rows), **_money(world, rows), mends_quality=flat, months=nothing, brings_second=nothing,
        talked_about=nothing, taste=nothing, main_stage=nothing.astype(np.int64), open_to_buy=judged(world, rows),
    )


def judged(world: World, rows: Ints) -> Bools:
    """Digital tools at work in all of the firm and long enough to be judged, (rows, slots)."""
    firms, w = world.firms, world.firms.world[rows]
    long = firms.tool_months_live[rows] >= world.params.reconfigure.settled_months[w][:, None]
    known = world.tools_at_work[rows] & long & (firms.tool_held_back[rows] == 0.0)
    return known & digital(world, w)[np.arange(len(rows))[:, None], _family(world, rows)]


def _family(world: World, rows: Ints) -> Ints:
    """Family in each slot, 0 where no tool is at work; (rows, slots)."""
    return np.where(world.tools_at_work[rows], world.firms.tool_family[rows], 0)


def _used(world: World, rows: Ints) -> Floats:
    """How far each tool is used, by what its version does and what of that comes true; 0 where none is at work."""
    firms, w = world.firms, world.firms.world[rows]
    does = firms.tool_strength[rows] * world.params.catalogue.works[w[:, None], _family(world, rows)]
    return np.where(world.tools_at_work[rows], firms.tool_usage[rows] * does, 0.0)


def _work(world: World, rows: Ints) -> dict[str, Any]:
    """What each tool takes over, adds and finds, with the sign turned: (rows, slots, stages)."""
    firms, p, w = world.firms, world.params, world.firms.world[rows]
    family, used = _family(world, rows), _used(world, rows)
    at_work = firms.tool_units[rows] * firms.tool_skill[rows] * used
    here: Bools = np.arange(STAGE_COUNT) == p.catalogue.main_stage[w[:, None], family][:, :, None]
    added = p.catalogue.equipment_gain[w[:, None], family] * used
    takes = p.catalogue.hours_taken[w[:, None], family] * (routine_orders(world, w)[:, None] * at_work)[:, :, None]
    return {
        "takes_over": -takes,
        "adds_equipment": -1.0 * here * (added[:, :, None] / (1.0 + firms.equipment_bonus[rows])[:, None, :]),
        "finds_slips": _missed(world, rows, p.catalogue.slips_found[w[:, None], family], at_work),
        "finds_errors": _missed(world, rows, p.catalogue.errors_found[w[:, None], family], at_work),
    }


def _missed(world: World, rows: Ints, finds: Floats, at_work: Floats) -> Floats:
    """Errors that would go through again over those that go through now, negative; (rows, slots, stages)."""
    p, w = world.params, world.firms.world[rows]
    rated = at_work * (p.projects.people_per_unit[w] * p.sector.orders_employee_month[w])[:, None]
    found = finds * np.minimum(rated / np.maximum(world.firms.orders_expected[rows], 1.0)[:, None], 1.0)
    upto = np.arange(STAGE_COUNT) <= p.catalogue.main_stage[w[:, None], _family(world, rows)][:, :, None]
    return -1.0 * upto * (found / np.maximum(1.0 - found, 1e-9))[:, :, None]


def _money(world: World, rows: Ints) -> dict[str, Any]:
    """What taking each tool out costs and saves, and the orders that would go with it; (rows, slots)."""
    firms, p, w = world.firms, world.params, world.firms.world[rows]
    family, used, line = _family(world, rows), _used(world, rows), np.arange(len(rows))[:, None]
    price = p.catalogue.one_off_usd[w[:, None], family] * units_for(world, rows)[:, None]
    rigid = p.reconfigure.removal_price[w] * (1.0 - firms.modular[rows])
    second = firms.orders_segment[rows, 1] / np.maximum(firms.orders_new[rows], 1)
    gained = p.catalogue.convenience[w[:, None], family]
    gained = gained + p.catalogue.convenience_second[w[:, None], family] * second[:, None]
    through = firms.automated_share[rows[:, None], p.catalogue.main_stage[w[:, None], family].astype(np.int64)]
    return {
        "one_off_usd": price * costs_today(world, rows)[line, family] * rigid[:, None],
        "running_usd_month": -(firms.tool_fee_usd_month[rows] + world.worlds.rule_usd_month[w[:, None], family]),
        "brings_orders": -(gained * used * p.choosing.claimed_orders[w][:, None]),
        "fee_share": -(p.catalogue.per_use_share[w[:, None], family] * through),
    }


def left_behind(world: World, rows: Ints, slots: Ints) -> tuple[Floats, Floats]:
    """What the tool in a slot of each firm takes over, and adds to equipment; (rows, stages) each."""
    line = np.arange(len(rows))
    work = _work(world, rows)
    bonus = -work["adds_equipment"][line, slots] * (1.0 + world.firms.equipment_bonus[rows])
    return -work["takes_over"][line, slots], bonus
