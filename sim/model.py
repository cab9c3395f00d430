"""One market as a Mesa model, for those who know Mesa: the same month, luck and numbers as the batch, one world of it.

Mesa looks on: the dynamics neither draw its random numbers nor read its counters, so its version changes nothing.
Firms are Mesa agents, views of rows that come and go with the firm; people and customers are viewed when asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast, get_args

import mesa
import numpy as np
from mesa.datacollection import DataCollector

from sim import numerics, oracle
from sim.arrays import Floats
from sim.errors import InputError, nearest_name
from sim.observe.ledger import Ledger
from sim.observe.metrics import SERIES
from sim.observe.observation import Observation
from sim.observe.record import month_row, watch
from sim.params.sector import STAGES
from sim.run import Assignment, Job, _observations, prepare, watched_rows
from sim.scenario.arms_list import parse_arms
from sim.scenario.resolve import load
from sim.scenario.scenario import Scenario
from sim.schedule import step
from sim.state import Firms
from sim.strategies.arms import SCORES, Arm

DEFAULT_SEED = 1
RANGES = {"replicate": (0, 2**31 - 1), "months": (1, 600), "seed": (0, 2**31 - 1)}


class SmbModel(mesa.Model):
    """One market, month by month: `step()` lives through a month, `running` turns False after the last one.

    `scenario`, `arm` and `assignment` are named as on the command line. Whole numbers may come as text, as Mesa's page
    sends them, and a seed of None, as its batch runner sends it, is the default one. `datacollector` holds every
    series, a row per month lived. Raises InputError for what cannot be run.
    """

    def __init__(  # one keyword per parameter, because Mesa's page reads them from here
        self,
        scenario: str = "bakery_ordering",
        arm: str = "aligned",
        assignment: str = "focal",
        replicate: int | str = 0,
        months: int | str = 60,
        seed: int | str | None = DEFAULT_SEED,
    ) -> None:
        told = load(scenario)
        job = Job(
            told.params, told.families, one_arm(arm, told), one_arm(told.background, told), _assignment(assignment),
            seed=_whole("seed", DEFAULT_SEED if seed is None else seed), replicate=_whole("replicate", replicate),
            months=_whole("months", months),
        )
        super().__init__(rng=job.seed)
        self.job = job
        self.world = prepare([job])
        self.watched = watch(self.world, watched_rows(self.world, [job]))
        self.ledger = Ledger(self.watched)
        self.datacollector = DataCollector(model_reporters={name: [self.latest, [name]] for name in SERIES})
        self._row = month_row(self.world, self.watched)
        self._rows: list[Floats] = []
        self._firms: dict[int, Firm] = {}
        self._meet_firms()

    def step(self) -> None:
        """Live through one month; after the last one nothing happens any more."""
        if self.month < self.job.months:
            oracle.advise(self.world, self.job.months - self.month)
            step(self.world)
            self._row = month_row(self.world, self.watched)
            self._rows.append(self._row)
            self.ledger.write(self.world)
            self._meet_firms()
            self.datacollector.collect(self)
        self.running = self.month < self.job.months

    @property
    def month(self) -> int:
        """Months lived so far."""
        return self.world.month

    @property
    def scenario(self) -> None:
        """None: under this name Mesa 3.5 has an object of its own, which its page would send back as our parameter."""

    @scenario.setter
    def scenario(self, mesas_own: object) -> None:
        """Leave Mesa's own object aside."""

    def latest(self, metric: str) -> float:
        """Value of a series metric in the latest month, or as the market opens; KeyError if there is no such metric."""
        return float(dict(zip(SERIES, self._row[:, 0], strict=True))[metric])

    def observation(self) -> Observation:
        """Scalars, series and events of the months lived, as the batch gives them; ValueError before the first."""
        return _observations([self.job], self.world, self.ledger, np.stack(self._rows))[0]

    @property
    def focal(self) -> SmallFirm | None:
        """The firm in focus; None once it has closed."""
        return cast("SmallFirm | None", self._firms.get(0))

    def firm_at(self, row: int) -> Firm | None:
        """The firm in business in a row of the firms table, if any; a negative row is nobody's."""
        return self._firms.get(int(self.world.firms.birth[row])) if row >= 0 else None

    def person(self, row: int) -> Person:
        """A view of one person; IndexError if there is none in this row."""
        return Person(self, range(len(self.world.people.world))[row])

    def people(self) -> Iterator[Person]:
        """Views of all people, one at a time."""
        return map(self.person, range(len(self.world.people.world)))

    def customer(self, row: int) -> Customer:
        """A view of one customer; IndexError if there is none in this row."""
        return Customer(self, range(len(self.world.customers.world))[row])

    def customers(self) -> Iterator[Customer]:
        """Views of all customers, one at a time."""
        return map(self.customer, range(len(self.world.customers.world)))

    def _meet_firms(self) -> None:
        """Take leave of firms that have closed, and give those that have opened an agent, the oldest first."""
        firms = self.world.firms
        rows = {int(firms.birth[row]): int(row) for row in np.nonzero(firms.open)[0]}
        for birth in [birth for birth in self._firms if birth not in rows]:
            self._firms.pop(birth).remove()
        for birth in sorted(rows.keys() - self._firms.keys()):
            kind = LargeCompetitor if firms.large[rows[birth]] else SmallFirm
            self._firms[birth] = kind(self, rows[birth])


