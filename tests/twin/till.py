"""Projects under way and money: what tools do once live, payments in their order, the owner's pay, closing."""

from __future__ import annotations

import numpy as np

from sim.luck import label
from sim.numerics import cents, exp_, log_, normal_, normal_share_, power_, uniform_
from sim.state import EXPANSION, FIX
from tests.twin import shop
from tests.twin.agents import STAGES, Firm, Tool, total

OPERATING = (
    "sales", "refunds", "wages", "hiring", "materials", "overhead", "tools_running", "assessment", "safeguards",
    "breaches", "fines", "interest",
)  # fmt: skip
MACHINES = 1
"""Kind of project whose equipment stands beside the old."""


def units_needed(firm: Firm) -> float:
    """Units of a tool for a firm of this size, at least one."""
    p = firm.model.params
    people = firm.normal_orders / p.sector.orders_employee_month
    return float(max(int(people / p.projects.people_per_unit + 0.5), 1))


def rated_orders(firm: Firm, family: int, units: float) -> list[float]:
    """Orders a month by stage that so many units of a tool are rated to take over."""
    p = firm.model.params
    one_unit = p.projects.people_per_unit * p.sector.orders_employee_month * p.projects.routine_share
    return [taken * (one_unit * units) for taken in p.catalogue.hours_taken[family]]


def settle_the_account(firm: Firm) -> None:
    """The project that was to go live this month shows its true cost and time: pay and wait, or stop."""
    p, month = firm.model.params, firm.model.month
    for place, tool in enumerate(firm.tools):
        if tool is None or tool.countdown == 0 or tool.due_month != month or tool.item >= FIX:
            continue
        over = cost_over_quote(firm, tool) - 1.0
        bill, planned = over * tool.quote_usd, tool.due_month - tool.start_month
        delay = int(p.overruns.delay_per_overrun * max(over, 0.0) * planned + 0.5)
        window = p.choosing.window_months
        still = max(window - (planned + delay), 0.0) / max(window - planned, 1.0)
        asked = bill > p.overruns.reconsider_above * tool.quote_usd
        worthless = asked and bill > tool.benefit_usd * still
        too_much = bill > 0.0 and bill > (firm.cash_cents + firm.overdraft_limit_cents) / 100.0
        if worthless or too_much:
            firm.tools[place] = None
            firm.model.note("stop", firm, item=tool.item, bill_usd=bill, delay=delay, unpayable=int(not worthless))
            continue
        firm.book("tools_once", -bill)
        firm.fund_usd = max(firm.fund_usd - bill, 0.0)
        tool.rest_usd *= 1.0 + over
        tool.countdown += delay
        firm.model.note("bill", firm, item=tool.item, bill_usd=bill, delay=delay)
        if delay > 0:
            firm.model.note("overrun", firm, item=tool.item, bill_usd=bill, delay=delay)


def cost_over_quote(firm: Firm, tool: Tool) -> float:
    """Final cost over the quote, a matter of firm and item: now and then from the tail, mostly near the quote."""
    p, equipment = firm.model.params.overruns, 1
    kind = int(firm.model.params.catalogue.kind[tool.item]) if tool.item < EXPANSION else equipment
    chance = (p.tail_subscription, p.tail_equipment, p.tail_integration)[kind]
    draw = uniform_(firm.luck, label("overrun"), np.uint64(0), np.uint64(tool.item + 1))
    if draw < chance:
        return min(p.tail_start * power_(draw / chance, -1.0 / p.tail_exponent), p.most)
    whole = normal_share_((log_(p.tail_start) - p.body_log_mean) / p.body_log_spread)
    z = normal_((draw - chance) / (1.0 - chance) * whole)
    return exp_(p.body_log_mean + p.body_log_spread * z)


