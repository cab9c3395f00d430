"""The one argument of every mechanism: what is, what holds, which month it is, and luck.

A `World` is a batch of worlds side by side. A mechanism never loops over them and never knows how many there are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from time import perf_counter
from typing import Any

import numpy as np

from sim import luck, numerics
from sim.arrays import Bools, Floats, Ints, Keys
from sim.formulas.integration import rekeying_hours
from sim.formulas.satisfaction import Weights
from sim.kernels.tools import at_work
from sim.params import Params
from sim.state import NO_TOOL, Customers, Firms, People, Strategies, Worlds

Step = Callable[["World"], None]
TABLES = ("worlds", "firms", "people", "customers", "strategies")
"""What a world carries, each a table of columns (see `sim.state`)."""


@dataclass(frozen=True)
class Note:
    """Something that happened to firms this month; `details` hold one number per row."""

    month: int
    kind: str
    rows: Ints
    details: dict[str, np.ndarray[Any, Any]]


@dataclass(slots=True)
class World:
    """Tables, parameters, month and journal of a batch of worlds."""

    params: Params
    worlds: Worlds
    firms: Firms
    people: People
    customers: Customers
    strategies: Strategies
    month: int = 0
    ablated: frozenset[str] = frozenset()
    journal: list[Note] = field(default_factory=list)
    seconds: dict[str, float] | None = None
    """Time spent in each step so far, by its name, where somebody wants to know."""

    @property
    def firm_slots(self) -> int:
        """Firm slots per world."""
        return len(self.firms.world) // len(self.worlds.luck)

    @property
    def orders_to_do(self) -> Floats:
        """Orders that each firm has this month: new ones and those still waiting, (firms,)."""
        return (self.firms.orders_new + self.firms.orders_backlog).astype(np.float64)

    @property
    def orders_of_month(self) -> Floats:
        """Orders that each firm had this month, once they are served, lost or still waiting, (firms,)."""
        firms = self.firms
        return (firms.orders_served + firms.orders_lost + firms.orders_backlog).astype(np.float64)

    @property
    def redone_share(self) -> Floats:
        """Orders made with an error that are noticed in the house, and redone; (firms,)."""
        usual, firms = self.params.rework.redone_share[self.firms.world], self.firms
        return usual * firms.fault_share + (1.0 - usual) * firms.faults_shown

    @property
    def ease(self) -> Floats:
        """Utility of dealing with each firm: its tools, what it knows of customers, how it uses that; (firms,)."""
        return self.firms.convenience + self.firms.personalised + self.firms.trust

    @property
    def tools_at_work(self) -> Bools:
        """Slots that hold a tool in use or open to use, (firms, slots); a closed firm holds none."""
        held: Bools = at_work(self.firms.tool_family, self.firms.tool_countdown)
        return held

    @property
    def busy_slots(self) -> Bools:
        """Slots with a project under way or a tool on trial, (firms, slots)."""
        firms = self.firms
        return (firms.tool_family != NO_TOOL) & ((firms.tool_countdown > 0) | (firms.tool_held_back > 0.0))

    @property
    def unsupported(self) -> Bools:
        """Slots of small firms with a tool at work whose version nobody supports any more, (firms, slots)."""
        firms = self.firms
        return self.tools_at_work & (firms.tool_support_end <= self.month) & ~firms.large[:, None]

    @property
    def lasting_hours_order(self) -> Floats:
        """Hours of an order by hand, with what is keyed in again; (firms, stages)."""
        firms, per_edge = self.firms, self.params.integration.rekeying_hours_order[self.firms.world][:, None]
        return firms.hand_hours_order + rekeying_hours(per_edge, firms.automated_share, firms.edges_missing)

    @property
    def work_hours_order(self) -> Floats:
        """The same this month: more while tools settle in; (firms, stages)."""
        return self.lasting_hours_order / (1.0 - self.firms.disruption)

    @property
    def weights(self) -> Weights:
        """What a usual customer weighs today, (worlds,) each."""
        p, taste = self.params.demand, self.worlds.taste
        return Weights(p.wait_weight * taste[:, 0], p.quality_weight * taste[:, 1], p.price_sensitivity * taste[:, 2])

    @property
    def market_wage_usd_hour(self) -> Floats:
        """What an hour of work costs in the sector today, (worlds,)."""
        return self.params.sector.wage_usd_hour * self.worlds.wage_level

    def draws(self, decision: str, table: Any, partner: Keys | np.uint64 = luck.NOBODY) -> Floats:
        """This month's uniform draws for one decision, one per row of the table (broadcast with `partner`)."""
        return luck.draws(table.luck, decision, self.month, partner)

    def sum_by_firm(self, employer: Ints, values: Floats) -> Floats:
        """Sums over rows that point to firms, shape (firms,)."""
        return numerics.sum_by(employer, values, len(self.firms.world))

    def sum_by_world(self, world: Ints, values: Floats) -> Floats:
        """Sums over the rows of each world, in row order, shape (worlds,)."""
        return numerics.sum_by(world, values, len(self.worlds.luck))

    def market_mean(self, values: Floats) -> Floats:
        """Mean over open firms weighted by orders delivered, (worlds,): an idle firm more or less changes nothing."""
        weight = np.where(self.firms.open, self.firms.orders_served, 0).astype(np.float64)
        total = self.sum_by_world(self.firms.world, weight)
        return self.sum_by_world(self.firms.world, weight * values) / np.where(total > 0.0, total, 1.0)

    def pay(self, rows: Ints, account: int, usd: Floats) -> None:
        """Book payments of this month on an account (+ into the till), rounded to cents once, here."""
        self.firms.flow_cents[rows, account] += numerics.cents(usd)

    def keep_up(self, level: Floats, hours_month: Floats, usd_month: Floats, account: int) -> None:
        """A habit of owners: at level 1 it takes so many of their hours and so much money a month, (worlds,) each."""
        rows = np.nonzero(self.firms.open & (level > 0.0))[0]
        w = self.firms.world[rows]
        self.take_hours(rows, hours_month[w] * level[rows])
        self.pay(rows, account, -usd_month[w] * level[rows])

    def take_hours(self, rows: Ints, hours: Floats) -> None:
        """Take so much of the owners' month, as far as there is any left."""
        self.firms.owner_hours[rows] = np.maximum(self.firms.owner_hours[rows] - hours, 0.0)

    def copies(self, params: Params, origin: Ints) -> World:
        """Worlds that stand where these stand; the numbers `origin` say of which each is a copy, (copies,)."""
        count, slots = len(self.worlds.luck), self.firm_slots
        tables: dict[str, Any] = {}
        for name in TABLES:
            table, values = getattr(self, name), {}
            for old in fields(table):
                column = getattr(table, old.name)
                new = column.reshape(count, -1, *column.shape[1:])[origin]
                if old.metadata["unit"] == "row":  # of a world or of a firm; below 0 of none
                    moved = (np.arange(len(origin)) - origin)[:, None] * (1 if old.name == "world" else slots)
                    new += np.where(new >= 0, moved, 0)
                values[old.name] = new.reshape(-1, *column.shape[1:])
            tables[name] = type(table)(**values)
        return World(params, **tables, month=self.month)

    def note(self, kind: str, rows: Ints, **details: np.ndarray[Any, Any]) -> None:
        """Write down what happened to the firms in `rows`."""
        if len(rows):
            self.journal.append(Note(self.month, kind, rows, details))


