"""Finance (M17): payments in a stated order, the owner's payout, and firms that close.

Half of small firms hold less than a month of outflow in cash (JPMorgan Chase Institute 2016), so the order of payments
matters: customers pay, refunds and materials, wages, overhead, tools, interest and repayment, and last the owner.
"""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Bools, Floats, Ints
from sim.state import FLOW, NO_TOOL, SEARCHING
from sim.world import World, as_it_was, mechanism

OPERATING = [FLOW[name] for name in (
    "sales", "refunds", "wages", "hiring", "materials", "overhead", "tools_running", "assessment", "safeguards",
    "breaches", "fines", "interest",
)]


@mechanism("firms.flow_cents")
def open_the_books(world: World) -> None:
    """A fresh page for this month's payments."""
    world.firms.flow_cents[:] = 0


@mechanism("firms.flow_cents firms.debt_cents firms.repayment_cents")
def pay_bills(world: World) -> None:
    """Book sales, refunds, materials, wages, overhead, tools, interest and repayment of this month."""
    firms, p, w = world.firms, world.params, world.firms.world
    rows = np.nonzero(firms.open)[0]
    staff = numerics.count_by(world.people.employer, len(w))
    sales = firms.orders_served * firms.price_usd
    refunds = (firms.orders_faulty + firms.orders_harmed) * firms.price_usd * p.rework.refund_share[w]
    made = firms.orders_served * (1.0 + world.redone_share)
    wages = staff * p.sector.hours_person_month[w] * firms.wage_usd_hour
    owed = numerics.usd(np.maximum(-firms.cash_cents, 0) + firms.debt_cents)
    overhead = firms.overhead_usd_month * np.where(firms.months_below < 0, p.finance.startup_overhead[w], 1.0)
    for account, usd in (
        ("sales", sales), ("refunds", -refunds), ("materials", -made * firms.materials_usd_order),
        ("wages", -wages), ("overhead", -overhead), ("tools_running", -_tools_usd(world, sales)),
        ("interest", -world.worlds.interest_month[w] * owed),
    ):
        world.pay(rows, FLOW[account], usd[rows])
    repaid = np.minimum(firms.repayment_cents, firms.debt_cents)
    firms.flow_cents[:, FLOW["loans"]] -= repaid
    firms.debt_cents[:] -= repaid
    firms.repayment_cents[firms.debt_cents == 0] = 0


def _tools_usd(world: World, sales_usd: Floats) -> Floats:
    """Subscriptions of everything bought, what rules add to tools, and fees on the orders that go through live ones."""
    firms, catalogue, w = world.firms, world.params.catalogue, world.firms.world
    usd = numerics.row_sum(np.where(firms.tool_family != NO_TOOL, firms.tool_fee_usd_month, 0.0))
    live = world.tools_at_work
    for slot in np.nonzero(live.any(axis=0))[0]:
        rows = np.nonzero(live[:, slot])[0]
        family, own = firms.tool_family[rows, slot], w[rows]
        through = firms.automated_share[rows, catalogue.main_stage[own, family].astype(np.int64)]
        usd[rows] += catalogue.per_use_share[own, family] * through * sales_usd[rows]
        usd[rows] += world.worlds.rule_usd_month[own, family]
    return usd


@mechanism(
    "firms.cash_cents firms.profit_usd firms.outflow_usd firms.fund_usd firms.ledger_saving_usd"
)
def settle_accounts(world: World) -> None:
    """The month's payments move cash and debt; the owner's running picture of profit and outflow follows."""
    firms, p, w = world.firms, world.params, world.firms.world
    firms.cash_cents[:] += firms.flow_cents.sum(axis=1)
    operating = firms.flow_cents[:, OPERATING]
    memory = p.finance.profit_memory_month[w]
    profit, outflow = numerics.usd(operating.sum(axis=1)), -numerics.usd(np.minimum(operating, 0).sum(axis=1))
    firms.profit_usd[:] = np.where(firms.open, memory * firms.profit_usd + (1.0 - memory) * profit, 0.0)
    firms.outflow_usd[:] = np.where(firms.open, memory * firms.outflow_usd + (1.0 - memory) * outflow, 0.0)
    discount = numerics.power(1.0 / (1.0 + p.choosing.discount_month), float(world.month))[w]
    firms.ledger_saving_usd[:] += firms.hours_automated * firms.wage_usd_hour * discount
    saved = p.choosing.fund_share[w] * numerics.usd(firms.flow_cents[:, FLOW["sales"]])
    most = p.choosing.fund_cap_months[w] * p.choosing.fund_share[w] * firms.normal_orders * firms.price_usd
    firms.fund_usd[:] = np.where(firms.open, np.minimum(firms.fund_usd + saved, np.maximum(most, firms.fund_usd)), 0.0)