def move_projects_on(firm: Firm) -> None:
    """A month nearer to the end; finished expansions and improvements do their work, tools go live."""
    p = firm.model.params
    for place, tool in enumerate(firm.tools):
        if tool is None:
            continue
        if tool.countdown == 0:
            tool.months_live += 1
            continue
        tool.countdown -= 1
        if tool.countdown > 0:
            continue
        firm.model.note("live", firm, item=tool.item)
        if tool.item < EXPANSION:
            continue
        if tool.item < FIX:
            firm.equipment_orders[tool.item - EXPANSION] *= 1.0 + p.projects.expansion_gain
        else:
            stage = tool.item - FIX
            firm.process_quality[stage] += p.rework.fix_gain * (1.0 - firm.process_quality[stage])
        firm.tools[place] = None


def end_pilots(firm: Firm) -> None:
    """A tool on trial costs its two ways of working; in the end it is rolled out, or the trial was all."""
    p = firm.model.params.phasing
    for place, tool in enumerate(firm.tools):
        if tool is None or not tool.live or tool.held_back == 0.0:
            continue
        firm.book("tools_running", -p.dual_running_share_month * (tool.quote_usd / (1.0 - tool.held_back)))
        if tool.months_live < p.pilot_months:
            continue
        promising = believed(firm, tool) > 0.0
        if promising and tool.rest_usd <= (firm.cash_cents + firm.overdraft_limit_cents) / 100.0:
            firm.book("tools_once", -tool.rest_usd)
            firm.model.note("rollout", firm, item=tool.item, price_usd=tool.rest_usd)
            firm.fund_usd = max(firm.fund_usd - tool.rest_usd, 0.0)
            tool.fee_usd_month /= 1.0 - tool.held_back
            tool.held_back, tool.rest_usd, tool.months_live = 0.0, 0.0, 0
        else:
            firm.tools[place] = None
            firm.model.note("pilot_stop", firm, item=tool.item, unpayable=int(promising))


def believed(firm: Firm, tool: Tool) -> float:
    """What the owner believes after the pilot, per dollar of the price: forecast and pilot, by how exact they are."""
    p, price = firm.model.params, max(tool.quote_usd / (1.0 - tool.held_back), 1.0)
    foreseen = (tool.benefit_usd - tool.quote_usd) / price
    done = skill_carried_on(firm, tool) * tool.usage * p.catalogue.works[tool.item]
    short = 1.0 - done / exp_(p.choosing.optimism)
    luck = normal_(uniform_(firm.luck, label("pilot"), np.uint64(0), np.uint64(tool.item + 1)))
    seen = foreseen - short * tool.promise_usd / price + p.phasing.pilot_noise * luck
    prior, noise = p.phasing.prior_spread**2, p.phasing.pilot_noise**2
    return foreseen + (prior / (prior + noise) if prior + noise > 0.0 else 0.0) * (seen - foreseen)


def skill_carried_on(firm: Firm, tool: Tool) -> float:
    """Mean of the months to come: each closes as much of what people lack as a month of the trial did."""
    p, month = firm.model.params, firm.model.month
    lacked = max(1.0 - p.skill.start, 1.0 - tool.skill)
    still = (1.0 - tool.skill) / lacked if lacked > 0.0 else 0.0
    pace = power_(still, 1.0 / max(tool.months_live - 1.0, 1.0)) if still > 0.0 else 0.0
    left = max(int(p.choosing.window_months) - (month - tool.start_month), 1)
    lacking, skills = 1.0 - tool.skill, []
    for _ in range(left):
        lacking *= pace
        skills.append(1.0 - lacking)
    return total(skills) / left