def as_it_was(world: World) -> None:
    """The neutral form of a step without which all it would write stays as it was: do nothing."""


@dataclass(frozen=True)
class Mechanism:
    """A named step of the month, the columns it may write and what it is without effect."""

    name: str
    writes: frozenset[str]
    body: Step
    neutral: Step | None
    neutral_text: str

    def __call__(self, world: World) -> None:
        """Run the step, or its neutral form where the switch is off."""
        run = self.neutral if self.neutral is not None and self.name in world.ablated else self.body
        begin = perf_counter()
        run(world)
        if world.seconds is not None:
            world.seconds[self.name] = world.seconds.get(self.name, 0.0) + perf_counter() - begin

    @property
    def source(self) -> str:
        """First line of the step's docstring."""
        return (self.body.__doc__ or "").strip().splitlines()[0]


def mechanism(writes: str, neutral: Step | None = None, neutral_text: str = "") -> Callable[[Step], Mechanism]:
    """Declare a step of the month; `writes` lists "table.column" names, the only ones the step may change.

    ValueError when a neutral form comes without the words that name its value.
    """
    if (neutral is None) != (not neutral_text):
        raise ValueError("a neutral form and the words that name its value come together")

    def declare(body: Step) -> Mechanism:
        name = f"{body.__module__.rsplit('.', 1)[-1]}.{body.__name__}"
        return Mechanism(name, frozenset(writes.split()), body, neutral, neutral_text)

    return declare
