"""Who is in the market: one object per firm, person and customer, each with luck of its own.

Attributes carry the names of the columns they are held against, so the comparison needs no list of pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import mesa
import numpy as np

from sim.luck import label
from sim.numerics import cents, exp_, gumbel_, key_, log_, uniform_
from sim.params.sector import STAGE_COUNT
from sim.state import EXPANSION, FLOWS, OBJECTIVE_COUNT, OFFER_PLACES, TOOL_SLOTS
from sim.strategies.arms import LEVERS

if TYPE_CHECKING:
    from tests.twin.market import Market

STAGES = range(STAGE_COUNT)
MOST_ATTEMPTS = 64


def key(parent: np.uint64, child: np.uint64) -> np.uint64:
    """A new luck key from a key and a label."""
    return np.uint64(key_(parent, child))


def total(values: list[float]) -> float:
    """Add up from left to right; Python's own `sum` compensates for rounding and gives other bits."""
    result = 0.0
    for value in values:
        result += value
    return result


class Lucky(mesa.Agent):
    """Somebody whose draws depend on birth, decision, month and partner alone."""

    model: Market

    def __init__(self, model: Market, luck: np.uint64) -> None:
        super().__init__(model)
        self.luck = np.uint64(luck)

    def draw(self, decision: str, partner: int | np.uint64 = 0, months_ago: int = 0) -> float:
        """This month's uniform draw for a decision, or that of an earlier month."""
        return uniform_(self.luck, label(decision), np.uint64(self.model.month - months_ago), np.uint64(partner))

    def draw_at_birth(self, what: str, stage: int = 0) -> float:
        """A uniform draw that was made once and for all."""
        return uniform_(self.luck, label(f"birth.{what}"), np.uint64(0), np.uint64(stage))


@dataclass
class Tool:
    """Something bought: a tool, an expansion under way or an improvement under way."""

    item: int
    units: float
    countdown: int
    fee_usd_month: float
    start_month: int = 0
    due_month: int = 0
    quote_usd: float = 0.0
    benefit_usd: float = 0.0
    promise_usd: float = 0.0
    held_back: float = 0.0
    rest_usd: float = 0.0
    months_live: int = 0
    skill: float = 0.0
    usage: float = 0.0
    usefulness: float = 0.0
    strength: float = 1.0
    support_end: int = 0
    out: float = 0.0
    share_before: float = 0.0

    @property
    def live(self) -> bool:
        """Whether it is a tool at work."""
        return self.item < EXPANSION and self.countdown == 0


@dataclass
class Offer:
    """Something new: a prototype as long as nobody knows what it is worth."""

    wait: int
    worth: float | None = None
    age: int = 0


class Firm(Lucky):
    """A firm in its slot; it starts without history, and founding or month 0 says the rest."""

    def __init__(self, model: Market, luck: np.uint64, slot: int, birth: int) -> None:
        super().__init__(model, luck)
        self.slot, self.birth, self.open, self.large, self.closed_month = slot, birth, True, False, -1
        self.score = 0
        for lever in LEVERS:
            setattr(self, lever, 0.0)
        self.plan: list[tuple[int, int]] = []
        self.tools: list[Tool | None] = [None] * TOOL_SLOTS
        self.offers: list[Offer | None] = [None] * OFFER_PLACES
        self.flow_cents = dict.fromkeys(FLOWS, 0)
        for name in ("orders_new", "orders_backlog", "orders_served", "orders_faulty", "orders_lost", "quits", "hires",
                     "laid_off", "cash_cents", "debt_cents", "repayment_cents", "months_below", "projects",
                     "reaction_in", "reaction_to", "taken_out", "orders_group", "orders_harmed", "breaches", "fined",
                     "prototypes", "months_to_market", "aim_months"):
            setattr(self, name, 0)
        for name in ("appeal", "footfall", "convenience", "convenience_second", "reputation", "share_usual",
                     "markup_given", "overload", "forecast_sales_usd", "forecast_labour_usd", "forecast_cost_usd",
                     "ledger_saving_usd", "explore_usd", "novelty", "novelty_young",
                     "hours_trained", "hours_retrained", "personalised", "trust", "machine_decided", "error_gap",
                     "data_insight", "wage_moved", "posts_open", "throughput"):
            setattr(self, name, 0.0)
        for name in ("customers", "customers_had", "customers_kept", "orders_segment"):
            setattr(self, name, [0, 0])
        for name in ("aim_sum", "aim_first", "aim_last"):
            setattr(self, name, [0.0] * OBJECTIVE_COUNT)
        for name in ("tool_orders", "tool_servers", "equipment_bonus", "automated_share", "hours", "disruption",
                     "edges_missing", "slips_found", "errors_found", "data_stock"):
            setattr(self, name, [0.0] * STAGE_COUNT)
        self.input_factor = 1.0

    def book(self, account: str, usd: float) -> None:
        """Write a payment of this month on an account, + into the till."""
        self.flow_cents[account] += int(cents(usd))

    def ease(self) -> float:
        """What it is to deal with the firm, apart from waits, faults and price."""
        return self.convenience + self.personalised + self.trust

    def harm(self) -> float:
        """What a customer of the group loses by errors of machines, in utility."""
        return self.model.params.demand.quality_weight * self.error_gap

    def under_way(self) -> bool:
        """Whether a project is being put in place or a tool is on trial."""
        return any(tool is not None and (tool.countdown > 0 or tool.held_back > 0.0) for tool in self.tools)

    def has_tools(self) -> bool:
        """Whether a tool is at work."""
        return any(tool is not None and tool.live for tool in self.tools)

    def staff(self) -> list[Person]:
        """People who work here, in their fixed order."""
        return [person for person in self.model.people if person.employer is self]