def put_tools_to_work(firm: Firm) -> None:
    """What live tools take over, add to equipment and give customers."""
    catalogue = firm.model.params.catalogue
    firm.tool_orders, firm.equipment_bonus = [0.0 for _ in STAGES], [0.0 for _ in STAGES]
    firm.tool_servers, firm.convenience, firm.convenience_second = [0.0 for _ in STAGES], 0.0, 0.0
    for tool in firm.tools:
        if tool is None or not tool.live:
            continue
        used = tool.usage * (1.0 - tool.held_back) * tool.strength * ((1.0 - tool.out) * catalogue.works[tool.item])
        at_work = tool.units * tool.skill * used
        for stage, orders in enumerate(rated_orders(firm, tool.item, at_work)):
            firm.tool_orders[stage] += orders
            serves = catalogue.hours_taken[tool.item][stage] > 0.0
            firm.tool_servers[stage] += at_work if serves else 0.0
        main_stage = int(catalogue.main_stage[tool.item])
        firm.equipment_bonus[main_stage] += catalogue.equipment_gain[tool.item] * used
        firm.convenience += catalogue.convenience[tool.item] * used
        firm.convenience_second += catalogue.convenience_second[tool.item] * used


def settle_in(firm: Firm) -> None:
    """Tools in use slow hands at their stages and keep the owner busy, half as much every half-life."""
    p = firm.model.params
    kept, claimed = [1.0 for _ in STAGES], 0.0
    for tool in firm.tools:
        if tool is None or not tool.live or tool.usage <= 0.0:
            continue
        left = power_(0.5, tool.months_live / p.disruption.half_life_months) * (1.0 - tool.held_back)
        gain, main = p.catalogue.equipment_gain[tool.item], int(p.catalogue.main_stage[tool.item])
        for stage in STAGES:
            changed = min(p.catalogue.hours_taken[tool.item][stage] * p.projects.routine_share, 1.0)
            if p.catalogue.kind[tool.item] == MACHINES and stage == main:
                changed = max(changed - gain / (1.0 + gain), 0.0)
            kept[stage] *= 1.0 - p.disruption.depth * left * changed
        claimed += p.disruption.owner_hours_month * left
    firm.disruption = [1.0 - share for share in kept]
    firm.owner_hours = max(firm.owner_hours - claimed, 0.0)


def miss_edges(firm: Firm) -> None:
    """Edges lacking to the tools' work at each stage; where a hub works each tool lacks one, shared by its stages."""
    catalogue, dense = firm.model.params.catalogue, firm.model.params.environment.edge_density
    firm.edges_missing = [0.0 for _ in STAGES]
    if firm.integrate != 0.0:
        return
    for tool in filter(lambda tool: tool is not None and tool.live and tool.usage > 0.0, firm.tools):
        part = dense / max(dense * catalogue.edges[tool.item], 1.0) if shop.has_hub(firm) else dense
        at_work = tool.units * tool.skill * (tool.usage * (1.0 - tool.held_back) * catalogue.works[tool.item])
        for s, own in enumerate(rated_orders(firm, tool.item, at_work)):
            if own > 0.0:
                firm.edges_missing[s] += part * catalogue.edges_at[tool.item][s] * own / firm.tool_orders[s]


def pay_bills(firm: Firm) -> None:
    """Customers pay; refunds, materials, wages, overhead, tools and interest are paid; loans are repaid."""
    p = firm.model.params
    sales = firm.orders_served * firm.price_usd
    made = firm.orders_served * (1.0 + shop.redone_share(firm))
    owed = (max(-firm.cash_cents, 0) + firm.debt_cents) / 100.0
    firm.book("sales", sales)
    firm.book("refunds", -((firm.orders_faulty + firm.orders_harmed) * firm.price_usd * p.rework.refund_share))
    firm.book("materials", -made * firm.materials_usd_order)
    firm.book("wages", -(len(firm.staff()) * p.sector.hours_person_month * firm.wage_usd_hour))
    starting = firm.months_below < 0
    firm.book("overhead", -(firm.overhead_usd_month * (p.finance.startup_overhead if starting else 1.0)))
    firm.book("tools_running", -tools_usd(firm, sales))
    firm.book("interest", -firm.model.interest_month * owed)
    repaid = min(firm.repayment_cents, firm.debt_cents)
    firm.flow_cents["loans"] -= repaid
    firm.debt_cents -= repaid
    if firm.debt_cents == 0:
        firm.repayment_cents = 0


