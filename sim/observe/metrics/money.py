"""Metrics of money: what the owner is left with, what automation cost, what it seems to have brought."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim import numerics
from sim.arrays import Bools, Floats
from sim.mechanisms.finance import OPERATING
from sim.observe.metrics.base import YEAR, Lived, Month, Monthly, Overall, at_the_end, column, dollars, over
from sim.state import FLOW, FLOWS

EARNING = tuple(name for name in FLOWS if name not in ("loans", "owner", "written_off"))
"""Payments that earn or cost money; loans, the owner's pay and what creditors write off only move it."""
COSTS = tuple(name for name in EARNING if name not in ("sales", "tools_once"))
CAUSED = ("tools_once", "tools_running", "assessment", "safeguards", "breaches", "fines")
"""Payments that automation causes."""
YEARS_OF_PROFIT = 2.5  # assumption: small firms change hands at two to three times what they earn the owner in a year


def _value(run: Lived) -> Floats:
    final = (run.end("cash_usd") - run.end("debt_usd")) * run.weight[:, -1]
    return -run.present_value(run["flow_owner"]) + final


def _cost(run: Lived) -> Floats:
    return run.present_value(-run.flows(*CAUSED))


def _going_concern(run: Lived) -> Floats:
    profit_year = YEAR * run.last_year("profit_usd")
    return YEARS_OF_PROFIT * np.maximum(profit_year, 0.0) * run.end("alive") * run.weight[:, -1]


def _ledger(run: Lived) -> Floats:
    return run.end("ledger_saving_usd") - _cost(run)


def _before(run: Lived) -> tuple[Floats, Floats, Floats]:
    """Months since the first purchase, those of the year before it, and how many those are."""
    months, first = np.arange(run.months), run.first_purchase[:, None]
    before = (months < first) & (months >= first - YEAR)
    return (months >= first).astype(np.float64), before.astype(np.float64), before.sum(axis=1).astype(np.float64)


def _before_and_after(run: Lived) -> Floats:
    since, before, count = _before(run)
    earned = run.flows(*EARNING)
    usual = over((earned * before).sum(axis=1), count)
    gain = run.present_value(since * (earned - usual[:, None]))
    return np.where(since.any(axis=1), gain, 0.0)


FAST_YEAR = 0.15


def _grown(month: Month) -> Bools:
    """Firms whose sales of the last twelve months beat those of the twelve before by more than FAST_YEAR."""
    latest = (month.world.month - 1 - np.arange(2 * YEAR)) % (2 * YEAR)
    last, before = (month.sales_usd[latest[part]].sum(axis=0) for part in (slice(YEAR), slice(YEAR, None)))
    return month.here & (before > 0.0) & (last > before * (1.0 + FAST_YEAR)) & (month.world.month >= 2 * YEAR)


def _fast_growth(run: Lived) -> Floats:
    return run.end("grown") if run.months >= 2 * YEAR else np.full(len(run["alive"]), np.nan)


def _refunds_avoided(run: Lived) -> Floats:
    since, before, _ = _before(run)
    usual = over((run["flow_refunds"] * before).sum(axis=1), (run["flow_sales"] * before).sum(axis=1))
    expected = np.nan_to_num(usual)[:, None] * run["flow_sales"]
    return np.where(np.isnan(usual), 0.0, run.present_value(since * (run["flow_refunds"] - expected)))


def _growth(run: Lived) -> Floats:
    """Annual growth from the first to the last twelve months, NaN in runs under two years, −1 where it closed."""
    sales, years = run["flow_sales"], run.months / YEAR - 1.0
    if run.months < 2 * YEAR:
        return np.full(len(sales), np.nan)
    first, last = sales[:, :YEAR].sum(axis=1), sales[:, -YEAR:].sum(axis=1)
    gone = (run.end("alive") == 0.0) | (first <= 0.0) | (last <= 0.0)
    ratio: Floats = np.where(gone, 1.0, last) / np.where(gone, 1.0, first)
    grown: Floats = numerics.exp(numerics.log(ratio) / years) - 1.0
    return np.where(gone, -1.0, grown)


def _unit_cost(run: Lived) -> Floats:
    spent = -run.flows(*COSTS)[:, run.last].sum(axis=1)
    return over(spent, run["orders_served"][:, run.last].sum(axis=1))


