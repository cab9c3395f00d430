"""The shop floor: what a firm's stages can do, what it delivers, how long orders wait, what is remembered of it."""

from __future__ import annotations

import math

from sim.numerics import exp_, log_, power_
from sim.params import Params
from tests.twin.agents import STAGES, Firm, total

PLAIN_MINIMUM = -1000.0
DEMAND_IS_THE_LIMIT = 9


def chain_stages(p: Params) -> list[int]:
    """Stages that every order passes."""
    return [s for s in STAGES if p.sector.chain[s] > 0.0]


def share_by_tools(load: float, tools: float, cap: float) -> float:
    """Part of a stage's work that tools do."""
    return min(tools / load, cap) if load > 0.0 else 0.0


def stage_capacity(hands: float, tools: float, cap: float, equipment: float) -> float:
    """Tools first, people for the rest and for their part of every order; equipment limits both."""
    return min(hands + tools, hands / (1.0 - cap), equipment)


def chain_capacity(p: Params, capacity: list[float]) -> float:
    """Orders a month that pass all chain stages: a CES mean just above the slowest."""
    stages, rho = chain_stages(p), p.throughput.rho
    slowest = min(capacity[s] for s in stages)
    if rho <= PLAIN_MINIMUM or slowest <= 0.0:
        return slowest
    mean = total([power_(capacity[s] / slowest, rho) for s in stages]) / len(stages)
    return slowest * power_(mean, 1.0 / rho)


def process_errors(p: Params, quality: float, automated: float) -> float:
    """Errors of the process that nobody catches."""
    return p.errors.systematic_share * (1.0 - quality) * (1.0 - p.errors.caught_share * (1.0 - automated))


def faults_of_stage(p: Params, stage: int, quality: float, automated: float) -> float:
    """Share of orders that go wrong at a stage: the process's errors that nobody catches, and slips of the hand."""
    slips = p.errors.slip_share * (1.0 - automated)
    return p.sector.error_weight[stage] * (process_errors(p, quality, automated) + slips)


def copies(p: Params, quality: list[float], automated: list[float]) -> list[float]:
    """Share of orders spoiled besides at each stage: tools do once more what the process got wrong before them."""
    spoiled = []
    for s in STAGES:
        before = total([p.sector.error_weight[t] * process_errors(p, quality[t], automated[t]) for t in range(s)])
        by_tools = automated[s] if p.sector.chain[s] > 0.0 else 0.0
        spoiled.append(p.errors.copied_downstream * by_tools * before)
    return spoiled


def inspect(firm: Firm, load: int) -> None:
    """What machines find of the slips and the process's errors of each stage, at that stage or further down."""
    p, missed_slips, missed_errors = firm.model.params, [1.0 for _ in STAGES], [1.0 for _ in STAGES]
    for tool in firm.tools:
        if tool is None or not tool.live:
            continue
        used = tool.skill * tool.usage * (1.0 - tool.held_back) * (tool.strength * p.catalogue.works[tool.item])
        rated = tool.units * p.projects.people_per_unit * p.sector.orders_employee_month
        seen = min(rated * used / max(load, 1), 1.0)
        for s in range(int(p.catalogue.main_stage[tool.item]) + 1):
            missed_slips[s] *= 1.0 - seen * p.catalogue.slips_found[tool.item]
            missed_errors[s] *= 1.0 - seen * p.catalogue.errors_found[tool.item]
    firm.slips_found = [1.0 - missed for missed in missed_slips]
    firm.errors_found = [1.0 - missed for missed in missed_errors]


def faults_shown(firm: Firm) -> float:
    """Share of orders gone wrong that machines find."""
    p, shown = firm.model.params, []
    spoiled = copies(p, firm.process_quality, firm.automated_share)
    for s in STAGES:
        errors = process_errors(p, firm.process_quality[s], firm.automated_share[s]) * firm.errors_found[s]
        slips = p.errors.slip_share * (1.0 - firm.automated_share[s]) * firm.slips_found[s]
        shown.append(p.sector.error_weight[s] * (errors + slips) + spoiled[s] * firm.errors_found[s])
    return min(total(shown), 1.0)


def redone_share(firm: Firm) -> float:
    """Orders gone wrong that are noticed in the house: by people, or by a machine where people saw nothing."""
    usual = firm.model.params.rework.redone_share
    return usual * firm.fault_share + (1.0 - usual) * firm.faults_shown


def lasting_hours(firm: Firm) -> list[float]:
    """Hours of an order by hand, by stage, with what is keyed in again."""
    again = firm.model.params.integration.rekeying_hours_order
    return [firm.hand_hours_order[s] + again * firm.automated_share[s] * firm.edges_missing[s] for s in STAGES]


