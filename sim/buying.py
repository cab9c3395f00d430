"""A project enters a firm's books: the slot it takes, its terms, and when it should be done."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.arrays import Floats, Ints
from sim.offers import units_for
from sim.state import NO_TOOL
from sim.world import World


@dataclass(frozen=True)
class Terms:
    """What was agreed and foreseen at purchase: price and benefit, USD, fee, USD/month, months to go-live; (rows,).

    `steps` counts how often projects move on until then: one more than months before they did so this month.
    """

    price_usd: Floats
    fee_usd_month: Floats
    months: Ints
    steps: Ints
    benefit_usd: Floats


def put_into_slot(world: World, rows: Ints, code: Ints, terms: Terms) -> None:
    """Let the project of each firm in `rows` occupy its first free slot."""
    firms = world.firms
    slot = (firms.tool_family[rows] == NO_TOOL).argmax(axis=1)
    firms.tool_family[rows, slot] = code
    firms.tool_units[rows, slot] = units_for(world, rows)
    firms.tool_countdown[rows, slot] = terms.steps
    firms.tool_fee_usd_month[rows, slot] = terms.fee_usd_month
    firms.tool_start_month[rows, slot] = world.month
    firms.tool_due_month[rows, slot] = world.month + terms.months
    firms.tool_quote_usd[rows, slot] = terms.price_usd
    firms.tool_benefit_usd[rows, slot] = terms.benefit_usd