def _ruined(run: Lived) -> Floats:
    broke = (run["flow_written_off"] > 0.0).any(axis=1)
    return np.where(run.firms == 1, broke.astype(np.float64), np.nan)


def _paid(account: int) -> Callable[[Month], Floats]:
    """Takes the payments of a month on an account."""
    return lambda month: month.flow(account)


SCALARS = (
    Overall("owner_value_usd", "USD", "What the firm was worth to its owner",
            "money the owner took out, and what was left in the end less debts, discounted", 1, of=_value),
    Overall("automation_cost_usd", "USD", "Cash that automation caused",
            "prices, fees, assessment, training, severance, safety, stolen data, fines, discounted", -1, of=_cost),
    Overall("enterprise_value_usd", "USD", "What the firm would sell for in the end",
            "two and a half years of the last year's profit; 0 at a loss or once closed; discounted", 1,
            of=_going_concern),
    Overall("ledger_saving_usd", "USD", "Hours replaced, at the wage", "the vendor's view of what tools saved",
            of=at_the_end("ledger_saving_usd")),
    Overall("refunds_avoided_usd", "USD", "Refunds avoided, before and after",
            "against the share refunded in the year before the first purchase, discounted", 1, of=_refunds_avoided),
    Overall("ledger_gain_usd", "USD", "Hours replaced less all that was paid", "the narrow view of a ledger", 1,
            of=_ledger),
    Overall("beyond_ledger_usd", "USD", "Owner's worth beyond that ledger", "what hours replaced do not show",
            of=lambda run: _value(run) - _ledger(run)),
    Overall("before_after_gain_usd", "USD", "Money made since, against the year before",
            "the owner's own reckoning after the first purchase; what would have changed anyway is in it; discounted",
            1, of=_before_and_after),
    Overall("cash_trough_usd", "USD", "Lowest cash", "the worst month-end in the till, overdraft below zero", 1,
            of=lambda run: run["cash_usd"].min(axis=1)),
    Overall("ruined", "share", "Ran out of money", "closed with cash and credit used up; missing for a mean firm", -1,
            of=_ruined),
    Overall("revenue_last_year_usd", "USD", "Sales of the last year", "sum over the last twelve months", 1,
            of=lambda run: run.year_sum("flow_sales")),
    Overall("revenue_growth_year", "share/year", "Growth of sales a year", "first year to last year; −1 if closed", 1,
            of=_growth),
    Overall("fast_growth_share", "share", "Grew by more than 15%",
            "in the last year; 1 or 0, or the share of firms; who has closed did not grow; missing in runs under two "
            "years", 1, of=_fast_growth),
    Overall("unit_cost_usd", "USD", "Cost of an order", "all running costs over orders delivered, last year", -1,
            of=_unit_cost),
)

SERIES = (
    Monthly("cash_usd", "USD", "Cash", "month-end; below zero is overdraft", 1, of=dollars("cash_cents")),
    Monthly("profit_usd", "USD/month", "Profit",
            "sales less all running costs and interest; before the owner's pay", 1,
            of=lambda month: numerics.usd(month.own("flow_cents")[:, OPERATING].sum(axis=1))),
    Monthly("grown", "share", "Sales up by more than 15%", "the last twelve months over the twelve before; 1 or 0", 1,
            of=_grown),
    Monthly("debt_usd", "USD", "Loans to repay", "month-end", -1, of=dollars("debt_cents")),
    Monthly("overdraft_limit_usd", "USD", "Overdraft limit", "how far below zero the bank lets it go",
            of=dollars("overdraft_limit_cents")),
    Monthly("price_usd", "USD", "Price of a mean order", "list price", of=column("price_usd")),
    Monthly("markup", "share", "What it asks over its cost", "markup it would set now; its own, demand and quality",
            of=column("markup")),
    Monthly("fund_usd", "USD", "Put aside for projects", "month-end", of=column("fund_usd")),
    Monthly("ledger_saving_usd", "USD", "Hours replaced, at the wage", "discounted, so far: the vendor's view",
            of=column("ledger_saving_usd"), lasting=True),
    *(Monthly(f"flow_{name}", "USD/month", f"Payments: {name.replace('_', ' ')}", "+ into the till",
              of=_paid(FLOW[name]), closed=None) for name in FLOWS),
)
