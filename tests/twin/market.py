"""One market, month by month, in plain objects and plain loops: the slow twin of the month in `sim.schedule`.

It shares numbers, luck and parameters with the fast code and no formula, so what both agree on was derived twice.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import mesa
import numpy as np

from sim.luck import label
from sim.numerics import exp_, laplace_, log_, uniform_
from sim.params import Params
from sim.state import FLOWS
from tests.twin import founding, owners, shop, till
from tests.twin.agents import Customer, Firm, Person, key, total

SEASON = (0.0, 0.15, 0.4, 0.5, 0.6, 0.5, 0.35, 0.3, 0.5, 0.6, 0.75, 1.0)
"""Where January to December stand between the trough and the peak of the year."""
MOST_HIRES_MONTH = 20


@dataclass(frozen=True)
class Happening:
    """Something that happened to a firm: what, and the numbers that go with it."""

    month: int
    kind: str
    slot: int
    details: dict[str, Any]


class Market(mesa.Model):
    """One world; `month_0` in the module of that name fills it."""

    def __init__(self, params: Params, luck: np.uint64, slots: int) -> None:
        super().__init__()
        self.params, self.luck, self.month = params, luck, 0
        self.season, self.births, self.reference_orders = 1.0, 0, 0.0
        self.hype: list[float] = list(params.catalogue.hype)
        self.entrants = (0, 0.0, 0.0, 0.0, 0.0, 0)
        self.last_purchase_month = 1_000_000
        self.slots: list[Firm | None] = [None] * slots
        self.people: list[Person] = []
        self.customers: list[Customer] = []
        self.journal: list[Happening] = []

    def open_firms(self) -> list[Firm]:
        """Firms in business, in the order of their slots."""
        return [firm for firm in self.slots if firm is not None and firm.open]

    def note(self, kind: str, firm: Firm, **details: Any) -> None:
        """Write down what happened to a firm."""
        self.journal.append(Happening(self.month, kind, firm.slot, details))

    def step(self) -> None:
        """Live through one month."""
        self.move_the_environment()
        self.welcome_new_firms()
        for firm in self.open_firms():
            owners.plan_month(firm)
            shop.wear_down(firm)
            owners.decide(firm)
            till.settle_the_account(firm)
            till.move_projects_on(firm)
            till.end_pilots(firm)
            till.put_tools_to_work(firm)
            till.settle_in(firm)
            shop.miss_edges(firm)
        self.let_people_quit()
        self.fill_posts()
        self.shift_time()
        for firm in self.open_firms():
            shop.bring_hours(firm)
            shop.reset_price(firm)
        for customer in self.customers:
            customer.look_around()
        self.take_orders()
        for firm in self.open_firms():
            shop.work_through_the_month(firm)
            shop.be_remembered(firm)
            till.pay_bills(firm)
            till.settle_accounts(firm)
            till.pay_the_owner(firm)
            till.consider_closing(firm)
        self.month += 1

    def move_the_environment(self) -> None:
        """The calendar, each firm's own shocks, the talk about tools, and a fresh page in every book."""
        p = self.params
        width = p.sector.peak_factor - p.sector.trough_factor
        level = p.sector.trough_factor + SEASON[self.month % 12] * width
        mean = p.sector.trough_factor + total(list(SEASON)) / 12.0 * width
        self.season = level / mean * exp_(p.demand.trend_year * (self.month / 12.0))
        for firm in filter(None, self.slots):
            firm.flow_cents = dict.fromkeys(FLOWS, 0)
        for firm in self.open_firms():
            appeal, footfall = laplace_(firm.draw("appeal")), laplace_(firm.draw("footfall"))
            firm.appeal = p.demand.appeal_memory_month * firm.appeal + p.demand.appeal_shock * appeal
            firm.footfall = p.demand.footfall_memory_month * firm.footfall + p.demand.footfall_shock * footfall
        for family, usual in enumerate(p.catalogue.hype):
            shock = p.choosing.hype_shock * laplace_(self.draw("hype", family + 1))
            talk = usual + p.choosing.hype_memory_month * (self.hype[family] - usual) + shock
            self.hype[family] = min(max(talk, 0.0), 1.5)

    def draw(self, decision: str, partner: int = 0) -> float:
        """This month's draw of the market as a whole."""
        return uniform_(self.luck, label(decision), np.uint64(self.month), np.uint64(partner))

    def welcome_new_firms(self) -> None:
        """Entrants come by the market's own luck into slots never used, then into those of closed firms."""
        p = self.params
        arrivals = int(p.finance.entry_year / 12.0 * p.setup.small_firms + self.draw("entry"))
        fresh = [slot for slot, firm in enumerate(self.slots) if firm is None]
        left = [slot for slot, firm in enumerate(self.slots) if firm is not None and not firm.open]
        places = (fresh + left)[:arrivals]
        if len(places) < arrivals:
            raise RuntimeError(f"no slot left in month {self.month}")
        wait_seen, faults_seen = self.mean_seen("wait_seen"), self.mean_seen("faults_seen")
        for slot in places:
            luck = key(key(self.luck, label("firm")), np.uint64(self.births))
            firm = founding.found(Firm(self, luck, slot, self.births), wait_seen, faults_seen)
            firm.score, firm.assessment_months, firm.fix_first, firm.integrate, firm.phased = self.entrants[:5]
            firm.later_months = self.entrants[5]
            self.slots[slot] = firm
            self.births += 1
            self.note("enter", firm)

    def mean_seen(self, name: str) -> float:
        """Mean over firms of what the market thinks of them, by the orders they delivered last."""
        orders = seen = 0.0
        for firm in self.open_firms():
            orders += firm.orders_served
            seen += firm.orders_served * getattr(firm, name)
        return seen / (orders if orders > 0.0 else 1.0)

    def let_people_quit(self) -> None:
        """Employees leave with the sector's hazard, more under overload; the others grow older in the job."""
        p = self.params
        for firm in self.open_firms():
            firm.quits = 0
        for person in self.people:
            if person.employer is None:
                continue
            hazard = p.sector.quits_month * exp_(p.staffing.overload_quits * person.employer.overload)
            if person.draw("quit") < 1.0 - exp_(-hazard):
                person.employer.quits += 1
                person.leave()
            else:
                person.tenure += 1

    def fill_posts(self) -> None:
        """Posts that find somebody choose in the order of their draws; each takes whom luck puts nearest."""
        found = []
        for firm in self.open_firms():
            shop.plan_posts(firm)
            firm.hires = 0
            vacant = min(max(firm.posts - len(firm.staff()), 0), MOST_HIRES_MONTH)
            luck = exp_(self.params.management.hiring_effect * firm.owner_quality)
            for post in range(vacant):
                draw = firm.draw("hire", post)
                if draw < self.params.staffing.fill_month * luck:
                    found.append((draw, firm.slot, firm))
        for _, _, firm in sorted(found, key=lambda post: post[:2]):
            looking = [person for person in self.people if person.employer is None]
            if looking:
                self.hire(firm, looking)
        for firm in self.open_firms():
            wage_year = firm.wage_usd_hour * self.params.sector.hours_person_month * 12.0
            firm.book("hiring", -(self.params.staffing.hire_cost_years * wage_year * firm.hires))

    def hire(self, firm: Firm, looking: list[Person]) -> None:
        """Take on the person whose key with the firm is the smallest this month."""
        together = key(key(label("match"), firm.luck), np.uint64(self.month))
        person = min(looking, key=lambda one: key(one.luck, together))
        person.employer, person.tenure, person.time_share = firm, 0, shop.time_wanted(firm)
        firm.hires += 1

    def shift_time(self) -> None:
        """People's time drifts to where their firm needs it."""
        part = self.params.throughput.shift_share_month
        wanted = {firm: shop.time_wanted(firm) for firm in self.open_firms()}
        for person in self.people:
            if person.employer is not None:
                for stage, goal in enumerate(wanted[person.employer]):
                    person.time_share[stage] += part * (goal - person.time_share[stage])

    def take_orders(self) -> None:
        """Customers order from their suppliers."""
        for firm in self.open_firms():
            firm.orders_new = 0
        for customer in self.customers:
            if customer.supplier is not None:
                customer.supplier.orders_new += customer.order()

    def outside_utility(self) -> float:
        """Utility of buying elsewhere at which, among equal firms, as many customers leave as come back."""
        out, looks = self.params.demand.outside_share, self.params.demand.looks
        inside = 1.0 - out
        half = looks * (inside - out) / 2.0
        return log_((math.sqrt(half * half + inside * out * looks * (1.0 + looks)) - half) / inside)