def work_hours(firm: Firm) -> list[float]:
    """The same this month: more while tools settle in."""
    return [hours / (1.0 - dip) for hours, dip in zip(lasting_hours(firm), firm.disruption, strict=True)]


def has_hub(firm: Firm) -> bool:
    """Whether a hub is at work."""
    hub = firm.model.params.catalogue.hub
    return any(tool is not None and tool.live and hub[tool.item] > 0.0 for tool in firm.tools)


def hours_needed(firm: Firm, orders: float, automated: list[float], work: list[float] | None = None) -> list[float]:
    """People's hours by stage for so many orders; part of the support is needed however little is sold."""
    p, needed = firm.model.params, []
    work = firm.hand_hours_order if work is None else work
    moving = p.throughput.support_per_order_share
    support = (1.0 - moving) * firm.normal_orders + moving * orders
    for s in STAGES:
        basis = orders if p.sector.chain[s] > 0.0 else support
        needed.append(work[s] * (1.0 - automated[s]) * basis)
    return needed


def time_wanted(firm: Firm) -> list[float]:
    """How the firm would divide a person's time: in proportion to the hours of its stages that the owner leaves."""
    p = firm.model.params
    hours = hours_needed(firm, firm.orders_expected, firm.automated_share, lasting_hours(firm))
    by_owner = [p.management.hands_on_share * p.management.owner_hours_month * (s == firm.owner_stage) for s in STAGES]
    needed = [max(hours[s] / p.throughput.normal_utilisation - by_owner[s], 0.0) for s in STAGES]
    whole = total(needed)
    return [hours / (whole if whole > 0.0 else 1.0) for hours in needed]


def equipment_limit(firm: Firm, stage: int) -> float:
    """Orders a month that equipment allows, tools' additions included."""
    return firm.equipment_orders[stage] * (1.0 + firm.equipment_bonus[stage])


def plan_posts(firm: Firm) -> None:
    """Posts for the orders expected, as far as equipment lets them through."""
    p = firm.model.params
    orders = min(firm.orders_expected, *(equipment_limit(firm, s) for s in chain_stages(p)))
    automated = [share_by_tools(orders, tools, p.throughput.automatable_cap) for tools in firm.tool_orders]
    owner = p.management.hands_on_share * p.management.owner_hours_month
    hours = total(hours_needed(firm, orders, automated, lasting_hours(firm))) / p.throughput.normal_utilisation - owner
    firm.posts = math.floor(max(hours, 0.0) / p.sector.hours_person_month + 0.5)


def bring_hours(firm: Firm) -> None:
    """Employees bring their hours to their stages, the owner brings what is left of the month to one."""
    p = firm.model.params
    firm.people_hours = [0.0 for _ in STAGES]
    for person in firm.staff():
        hours = max(p.sector.hours_person_month * person.speed() - person.hours_away, 0.0)
        for s in STAGES:
            firm.people_hours[s] += hours * person.time_share[s]
    firm.people_hours[firm.owner_stage] += p.management.hands_on_share * firm.owner_hours


def share_people(firm: Firm, load: float) -> None:
    """Pooled chain hours cover short support first, then the chain stages shortest of hands."""
    p, chain = firm.model.params, chain_stages(firm.model.params)
    firm.automated_share = [share_by_tools(load, tools, p.throughput.automatable_cap) for tools in firm.tool_orders]
    needed = hours_needed(firm, load, firm.automated_share, work_hours(firm))
    short = total([max(needed[s] - firm.people_hours[s], 0.0) for s in STAGES if s not in chain])
    whole = total([firm.people_hours[s] for s in chain])
    taken = min(short, whole)
    pooled = p.throughput.pooled_share_large if firm.large else p.throughput.pooled_share
    pool = max(pooled * whole - taken, 0.0)
    kept = (whole - taken - pool) / (whole if whole > 0.0 else 1.0)
    firm.hours = list(firm.people_hours)
    for s in chain:
        firm.hours[s] = firm.people_hours[s] * kept
    level = common_level(firm, pool)
    for s in chain:
        firm.hours[s] = max(firm.hours[s], hours_asked(firm, s, level))


def hours_asked(firm: Firm, stage: int, orders: float) -> float:
    """Hours that people must bring to a stage for a capacity of so many orders."""
    cap = firm.model.params.throughput.automatable_cap
    return work_hours(firm)[stage] * max(orders - firm.tool_orders[stage], (1.0 - cap) * orders)


