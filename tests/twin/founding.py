"""An entrant is founded: small, less skilled, with some money of its owner's, known for nothing yet."""

from __future__ import annotations

import math

from sim.numerics import cents, exp_, log_, normal_
from tests.twin import shop
from tests.twin.agents import STAGES, Firm, total


def found(firm: Firm, wait_seen: float, faults_seen: float, size: float | None = None) -> Firm:
    """Fill in everything that a new firm is and has; the market expects of it what it knows of the others.

    With a size it is a rival: as large as that, no worse than others, and known from the start.
    """
    firm.owner_quality = min(max(normal_(firm.draw_at_birth("owner")), -2.5), 2.5)
    firm.culture = min(max(normal_(firm.draw_at_birth("culture")), -2.5), 2.5)
    firm.founded_month = firm.model.month
    ways = its_ways(firm) if size is None else dict.fromkeys(("output", "wage", "overhead", "price"), 1.0)
    fit_out(firm, people_at_first(firm, size), ways)
    open_accounts(firm, ways)
    buy_equipment(firm)
    set_up_processes(firm, firm.model.params.finance.entrant_quality if size is None else 0.0)
    firm.wait_seen, firm.faults_seen = wait_seen, faults_seen
    find_a_place(firm)
    if size is not None:
        firm.awareness = firm.awareness_usual
    firm.appeal_base += firm.model.params.finance.entrant_idea_spread * normal_(firm.draw_at_birth("idea"))
    firm.appeal = firm.model.params.finance.entrant_novelty
    return firm


def its_ways(firm: Firm) -> dict[str, float]:
    """How the firm compares with its trade, by its own luck."""
    setup = firm.model.params.setup
    spreads = {"output": setup.output_spread, "wage": setup.wage_spread, "overhead": setup.overhead_spread,
               "price": firm.model.params.prices.price_spread}
    return {what: exp_(spread * normal_(firm.draw_at_birth(what))) for what, spread in spreads.items()}


def people_at_first(firm: Firm, size: float | None) -> float:
    """People employed: a rival's as told over the trade's mean, an entrant's by luck, as uneven as the trade."""
    p = firm.model.params
    if size is not None:
        return p.sector.employees_mean * size
    mean, spread = p.sector.employees_mean * p.finance.entrant_size, p.setup.size_spread
    if spread == 0.0:
        return mean
    people = math.floor(mean * exp_(spread * normal_(firm.draw_at_birth("size")) - spread * spread / 2.0) + 0.5)
    return min(max(people, p.setup.smallest_people), 99.0)


def fit_out(firm: Firm, employees: float, ways: dict[str, float]) -> None:
    """Orders, work per order, price, posts and the stage that the owner works at."""
    p = firm.model.params
    orders = employees * p.sector.orders_employee_month * ways["output"]
    owner = p.management.hands_on_share * p.management.owner_hours_month
    hours_order = (employees * p.sector.hours_person_month + owner) * p.throughput.normal_utilisation / orders
    firm.normal_orders, firm.orders_expected = orders, orders * p.finance.entrant_start_share
    firm.hand_hours_order = [share * hours_order for share in firm.model.hours_share]
    firm.price_usd = p.sector.order_value_usd * ways["price"]
    firm.materials_usd_order = p.sector.order_value_usd * p.sector.materials_share * firm.model.supply_level
    firm.wage_usd_hour = p.sector.wage_usd_hour * firm.model.wage_level * ways["wage"]
    hours = total(firm.hand_hours_order) * orders / p.throughput.normal_utilisation
    firm.posts = math.floor(max((hours - owner) / p.sector.hours_person_month, 0.0) + 0.5)
    work = [p.sector.chain[s] * firm.model.hours_share[s] for s in STAGES]
    draw, upto, firm.owner_stage = firm.draw_at_birth("stage"), 0.0, 0
    for share in work:
        upto += share
        firm.owner_stage += upto / total(work) < draw


def open_accounts(firm: Firm, ways: dict[str, float]) -> None:
    """Its trade's overhead times its own way, the profit that is left, the markup, and money brought in and put aside.

    The trade's overhead leaves the usual margin to a firm of so many orders with usual prices, wages and output.
    """
    p, orders = firm.model.params, firm.normal_orders
    wages = firm.posts * p.sector.hours_person_month * firm.wage_usd_hour
    usual_wages = wages / firm.model.wage_level
    usual_revenue = orders * p.sector.order_value_usd
    usual_running = running(firm, p.sector.order_value_usd, usual_wages / ways["wage"] * ways["output"])
    usual_overhead = max(usual_revenue * (1.0 - p.sector.net_margin) - usual_running, 0.0)
    firm.overhead_usd_month = usual_overhead * ways["overhead"]
    revenue = orders * firm.price_usd
    hours_paid = total(firm.hand_hours_order) / p.throughput.normal_utilisation
    fixed = firm.overhead_usd_month / max(orders, 1.0)
    firm.markup = firm.price_usd / (firm.materials_usd_order + firm.wage_usd_hour * hours_paid + fixed) - 1.0
    firm.outflow_usd = orders * firm.materials_usd_order + wages + firm.overhead_usd_month
    firm.profit_usd = revenue - running(firm, firm.price_usd, usual_wages) - firm.overhead_usd_month
    days = p.sector.cash_days_median * exp_(p.finance.buffer_spread * normal_(firm.draw_at_birth("cash")))
    firm.buffer_days = min(max(days, 2.0), 400.0)
    firm.months_below = -int(p.finance.startup_months)
    savings = exp_(p.finance.entrant_cash_spread * normal_(firm.draw_at_birth("savings")))
    firm.book("owner", p.finance.entrant_cash_days * savings / 30.0 * firm.outflow_usd)
    firm.overdraft_limit_cents = int(cents(p.finance.overdraft_days / 30.0 * firm.outflow_usd))
    firm.fund_usd = p.choosing.fund_start_months * p.choosing.fund_share * revenue


