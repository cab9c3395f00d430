"""A project enters a firm's books: the slot it takes, its terms, and when it should be done."""

from __future__ import annotations

from dataclasses import dataclass

from sim.arrays import Floats, Ints
from sim.offers import units_for
from sim.state import NO_TOOL
from sim.vintages import version_bought
from sim.world import World


@dataclass(frozen=True)
class Terms:
    """What was agreed and foreseen at purchase, arrays (rows,): price, fee and time of the whole project as quoted.

    `steps` counts how often projects move on until go-live: one more than months before they did so this month.
    `gain_usd` is foreseen after all costs, `promise_usd` before them; `held_back` is the share of the price
    and the fee that waits for the end of a pilot.
    """

    price_usd: Floats
    fee_usd_month: Floats
    months: Ints
    steps: Ints
    gain_usd: Floats
    promise_usd: Floats
    held_back: Floats


def put_into_slot(world: World, rows: Ints, code: Ints, terms: Terms) -> None:
    """Let the project of each firm in `rows` occupy its first free slot."""
    firms = world.firms
    slot = (firms.tool_family[rows] == NO_TOOL).argmax(axis=1)
    firms.tool_family[rows, slot] = code
    firms.tool_units[rows, slot] = units_for(world, rows)
    firms.tool_countdown[rows, slot] = terms.steps
    firms.tool_fee_usd_month[rows, slot] = terms.fee_usd_month * (1.0 - terms.held_back)
    firms.tool_start_month[rows, slot] = world.month
    firms.tool_due_month[rows, slot] = world.month + terms.months
    firms.tool_held_back[rows, slot] = terms.held_back
    firms.tool_quote_usd[rows, slot] = terms.price_usd * (1.0 - terms.held_back)
    firms.tool_rest_usd[rows, slot] = terms.price_usd * terms.held_back
    firms.tool_benefit_usd[rows, slot] = terms.gain_usd + terms.price_usd * (1.0 - terms.held_back)
    firms.tool_promise_usd[rows, slot] = terms.promise_usd
    firms.tool_strength[rows, slot], firms.tool_support_end[rows, slot] = version_bought(world, rows, code)
