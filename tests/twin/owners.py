"""Owners: their hours, what they see when they sit down, what is on offer, what they choose and how they pay."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sim.luck import label
from sim.numerics import cents, exp_, log_, normal_, power_
from sim.state import EXPANSION, FIX
from sim.strategies.arms import SCORES
from tests.twin import frontier, reconfigure, scores, shop, till
from tests.twin.agents import STAGES, Firm, Tool, key


@dataclass
class Candidate:
    """Something that could be bought: its quote, and what the offer says it does by stage."""

    number: int
    item: int
    main_stage: int
    one_off_usd: float
    running_usd_month: float = 0.0
    months: float = 1.0
    brings_orders: float = 0.0
    brings_second: float = 0.0
    fee_share: float = 0.0
    talk: float = 0.0
    fee_usd_month: float = 0.0
    under_rules: float = 1.0
    finds_slips: float = 0.0
    finds_errors: float = 0.0
    taste: float = 0.0
    open_to_buy: bool = False

    def __post_init__(self) -> None:
        """Nothing is done at any stage until the offer says so."""
        self.takes_over = [0.0 for _ in STAGES]
        self.adds_equipment = [0.0 for _ in STAGES]
        self.mends_quality = [0.0 for _ in STAGES]


@dataclass
class Picture:
    """What the owner believes about the firm, blurred; lists by stage."""

    firm: Firm
    hands: list[float]
    tools: list[float]
    equipment: list[float]
    quality: list[float]
    demand: float
    forces: tuple[float, ...] = ()


def plan_month(firm: Firm) -> None:
    """A month of hours, less the supervision of a project under way."""
    p = firm.model.params.management
    talks = firm.model.params.acceptance.involvement_hours_month * firm.involvement
    supervision = p.supervision_hours_month + talks if firm.under_way() else 0.0
    firm.owner_hours = max(p.owner_hours_month - supervision, 0.0)


def decide(firm: Firm) -> None:
    """In a month for it: pay for the assessment, look, choose, and start at most one project."""
    p, model = firm.model.params, firm.model
    if reconfigure.looks_over(firm):
        reconfigure.look_over(firm, look(firm), Candidate)
    if not sits_down(firm):
        return
    if not firm.placebo:
        planners_usd = p.partners.planning_usd * firm.partners
        firm.book("assessment", -(p.choosing.assessment_usd_month * firm.assessment_months + planners_usd))
        firm.owner_hours -= p.choosing.assessment_hours_month * firm.assessment_months
        firm.owner_hours = max(firm.owner_hours, 0.0)
    picture, candidates = look(firm), offers(firm)
    choice = scores.choose(SCORES[firm.score], picture, candidates, planned_item(firm))
    if choice.candidate is None:
        if choice.reason != "planned":
            model.note("declined", firm, reason=choice.reason)
        return
    bought = mend_first(picture, candidates, choice)
    if firm.placebo:
        take_placebo(firm, bought.candidate.item)
    else:
        start(firm, bought)


def sits_down(firm: Firm) -> bool:
    """Whether this is a month of decision: drawn, or named in the plan, and no project is under way."""
    if SCORES[firm.score] == "none" or firm.under_way():
        return False
    if firm.most_projects and firm.projects >= firm.most_projects:
        return False
    if SCORES[firm.score] == "planned":
        return planned_item(firm) is not None
    instead = firm.taken_out == firm.model.month + 1
    late = firm.model.month < firm.later_months
    drawn = not late and firm.draw("decide", months_ago=firm.later_months) < firm.model.params.choosing.decision_month
    return (drawn or instead) and firm.model.month <= firm.model.last_purchase_month


def planned_item(firm: Firm) -> int | None:
    """First item of the plan that is due; what could not be started in its month stays due."""
    return next((item for item, month in firm.plan if month <= firm.model.month), None)


def look(firm: Firm) -> Picture:
    """The noisy picture; never less than what was sold last month."""
    p = firm.model.params
    known = firm.assessment_months + p.practices.measurement_informativeness * firm.measurement
    known += p.partners.informativeness * firm.partners + p.data.informativeness * firm.data_insight
    informed = math.sqrt(1.0 + p.choosing.informativeness * known)
    sigma = p.choosing.noise / (informed * exp_(p.management.accuracy_effect * firm.owner_quality))
    picture = Picture(firm, [], list(firm.tool_orders), [], [], 0.0)
    for s in STAGES:
        work = firm.hand_hours_order[s] if firm.hand_hours_order[s] > 0.0 else 1.0
        hands = firm.hours[s] / work * exp_(sigma * blur(firm, "hands", s))
        equipment = shop.equipment_limit(firm, s) * exp_(sigma * blur(firm, "equipment", s))
        blurred = sigma * p.choosing.quality_noise_share * blur(firm, "quality", s) * (1.0 - firm.errors_found[s])
        quality = firm.process_quality[s] + blurred
        picture.hands.append(max(hands, firm.orders_served))
        picture.equipment.append(max(equipment, firm.orders_served))
        picture.quality.append(min(max(quality, 0.0), 1.0))
    noise = sigma * p.choosing.demand_noise_share * blur(firm, "demand", 0)
    picture.demand = firm.orders_expected * exp_(noise)
    blurred = [p.forces.noise_share * sigma * normal_(firm.draw("look.forces", n + 1)) for n in range(5)]
    picture.forces = tuple(force * exp_(by) for force, by in zip(pressures(firm), blurred, strict=True))
    return picture


def pressures(firm: Firm) -> list[float]:
    """How hard rivals, newcomers, suppliers, customers who leave and other ways to buy press, 1 as usual."""
    p, market = firm.model.params, firm.model
    usual_usd, usual_ease = market.mean_seen("price_usd"), market.mean_seen("convenience")
    cheaper = log_(firm.price_usd / usual_usd) if usual_usd > 0.0 else 0.0
    rivals = max(cheaper, 0.0) + max(usual_ease - firm.convenience, 0.0)
    others = market.open_firms()
    new = len([other for other in others if other.months_below < 0]) / max(len(others), 1)
    supplies = firm.materials_usd_order / firm.price_usd
    had, kept = sum(firm.customers_had), sum(firm.customers_kept)
    left = 1.0 - kept / had if had > 0 else 0.0
    elsewhere = max(1.0 - sum(sum(other.customers) for other in others) / len(market.customers), 0.0)
    return [
        rivals / p.forces.rivals_usual, new / p.forces.entrants_usual, supplies / p.forces.suppliers_usual,
        left / p.forces.customers_usual, elsewhere / p.forces.substitutes_usual,
    ]


def blur(firm: Firm, quantity: str, stage: int) -> float:
    """Standard normal noise on what the owner sees of a stage."""
    return normal_(firm.draw(f"look.{quantity}", stage + 1))


def offers(firm: Firm) -> list[Candidate]:
    """Every candidate with its quote: tools, then an expansion of each stage, then an improvement of each."""
    p = firm.model.params
    candidates = [tool_offer(firm, family) for family in range(len(p.catalogue.one_off_usd))]
    year_revenue = 12.0 * firm.normal_orders * firm.price_usd
    for s in STAGES:
        price = p.projects.expansion_price * year_revenue * p.projects.expansion_gain * p.sector.hours_share[s]
        offer = Candidate(len(candidates), EXPANSION + s, s, price, months=p.projects.expansion_months)
        offer.adds_equipment[s] = p.projects.expansion_gain
        offer.open_to_buy = p.sector.chain[s] > 0.0
        candidates.append(offer)
    for s in STAGES:
        price = p.rework.fix_staff_hours * firm.wage_usd_hour * dearer_to_mend(firm, s)
        offer = Candidate(len(candidates), FIX + s, s, price, months=p.rework.fix_months)
        offer.mends_quality[s] = p.rework.fix_gain
        offer.open_to_buy = p.sector.chain[s] > 0.0
        candidates.append(offer)
    for offer in candidates:
        offer.taste = firm.draw("look.taste", offer.number + 1)
        offer.open_to_buy = offer.open_to_buy and None in firm.tools and can_be_paid(firm, offer.one_off_usd)
    return candidates


def dearer_to_mend(firm: Firm, stage: int) -> float:
    """Money and hours that mending takes over those where all is done by hand."""
    return 1.0 + firm.model.params.rework.lock_in * firm.automated_share[stage]


def tool_offer(firm: Firm, family: int) -> Candidate:
    """A tool in the units that a firm of this size needs, as its vendor describes it."""
    p, catalogue, units = firm.model.params, firm.model.params.catalogue, till.units_needed(firm)
    price_usd = catalogue.one_off_usd[family] * units * (1.0 - firm.model.subsidy[family])
    offer = Candidate(family, family, int(catalogue.main_stage[family]), price_usd)
    edges = p.environment.edge_density * catalogue.edges[family]
    edges = min(edges, 1.0) if shop.has_hub(firm) else edges
    today, more = frontier.costs_today(firm, family), frontier.more_done(firm, family)
    old = frontier.at_work(firm, family)
    offer.one_off_usd *= today
    offer.one_off_usd *= frontier.surcharge(firm, family)
    offer.one_off_usd *= 1.0 + p.partners.premium * firm.partners
    rigid = (1.0 - p.integration.modularity) * (1.0 - firm.modular)
    an_edge = min(p.integration.edge_price_share * offer.one_off_usd, p.integration.edge_most_usd)
    building = edges * an_edge * (1.0 + p.integration.monolith_surcharge * rigid) * firm.integrate
    upkeep = building * p.integration.upkeep_share_month
    offer.one_off_usd += building
    reach = max((p.sector.regulation - p.incidents.regulated_above) / (1.0 - p.incidents.regulated_above), 0.0)
    offer.fee_usd_month = catalogue.subscription_usd_month[family] * units * today + upkeep
    offer.fee_usd_month += catalogue.customer_facing[family] * p.incidents.rules_usd_month * reach
    offer.running_usd_month = offer.fee_usd_month - (old.fee_usd_month if old is not None else 0.0)
    needed = catalogue.months[family] * (1.0 - p.partners.sooner * firm.partners)
    offer.months = max(math.ceil(needed + p.acceptance.involvement_months * firm.involvement), 1.0)
    offer.takes_over = [orders * more for orders in till.rated_orders(firm, family, units)]
    offer.adds_equipment[offer.main_stage] = catalogue.equipment_gain[family] * more
    offer.finds_slips = catalogue.slips_found[family] * more
    offer.finds_errors = catalogue.errors_found[family] * more
    second = firm.orders_segment[1] / max(firm.orders_new, 1)
    gained = catalogue.convenience[family] + catalogue.convenience_second[family] * second
    offer.brings_second = catalogue.convenience_second[family] * more
    offer.brings_orders = gained * more * p.choosing.claimed_orders
    through = max(catalogue.hours_taken[family]) * p.projects.routine_share
    offer.fee_share = catalogue.per_use_share[family] * through if old is None else 0.0
    offer.under_rules = 1.0 if old is None else 0.0
    offer.talk = firm.model.hype[family]
    owned = any(tool is not None and tool.item == family for tool in firm.tools)
    offer.open_to_buy = catalogue.offered[family] > 0.0 and (not owned or frontier.may_be_renewed(firm, family))
    return offer


def can_be_paid(firm: Firm, price_usd: float) -> bool:
    """With own money, or with what the bank leaves to pay."""
    return own_money_carries(firm, price_usd) or own_money_carries(firm, price_usd * (1.0 - bank_lends(firm)))


def own_money_carries(firm: Firm, usd: float) -> bool:
    """Whether the fund covers it (a plan needs none) and enough cash remains."""
    in_fund = SCORES[firm.score] == "planned" or usd <= firm.fund_usd
    gate = firm.model.params.choosing.cash_gate_days / 30.0 * firm.outflow_usd
    return in_fund and usd + gate <= (firm.cash_cents + firm.flow_cents["assessment"]) / 100.0


def bank_lends(firm: Firm) -> float:
    """Part of a price that the bank would lend this month; it says yes more often to larger firms."""
    p = firm.model.params.finance
    revenue = 12.0 * firm.orders_expected * firm.price_usd
    if revenue < 1e5:
        chance = p.loan_chance_micro
    elif revenue < 1e6:
        chance = p.loan_chance_small
    else:
        chance = p.loan_chance_medium if revenue < 1e7 else p.loan_chance_large
    return p.loan_share if firm.draw("loan") < chance else 0.0


def mend_first(picture: Picture, candidates: list[Candidate], choice: scores.Choice) -> scores.Choice:
    """A fix-first owner mends a process seen to be poor, if it can be paid, before putting a tool on it."""
    firm, stage = picture.firm, choice.candidate.main_stage
    poor = picture.quality[stage] < firm.model.params.rework.fix_below
    mend = next(offer for offer in candidates if offer.item == FIX + stage)
    if choice.candidate.item < EXPANSION and firm.fix_first > 0.0 and poor and mend.open_to_buy:
        return scores.Choice(mend, "mend", scores.Forecast(0.0, 0.0, mend.one_off_usd))
    return choice


def take_placebo(firm: Firm, item: int) -> None:
    """Nothing is bought and nothing paid; the people there meet other luck from now on."""
    for person in firm.staff():
        person.luck = key(key(person.luck, label("placebo")), np.uint64(firm.model.month))
    cross_out(firm, item)
    firm.projects += 1
    firm.model.note("placebo", firm)


def cross_out(firm: Firm, item: int) -> None:
    """What was started is planned once less."""
    started = next((planned for planned in firm.plan if planned[0] == item), None)
    if started is not None:
        firm.plan.remove(started)


def start(firm: Firm, choice: scores.Choice) -> None:
    """Pay, borrow if need be, put the project into the first free slot, and remember what was foreseen."""
    p, offer, forecast = firm.model.params, choice.candidate, choice.forecast
    tried = offer.item < EXPANSION and all(tool is None or tool.item != offer.item for tool in firm.tools)
    held_back = firm.phased * (1.0 - p.phasing.pilot_share) if tried else 0.0
    now_usd = offer.one_off_usd * (1.0 - held_back)
    lent = 0.0 if own_money_carries(firm, now_usd) else bank_lends(firm) * now_usd
    lent_cents = int(cents(lent))
    firm.book("tools_once", -now_usd)
    firm.flow_cents["loans"] += lent_cents
    firm.debt_cents += lent_cents
    firm.repayment_cents += int(cents(lent_cents / 100.0 / p.finance.loan_months))
    firm.fund_usd = max(firm.fund_usd - (now_usd - lent), 0.0)
    place = firm.tools.index(None)
    month, months = firm.model.month, int(offer.months)
    firm.tools[place] = frontier.sign(firm, Tool(
        offer.item, till.units_needed(firm), months + 1, offer.fee_usd_month * (1.0 - held_back), month,
        month + months, now_usd, forecast.gain_usd + now_usd, forecast.sales_usd + forecast.labour_usd,
        held_back, offer.one_off_usd * held_back,
    ))
    firm.tools[place].usefulness = p.acceptance.promise
    cross_out(firm, offer.item)
    firm.projects += 1
    if offer.item >= FIX:
        hours = p.rework.fix_owner_hours * dearer_to_mend(firm, offer.item - FIX)
        firm.owner_hours = max(firm.owner_hours - hours, 0.0)
    discount = power_(1.0 / (1.0 + p.choosing.discount_month), float(firm.model.month))
    firm.forecast_sales_usd += forecast.sales_usd * discount
    firm.forecast_labour_usd += forecast.labour_usd * discount
    firm.forecast_cost_usd += forecast.cost_usd * discount
    firm.model.note("start", firm, item=offer.item, reason=choice.reason, gain_usd=forecast.gain_usd,
                    price_usd=offer.one_off_usd, paid_usd=now_usd, sales_usd=forecast.sales_usd,
                    labour_usd=forecast.labour_usd, cost_usd=forecast.cost_usd)  # fmt: skip
