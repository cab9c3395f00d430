"""Versions of tools (M18): what today's does and costs, which of a firm's tools could be replaced by it.

Digital tools get better and cheaper; a tool that is installed stays what it was. Equipment has no versions here. A
newer version takes the place of the old one as a project like any other: same quote, same fund, same hurdle.
"""

from __future__ import annotations

import numpy as np

from sim import luck
from sim.arrays import Bools, Floats, Ints
from sim.formulas.frontier import moved_to, renewal_share, support_ends
from sim.params.sector import EQUIPMENT
from sim.state import EXPANSION
from sim.world import World


def digital(world: World, w: Ints) -> Bools:
    """Families that have versions in the worlds `w`, (rows, families)."""
    return world.params.catalogue.kind[w] != EQUIPMENT


def does_today(world: World, rows: Ints) -> Floats:
    """What today's version of each family does over that of month 0, (rows, families)."""
    w = world.firms.world[rows]
    level = moved_to(world.params.frontier.quality_rise_year[w], world.month)
    return np.where(digital(world, w), level[:, None], 1.0)


def costs_today(world: World, rows: Ints) -> Floats:
    """What today's version costs over that of month 0, (rows, families)."""
    w = world.firms.world[rows]
    level = moved_to(-world.params.frontier.price_fall_year[w], world.month)
    return np.where(digital(world, w), level[:, None], 1.0)


def surcharge(world: World, rows: Ints) -> Floats:
    """Price once over the quote of a family: with open interfaces more, what follows a tool less."""
    p, w = world.params.frontier, world.firms.world[rows]
    modular = world.firms.modular[rows]
    instead = modular * (world.firms.taken_out[rows] == world.month + 1)
    first = (1.0 + p.modular_price[w] * modular) * (1.0 - world.params.reconfigure.reuse_price[w] * instead)
    again = renewal_share(p.renewal_monolith[w], p.renewal_modular[w], modular)
    factor = np.where(installed(world, rows) >= 0, again[:, None], first[:, None])
    return np.where(digital(world, w), factor, 1.0)


def installed(world: World, rows: Ints) -> Ints:
    """Slot in which each family is at work, −1 where it is not; (rows, families)."""
    families = np.arange(world.worlds.hype.shape[1])
    there = (world.firms.tool_family[rows][:, :, None] == families) & world.tools_at_work[rows][:, :, None]
    return np.where(there.any(axis=1), there.argmax(axis=1), -1)


def renewable(world: World, rows: Ints) -> Bools:
    """Families whose tool may be replaced by today's version: support has ended, or the owner looks and it is better.

    A tool on trial, and one whose successor is on its way, are left alone.
    """
    firms, slot, line = world.firms, installed(world, rows), np.arange(len(rows))[:, None]
    families = np.arange(slot.shape[1])
    times = (firms.tool_family[rows][:, :, None] == families).sum(axis=1)
    better = does_today(world, rows) > firms.tool_strength[rows][line, slot]
    asked = world.unsupported[rows][line, slot] | ((firms.dynamic[rows] > 0.0)[:, None] & better)
    settled = firms.tool_held_back[rows][line, slot] == 0.0
    return (slot >= 0) & (times == 1) & settled & asked & digital(world, firms.world[rows])


def more_done(world: World, rows: Ints) -> Floats:
    """What each family would add over its rating of month 0; where it is at work, only what today's adds, as used."""
    firms, slot, line = world.firms, installed(world, rows), np.arange(len(rows))[:, None]
    today = does_today(world, rows)
    used = firms.tool_skill[rows][line, slot] * firms.tool_usage[rows][line, slot]
    return np.where(slot >= 0, (today - firms.tool_strength[rows][line, slot]) * used, today)


def fee_ended(world: World, rows: Ints) -> Floats:
    """Subscription that ends when a family at work is replaced, USD/month (rows, families)."""
    slot, line = installed(world, rows), np.arange(len(rows))[:, None]
    return np.where(slot >= 0, world.firms.tool_fee_usd_month[rows][line, slot], 0.0)


def version_bought(world: World, rows: Ints, code: Ints) -> tuple[Floats, Ints]:
    """What the version bought this month does, and the month in which its support ends; (rows,) each."""
    line, family = np.arange(len(rows)), np.where(code < EXPANSION, code, 0)
    w = world.firms.world[rows]
    draw = luck.draws(world.firms.luck[rows], "support", world.month, (code + 1).astype(np.uint64))
    versions = digital(world, w)[line, family] & (code < EXPANSION)
    mean = np.where(versions, world.params.frontier.support_months[w], 0.0)
    return np.where(versions, does_today(world, rows)[line, family], 1.0), support_ends(world.month, mean, draw)
