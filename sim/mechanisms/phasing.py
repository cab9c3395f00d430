"""Phasing (M22): a tool is tried in part of the firm first, and rolled out if the pilot speaks for it.

A pilot shows, with noise, how much of the promised work the tool takes over; whether that work was what held the firm
back it does not show. Beginners are slow, and every owner knows that: what people get out of the tool is carried on at
the pace at which they learned it on trial. Benefits come late and two ways of working run at once.
"""

from __future__ import annotations

import numpy as np

from sim import luck, numerics
from sim.arrays import Bools, Floats, Ints
from sim.formulas.phasing import believed_after, goes_on, skill_to_come
from sim.state import FLOW, NO_TOOL
from sim.world import World, mechanism


def every_pilot_goes_on(world: World) -> None:
    """Pilots are rolled out when their months are over, whatever they show, and cost nothing beside."""
    rows, slots = _ending(world)
    _roll_out(world, rows, slots)


@mechanism(
    "firms.flow_cents firms.fund_usd firms.tool_family firms.tool_held_back firms.tool_rest_usd "
    "firms.tool_fee_usd_month firms.tool_months_live",
    neutral=every_pilot_goes_on, neutral_text="every pilot goes on; two ways of working cost 0",
)
def end_pilots(world: World) -> None:
    """Pilots cost their two ways of working; those whose months are over are rolled out, or stopped."""
    firms, p = world.firms, world.params.phasing
    rows, slots = np.nonzero(_on_trial(world))
    whole_usd = firms.tool_quote_usd[rows, slots] / (1.0 - firms.tool_held_back[rows, slots])
    world.pay(rows, FLOW["tools_running"], -p.dual_running_share_month[firms.world[rows]] * whole_usd)
    rows, slots = _ending(world)
    rest_usd = firms.tool_rest_usd[rows, slots]
    payable = rest_usd <= numerics.usd(firms.cash_cents[rows] + firms.overdraft_limit_cents[rows])
    promising = goes_on(_believed(world, rows, slots))
    stop = ~(promising & payable)
    item = firms.tool_family[rows, slots]
    world.note("pilot_stop", rows[stop], item=item[stop], unpayable=promising[stop].astype(np.int64))
    firms.tool_family[rows[stop], slots[stop]] = NO_TOOL
    firms.tool_fee_usd_month[rows[stop], slots[stop]] = 0.0
    _roll_out(world, rows[~stop], slots[~stop])


def _on_trial(world: World) -> Bools:
    """Slots whose tool is at work in part of the firm only, (firms, slots)."""
    return world.tools_at_work & (world.firms.tool_held_back > 0.0)


def _ending(world: World) -> tuple[Ints, Ints]:
    """Rows and slots of pilots whose months are over; a firm has one pilot at a time."""
    firms = world.firms
    over = firms.tool_months_live >= world.params.phasing.pilot_months[firms.world][:, None]
    rows, slots = np.nonzero(_on_trial(world) & over)
    return rows, slots


def _believed(world: World, rows: Ints, slots: Ints) -> Floats:
    """What the owner now believes the project gains, USD per USD of its price."""
    firms, p, w = world.firms, world.params, world.firms.world[rows]
    paid_usd = firms.tool_quote_usd[rows, slots]
    whole_usd = np.maximum(paid_usd / (1.0 - firms.tool_held_back[rows, slots]), 1.0)
    foreseen = (firms.tool_benefit_usd[rows, slots] - paid_usd) / whole_usd
    true = p.catalogue.works[w, firms.tool_family[rows, slots]]
    done = _skill_foreseen(world, rows, slots) * firms.tool_usage[rows, slots] * true
    short = 1.0 - done / numerics.exp(p.choosing.optimism[w])
    true = foreseen - short * firms.tool_promise_usd[rows, slots] / whole_usd
    item = (firms.tool_family[rows, slots] + 1).astype(np.uint64)
    seen = true + p.phasing.pilot_noise[w] * numerics.normal(luck.draws(firms.luck[rows], "pilot", 0, item))
    return believed_after(foreseen, seen, p.phasing.prior_spread[w], p.phasing.pilot_noise[w])


def _skill_foreseen(world: World, rows: Ints, slots: Ints) -> Floats:
    """Skill that the owner reckons with until the project is judged: what the trial has shown, carried on."""
    firms, w = world.firms, world.firms.world[rows]
    # In the first month people are shown the tool.
    lessons = (firms.tool_months_live[rows, slots] - 1).astype(np.float64)
    left = world.params.choosing.window_months[w] - (world.month - firms.tool_start_month[rows, slots])
    return skill_to_come(firms.tool_skill[rows, slots], world.params.skill.start[w], lessons, left)


def _roll_out(world: World, rows: Ints, slots: Ints) -> None:
    """Pay the rest and go live everywhere."""
    firms = world.firms
    rest_usd = firms.tool_rest_usd[rows, slots]
    world.pay(rows, FLOW["tools_once"], -rest_usd)
    firms.fund_usd[rows] = np.maximum(firms.fund_usd[rows] - rest_usd, 0.0)
    firms.tool_fee_usd_month[rows, slots] /= 1.0 - firms.tool_held_back[rows, slots]
    firms.tool_held_back[rows, slots] = 0.0
    firms.tool_rest_usd[rows, slots] = 0.0
    firms.tool_months_live[rows, slots] = 0
    world.note("rollout", rows, item=firms.tool_family[rows, slots], price_usd=rest_usd)