class Person(Lucky):
    """Somebody who works for a firm or looks for work."""

    def __init__(self, model: Market, luck: np.uint64, employer: Firm | None, tenure: int, time: list[float]) -> None:
        super().__init__(model, luck)
        self.employer, self.tenure, self.time_share = employer, tenure, time
        self.general_skill, self.tool_skill, self.hours_away = 0.0, [0.0] * TOOL_SLOTS, 0.0
        self.tool_use, self.threat, self.morale = [0.0] * TOOL_SLOTS, 0.0, 0.0

    def leave(self) -> None:
        """Give up the job."""
        self.employer, self.tenure = None, 0

    def speed(self) -> float:
        """Work over that of an old hand."""
        ramp = max(self.model.params.staffing.ramp_months, 1e-9)
        return 0.5 + 0.5 * min(self.tenure / ramp, 1.0)


class Customer(Lucky):
    """Somebody who buys from a firm, from none (supplier None), or must look for another one."""

    def __init__(self, model: Market, luck: np.uint64, supplier: Firm | None, habits: tuple[float, float]) -> None:
        super().__init__(model, luck)
        self.supplier, self.searching = supplier, False
        self.orders_month, self.price_weight = habits
        self.satisfaction = self.expectation = 0.0
        self.segment, self.care, self.bought_from, self.orders_placed = 0, 1.0, -1, 0
        self.group = 0

    def look_around(self) -> None:
        """Now and then, or when the supplier has closed, compare a few firms and take the one liked best."""
        if not self.searching and not self.draw("demand.look") < self._restlessness():
            return
        best: Firm | None = None
        most = self.model.outside_now + gumbel_(self.draw("demand.taste", label("demand.outside")))
        for firm in filter(None, [self.supplier, self._friends_firm(), *self._firms_noticed()]):
            liking = self._liking(firm)
            if liking > most:
                best, most = firm, liking
        if best is not self.supplier or self.searching:
            self.satisfaction = 0.0
        self.supplier, self.searching = best, False

    def _restlessness(self) -> float:
        """Chance to look around: more if the firm pleases less than firms please others."""
        p = self.model.params
        if self.supplier is None:
            return p.demand.attention_month
        pleased = self.satisfaction - self.model.satisfaction
        return p.demand.attention_month * exp_(-p.satisfaction.leave_slope * pleased)

    def _friends_firm(self) -> Firm | None:
        """The firm of one friend, who may say where it bought last."""
        told, draw = self.model.params.satisfaction.word_of_mouth, self.draw("demand.friend")
        if not draw < told:
            return None
        last = self.model.bought_last
        return last[min(int(draw / told * len(last)), len(last) - 1)]

    def feel(self) -> None:
        """Be pleased or, twice as much, disappointed by what was delivered; expect what is usual."""
        p, firm, market = self.model.params.satisfaction, self.supplier, self.model
        if firm is not None and firm.orders_served > 0:
            gap = market.value_delivered(firm) + self.segment * firm.convenience_second
            gap += -self.group * firm.harm() - self.expectation
            felt = gap * p.loss_weight if gap < 0.0 else gap
            self.satisfaction = p.memory_month * self.satisfaction + (1.0 - p.memory_month) * felt
        if market.orders_delivered > 0:
            usual = market.usual_value + self.segment * market.usual_beside
            self.expectation += p.drift_month * (usual - self.expectation)

    def _firms_noticed(self) -> list[Firm]:
        """Come across firms by chance until enough different ones were known."""
        slots, noticed = self.model.slots, []
        for attempt in range(MOST_ATTEMPTS):
            if len(noticed) >= self.model.params.demand.looks:
                break
            firm = slots[min(int(self.draw("demand.sample", attempt) * len(slots)), len(slots) - 1)]
            if firm is None or not firm.open or firm is self.supplier or firm in noticed:
                continue
            if self.draw("demand.notice", firm.luck) < firm.awareness:
                noticed.append(firm)
        return noticed

    def _liking(self, firm: Firm) -> float:
        """What this customer would have from buying there."""
        p = self.model.params
        wait, quality, _ = self.model.weights()
        reliability = -wait * firm.wait_seen - quality * firm.faults_seen
        star = p.reputation.star_weight_large if firm.large else p.reputation.star_weight
        rated = star * firm.reputation
        offer = firm.appeal_base + firm.appeal + firm.ease() + rated + firm.novelty
        offer += self.segment * firm.convenience_second
        offer += self.care * reliability
        taste = gumbel_(self.draw("demand.taste", firm.luck))
        dear = self.model.taste[2] * log_(firm.price_usd / p.sector.order_value_usd)
        return offer - self.price_weight * dear + taste

    def order(self) -> int:
        """Orders of this month, whole."""
        if self.supplier is None:
            return 0
        wanted = self.orders_month * (self.model.season * self.model.growth * exp_(self.supplier.footfall))
        return int(wanted + self.draw("orders"))