def common_level(firm: Firm, pool: float) -> float:
    """Orders that the pool lifts the weakest stages to: take out stages that have enough until none is left to take."""
    cap = firm.model.params.throughput.automatable_cap
    asking = [s for s in chain_stages(firm.model.params) if work_hours(firm)[s] > 0.0]
    short, beyond, level, before = asking, set[int](), 0.0, -1.0
    for _ in range(2 * len(STAGES)):
        if level == before:
            break
        slopes = [work_hours(firm)[s] * (1.0 - cap if s in beyond else 1.0) for s in short]
        saved = [work_hours(firm)[s] * firm.tool_orders[s] for s in short if s not in beyond]
        have = pool + total([firm.hours[s] for s in short]) + total(saved)
        before, level = level, have / total(slopes) if total(slopes) > 0.0 else 0.0
        beyond = {s for s in asking if firm.tool_orders[s] > cap * level}
        short = [s for s in asking if firm.hours[s] < hours_asked(firm, s, level)]
    return level


def run_the_chain(firm: Firm, load: float) -> None:
    """Capacity by stage and of the chain, how full it is, and the strain on people."""
    p = firm.model.params
    firm.capacity = []
    work = work_hours(firm)
    for s in STAGES:
        hands = firm.hours[s] / (work[s] if work[s] > 0.0 else 1.0)
        limit = equipment_limit(firm, s)
        firm.capacity.append(stage_capacity(hands, firm.tool_orders[s], p.throughput.automatable_cap, limit))
    firm.throughput = chain_capacity(p, firm.capacity)
    pace = max(firm.throughput, min(firm.capacity[s] for s in chain_stages(p)), 1e-9)
    firm.utilisation = min(load / pace, 3.0)
    firm.overload = min(max(firm.utilisation - p.throughput.overload_start, 0.0), 1.0)


def deliver(firm: Firm, load: int) -> None:
    """Serve good orders; redone ones cost capacity, unserved ones wait or are lost."""
    p, rework = firm.model.params, firm.model.params.rework
    spoiled = copies(p, firm.process_quality, firm.automated_share)
    faults = [
        faults_of_stage(p, s, firm.process_quality[s], firm.automated_share[s])
        + p.integration.error_share * firm.automated_share[s] * firm.edges_missing[s] + spoiled[s]
        for s in STAGES
    ]
    inspect(firm, load)
    firm.fault_share, firm.faults_shown = min(total(faults), 1.0), faults_shown(firm)
    good = firm.throughput * (1.0 - redone_share(firm))
    escaping = (1.0 - rework.redone_share) * (firm.fault_share - firm.faults_shown)
    firm.orders_served = min(load, math.floor(good))
    firm.orders_faulty = min(math.floor(firm.orders_served * escaping + firm.draw("faulty")), firm.orders_served)
    firm.orders_backlog = math.floor((load - firm.orders_served) * p.sector.waits_share)
    firm.orders_lost = load - firm.orders_served - firm.orders_backlog


def queue(firm: Firm, load: int) -> None:
    """How long an order waits at the chain stages and behind the backlog, over the work it takes."""
    p, wait, work = firm.model.params, 0.0, 0.0
    for s in chain_stages(p):
        work_months = firm.hand_hours_order[s] / p.sector.hours_person_month
        full = min(load / max(firm.capacity[s], firm.throughput, 1e-9), p.waiting.utilisation_cap)
        servers = max(firm.hours[s] / p.sector.hours_person_month + firm.tool_servers[s], 1.0)
        variation = 0.5 * (p.waiting.arrival_variation + p.waiting.service_variation)
        crowding = power_(full, math.sqrt(2.0 * (servers + 1.0)) - 1.0) / (servers * (1.0 - full))
        wait += work_months * variation * crowding
        work += work_months
    wait += firm.orders_backlog / max(firm.throughput, 1.0)
    firm.wait_ratio = wait / (work if work > 0.0 else 1.0) if firm.orders_served > 0 else 0.0


def see_what_limited(firm: Firm) -> None:
    """The stage that held orders back, hours that tools worked, hours that nobody needed."""
    chain = chain_stages(firm.model.params)
    served = firm.orders_served * (1.0 + redone_share(firm))
    held_back = firm.orders_lost + firm.orders_backlog > 0
    firm.bottleneck = min(chain, key=lambda s: firm.capacity[s]) if held_back else DEMAND_IS_THE_LIMIT
    by_hand = total(hours_needed(firm, served, [0.0 for _ in STAGES]))
    by_people = total(hours_needed(firm, served, firm.automated_share))
    firm.hours_automated = by_hand - by_people
    busy = total(hours_needed(firm, served, firm.automated_share, work_hours(firm)))
    firm.hours_idle = max(total(firm.people_hours) - busy, 0.0)


