"""Sense, seize, transform (M21): owners who look over what is installed, and take out what no longer pays.

Dynamic capability is the part of management that changes what a firm has (Teece 2007), and it costs whether or not
anything changes: an eye on the tools every month, a day to look them over now and then, and taking one out. The
picture is last month's, blurred like any other. Who takes a tool out sits down at once to choose what to have instead,
cheaper where open interfaces leave the data and the edges in place. Static owners never look back.
"""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Bools, Floats, Ints
from sim.look import look
from sim.offers import offers
from sim.review import judged, left_behind, without_each
from sim.state import FLOW, NO_TOOL
from sim.strategies.choice import at
from sim.strategies.reconfigure import let_go
from sim.world import World, as_it_was, mechanism


@mechanism(
    "firms.owner_hours firms.flow_cents",
    neutral=as_it_was, neutral_text="an eye on tools costs 0 money and 0 of the owner's hours",
)
def sense(world: World) -> None:
    """An eye on what is installed costs money and the owner's hours every month."""
    p = world.params.reconfigure
    world.keep_up(world.firms.dynamic, p.sensing_hours_month, p.sensing_usd_month, FLOW["assessment"])


@mechanism(
    "firms.owner_hours firms.flow_cents firms.fund_usd firms.tool_family firms.tool_fee_usd_month firms.tool_orders "
    "firms.equipment_bonus firms.taken_out",
    neutral=as_it_was, neutral_text="what was bought stays",
)
def look_over(world: World) -> None:
    """Dynamic owners whose month it is judge every tool at work, and take out the one that costs them most."""
    rows = np.nonzero(_review(world))[0]
    if not len(rows):
        return
    world.take_hours(rows, world.params.reconfigure.seizing_hours[world.firms.world[rows]])
    seen = without_each(world, rows, look(world, rows, offers(world, rows)))
    choice = let_go(seen)
    price = at(seen.one_off_usd, choice.candidate)
    payable = price <= numerics.usd(world.firms.cash_cents[rows])
    go = (choice.candidate >= 0) & payable
    gain = at(choice.forecast.gain_usd, choice.candidate)
    _take_out(world, rows[go], choice.candidate[go], (price[go], gain[go]))


def _review(world: World) -> Bools:
    """Firms that look over their tools this month: it is drawn, some can be judged, nothing is under way."""
    firms, slots = world.firms, world.tools_at_work.any(axis=1)
    asked = firms.open & (firms.dynamic > 0.0) & slots & ~world.busy_slots.any(axis=1)
    if not asked.any():
        return asked
    asked &= world.draws("review", firms) < world.params.reconfigure.review_month[firms.world]
    rows = np.nonzero(asked)[0]
    asked[rows] = judged(world, rows).any(axis=1)
    return asked


def _take_out(world: World, rows: Ints, slots: Ints, told: tuple[Floats, Floats]) -> None:
    """Pay for it, and do without the tool from now on."""
    firms, (price_usd, gain_usd) = world.firms, told
    taken_over, bonus = left_behind(world, rows, slots)
    world.note("take_out", rows, item=firms.tool_family[rows, slots], price_usd=price_usd, gain_usd=gain_usd)
    world.take_hours(rows, world.params.reconfigure.removal_hours[firms.world[rows]])
    world.pay(rows, FLOW["tools_once"], -price_usd)
    firms.fund_usd[rows] = np.maximum(firms.fund_usd[rows] - price_usd, 0.0)
    firms.tool_family[rows, slots] = NO_TOOL
    firms.tool_fee_usd_month[rows, slots] = 0.0
    firms.tool_orders[rows] = np.maximum(firms.tool_orders[rows] - taken_over, 0.0)
    firms.equipment_bonus[rows] = np.maximum(firms.equipment_bonus[rows] - bonus, 0.0)
    firms.taken_out[rows] = world.month + 1