@mechanism("firms.flow_cents firms.cash_cents", neutral=as_it_was, neutral_text="payout 0")
def pay_the_owner(world: World) -> None:
    """The owner takes out part of the cash above the buffer and the fund; nothing in debt or while starting up."""
    firms, p, w = world.firms, world.params.finance, world.firms.world
    buffer_usd = firms.buffer_days / 30.0 * firms.outflow_usd + firms.fund_usd + firms.explore_usd
    spare_usd = numerics.usd(firms.cash_cents) - buffer_usd
    spare_cents = numerics.cents(p.payout_share[w] * np.maximum(spare_usd, 0.0))
    payout = np.where(firms.open & (firms.debt_cents == 0) & (firms.months_below >= 0), spare_cents, 0)
    firms.flow_cents[:, FLOW["owner"]] -= payout
    firms.cash_cents[:] -= payout


def nobody_closes(world: World) -> None:
    """No firm closes."""
    world.firms.months_below[:] = 0


CLOSE_WRITES = (
    "firms.open firms.months_below firms.flow_cents firms.cash_cents firms.debt_cents firms.repayment_cents "
    "firms.orders_backlog firms.orders_lost firms.posts firms.tool_family people.employer people.tenure "
    "customers.supplier firms.fund_usd firms.explore_usd"
)


@mechanism(CLOSE_WRITES, neutral=nobody_closes, neutral_text="no closure")
def close_firms(world: World) -> None:
    """Close firms without cash and credit, and those whose owner has long earned too little."""
    firms, p, w = world.firms, world.params.finance, world.firms.world
    broke = firms.open & (firms.cash_cents < -firms.overdraft_limit_cents)
    floor_usd = p.outside_option[w] * firms.normal_orders * firms.price_usd
    below = firms.open & (firms.profit_usd < floor_usd)
    young = firms.months_below < 0
    firms.months_below[:] = np.where(below | young, firms.months_below + 1, 0)
    gives_up = firms.months_below >= p.patience_months[w]
    closing = (broke | gives_up) & ~firms.large
    rows = np.nonzero(closing)[0]
    world.note("close", rows, broke=broke[rows].astype(np.int64))
    _wind_up(world, rows)
    _let_go(world, closing)


def _wind_up(world: World, rows: Ints) -> None:
    """What is left pays the bank first, then the owner; what is missing is written off by creditors."""
    firms = world.firms
    left = np.maximum(firms.cash_cents[rows], 0)
    missing = np.maximum(-firms.cash_cents[rows], 0)
    to_bank = np.minimum(left, firms.debt_cents[rows])
    firms.flow_cents[rows, FLOW["loans"]] -= to_bank
    firms.flow_cents[rows, FLOW["owner"]] -= left - to_bank
    firms.flow_cents[rows, FLOW["written_off"]] += missing
    firms.orders_lost[rows] += firms.orders_backlog[rows]
    for column in (firms.cash_cents, firms.debt_cents, firms.repayment_cents, firms.orders_backlog, firms.posts):
        column[rows] = 0
    firms.fund_usd[rows] = firms.explore_usd[rows] = 0.0
    firms.months_below[rows] = 0
    firms.tool_family[rows] = NO_TOOL
    firms.open[rows] = False


def _let_go(world: World, closing: Bools) -> None:
    """People of closed firms look for work, their customers for another firm."""
    people, customers = world.people, world.customers
    or_none = np.append(closing, [False, False])  # so that −1 and −2, who have no firm, look up the end
    leave = np.nonzero(or_none[people.employer])[0]
    people.employer[leave] = -1
    people.tenure[leave] = 0
    customers.supplier[np.nonzero(or_none[customers.supplier])[0]] = SEARCHING

