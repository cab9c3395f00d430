"""The twin's month 0: initial columns of one world of the fast tables, copied into objects. Founding is shared data."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np

from sim.params import Params
from sim.state import OUTSIDE
from sim.strategies.arms import LEVERS
from tests.twin.agents import Customer, Firm, Person
from tests.twin.market import Market

OF_TOOLS = {
    "tool_family", "tool_units", "tool_countdown", "tool_months_live", "tool_skill", "tool_usage", "tool_usefulness",
    "tool_fee_usd_month", "tool_start_month", "tool_due_month", "tool_quote_usd", "tool_benefit_usd",
    "tool_promise_usd", "tool_held_back", "tool_rest_usd", "tool_strength", "tool_support_end", "tool_out",
    "tool_share_before",
}  # fmt: skip
OF_OFFERS = {"offer_wait", "offer_worth", "offer_age"}
OF_THE_OBJECT = {"world", "luck", "birth", "plan", "plan_month", "flow_cents"}


def plain(params: Params) -> Params:
    """The parameters of one world as Python floats and lists of them."""
    groups = {group.name: getattr(params, group.name) for group in fields(params)}
    return replace(params, **{
        name: replace(group, **{f.name: np.asarray(getattr(group, f.name), float).tolist() for f in fields(group)})
        for name, group in groups.items()
    })  # fmt: skip


def market_at_month_0(world: Any, number: int, params: Params) -> Market:
    """The twin of one world of a batch, given that world's own parameters."""
    worlds, slots = world.worlds, world.firm_slots
    market = Market(plain(params), worlds.luck[number], slots)
    market.births = int(worlds.births[number])
    market.reference_orders = float(worlds.reference_orders[number])
    market.reference_awareness = float(worlds.reference_awareness[number])
    market.satisfaction = float(worlds.satisfaction[number])
    market.outside_utility = float(worlds.outside_utility[number])
    market.follow_share = float(worlds.follow_share[number])
    market.follow_quality = float(worlds.follow_quality[number])
    market.strategies = [
        {name: getattr(world.strategies, name)[2 * number + row].tolist() for name in ("score", *LEVERS)}
        for row in range(2)
    ]
    market.last_purchase_month = int(worlds.last_purchase_month[number])
    for slot in range(slots):
        if world.firms.open[number * slots + slot]:
            market.slots[slot] = firm_from(market, world.firms, number * slots + slot, slot)
    for row in np.nonzero(world.people.world == number)[0]:
        market.people.append(person_from(market, world.people, row, number * slots))
    for row in np.nonzero(world.customers.world == number)[0]:
        market.customers.append(customer_from(market, world.customers, row, number * slots))
    return market


def firm_from(market: Market, firms: Any, row: int, slot: int) -> Firm:
    """A firm with the columns of its row as attributes; no firm owns a tool at month 0."""
    firm = Firm(market, firms.luck[row], slot, int(firms.birth[row]))
    for column in fields(firms):
        if column.name not in OF_TOOLS | OF_OFFERS | OF_THE_OBJECT:
            setattr(firm, column.name, getattr(firms, column.name)[row].tolist())
    plan = zip(firms.plan[row].tolist(), firms.plan_month[row].tolist(), strict=True)
    firm.plan = [(item, month) for item, month in plan if item >= 0]
    return firm


def person_from(market: Market, people: Any, row: int, first_slot: int) -> Person:
    """A person of the table."""
    place = int(people.employer[row]) - first_slot
    employer = market.slots[place] if people.employer[row] >= 0 else None
    person = Person(market, people.luck[row], employer, int(people.tenure[row]), people.time_share[row].tolist())
    for name in ("general_skill", "tool_skill", "tool_use", "threat", "morale", "hours_away"):
        setattr(person, name, getattr(people, name)[row].tolist())
    return person


def customer_from(market: Market, customers: Any, row: int, first_slot: int) -> Customer:
    """A customer of the table."""
    supplier = int(customers.supplier[row])
    firm = None if supplier == OUTSIDE else market.slots[supplier - first_slot]
    habits = (float(customers.orders_month[row]), float(customers.price_weight[row]))
    customer = Customer(market, customers.luck[row], firm, habits)
    customer.satisfaction, customer.expectation = float(customers.satisfaction[row]), float(customers.expectation[row])
    for name in ("segment", "group", "care", "bought_from"):
        setattr(customer, name, getattr(customers, name)[row].item())
    return customer