def running(firm: Firm, price_usd: float, wages_usd: float) -> float:
    """Materials at the market's cost, wages, replacing those who quit, and faults redone or given back."""
    p = firm.model.params
    materials = firm.normal_orders * p.sector.order_value_usd * p.sector.materials_share
    turnover = wages_usd * 12.0 * p.staffing.hire_cost_years * p.sector.quits_month
    systematic = p.errors.systematic_share * (1.0 - p.errors.quality_mean) * (1.0 - p.errors.caught_share)
    redone = p.rework.redone_share
    returned = (1.0 - redone) * p.rework.refund_share * firm.normal_orders * price_usd
    faults = (systematic + p.errors.slip_share) * (redone * materials + returned)
    return materials + wages_usd + turnover + faults


def buy_equipment(firm: Firm) -> None:
    """The tightest stage a little above normal orders, the other chain stages above it, no limit elsewhere."""
    p = firm.model.params
    drawn = {s: normal_(firm.draw_at_birth("equipment", s + 1)) for s in STAGES if p.sector.chain[s] > 0.0}
    tightest = min(drawn, key=drawn.__getitem__)
    if p.setup.bottleneck_stage >= 0.0:
        wanted = int(p.setup.bottleneck_stage)
        drawn[tightest], drawn[wanted], tightest = drawn[wanted], drawn[tightest], wanted
    lowest = firm.normal_orders / p.throughput.equipment_utilisation
    firm.equipment_orders = [math.inf for _ in STAGES]
    for s, z in drawn.items():
        above = min(p.throughput.equipment_spread * (z - drawn[tightest]), 50.0)
        firm.equipment_orders[s] = lowest * exp_(above)


def set_up_processes(firm: Firm, shift: float) -> None:
    """Sounder under a good owner, poorer than usual as everything is new."""
    p = firm.model.params
    mean = p.errors.quality_mean + p.management.process_effect * firm.owner_quality + shift
    firm.process_quality = []
    for s in STAGES:
        drawn = mean + p.errors.quality_spread * normal_(firm.draw_at_birth("process", s + 1))
        firm.process_quality.append(min(max(drawn, 0.05), 0.95))
    firm.quality_kept = list(firm.process_quality)


def find_a_place(firm: Firm) -> None:
    """Lasting appeal that would keep the customers of a firm of its size, at what is expected of it."""
    p, market = firm.model.params, firm.model
    firm.awareness_usual, firm.advertising = p.demand.awareness_small, 1.0
    firm.awareness = firm.awareness_usual * p.reputation.entrant_awareness
    size = firm.normal_orders / market.reference_orders
    told = p.satisfaction.word_of_mouth * (1.0 - p.demand.outside_share)
    met = (p.demand.looks * (firm.awareness_usual / market.reference_awareness) + told * size) / (p.demand.looks + told)
    others = [other for other in market.open_firms() if other is not firm]
    orders = total([other.orders_served for other in others])
    usual = total([other.orders_served * value_expected(other) for other in others]) / max(orders, 1)
    felt = total([other.orders_served * felt_gap(other, usual) for other in others]) / max(orders, 1)
    leaving = -p.satisfaction.leave_slope * (felt_gap(firm, usual) - felt)
    firm.appeal_base = log_(size / met) + leaving - value_expected(firm)
    firm.markup_own = firm.markup - shop.premium(firm)


def value_expected(firm: Firm) -> float:
    """What customers would have from the wait, faults and price that the market thinks it has."""
    (wait, quality, price), usual = firm.model.weights(), firm.model.params.sector.order_value_usd
    return -(wait * firm.wait_seen) - quality * firm.faults_seen - price * log_(firm.price_usd / usual)


def felt_gap(firm: Firm, usual: float) -> float:
    """What that feels like to somebody who expects the usual."""
    gap = value_expected(firm) - usual
    return gap * firm.model.params.satisfaction.loss_weight if gap < 0.0 else gap
