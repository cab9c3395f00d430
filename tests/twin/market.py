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
from sim.numerics import exp_, laplace_, log_, normal_, uniform_
from sim.params import Params
from sim.state import FLOWS
from tests.twin import aims, explore, founding, frontier, owners, reconfigure, rivals, shocks, shop, staff, till, trust
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
        self.season, self.growth, self.births, self.reference_orders = 1.0, 1.0, 0, 0.0
        self.reference_awareness, self.input_prices = 0.0, 1.0
        self.satisfaction = self.usual_value = self.usual_beside = 0.0
        self.orders_delivered, self.bought_last = 0, []
        self.hype: list[float] = list(params.catalogue.hype)
        self.adopted = [0.0] * len(self.hype)
        self.hours_share: list[float] = list(params.sector.hours_share)
        self.taste = self.taste_lasting = [1.0, 1.0, 1.0]
        self.supply_level = self.wage_level = 1.0
        self.interest_month, self.programme, self.theft_wave = params.finance.interest_month, 0.0, 0.0
        self.rule_usd_month, self.subsidy = [0.0] * len(self.hype), [0.0] * len(self.hype)
        self.events = [shocks.Event(self, number) for number in range(len(params.events.kind))]
        self.strategies: list[dict[str, float]] = []
        self.follow_share = self.follow_quality = 0.0
        self.outside_utility = self.outside_now = 0.0
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
        trust.move_input_prices(self)
        for firm in self.open_firms():
            owners.plan_month(firm)
            shop.wear_down(firm)
            shop.measure(firm)
            shop.better_processes(firm)
            reconfigure.sense(firm)
            trust.keep_watch(firm)
            owners.decide(firm)
            explore.start_prototype(firm)
            till.settle_the_account(firm)
            staff.feel_threat(firm)
            till.move_projects_on(firm)
            frontier.hand_over(firm)
            frontier.lose_support(firm)
            explore.bring_to_market(firm)
            till.end_pilots(firm)
            staff.learn_tools(firm)
            staff.accept_tools(firm)
            trust.stop_tools(firm)
            till.put_tools_to_work(firm)
            till.settle_in(firm)
            till.miss_edges(firm)
        for firm in self.open_firms():
            staff.move_morale(firm)
        self.let_people_quit()
        for firm in self.open_firms():
            shop.plan_posts(firm)
            staff.lay_off(firm)
        self.fill_posts()
        for firm in self.open_firms():
            staff.retrain(firm)
        self.shift_time()
        rivals.take_note(self)
        for firm in self.open_firms():
            shop.bring_hours(firm)
            staff.move_wage(firm)
            shop.reset_price(firm)
            rivals.react(firm)
            shop.advertise(firm)
        self.let_customers_buy()
        for firm in self.open_firms():
            shop.work_through_the_month(firm)
            trust.err_with_the_group(firm)
            shop.be_remembered(firm)
        self.let_customers_feel()
        for firm in self.open_firms():
            self.rate(firm)
        for firm in self.open_firms():
            aims.look_back(firm)
            trust.gather(firm)
            trust.ask_customers(firm)
            trust.suffer_breaches(firm)
            trust.face_the_rules(firm)
        for firm in self.open_firms():
            till.pay_bills(firm)
            till.settle_accounts(firm)
            explore.put_aside(firm)
            till.pay_the_owner(firm)
            till.consider_closing(firm)
        self.count_owners()
        self.month += 1

    def move_the_environment(self) -> None:
        """The calendar, each firm's own shocks, the talk about tools, and a fresh page in every book."""
        p = self.params
        width = p.sector.peak_factor - p.sector.trough_factor
        level = p.sector.trough_factor + SEASON[self.month % 12] * width
        mean = p.sector.trough_factor + total(list(SEASON)) / 12.0 * width
        self.season = level / mean
        self.growth = exp_(p.demand.trend_year * (self.month / 12.0))
        for firm in filter(None, self.slots):
            firm.flow_cents = dict.fromkeys(FLOWS, 0)
        self.jump()
        shocks.befall(self)
        for firm in self.open_firms():
            appeal, footfall = laplace_(firm.draw("appeal")), laplace_(firm.draw("footfall"))
            firm.appeal = p.demand.appeal_memory_month * firm.appeal + p.demand.appeal_shock * appeal
            firm.footfall = p.demand.footfall_memory_month * firm.footfall + p.demand.footfall_shock * footfall
        for family, vendors in enumerate(p.catalogue.hype):
            elsewhere = p.diffusion.elsewhere * (self.adopted_elsewhere() - p.diffusion.started_share)
            usual = vendors + elsewhere + p.diffusion.contagion * self.adopted[family]
            shock = p.choosing.hype_shock * laplace_(self.draw("hype", family + 1))
            talk = usual + p.choosing.hype_memory_month * (self.hype[family] - usual) + shock
            self.hype[family] = min(max(talk, 0.0), 1.5)

    def jump(self) -> None:
        """Now and then work gathers at another stage, or one attribute counts for more."""
        p = self.params
        if self.draw("work.jump") < p.environment.work_jumps_year / 12.0:
            usual, moved = p.sector.hours_share, p.environment.work_jump_share
            chain = [s for s, part in enumerate(p.sector.chain) if part > 0.0]
            stage = chain[int(self.draw("work.stage") * len(chain))]
            self.hours_share = [h * (1.0 - moved) if s in chain else h for s, h in enumerate(usual)]
            self.hours_share[stage] += moved * total([usual[s] for s in chain])
            for firm in filter(None, self.slots):
                hours = total(firm.hand_hours_order)
                firm.hand_hours_order = [share * hours for share in self.hours_share]
            for firm in self.open_firms():
                self.note("work moved", firm, where=stage)
        if self.draw("taste.jump") < p.environment.taste_jumps_year / 12.0:
            attribute = int(self.draw("taste.attribute") * 3)
            self.taste_lasting = [exp_(p.environment.taste_jump) if a == attribute else 1.0 for a in range(3)]
            for firm in self.open_firms():
                self.note("taste moved", firm, where=attribute)
        self.taste = list(self.taste_lasting)

    def adopted_elsewhere(self) -> float:
        """Firms elsewhere that own a tool by now, after Bass."""
        p = self.params.diffusion
        alone, after_others, start = p.innovation_year / 12.0, p.imitation_year / 12.0, p.started_share
        both = alone + after_others
        if alone + after_others * start <= 0.0:
            return start
        odds = (1.0 - start) / (alone + after_others * start) * exp_(-both * self.month)
        return (1.0 - alone * odds) / (1.0 + after_others * odds)

    def count_owners(self) -> None:
        """Which part of the firms in business owns each tool."""
        owned = [tool.item for firm in self.open_firms() for tool in firm.tools if tool is not None]
        self.adopted = [owned.count(family) / max(len(self.open_firms()), 1) for family in range(len(self.hype))]

    def weights(self) -> tuple[float, float, float]:
        """Utility lost by wait, faults and price as tastes are today."""
        p, (wait, quality, price) = self.params.demand, self.taste
        return p.wait_weight * wait, p.quality_weight * quality, p.price_sensitivity * price

    def outside(self) -> float:
        """Utility of buying elsewhere: new tastes apply there too, to what firms of this market usually offer."""
        p, orders, loss = self.params.demand, 0.0, 0.0
        wait, quality, price = (ratio - 1.0 for ratio in self.taste)
        for firm in self.open_firms():
            relative = log_(firm.price_usd / self.params.sector.order_value_usd)
            more = p.wait_weight * wait * firm.wait_seen + p.quality_weight * quality * firm.faults_seen
            loss += firm.orders_served * (more + p.price_sensitivity * price * relative)
            orders += firm.orders_served
        return self.outside_utility - loss / max(orders, 1.0)

    def draw(self, decision: str, partner: int = 0) -> float:
        """This month's draw of the market as a whole."""
        return uniform_(self.luck, label(decision), np.uint64(self.month), np.uint64(partner))

    def welcome_new_firms(self) -> None:
        """Entrants come by the market's own luck into slots never used, then into those of closed firms."""
        p = self.params
        usual, chance = p.finance.entry_year / 12.0 * p.setup.small_firms, self.draw("entry")
        scheduled = self.births + int(usual + chance)
        arrivals = int(usual * exp_(-p.finance.entry_deterrence * self.work_done_by_tools()) + chance)
        fresh = [slot for slot, firm in enumerate(self.slots) if firm is None]
        left = [slot for slot, firm in enumerate(self.slots) if firm is not None and not firm.open]
        places = (fresh + left)[:arrivals]
        if len(places) < arrivals:
            raise RuntimeError(f"no slot left in month {self.month}")
        wait_seen, faults_seen = self.mean_seen("wait_seen"), self.mean_seen("faults_seen")
        for slot in places:
            self.welcome(founding.found(self.stranger("firm", slot, self.births), wait_seen, faults_seen))
            self.births += 1
        self.births = scheduled
        for event in self.events:
            if event.kind == "rival_entry" and event.begin == self.month:
                fresh = [slot for slot, firm in enumerate(self.slots) if firm is None]
                left = [slot for slot, firm in enumerate(self.slots) if firm is not None and not firm.open]
                rival = self.stranger("rival", (fresh or left)[-1], 1_000_000 + event.number)
                seen = self.mean_seen("wait_seen"), self.mean_seen("faults_seen")
                self.welcome(founding.found(rival, *seen, size=event.size))

    def work_done_by_tools(self) -> float:
        """Share of last month's work on orders in the small firms that tools did."""
        chain = shop.chain_stages(self.params)
        by_tools = in_all = 0.0
        for firm in self.open_firms():
            if not firm.large:
                hours = [firm.hand_hours_order[s] for s in chain]
                done = [firm.automated_share[s] * firm.hand_hours_order[s] for s in chain]
                by_tools += firm.orders_served * total(done)
                in_all += firm.orders_served * total(hours)
        return by_tools / in_all if in_all > 0.0 else 0.0

    def stranger(self, kind: str, slot: int, birth: int) -> Firm:
        """Somebody about to open a firm."""
        return Firm(self, key(key(self.luck, label(kind)), np.uint64(birth)), slot, birth)

    def welcome(self, firm: Firm) -> None:
        """A new firm follows one of the two strategies, by its own luck."""
        asked = self.would_follow(firm)
        for name, value in self.strategies[0 if asked else 1].items():
            setattr(firm, name, value)
        self.slots[firm.slot] = firm
        self.note("enter", firm)

    def value_delivered(self, firm: Firm) -> float:
        """What a mean customer has from this month's wait, faults and price, and from ease of dealing."""
        weights, price = self.weights(), firm.price_usd / self.params.sector.order_value_usd
        wait, faults = log_(1.0 + firm.wait_ratio), firm.orders_faulty / max(firm.orders_served, 1)
        value = -weights[0] * wait - weights[1] * faults - weights[2] * log_(price)
        return value + firm.ease()

    def let_customers_feel(self) -> None:
        """Everybody compares what was delivered with what was expected."""
        self.orders_delivered = sum(firm.orders_served for firm in self.open_firms())
        usual = total([firm.orders_served * self.value_delivered(firm) for firm in self.open_firms()])
        self.usual_value = usual / max(self.orders_delivered, 1)
        beside = total([firm.orders_served * firm.convenience_second for firm in self.open_firms()])
        self.usual_beside = beside / max(self.orders_delivered, 1)
        for customer in self.customers:
            customer.feel()
        buyers = [customer for customer in self.customers if customer.supplier is not None]
        self.satisfaction = total([customer.satisfaction for customer in buyers]) / max(len(buyers), 1)

    def rate(self, firm: Firm) -> None:
        """A reputation follows what the firm's customers feel, compared with how customers feel in general."""
        p = self.params.reputation
        felt = [customer.satisfaction for customer in self.customers if customer.supplier is firm]
        above = total(felt) / len(felt) - self.satisfaction if felt else 0.0
        rated = min(max(p.stars_satisfaction * above, -p.most_stars), p.most_stars)
        firm.reputation += p.fading_month * (rated - firm.reputation)

    def would_follow(self, firm: Firm) -> bool:
        """Whether a newcomer takes on the strategy in question: by its luck, and by how good its owner is."""
        if self.follow_share in (0.0, 1.0):
            return self.follow_share == 1.0
        lot = normal_(firm.draw_at_birth("strategy"))
        merit = self.follow_quality * firm.owner_quality
        wish = merit - math.sqrt(1.0 - self.follow_quality**2) * lot
        return -wish < normal_(self.follow_share)

    def mean_seen(self, name: str) -> float:
        """Mean over firms of what the market thinks of them, by the orders they delivered last."""
        orders = seen = 0.0
        for firm in self.open_firms():
            orders += firm.orders_served
            seen += firm.orders_served * getattr(firm, name)
        return seen / (orders if orders > 0.0 else 1.0)

    def let_people_quit(self) -> None:
        """Employees leave by their reasons; the others grow older in the job."""
        for firm in self.open_firms():
            firm.quits = 0
        for person in self.people:
            if person.employer is None:
                person.tenure = 0
                continue
            if person.draw("quit") < 1.0 - exp_(-staff.quit_hazard(person)):
                person.employer.quits += 1
                person.leave()
                person.tenure = -1
            else:
                person.tenure += 1

    def fill_posts(self) -> None:
        """Posts that find somebody choose in the order of their draws; each takes whom luck puts nearest."""
        found = []
        for firm in self.open_firms():
            firm.hires = 0
            vacant = min(max(firm.posts - len(firm.staff()), 0), MOST_HIRES_MONTH)
            luck = exp_(self.params.management.hiring_effect * firm.owner_quality)
            for post in range(vacant):
                draw = firm.draw("hire", post)
                if draw < self.params.staffing.fill_month * luck:
                    found.append((draw, firm.slot, firm))
        for _, _, firm in sorted(found, key=lambda post: post[:2]):
            looking = [person for person in self.people if person.employer is None and person.tenure >= 0]
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
        person.tool_skill, person.hours_away = [0.0 for _ in person.tool_skill], 0.0
        person.threat = person.morale = 0.0
        asked = self.params.acceptance.first_use
        person.tool_use = [tool.usage if tool is not None and tool.live else asked for tool in firm.tools]
        firm.hires += 1

    def shift_time(self) -> None:
        """People's time drifts to where their firm needs it."""
        part = self.params.throughput.shift_share_month
        wanted = {firm: shop.time_wanted(firm) for firm in self.open_firms()}
        for person in self.people:
            if person.employer is not None:
                for stage, goal in enumerate(wanted[person.employer]):
                    person.time_share[stage] += part * (goal - person.time_share[stage])

    def let_customers_buy(self) -> None:
        """Customers choose their suppliers and order from them."""
        for firm in self.open_firms():
            firm.orders_new = 0
        self.outside_now = self.outside()
        self.bought_last = [customer.supplier for customer in self.customers]
        for customer in self.customers:
            customer.look_around()
            customer.orders_placed = customer.order()
            if customer.supplier is not None:
                customer.supplier.orders_new += customer.orders_placed
        self.count_customers()

    def count_customers(self) -> None:
        """Who buys where, by segment, and who stayed since last month."""
        for firm in self.open_firms():
            firm.customers_had, firm.customers = firm.customers, [0, 0]
            firm.customers_kept, firm.orders_segment, firm.orders_group = [0, 0], [0, 0], 0
        for customer in self.customers:
            firm = customer.supplier
            if firm is not None:
                firm.customers[customer.segment] += 1
                firm.customers_kept[customer.segment] += customer.bought_from == firm.birth
                firm.orders_segment[customer.segment] += customer.orders_placed
                firm.orders_group += customer.group * customer.orders_placed
            customer.bought_from = -1 if firm is None else firm.birth