def work_through_the_month(firm: Firm) -> None:
    """Production, from the orders to do to what limited it."""
    load = firm.orders_new + firm.orders_backlog
    share_people(firm, float(load))
    run_the_chain(firm, float(load))
    deliver(firm, load)
    queue(firm, load)
    see_what_limited(firm)


def be_remembered(firm: Firm) -> None:
    """The market's picture of waits and quality, and the owner's of orders, follow what happened, slowly."""
    p = firm.model.params
    if firm.orders_served > 0:
        memory, faults = p.demand.experience_memory_month, firm.orders_faulty / firm.orders_served
        firm.wait_seen = memory * firm.wait_seen + (1.0 - memory) * log_(1.0 + firm.wait_ratio)
        firm.faults_seen = memory * firm.faults_seen + (1.0 - memory) * faults
    seasonless = firm.orders_new / firm.model.season
    growing = firm.months_below < 0 and seasonless > firm.orders_expected
    memory = 0.0 if growing else p.staffing.load_memory_month
    firm.orders_expected = memory * firm.orders_expected + (1.0 - memory) * seasonless


def wear_down(firm: Firm) -> None:
    """Improvements erode back to what the owner sustains."""
    p = firm.model.params
    care = exp_(-p.management.upkeep_effect * firm.owner_quality)
    lost = min(p.rework.erosion_month * care, 1.0)
    for s in STAGES:
        firm.process_quality[s] -= lost * (firm.process_quality[s] - firm.quality_kept[s])


def measure(firm: Firm) -> None:
    """Figures on the work: money and the owner's hours, every month."""
    p = firm.model.params.practices
    if firm.measurement > 0.0:
        firm.owner_hours = max(firm.owner_hours - p.measurement_hours_month * firm.measurement, 0.0)
        firm.book("assessment", -p.measurement_usd_month * firm.measurement)


def better_processes(firm: Firm) -> None:
    """Small improvements along the chain, in paid hours."""
    p = firm.model.params.practices
    if firm.upkeep > 0.0:
        firm.owner_hours = max(firm.owner_hours - p.upkeep_owner_hours_month * firm.upkeep, 0.0)
        firm.book("assessment", -p.upkeep_staff_hours_month * firm.upkeep * firm.wage_usd_hour)
        for s in chain_stages(firm.model.params):
            firm.process_quality[s] += p.upkeep_gain_month * firm.upkeep * (1.0 - firm.process_quality[s])


def within(value: float, most: float) -> float:
    """The value, at most this far from zero."""
    return min(max(value, -most), most)


def premium(firm: Firm) -> float:
    """What customers pay for fewer faults than usual, as far as they can see them."""
    p = firm.model.params
    _, quality, price = firm.model.weights()
    worth = p.prices.premium_share * quality / max(price, 0.1)
    fewer = firm.model.mean_seen("faults_seen") - firm.faults_seen
    return within(worth * p.sector.quality_observed * fewer, p.prices.most_adapted)


def reset_price(firm: Firm) -> None:
    """Now and then: unit cost at normal volume with today's tools, plus the markup."""
    p = firm.model.params
    asked = p.prices.demand_response * log_(max(firm.orders_expected, 1.0) / max(firm.normal_orders, 1.0))
    firm.markup = firm.markup_own - firm.markup_given + within(asked, p.prices.most_adapted) + premium(firm)
    if not firm.draw("price") < p.prices.reset_month:
        return
    by_people = [firm.hand_hours_order[s] * (1.0 - firm.automated_share[s]) for s in STAGES]
    hours = total(by_people) / p.throughput.normal_utilisation
    fees = total([tool.fee_usd_month if tool is not None else 0.0 for tool in firm.tools])
    fixed = (firm.overhead_usd_month + fees) / max(firm.normal_orders, 1.0)
    cost = firm.materials_usd_order + firm.wage_usd_hour * hours + fixed
    firm.price_usd = cost * (1.0 + firm.markup)


def advertise(firm: Firm) -> None:
    """Some forget the firm, advertising reminds others; more of it than usual costs more."""
    p = firm.model.params.reputation
    kept = min(firm.awareness_usual * power_(firm.advertising, p.advertising_effect), 1.0)
    firm.awareness += p.forgetting_month * (kept - firm.awareness)
    usual_usd = p.advertising_share * firm.normal_orders * firm.price_usd
    firm.book("overhead", -((firm.advertising - 1.0) * usual_usd))
