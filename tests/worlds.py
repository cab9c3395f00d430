"""Small worlds for tests: a street of bakeries, changed in the numbers that a test names, and ways to compare bits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim import population, schedule
from sim.arrays import Ints
from sim.params import Params
from sim.scenario.events import EventFile, events_of
from sim.scenario.presets import tools
from sim.scenario.trades import market
from sim.state import columns
from sim.strategies.arms import Arm, Purchase
from sim.world import TABLES, World

Columns = dict[str, NDArray[Any]]
Changes = Mapping[str, Any]

FAMILIES = list(tools())
OFFERED = [
    "online_ordering", "crm", "marketing_automation", "inventory_forecasting", "accounts_payable_invoicing",
    "staff_scheduling", "production_kitchen_equipment", "ai_assistant",
]
POINTS_TO_FIRM = ("people.employer", "customers.supplier")
STREET = {"small_firms": 4, "large_firms": 1, "spare_slots": 5, "customers": 150}
NOTHING = Arm("none", "Buys nothing", "Buys nothing.")
# Small firms that all are as usual in their trade, for tests whose premise it is.
ALIKE: dict[str, Changes] = {
    "setup": {"size_spread": 0.0, "output_spread": 0.0, "wage_spread": 0.0, "overhead_spread": 0.0},
    "prices": {"price_spread": 0.0}, "reputation": {"entrant_awareness": 1.0},
}
# What makes a world move though nobody decides anything.
DISTURBANCES = frozenset({
    "environment.turn_the_calendar", "environment.surprise_firms", "environment.move_the_talk",
    "staffing.let_people_quit", "entry.open_new_firms", "finance.close_firms",
})


def street(tool_changes: Mapping[str, Changes] | None = None, **groups: Changes) -> Params:
    """Parameters of a small street of bakeries, changed by group (`setup`, `sector`, `demand` …) and by tool."""
    named = {**groups, "setup": {**STREET, **groups.get("setup", {})}}
    return market("bakery", OFFERED, tool_changes).changed(**named)


def troubled(**groups: Changes) -> Params:
    """A busy street in which data are stolen, tools stop, machines err with some and are fined, and prices move."""
    trouble: dict[str, Changes] = {
        "sector": {"regulation": 1.0}, "fairness": {"worry": 0.1}, "suppliers": {"shock": 0.05},
        "incidents": {
            "breach_year": 5.0, "breach_usd": 100.0, "breach_churn": 0.3, "outage_year": 12.0, "fine_year": 100.0,
            "fine_usd": 50.0,
        },
        "data": {"personal_utility": 0.2},
    }
    named = {name: {**trouble.get(name, {}), **groups.get(name, {})} for name in {*trouble, *groups}}
    return busy({family: {"error_gap": 0.5} for family in OFFERED}, **named)


def coming(*events: Changes) -> Changes:
    """Events, each as it would stand in a scenario, as changes to the group `events`."""
    numbers = events_of([EventFile(**event) for event in events], FAMILIES)
    return {column.name: getattr(numbers, column.name) for column in fields(numbers)}


def planned(*purchases: tuple[str, int]) -> Arm:
    """A firm that buys these items in these months."""
    return Arm("plan", "Has a plan", "Keeps to it.", score="planned",
               purchases=tuple(Purchase(item, month) for item, month in purchases))


def arm(score: str, **factors: float) -> Arm:
    """A firm with this score."""
    return Arm(score, score, score, score=score, **factors)  # type: ignore[arg-type]


def focal_rows(world: World) -> Ints:
    """Row of the firm in focus of every world."""
    return np.arange(len(world.worlds.luck)) * world.firm_slots


def make(scenarios: Params | Sequence[Params], seeds: Sequence[int], focal: Arm | Sequence[Arm] = NOTHING) -> World:
    """A batch of worlds at month 0, the firm in focus with its arm."""
    of_each = [scenarios] * len(seeds) if isinstance(scenarios, Params) else list(scenarios)
    arms = [focal] * len(seeds) if isinstance(focal, Arm) else list(focal)
    world = population.create(of_each, list(seeds))
    for row, own in zip(focal_rows(world), arms, strict=True):
        population.assign(world, np.array([row]), own, FAMILIES)
    return world


def everybody(world: World, own: Arm) -> World:
    """The world with one arm for all small firms, entrants included."""
    rows = np.nonzero(world.firms.open & ~world.firms.large)[0]
    population.assign(world, rows, own, FAMILIES)
    population.let_entrants_follow(world, np.arange(len(world.worlds.luck)), (own, own), 1.0)
    return world


def live(world: World, months: int) -> World:
    """The world so many months later."""
    for _ in range(months):
        schedule.step(world)
    return world


def snapshot(world: World) -> Columns:
    """Copies of all columns by "table.column"."""
    return {
        f"{table}.{name}": column.copy()
        for table in TABLES for name, column in columns(getattr(world, table)).items()
    }


def part(world: World, position: int) -> Columns:
    """Copies of one world's columns, rows counted from its own first row."""
    count, slots = len(world.worlds.luck), world.firm_slots
    own: Columns = {}
    for name, column in snapshot(world).items():
        rows = len(column) // count
        own[name] = column[position * rows:(position + 1) * rows]
        if name.endswith(".world"):
            own[name] -= position
        if name in POINTS_TO_FIRM:
            own[name] -= np.where(own[name] >= 0, position * slots, 0)
    return own


def story(world: World, position: int) -> list[tuple[int, str, int, dict[str, float]]]:
    """What the journal says of one world: month, kind, firm counted from its first, details."""
    first, last = position * world.firm_slots, (position + 1) * world.firm_slots
    return [
        (note.month, note.kind, int(row) - first, {name: float(v[i]) for name, v in note.details.items()})
        for note in world.journal for i, row in enumerate(note.rows) if first <= row < last
    ]


def differing(first: Columns, second: Columns) -> set[str]:
    """Names of the columns whose bits differ."""
    return {name for name in first if first[name].tobytes() != second[name].tobytes()}


def busy(tool_changes: Mapping[str, Changes] | None = None, **groups: Changes) -> Params:
    """A street in which everything happens soon: purchases, loans, quits, closures, entrants."""
    usual: dict[str, Changes] = {
        "setup": {"spare_slots": 20, "bottleneck_stage": 1.0},
        "sector": {"net_margin": 0.04, "quits_month": 0.08, "cash_days_median": 20.0},
        "finance": {
            "entry_year": 0.6, "outside_option": 0.0, "patience_months": 3.0, "overdraft_days": 5.0,
            "loan_chance_small": 1.0, "loan_chance_medium": 1.0,
        },
        "choosing": {"decision_month": 0.6, "fund_share": 0.03, "noise": 1.0},
        "throughput": {"equipment_utilisation": 1.05},
        "demand": {"appeal_shock": 0.2, "footfall_shock": 0.15},
        "rivals": {"gain_seen": 0.05, "lag_months": 2.0, "visible_share": 0.02},
    }
    return street(tool_changes, **{name: {**usual.get(name, {}), **groups.get(name, {})} for name in {*usual, *groups}})
