"""Prototypes: saved for, tried out, mostly forgotten; some become offers that draw customers until they are copied."""

from __future__ import annotations

import math

import numpy as np

from sim.luck import label
from sim.numerics import log_, power_, uniform_
from tests.twin.agents import Firm, Offer, total

FORGOTTEN = 1e-4


def start_prototype(firm: Firm) -> None:
    """With the price saved, a place free and the money in the till."""
    p = firm.model.params.explore
    price = p.prototype_price * firm.normal_orders * firm.price_usd
    if firm.explore == 0.0 or firm.explore_usd < price or None not in firm.offers or price > firm.cash_cents / 100.0:
        return
    nth = firm.prototypes + 1
    draws = [uniform_(firm.luck, label(f"prototype.{what}"), np.uint64(0), np.uint64(nth)) for what in (
        "time", "time.more")]
    months = max(math.ceil(-0.5 * p.time_to_market_months * (log_(draws[0]) + log_(draws[1]))), 1)
    firm.offers[firm.offers.index(None)] = Offer(wait=months)
    firm.prototypes, firm.months_to_market = nth, firm.months_to_market + months
    firm.explore_usd -= price
    firm.book("tools_once", -price)
    firm.model.note("prototype", firm, price_usd=price)


def bring_to_market(firm: Firm) -> None:
    """Prototypes keep the owner busy and come to an end; offers are copied little by little."""
    p, best = firm.model.params.explore, 0.0
    busy = sum(offer is not None and offer.worth is None for offer in firm.offers)
    firm.owner_hours = max(firm.owner_hours - p.prototype_hours_month * busy, 0.0)
    for place, offer in enumerate(firm.offers):
        if offer is None:
            continue
        if offer.worth is None:
            offer.wait -= 1
            if offer.wait > 0:
                continue
            draw = firm.draw("prototype.worth", place + 1)
            offer.worth = -p.appeal * log_(draw / p.success) if draw < p.success else 0.0
            best = max(best, offer.worth if offer.worth >= FORGOTTEN else 0.0)
        else:
            offer.worth *= power_(0.5, 1.0 / p.imitation_half_life_months)
            offer.age += 1
        if offer.worth < FORGOTTEN:
            firm.offers[place] = None
    sold = [offer for offer in firm.offers if offer is not None and offer.worth is not None]
    firm.novelty = total([offer.worth for offer in sold])
    firm.novelty_young = total([offer.worth for offer in sold if offer.age < p.new_months])
    if best > 0.0:
        firm.model.note("offer", firm, gain=best)


def put_aside(firm: Firm) -> None:
    """Part of this month's saving is for prototypes."""
    if firm.explore > 0.0:
        saved = firm.model.params.choosing.fund_share * (firm.flow_cents["sales"] / 100.0)
        moved = min(firm.explore * saved, firm.fund_usd)
        firm.fund_usd -= moved
        firm.explore_usd += moved
