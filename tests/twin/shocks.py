"""Events of a scenario come over the market: one number each for its months, told to every open firm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.luck import label
from sim.numerics import uniform_

if TYPE_CHECKING:
    from tests.twin.market import Market

KINDS = ("demand", "taste", "supply", "wage", "interest", "rule", "rival_entry", "subsidy", "training_programme",
         "breach")


class Event:
    """One event in one market: what, from when to when, how large and about what."""

    def __init__(self, market: Market, number: int) -> None:
        events = market.params.events
        early, late = events.earliest[number], events.latest[number]
        draw = uniform_(market.luck, label("event.month"), np.uint64(0), np.uint64(number + 1))
        self.kind, self.size = KINDS[int(events.kind[number])], events.size[number]
        self.number, self.about, self.months = number, int(events.about[number]), events.months[number]
        self.begin = int(early) + int(draw * (late - early + 1))

    def about_all_or(self, place: int) -> bool:
        """Whether it is about this tool or attribute."""
        return self.about in (-1, place)


def befall(market: Market) -> None:
    """What holds this month."""
    events = [event for event in market.events if event.begin <= market.month < event.begin + event.months]
    of = {kind: [event for event in events if event.kind == kind] for kind in KINDS}
    supply, wages = market.supply_level, market.wage_level
    market.supply_level = market.wage_level = 1.0
    for event in of["demand"]:
        market.growth *= 1.0 + event.size
    for event in of["supply"]:
        market.supply_level *= 1.0 + event.size
    for event in of["wage"]:
        market.wage_level *= 1.0 + event.size
    for attribute in range(3):
        market.taste[attribute] *= 1.0 + sum(event.size for event in of["taste"] if event.about_all_or(attribute))
    market.interest_month = market.params.finance.interest_month
    market.interest_month += sum(event.size for event in of["interest"]) / 12.0
    market.interest_month = max(market.interest_month, 0.0)
    market.programme = min(sum(event.size for event in of["training_programme"]), 1.0)
    market.theft_wave = sum(event.size for event in of["breach"])
    for family in range(len(market.hype)):
        market.rule_usd_month[family] = sum(event.size for event in of["rule"] if event.about_all_or(family))
        paid = sum(event.size for event in of["subsidy"] if event.about_all_or(family))
        market.subsidy[family] = min(paid, 1.0)
    for firm in filter(None, market.slots):
        firm.materials_usd_order *= market.supply_level / supply
        firm.wage_usd_hour *= market.wage_level / wages
    for event in market.events:
        if event.begin == market.month:
            for firm in market.open_firms():
                market.note("event", firm, what=KINDS.index(event.kind), size=event.size, about=event.about,
                            months=event.months)
