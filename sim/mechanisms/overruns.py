"""Overruns (M6): quotes leave them out, and the final bill comes with the planned go-live, and the delay with it.

Whether a tool turns out dear in a firm is luck fixed at the firm's birth, so buying the same tool later or by another
rule meets the same surprise. Facing a large bill an owner may stop: what was paid is gone, and no more is.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim import luck, numerics
from sim.arrays import Bools, Floats, Ints
from sim.formulas.overruns import Shape, cost_factor, not_worth_it
from sim.params.sector import EQUIPMENT
from sim.state import EXPANSION, FIX, FLOW, NO_TOOL
from sim.world import World, as_it_was, mechanism


@mechanism(
    "firms.flow_cents firms.fund_usd firms.tool_countdown firms.tool_family firms.tool_rest_usd "
    "firms.tool_fee_usd_month",
    neutral=as_it_was, neutral_text="final cost over the quote 1, no delay",
)
def settle_the_account(world: World) -> None:
    """Projects due to go live this month show what they cost and how long they take; owners pay, or stop."""
    firms = world.firms
    due = (firms.tool_family != NO_TOOL) & (firms.tool_countdown > 0) & (firms.tool_due_month == world.month)
    due &= firms.tool_family < FIX
    for slot in range(due.shape[1]):  # one at a time: two projects of a firm may be due together
        rows = np.nonzero(due[:, slot])[0]
        if len(rows):
            _settle(world, rows, slot)


def _settle(world: World, rows: Ints, slot: int) -> None:
    """Find out cost and time of the project that each firm in `rows` has in a slot: it is paid, or stopped."""
    firms, p, w = world.firms, world.params.overruns, world.firms.world[rows]
    item = firms.tool_family[rows, slot]
    over = _factor(world, rows, item) - 1.0
    bill_usd = over * firms.tool_quote_usd[rows, slot]
    planned = firms.tool_due_month[rows, slot] - firms.tool_start_month[rows, slot]
    delay = np.floor(p.delay_per_overrun[w] * np.maximum(over, 0.0) * planned + 0.5).astype(np.int64)
    left = _months_left(world, w, planned + delay) / np.maximum(_months_left(world, w, planned), 1.0)
    asked_above = p.reconsider_above[w] * firms.tool_quote_usd[rows, slot]
    worthless = not_worth_it(bill_usd, firms.tool_benefit_usd[rows, slot] * left, asked_above)
    too_much = bill_usd > numerics.usd(firms.cash_cents[rows] + firms.overdraft_limit_cents[rows])
    stop = worthless | ((bill_usd > 0.0) & too_much)

    _pay(world, rows[~stop], bill_usd[~stop])
    firms.tool_rest_usd[rows, slot] *= 1.0 + over
    firms.tool_countdown[rows, slot] += delay
    firms.tool_family[rows[stop], slot] = NO_TOOL
    firms.tool_fee_usd_month[rows[stop], slot] = 0.0
    told = {"item": item, "bill_usd": bill_usd, "delay": delay}
    _note(world, "bill", rows, ~stop, told)
    _note(world, "stop", rows, stop, told | {"unpayable": (~worthless).astype(np.int64)})
    _note(world, "overrun", rows, ~stop & (delay > 0), told)


def _factor(world: World, rows: Ints, item: Ints) -> Floats:
    """Final cost over the quote of each project."""
    p, w = world.params.overruns, world.firms.world[rows]
    chances = np.stack([p.tail_subscription[w], p.tail_equipment[w], p.tail_integration[w]], axis=1)
    family = np.where(item < EXPANSION, item, 0)
    kind = np.where(item < EXPANSION, world.params.catalogue.kind[w, family], EQUIPMENT).astype(np.int64)
    draw = luck.draws(world.firms.luck[rows], "overrun", 0, (item + 1).astype(np.uint64))
    shape = Shape(p.body_log_mean[w], p.body_log_spread[w], p.tail_start[w], p.tail_exponent[w], p.most[w])
    return cost_factor(draw, chances[np.arange(len(rows)), kind], shape)


def _months_left(world: World, w: Ints, months: Ints) -> Floats:
    """Months of the window by which a project is judged that remain after so many months of work on it."""
    return np.maximum(world.params.choosing.window_months[w] - months, 0.0)


def _pay(world: World, rows: Ints, bill_usd: Floats) -> None:
    """Pay the final bill out of fund and till; what proved cheaper is credited."""
    firms = world.firms
    world.pay(rows, FLOW["tools_once"], -bill_usd)
    firms.fund_usd[rows] = np.maximum(firms.fund_usd[rows] - bill_usd, 0.0)


def _note(world: World, kind: str, rows: Ints, which: Bools, details: dict[str, Any]) -> None:
    """Write down what happened to some of the projects."""
    world.note(kind, rows[which], **{name: values[which] for name, values in details.items()})