def one_arm(address: str, scenario: Scenario) -> Arm:
    """The one arm at an address; InputError where there is none or a list of them."""
    arms = parse_arms(address, scenario)
    if len(arms) > 1:
        raise InputError(f"one run follows one arm, and {address!r} names {len(arms)}; `smbsim compare` plays several")
    return arms[0]


def _assignment(name: str) -> Assignment:
    """Who follows the arm; InputError for any other word."""
    allowed = get_args(Assignment)
    if name not in allowed:
        raise InputError(f"assignment is {name!r}; allowed: {', '.join(allowed)}{nearest_name(str(name), allowed)}")
    return cast(Assignment, name)


def _whole(name: str, value: int | str) -> int:
    """A parameter as a whole number; InputError where it is none, or out of range."""
    least, most = RANGES[name]
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        number = least - 1
    if not least <= number <= most:
        raise InputError(f"{name} is {value!r}; allowed: whole numbers from {least} to {most:,}")
    return number


def _column(name: str) -> property:
    """A read-only property: the firm's entry in a column of the firms table, explained as there; cents as dollars."""
    declared = Firms.__dataclass_fields__[name].metadata
    in_cents = name.endswith("_cents")

    def look(firm: Firm) -> Any:
        return numerics.usd(firm.look_up(name)) if in_cents else firm.look_up(name)

    return property(look, doc=f"{declared['meaning']} ({'USD' if in_cents else declared['unit']})")


class Firm(mesa.Agent):
    """A firm in business: a view of one row, to be looked at and not to be written to.

    `unique_id` follows the order of birth. A view kept after the firm has closed answers until an entrant takes the
    row; from then on every look raises LookupError, because the numbers would be the entrant's.
    """

    model: SmbModel

    def __init__(self, model: SmbModel, row: int) -> None:
        super().__init__(model)
        self._row = row
        self.birth = int(model.world.firms.birth[row])
        self.unique_id = self.birth + 1  # Mesa's own count starts anew when a model is unpickled

    @property
    def row(self) -> int:
        """Its row in the firms table; LookupError once an entrant has taken it."""
        if self.model.world.firms.birth[self._row] != self.birth:
            raise LookupError(f"firm {self.unique_id} has closed and another firm has taken its place")
        return self._row

    def look_up(self, column: str) -> Any:
        """Its entry in a column of the firms table: a number, or an array (stages,) or (tools,)."""
        value = getattr(self.model.world.firms, column)[self.row]
        return value.item() if value.ndim == 0 else value.copy()

    cash_usd = _column("cash_cents")
    debt_usd = _column("debt_cents")
    price_usd = _column("price_usd")
    wage_usd_hour = _column("wage_usd_hour")
    orders_demanded = _column("orders_new")
    orders_served = _column("orders_served")
    orders_lost = _column("orders_lost")
    wait_ratio = _column("wait_ratio")
    utilisation = _column("utilisation")
    overload = _column("overload")
    faulty_share = _column("fault_share")
    hours_automated = _column("hours_automated")
    owner_quality = _column("owner_quality")
    assessment_months = _column("assessment_months")
    projects = _column("projects")

    @property
    def open(self) -> bool:
        """Whether it is in business."""
        return self.model.firm_at(self._row) is self

    @property
    def employees(self) -> int:
        """People employed."""
        return int(np.count_nonzero(self.model.world.people.employer == self.row))

    @property
    def strategy(self) -> str:
        """How it chooses projects, one of `sim.strategies.arms.SCORES`."""
        return SCORES[self.look_up("score")]

    @property
    def bottleneck(self) -> str:
        """The stage that limits its sales, or "demand"."""
        return (*STAGES, "demand")[self.look_up("bottleneck")]

    @property
    def tools(self) -> tuple[str, ...]:
        """Families of the tools in place or on their way."""
        families = list(self.model.job.families)
        return tuple(families[code] for code in self.look_up("tool_family") if 0 <= code < len(families))


class SmallFirm(Firm):
    """A small firm: the one in focus, one of the others, or an entrant."""


class LargeCompetitor(Firm):
    """A branch of a large competitor."""


@dataclass(frozen=True)
class Person:
    """A view of one person in the labour market."""

    model: SmbModel = field(repr=False)
    row: int

    @property
    def employer(self) -> Firm | None:
        """The firm the person works for; None while looking for work."""
        return self.model.firm_at(int(self.model.world.people.employer[self.row]))

    @property
    def tenure_months(self) -> int:
        """Months with this employer."""
        return int(self.model.world.people.tenure[self.row])

    @property
    def time_share(self) -> dict[str, float]:
        """How the person's time is divided over stages."""
        return dict(zip(STAGES, self.model.world.people.time_share[self.row].tolist(), strict=True))


@dataclass(frozen=True)
class Customer:
    """A view of one customer, who stands for a group of households that move together."""

    model: SmbModel = field(repr=False)
    row: int

    @property
    def supplier(self) -> Firm | None:
        """The firm bought from; None for a customer of none of them."""
        return self.model.firm_at(int(self.model.world.customers.supplier[self.row]))

    @property
    def orders_month(self) -> float:
        """Orders in a mean month."""
        return float(self.model.world.customers.orders_month[self.row])

    @property
    def price_weight(self) -> float:
        """Utility lost per log point of price."""
        return float(self.model.world.customers.price_weight[self.row])
