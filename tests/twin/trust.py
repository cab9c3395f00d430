"""What tools bring besides work: stolen data, stops, fines, errors with some customers, data, suppliers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.numerics import exp_, laplace_, log_, normal_, power_
from tests.twin.agents import STAGES, Firm, Tool, total

if TYPE_CHECKING:
    from tests.twin.market import Market

BUYING = 5
"""Stage at which materials are bought."""


def within_a_month(events_year: float) -> float:
    """Chance of at least one event in a month."""
    return 1.0 - exp_(-events_year / 12.0)


def bill(firm: Firm, what: str, mean_usd: float, spread: float) -> float:
    """A lognormal cost with this mean."""
    return mean_usd * exp_(spread * normal_(firm.draw(f"{what}.cost")) - spread * spread / 2.0)


def live_tools(firm: Firm) -> list[Tool]:
    """Tools at work."""
    return [tool for tool in firm.tools if tool is not None and tool.live]


def exposure(firm: Firm) -> float:
    """What a thief would find in the tools at work and behind their edges."""
    p, catalogue = firm.model.params.incidents, firm.model.params.catalogue
    density = firm.model.params.environment.edge_density
    return total([
        (1.0 - tool.held_back) * catalogue.exposure[tool.item]
        * (1.0 + p.edge_exposure * density * catalogue.edges[tool.item] * firm.integrate)
        for tool in live_tools(firm)
    ])  # fmt: skip


def through_machines(firm: Firm, weight: list[float]) -> float:
    """Share of orders through tools at work, each by a weight of its family."""
    main = firm.model.params.catalogue.main_stage
    share = [weight[tool.item] * firm.automated_share[int(main[tool.item])] for tool in live_tools(firm)]
    return min(total(share), 1.0)


def move_input_prices(market: Market) -> None:
    """Market prices move; what a firm pays moves with them as far as its suppliers are strong."""
    p, year = market.params.suppliers, 12.0
    off_trend = log_(market.input_prices) - p.trend_year * max(market.month - 1, 0) / year
    off_trend = p.memory_month * off_trend + p.shock * laplace_(market.draw("inputs"))
    market.input_prices = exp_(p.trend_year * (market.month / year) + off_trend)
    for firm in market.open_firms():
        power, change = p.power * (1.0 - p.buying_effect * firm.automated_share[BUYING]), market.input_prices - 1.0
        factor = 1.0 + (power if change > 0.0 else 1.0 - power) * change
        firm.materials_usd_order *= factor / firm.input_factor
        firm.input_factor = factor


def keep_watch(firm: Firm) -> None:
    """Security takes money and the owner's hours."""
    p = firm.model.params.incidents
    if firm.security > 0.0:
        firm.owner_hours = max(firm.owner_hours - p.security_hours_month * firm.security, 0.0)
        firm.book("safeguards", -p.security_usd_month * firm.security)


def stop_tools(firm: Firm) -> None:
    """Tools that are out for part of the month."""
    p = firm.model.params.incidents
    for tool in filter(None, firm.tools):
        tool.out = 0.0
    for tool in live_tools(firm):
        if firm.draw("outage", tool.item + 1) < within_a_month(p.outage_year):
            days = min(-p.outage_days * log_(1.0 - firm.draw("outage.days", tool.item + 1)), 30.0)
            tool.out = days / 30.0
            firm.model.note("outage", firm, item=tool.item, days=days)


def err_with_the_group(firm: Firm) -> None:
    """Machines handle orders, get more of the group's wrong, and somebody may look on."""
    p, catalogue = firm.model.params.fairness, firm.model.params.catalogue
    firm.machine_decided = through_machines(firm, catalogue.customer_facing)
    firm.error_gap = through_machines(firm, catalogue.error_gap) * (1.0 - p.review_caught * firm.oversight)
    of_group = firm.orders_group / max(firm.orders_new, 1)
    good = firm.orders_served - firm.orders_faulty
    firm.orders_harmed = int(good * (of_group * firm.error_gap) + firm.draw("harmed"))
    looked_at = firm.oversight * firm.machine_decided * firm.orders_served
    firm.book("safeguards", -(p.review_hours_order * looked_at) * firm.wage_usd_hour)


def gather(firm: Firm) -> None:
    """Data of stages that are automated and joined pile up, get old, and say something where they meet."""
    p, agree = firm.model.params.data, firm.model.params.fairness.agree_share
    kept = power_(0.5, 1.0 / p.half_life_months)
    for s in STAGES:
        joined = firm.integrate > 0.0 and firm.edges_missing[s] == 0.0
        fresh = firm.automated_share[s] * (1.0 - firm.consent * (1.0 - agree)) if joined else 0.0
        firm.data_stock[s] = kept * firm.data_stock[s] + (1.0 - kept) * fresh
    pairs = total([firm.data_stock[s] * firm.data_stock[t] for s in STAGES for t in range(s)])
    firm.data_insight = min(pairs / p.full_pairs, 1.0)
    firm.personalised = p.personal_utility * firm.data_insight / (firm.data_insight + p.personal_half)


def ask_customers(firm: Firm) -> None:
    """Customers worry about data they were not asked about."""
    p = firm.model.params.fairness
    firm.trust = 0.0 - p.worry * exposure(firm) * (1.0 - firm.consent)
    firm.book("safeguards", -p.consent_usd_month * firm.consent)


def suffer_breaches(firm: Firm) -> None:
    """A thief may come; it costs money, and some customers go at once."""
    p, market = firm.model.params.incidents, firm.model
    hazard = (p.breach_year + firm.model.theft_wave) * exposure(firm) * (1.0 - p.security_effect * firm.security)
    firm.breaches = int(firm.draw("breach") < within_a_month(hazard))
    if not firm.breaches:
        return
    usd, gone = bill(firm, "breach", p.breach_usd, p.breach_spread), 0
    firm.book("breaches", -usd)
    part = p.breach_churn * firm.draw("breach.churn")
    for customer in market.customers:
        if customer.supplier is firm and customer.draw("breach.leave") < part:
            customer.supplier, customer.searching = None, True
            gone += 1
    market.note("breach", firm, usd=usd, customers=gone)


def face_the_rules(firm: Firm) -> None:
    """What machines decide may be fined where rules reach it."""
    p, regulation = firm.model.params.incidents, firm.model.params.sector.regulation
    reach = max((regulation - p.regulated_above) / (1.0 - p.regulated_above), 0.0)
    hazard = p.fine_year * reach * firm.machine_decided * (1.0 - p.oversight_effect * firm.oversight)
    firm.fined = int(firm.draw("fine") < within_a_month(hazard))
    if firm.fined:
        usd = bill(firm, "fine", p.fine_usd, p.fine_spread)
        firm.book("fines", -usd)
        firm.model.note("fine", firm, usd=usd)
