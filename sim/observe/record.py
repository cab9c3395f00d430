"""Writing down a run: one number per metric, month and world, and the scalars that follow from them.

The firms watched are those of month 0 that the question is about. A closed firm counts as zero money, zero orders,
not as missing; its slot may since have gone to an entrant, who is not counted.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim import numerics
from sim.arrays import Bools, Floats, Ints
from sim.mechanisms.finance import OPERATING
from sim.observe.metrics import METRICS, SERIES
from sim.state import FLOW, FLOWS
from sim.world import World

YEAR = 12
OVER_THE_RUN = ("quits", "hires", "laid_off", "hours_trained", "hours_retrained", "breaches", "fined", "orders_harmed")


TOTALS = ("ledger_saving_usd", "forecast_sales_usd", "forecast_labour_usd", "forecast_cost_usd")


class Watched(NamedTuple):
    """Rows of the firms watched, the births they must still hold, and running totals (4, rows) of each firm."""

    rows: Ints
    births: Ints
    per_world: int
    totals: Floats

    def present(self, world: World) -> Bools:
        """Which watched firms are still in business, (rows,)."""
        return world.firms.open[self.rows] & self.kept(world)

    def kept(self, world: World) -> Bools:
        """Which slots still hold the watched firm, open or closed (its last payments count)."""
        return world.firms.birth[self.rows] == self.births


def watch(world: World, firms_per_world: int) -> Watched:
    """Watch the first so many firms of every world."""
    starts = np.arange(len(world.worlds.luck)) * world.firm_slots
    rows = (starts[:, None] + np.arange(firms_per_world)).reshape(-1)
    return Watched(rows, world.firms.birth[rows].copy(), firms_per_world, np.zeros((len(TOTALS), len(rows))))


# One line per metric is easier to check than three functions of ten.
def month_row(world: World, watched: Watched) -> Floats:
    """This month's value of every series metric for every world, (metrics, worlds)."""
    firms, rows, here = world.firms, watched.rows, watched.present(world)
    staff = numerics.count_by(world.people.employer, len(firms.world))
    chain = world.params.sector.chain[firms.world[rows]] > 0.0
    quality = numerics.row_sum(np.where(chain, firms.process_quality[rows], 0.0)) / chain.sum(axis=1)
    market = world.sum_by_world(firms.world, firms.orders_served.astype(np.float64))[firms.world[rows]]
    values = {
        "alive": here, "cash_usd": numerics.usd(firms.cash_cents[rows]),
        "profit_usd": numerics.usd(firms.flow_cents[rows][:, OPERATING].sum(axis=1)),
        "debt_usd": numerics.usd(firms.debt_cents[rows]),
        "overdraft_limit_usd": numerics.usd(firms.overdraft_limit_cents[rows]),
        "orders_demanded": firms.orders_new[rows], "orders_served": firms.orders_served[rows],
        "orders_lost": firms.orders_lost[rows], "wait_ratio": firms.wait_ratio[rows],
        "utilisation": firms.utilisation[rows], "overload": firms.overload[rows], "employees": staff[rows],
        "laid_off": firms.laid_off[rows], "hours_trained": firms.hours_trained[rows],
        "hours_retrained": firms.hours_retrained[rows],
        "morale": world.sum_by_firm(world.people.employer, world.people.morale)[rows] / np.maximum(staff[rows], 1),
        "quits": firms.quits[rows], "hires": firms.hires[rows], "hours_automated": firms.hours_automated[rows],
        "hours_paid": staff[rows] * world.params.sector.hours_person_month[firms.world[rows]],
        "hours_idle": firms.hours_idle[rows], "price_usd": firms.price_usd[rows], "markup": firms.markup[rows],
        "faulty_share": firms.fault_share[rows], "found_share": world.redone_share[rows],
        "escaped_share": firms.orders_faulty[rows] / np.maximum(firms.orders_served[rows], 1),
        "reputation": firms.reputation[rows], "process_quality": quality, "projects": firms.projects[rows],
        "market_share": firms.orders_served[rows] / np.where(market > 0.0, market, 1.0),
        "fund_usd": firms.fund_usd[rows], **_by_segment(world, rows), **_trust(world, rows),
    }
    out = {name: np.where(here, value, 0.0) for name, value in values.items()}
    out["bottleneck"] = np.where(here, firms.bottleneck[rows], -1)
    kept = watched.kept(world)
    for name, total in zip(TOTALS, watched.totals, strict=True):
        total[kept] = getattr(firms, name)[rows[kept]]
        out[name] = total
    for account, name in enumerate(FLOWS):
        out[f"flow_{name}"] = np.where(kept, numerics.usd(firms.flow_cents[rows, account]), 0.0)
    return _mean(np.stack([out[name].astype(np.float64, copy=False) for name in SERIES]), watched.per_world)


def _by_segment(world: World, rows: Ints) -> dict[str, Floats]:
    """Sales to the second segment, and the part of last month's customers that stayed, by segment."""
    firms = world.firms
    kept = firms.customers_kept[rows] / np.maximum(firms.customers_had[rows], 1)
    share = firms.orders_segment[rows, 1] / np.maximum(firms.orders_new[rows], 1)
    sales = numerics.usd(firms.flow_cents[rows, FLOW["sales"]])
    return {"sales_second_usd": share * sales, "kept_usual": kept[:, 0], "kept_second": kept[:, 1]}