def tools_usd(firm: Firm, sales_usd: float) -> float:
    """Subscriptions of everything bought and fees on the orders that pass live tools."""
    catalogue = firm.model.params.catalogue
    usd = total([tool.fee_usd_month for tool in firm.tools if tool is not None])
    for tool in firm.tools:
        if tool is not None and tool.live:
            through = firm.automated_share[int(catalogue.main_stage[tool.item])]
            usd += catalogue.per_use_share[tool.item] * through * sales_usd
            usd += firm.model.rule_usd_month[tool.item]
    return usd


def settle_accounts(firm: Firm) -> None:
    """The month's payments move cash; the owner's picture of profit and outflow, and the fund, follow."""
    p, month = firm.model.params, firm.model.month
    firm.cash_cents += sum(firm.flow_cents.values())
    operating = [firm.flow_cents[account] for account in OPERATING]
    memory, new = p.finance.profit_memory_month, 1.0 - p.finance.profit_memory_month
    firm.profit_usd = memory * firm.profit_usd + new * (sum(operating) / 100.0)
    firm.outflow_usd = memory * firm.outflow_usd + new * (-sum(min(flow, 0) for flow in operating) / 100.0)
    discount = power_(1.0 / (1.0 + p.choosing.discount_month), float(month))
    firm.ledger_saving_usd += firm.hours_automated * firm.wage_usd_hour * discount
    saved = p.choosing.fund_share * (firm.flow_cents["sales"] / 100.0)
    most = p.choosing.fund_cap_months * p.choosing.fund_share * firm.normal_orders * firm.price_usd
    firm.fund_usd = min(firm.fund_usd + saved, max(most, firm.fund_usd))


def pay_the_owner(firm: Firm) -> None:
    """Without debt and once started up, the owner takes part of the cash above the buffer and the fund."""
    if firm.debt_cents != 0 or firm.months_below < 0:
        return
    buffer_usd = firm.buffer_days / 30.0 * firm.outflow_usd + firm.fund_usd + firm.explore_usd
    spare_usd = max(firm.cash_cents / 100.0 - buffer_usd, 0.0)
    payout = int(cents(firm.model.params.finance.payout_share * spare_usd))
    firm.flow_cents["owner"] -= payout
    firm.cash_cents -= payout


def consider_closing(firm: Firm) -> None:
    """Small firms close without cash and credit, or when their owners have long earned too little."""
    p = firm.model.params.finance
    broke = firm.cash_cents < -firm.overdraft_limit_cents
    below = firm.profit_usd < p.outside_option * firm.normal_orders * firm.price_usd
    firm.months_below = firm.months_below + 1 if below or firm.months_below < 0 else 0
    if not firm.large and (broke or firm.months_below >= p.patience_months):
        firm.closed_month = firm.model.month
        firm.model.note("close", firm, broke=int(broke))
        wind_up(firm)


def wind_up(firm: Firm) -> None:
    """What is left pays the bank, then the owner; what is missing is written off; people and customers are free."""
    left, missing = max(firm.cash_cents, 0), max(-firm.cash_cents, 0)
    to_bank = min(left, firm.debt_cents)
    firm.flow_cents["loans"] -= to_bank
    firm.flow_cents["owner"] -= left - to_bank
    firm.flow_cents["written_off"] += missing
    firm.orders_lost += firm.orders_backlog
    firm.cash_cents = firm.debt_cents = firm.repayment_cents = firm.orders_backlog = firm.posts = 0
    firm.fund_usd, firm.explore_usd, firm.months_below, firm.open = 0.0, 0.0, 0, False
    firm.tools = [None for _ in firm.tools]
    for person in firm.staff():
        person.leave()
    for customer in firm.model.customers:
        if customer.supplier is firm:
            customer.supplier, customer.searching = None, True
    firm.remove()
