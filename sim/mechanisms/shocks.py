"""Shocks and policy events that a scenario tells: each moves one number for its months, and then it is over.

They come over a whole market, by its own luck where their month is drawn, whatever the arm. What people and firms did
meanwhile stays done: a firm that closed, a tool that was bought, a skill that was learned. A rival that opens is a
matter of entry.
"""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Bools, Floats, Ints
from sim.formulas.events import begins, holds
from sim.params.events import EVERYTHING, KINDS
from sim.world import World, as_it_was, mechanism

MONTHS_YEAR = 12.0


@mechanism(
    "worlds.growth worlds.taste worlds.supply_level worlds.wage_level worlds.interest_month worlds.rule_usd_month "
    "worlds.subsidy worlds.programme worlds.theft_wave firms.wage_usd_hour firms.materials_usd_order",
    neutral=as_it_was, neutral_text="no event comes",
)
def befall(world: World) -> None:
    """Events that hold this month move demand, tastes, costs, rules and help; wages and materials follow at once."""
    events, worlds = world.params.events, world.worlds
    if not events.kind.shape[1]:
        return
    begin = begins(events, worlds.luck)
    size = np.where(holds(events, begin, world.month), events.size, 0.0)
    families, attributes = np.arange(worlds.hype.shape[1]), np.arange(worlds.taste.shape[1])
    before = worlds.supply_level.copy(), worlds.wage_level.copy()

    worlds.growth[:] *= _factor(world, size, "demand")
    worlds.taste[:] *= _by_place(world, size, "taste", attributes) + 1.0
    worlds.supply_level[:] = _factor(world, size, "supply")
    worlds.wage_level[:] = _factor(world, size, "wage")
    interest = world.params.finance.interest_month + _sum(world, size, "interest") / MONTHS_YEAR
    worlds.interest_month[:] = np.maximum(interest, 0.0)
    worlds.rule_usd_month[:] = _by_place(world, size, "rule", families)
    worlds.subsidy[:] = np.minimum(_by_place(world, size, "subsidy", families), 1.0)
    worlds.theft_wave[:] = _sum(world, size, "breach")
    worlds.programme[:] = np.minimum(_sum(world, size, "training_programme"), 1.0)
    _reprice(world, worlds.supply_level / before[0], worlds.wage_level / before[1])
    _tell(world, begin == world.month)


def _sum(world: World, size: Floats, kind: str) -> Floats:
    """Sizes of the events of a kind added up, (worlds,)."""
    return numerics.row_sum(np.where(world.params.events.kind == KINDS.index(kind), size, 0.0))


def _factor(world: World, size: Floats, kind: str) -> Floats:
    """What the events of a kind multiply by, (worlds,)."""
    factors = np.where(world.params.events.kind == KINDS.index(kind), 1.0 + size, 1.0)
    return np.asarray(np.multiply.accumulate(factors, axis=1)[:, -1])


def _by_place(world: World, size: Floats, kind: str, places: Ints) -> Floats:
    """Sizes of the events of a kind added up by what they are about, (worlds, places)."""
    events = world.params.events
    about = events.about[:, None, :]
    meant = (about == places[:, None]) | (about == EVERYTHING)
    of_kind = (events.kind == KINDS.index(kind))[:, None, :]
    return numerics.row_sum(np.where(meant & of_kind, size[:, None, :], 0.0))


def _reprice(world: World, supply: Floats, wages: Floats) -> None:
    """Firms pay what materials and work cost now, where that has changed."""
    firms, w = world.firms, world.firms.world
    moved = (supply != 1.0) | (wages != 1.0)
    rows = np.nonzero(moved[w])[0]
    firms.materials_usd_order[rows] *= supply[w[rows]]
    firms.wage_usd_hour[rows] *= wages[w[rows]]


def _tell(world: World, begun: Bools) -> None:
    """Write the events that begin down in the journal of every open firm."""
    events, w = world.params.events, world.firms.world
    for number in range(begun.shape[1]):
        rows = np.nonzero(world.firms.open & begun[w, number])[0]
        own = w[rows]
        world.note("event", rows, what=events.kind[own, number], size=events.size[own, number],
                   about=events.about[own, number], months=events.months[own, number])
