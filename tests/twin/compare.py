"""Where a world of the fast model and its twin differ, in words; an empty list says they agree.

Integers, choices and cents must be equal, other numbers to 1e-9 of their size.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import numpy as np

from sim.state import NO_TOOL, OUTSIDE, SEARCHING
from sim.strategies import choice
from sim.world import World
from tests.twin.agents import Customer, Firm, Tool
from tests.twin.market import Market
from tests.twin.month_0 import OF_OFFERS, OF_TOOLS
from tests.worlds import story

RELATIVE = 1e-9
NOT_COMPARED = OF_TOOLS | OF_OFFERS | {"world", "plan", "plan_month"}
QUIET_WHEN_CLOSED = (
    "open", "flow_cents", "cash_cents", "debt_cents", "repayment_cents", "fund_usd",
    "explore_usd", "orders_new", "orders_served",
    "orders_faulty", "orders_lost", "orders_backlog", "posts", "quits", "hires", "laid_off",
    "hours_automated", "hours_idle", "hours_trained", "hours_retrained",
    "throughput", "utilisation", "overload", "wait_ratio", "fault_share", "profit_usd", "outflow_usd", "convenience",
    "personalised", "trust", "machine_decided", "error_gap", "orders_harmed", "data_stock", "data_insight", "breaches",
    "fined",
)  # fmt: skip


def differences(world: World, number: int, market: Market) -> list[str]:
    """Everything that differs between one world of the batch and its twin after the month that both have lived."""
    first = number * world.firm_slots
    found = list(_market_differences(world, number, market))
    for slot, firm in enumerate(market.slots):
        if firm is None or _long_closed(firm):
            found += _signs_of_life(world, first + slot, slot)
        else:
            found += _firm_differences(world, first + slot, firm)
    return found


def _long_closed(firm: Firm) -> bool:
    """Closed before this month: its last payments are behind it."""
    return not firm.open and firm.closed_month < firm.model.month - 1


def _signs_of_life(world: World, row: int, slot: int) -> Iterator[str]:
    for name in QUIET_WHEN_CLOSED:
        if np.any(getattr(world.firms, name)[row]):
            yield f"slot {slot} is closed, yet {name} is {getattr(world.firms, name)[row]}"
    if world.firms.tool_family[row].max() != NO_TOOL:
        yield f"slot {slot} is closed, yet it owns a tool"


def _firm_differences(world: World, row: int, firm: Firm) -> Iterator[str]:
    for column in fields(world.firms):
        if column.name in NOT_COMPARED:
            continue
        fast, slow = getattr(world.firms, column.name)[row], getattr(firm, column.name)
        slow = np.asarray(list(slow.values()) if isinstance(slow, dict) else slow)
        if not _agree(fast, slow, column.metadata["kind"]):
            yield f"slot {firm.slot}, {column.name}: {fast}, its twin {slow}"
    for place, tool in enumerate(firm.tools):
        fast_tool = tuple(getattr(world.firms, name)[row, place].item() for name in TOOL_ATTRIBUTES)
        if fast_tool[0] != NO_TOOL or tool is not None:
            yield from _tool_differences(firm.slot, fast_tool, tool)


TOOL_ATTRIBUTES = {
    "tool_family": "item", "tool_units": "units", "tool_countdown": "countdown", "tool_fee_usd_month": "fee_usd_month",
    "tool_start_month": "start_month", "tool_due_month": "due_month", "tool_quote_usd": "quote_usd",
    "tool_held_back": "held_back", "tool_rest_usd": "rest_usd", "tool_strength": "strength",
    "tool_support_end": "support_end", "tool_out": "out", "tool_share_before": "share_before",
    "tool_months_live": "months_live", "tool_skill": "skill", "tool_usage": "usage", "tool_usefulness": "usefulness",
}  # fmt: skip


def _tool_differences(slot: int, fast: tuple[float, ...], tool: Tool | None) -> Iterator[str]:
    """Share before, months, skill, usage and usefulness are read of live tools only: before go-live nobody uses it.

    A price is reckoned from orders and wages, which are compared to so many digits themselves.
    """
    names = list(TOOL_ATTRIBUTES.values())[: None if tool is not None and tool.live else 12]
    slow = None if tool is None else tuple(getattr(tool, name) for name in names)
    kinds = [f"{type(one).__name__}64" for one in fast]
    if slow is None or not all(_agree(*ours) for ours in zip(fast, slow, kinds, strict=False)):
        yield f"slot {slot}, tool: {fast}, its twin {slow}"


def _agree(fast: Any, slow: Any, kind: str) -> bool:
    close = kind == "float64" and np.allclose
    return np.array_equal(fast, slow) or bool(close and close(fast, slow, rtol=RELATIVE, atol=0.0))


def _market_differences(world: World, number: int, market: Market) -> Iterator[str]:
    people, customers = world.people, world.customers
    live, deal = people.world == number, customers.world == number
    first = number * world.firm_slots
    employers = [-1 if one.employer is None else first + one.employer.slot for one in market.people]
    pairs = {
        "employers": (people.employer[live], employers, "int64"),
        "tenure": (people.tenure[live], [one.tenure for one in market.people], "int64"),
        "skill": (people.tool_skill[live], [one.tool_skill for one in market.people], "float64"),
        "use": (people.tool_use[live], [one.tool_use for one in market.people], "float64"),
        "threat": (people.threat[live], [one.threat for one in market.people], "float64"),
        "morale": (people.morale[live], [one.morale for one in market.people], "float64"),
        "time": (people.time_share[live], [one.time_share for one in market.people], "float64"),
        "suppliers": (customers.supplier[deal], [_supplier(one, first) for one in market.customers], "int64"),
        "bought from": (customers.bought_from[deal], [one.bought_from for one in market.customers], "int64"),
        "orders placed": (customers.orders_placed[deal], [one.orders_placed for one in market.customers], "int64"),
        "feelings": (customers.satisfaction[deal], [one.satisfaction for one in market.customers], "float64"),
        "expectations": (customers.expectation[deal], [one.expectation for one in market.customers], "float64"),
        "satisfaction": (world.worlds.satisfaction[number], market.satisfaction, "float64"),
        "hours by stage": (world.worlds.hours_share[number], market.hours_share, "float64"),
        "taste": (world.worlds.taste[number], market.taste, "float64"),
        "levels": ([world.worlds.supply_level[number], world.worlds.wage_level[number],
                    world.worlds.interest_month[number], world.worlds.programme[number],
                    world.worlds.theft_wave[number]],
                   [market.supply_level, market.wage_level, market.interest_month, market.programme,
                    market.theft_wave], "float64"),
        "rules and subsidies": ([world.worlds.rule_usd_month[number], world.worlds.subsidy[number]],
                                [market.rule_usd_month, market.subsidy], "float64"),
        "owners": (world.worlds.adopted[number], market.adopted, "float64"),
        "hype": (world.worlds.hype[number], market.hype, "float64"),
        "season": (world.worlds.season[number], market.season, "float64"),
        "growth": (world.worlds.growth[number], market.growth, "float64"),
        "input prices": (world.worlds.input_prices[number], market.input_prices, "float64"),
        "births": (world.worlds.births[number], market.births, "int64"),
        "happenings": (_told(world, number), _told_by_twin(market), "words"),
    }
    for name, (fast, slow, kind) in pairs.items():
        if name in ("time", "skill", "use", "threat", "morale"):
            employed = people.employer[live] >= 0
            fast, slow = fast[employed], np.array(slow)[employed]
        if not _agree(fast, slow, kind):
            yield f"{name}: {fast}, its twin {slow}"


def _supplier(customer: Customer, first: int) -> int:
    if customer.supplier is not None:
        return first + customer.supplier.slot
    return SEARCHING if customer.searching else OUTSIDE


def _told(world: World, number: int) -> list[tuple[str, int, dict[str, float]]]:
    """What happened this month in the fast world: kind, slot and details."""
    return sorted(
        ((kind, slot, _kept(details)) for month, kind, slot, details in story(world, number)
         if month == world.month - 1), key=str,
    )  # fmt: skip


def _told_by_twin(market: Market) -> list[tuple[str, int, dict[str, float]]]:
    """The same of the twin, with the numbers of the reasons."""
    told = []
    for happening in market.journal:
        if happening.month == market.month - 1:
            details = dict(happening.details)
            if "reason" in details:
                details["reason"] = getattr(choice, details["reason"].upper())
            told.append((happening.kind, happening.slot, _kept(details)))
    return sorted(told, key=str)


def _kept(details: dict[str, float]) -> dict[str, float]:
    """Amounts to a millionth of a dollar."""
    return {name: round(float(value), 6) for name, value in details.items()}
