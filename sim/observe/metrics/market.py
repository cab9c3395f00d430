"""Metrics of customers and the market: who comes, who stays, what they are worth, what everybody gets out of it.

A customer of the model is a group of households that move together. What customers gain is what the firm they buy from
offers over buying from none, in money, before taste: taste has no price.
"""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Floats
from sim.mechanisms.demand import attraction, outside, relative_price, reliability
from sim.observe.metrics.base import (
    YEAR,
    Lived,
    Month,
    Monthly,
    Overall,
    at_the_end,
    column,
    mean_of_last_year,
    over,
)
from sim.params.sector import STAGES
from sim.state import FLOW

SELLING = STAGES.index("marketing_sales")


def _share(month: Month) -> Floats:
    market = month.market_orders[month.w]
    return month.own("orders_served") / np.where(market > 0.0, market, 1.0)


def _sales_second(month: Month) -> Floats:
    share = month.own("orders_segment")[:, 1] / np.maximum(month.own("orders_new"), 1)
    return share * numerics.usd(month.own("flow_cents")[:, FLOW["sales"]])


def _kept(month: Month, segment: int) -> Floats:
    return month.own("customers_kept")[:, segment] / np.maximum(month.own("customers_had")[:, segment], 1)


def _selling(month: Month) -> Floats:
    """Hours at marketing and sales at the wage, and advertising."""
    usual = month.params.reputation.advertising_share[month.w] * month.own("normal_orders") * month.own("price_usd")
    return month.own("people_hours")[:, SELLING] * month.own("wage_usd_hour") + month.own("advertising") * usual


def _worth(month: Month) -> Floats:
    """What each firm offers a usual customer besides its price, as a share of a price paid for it, (firms,)."""
    offered = attraction(month.world) + reliability(month.world)
    return offered / month.world.weights.price[month.firms.world]


def _differentiation(month: Month) -> Floats:
    worth = _worth(month)
    return worth[month.rows] - month.world.market_mean(worth)[month.w]


def _surplus(month: Month) -> Floats:
    w, firms = month.firms.world, month.firms
    elsewhere = outside(month.world)[w] / month.world.weights.price[w]
    gain = _worth(month) - numerics.log(relative_price(month.world)) - elsewhere
    return month.world.market_mean(gain * firms.price_usd)[month.w]


def _concentration(month: Month) -> Floats:
    market = month.market_orders
    share = month.firms.orders_served / np.where(market > 0.0, market, 1.0)[month.firms.world]
    return month.world.sum_by_world(month.firms.world, share * share)[month.w]


def _retention(run: Lived, segment: str) -> Floats:
    product = np.prod(run[f"kept_{segment}"][:, run.last], axis=1)
    return np.asarray(product if run.months >= YEAR else numerics.power(product, YEAR / run.months))


def _stays(run: Lived) -> Floats:
    """Share of customers who stay from one month to the next, over the last year."""
    had = run["customers"][:, run.last][:, :-1].sum(axis=1)
    now = run["customers"][:, run.last] - run["customers_won"][:, run.last]
    return np.minimum(over(now[:, 1:].sum(axis=1), had), 1.0)


def _lifetime_value(run: Lived) -> Floats:
    """Contribution of a customer in a month, for as long as customers stay, discounted."""
    contribution = run.flows("sales", "refunds", "materials")[:, run.last].sum(axis=1)
    a_month = over(contribution, run["customers"][:, run.last].sum(axis=1))
    return over(a_month, 1.0 - _stays(run) / (1.0 + run.discount_month))


def _months_to_regain(run: Lived) -> Floats:
    """From the first quarter with less than nine tenths of the first year's share until it was back, or the end."""
    share = run["market_share"]
    if run.months <= YEAR:
        return np.full(len(share), np.nan)
    quarter = (share[:, YEAR:] + share[:, YEAR - 1 : -1] + share[:, YEAR - 2 : -2]) / 3.0
    low = quarter < 0.9 * share[:, :YEAR].mean(axis=1)[:, None]
    fell = low.any(axis=1)
    months, first = np.arange(low.shape[-1]), low.argmax(axis=1)
    back = ~low & (months > first[:, None])
    until = np.where(back.any(axis=1), back.argmax(axis=1), low.shape[-1])
    return np.where(fell, until - first, np.nan).astype(np.float64)