def _trust(world: World, rows: Ints) -> dict[str, Floats]:
    """What tools brought besides work: incidents, treatment of the group, data and what they are used for."""
    firms = world.firms
    names = ("breaches", "fined", "machine_decided", "error_gap", "orders_harmed", "data_insight", "input_factor")
    of_group = firms.orders_group[rows] / np.maximum(firms.orders_new[rows], 1)
    agreed = firms.consent[rows] * world.params.fairness.agree_share[firms.world[rows]]
    sales = numerics.usd(firms.flow_cents[rows, FLOW["sales"]])
    return {name: getattr(firms, name)[rows] for name in names} | {
        "sales_group_usd": of_group * sales, "consented_share": agreed,
    }


def _mean(values: Floats, per_world: int) -> Floats:
    """Mean over the watched firms of each world, in row order; (metrics, rows) -> (metrics, worlds)."""
    return numerics.row_sum(values.reshape(len(values), -1, per_world)) / per_world


# One line per metric, as above.
def scalars(series: dict[str, Floats], discount_month: float, projects_watched: int) -> dict[str, float]:
    """Scalars of one run from its series, each (months,); see `METRICS` for what they mean."""
    months = len(series["alive"])
    weight = _discount(discount_month, months)
    last = slice(max(months - YEAR, 0), months)
    caused = ("tools_once", "tools_running", "assessment", "safeguards", "breaches", "fines")
    spent = -np.sum([series[f"flow_{name}"] for name in caused], axis=0)
    final = (series["cash_usd"][-1] - series["debt_usd"][-1]) * weight[-1]
    bought = np.nonzero(series["projects"] > 0.0)[0]
    closed = np.nonzero(series["alive"] < 1.0)[0]
    forecast = {name: float(series[name][-1]) for name in SERIES if name.startswith("forecast_")}
    value, cost = float(-(series["flow_owner"] * weight).sum() + final), float((spent * weight).sum())
    ledger = float(series["ledger_saving_usd"][-1]) - cost
    out = {
        "owner_value_usd": value, "automation_cost_usd": cost,
        **forecast,
        "forecast_gain_usd": forecast["forecast_sales_usd"] + forecast["forecast_labour_usd"]
        - forecast["forecast_cost_usd"],
        "ledger_saving_usd": float(series["ledger_saving_usd"][-1]),
        "ledger_gain_usd": ledger, "beyond_ledger_usd": value - ledger,
        "projects": float(series["projects"].max()),
        "first_purchase_month": float(bought[0]) if len(bought) else np.nan,
        "alive_share": float(series["alive"][-1]),
        "closed_month": float(closed[0]) if len(closed) and projects_watched == 1 else np.nan,
        "cash_trough_usd": float(series["cash_usd"].min()),
        "revenue_last_year_usd": float(series["flow_sales"][last].sum()) * YEAR / min(months, YEAR),
        "revenue_growth_year": _growth(series["flow_sales"], float(series["alive"][-1])),
        "revenue_second_last_year_usd": float(series["sales_second_usd"][last].sum()) * YEAR / min(months, YEAR),
        "retention_usual_year": float(np.prod(series["kept_usual"][last]) ** (YEAR / min(months, YEAR))),
        "retention_second_year": float(np.prod(series["kept_second"][last]) ** (YEAR / min(months, YEAR))),
        **{name: float(series[name].sum()) for name in OVER_THE_RUN},
        "safeguards_usd": -float(series["flow_safeguards"].sum()),
        "employees_end": float(series["employees"][-1]), "market_share_end": float(series["market_share"][-1]),
    }
    for scalar, name in _LAST_YEAR.items():
        out[scalar] = float(series[name][last].mean())
    return {name: out[name] for name in METRICS if name in out}


_LAST_YEAR = {
    "orders_demanded_month": "orders_demanded", "orders_served_month": "orders_served",
    "orders_lost_month": "orders_lost", "wait_ratio": "wait_ratio", "utilisation": "utilisation",
    "overload": "overload", "morale": "morale", "faulty_share": "faulty_share",
    "hours_automated_month": "hours_automated", "error_gap": "error_gap", "consented_share": "consented_share",
    "data_insight": "data_insight",
    "hours_paid_month": "hours_paid", "hours_idle_month": "hours_idle",
}


def _discount(rate_month: float, months: int) -> Floats:
    """Value today of a dollar at the end of month 0, 1, 2 …"""
    return np.asarray(numerics.power(1.0 / (1.0 + rate_month), np.arange(months, dtype=np.float64)))


def _growth(sales: Floats, alive: float) -> float:
    """Annual growth from the first to the last twelve months, NaN in runs under two years, −1 where it closed."""
    if len(sales) < 2 * YEAR:
        return float("nan")
    first, last = float(sales[:YEAR].sum()), float(sales[-YEAR:].sum())
    if alive == 0.0 or first <= 0.0 or last <= 0.0:
        return -1.0
    years = len(sales) / YEAR - 1.0
    return float(numerics.exp(numerics.log(last / first) / years)) - 1.0