SCALARS = (
    Overall("market_share_end", "share", "Share of the market", "of orders delivered in the last month", 1,
            of=at_the_end("market_share")),
    Overall("months_to_regain_share", "months", "Months until a lost share was back",
            "from under 90% of the first year's share; to the end where it never was; missing where it never fell", -1,
            of=_months_to_regain),
    Overall("differentiation", "share", "What it offers beyond the usual firm",
            "what customers would pay more for it, of the price; last year", 1,
            of=mean_of_last_year("differentiation")),
    Overall("revenue_second_last_year_usd", "USD", "Sales to the second kind of customer", "over the last year", 1,
            of=lambda run: run.year_sum("sales_second_usd")),
    Overall("retention_usual_year", "share", "Usual customers kept over a year", "at the pace of the last year", 1,
            of=lambda run: _retention(run, "usual")),
    Overall("retention_second_year", "share", "Second kind of customer kept over a year",
            "at the pace of the last year; 0 where there is none", 1, of=lambda run: _retention(run, "second")),
    Overall("customers_end", "customers", "Customers in the end", "groups of households, last month", 1,
            of=at_the_end("customers")),
    Overall("lifetime_value_usd", "USD", "What a customer is worth",
            "sales less materials and refunds, as long as customers stay at the pace of the last year, discounted", 1,
            of=_lifetime_value),
    Overall("acquisition_cost_usd", "USD", "What winning a customer cost",
            "hours of taking orders at the wage and advertising, for each customer won in the last year", -1,
            of=lambda run: over(run.year_sum("selling_usd"), run.year_sum("customers_won"))),
    Overall("concentration", "index 0-1", "Concentration of the market", "sum of squared shares, last year",
            of=mean_of_last_year("concentration")),
    Overall("price_market_usd", "USD", "Price in the market", "of a mean order delivered, last year",
            of=mean_of_last_year("price_market_usd")),
    Overall("surplus_usd_order", "USD", "What an order leaves its customer",
            "over buying from none of the firms, before taste; whole market, last year", 1,
            of=mean_of_last_year("surplus_usd_order")),
)

SERIES = (
    Monthly("market_share", "share", "Share of the market", "of orders delivered", 1, of=_share),
    Monthly("differentiation", "share", "What it offers beyond the usual firm",
            "what customers would pay more for it, of the price", 1, of=_differentiation),
    Monthly("reputation", "stars", "Rating above what is usual", "follows what its customers feel", 1,
            of=column("reputation")),
    Monthly("customers", "customers", "Customers", "groups of households that buy from it", 1,
            of=lambda month: month.own("customers").sum(axis=1)),
    Monthly("customers_won", "customers", "Customers won", "of this month's, those who did not buy from it last month",
            1, of=lambda month: (month.own("customers") - month.own("customers_kept")).sum(axis=1)),
    Monthly("selling_usd", "USD/month", "Cost of selling", "hours of taking orders at the wage, and advertising", -1,
            of=_selling),
    Monthly("sales_second_usd", "USD/month", "Sales to the second kind of customer", "their share of new orders", 1,
            of=_sales_second),
    Monthly("kept_usual", "share", "Usual customers who stayed", "of those of last month; 0 if there were none", 1,
            of=lambda month: _kept(month, 0)),
    Monthly("kept_second", "share", "Second kind of customer who stayed", "of those of last month; 0 if none", 1,
            of=lambda month: _kept(month, 1)),
    Monthly("orders_market", "orders/month", "Orders delivered in the market", "by all firms",
            of=lambda month: month.market_orders[month.w], closed=None),
    Monthly("concentration", "index 0-1", "Concentration of the market", "sum of squared shares of orders",
            of=_concentration, closed=None),
    Monthly("price_market_usd", "USD", "Price in the market", "of a mean order delivered",
            of=lambda month: month.world.market_mean(month.firms.price_usd)[month.w], closed=None),
    Monthly("surplus_usd_order", "USD", "What an order leaves its customer",
            "over buying from none of the firms, before taste; whole market", 1, of=_surplus, closed=None),
)
