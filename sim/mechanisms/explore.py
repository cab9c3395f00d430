"""Exploration (M23): part of the project fund goes into prototypes, most of which come to nothing.

Exploiting what one has and exploring what one might have compete for the same money (March 1991). A prototype that
succeeds becomes an offer that draws customers until others have copied it; one that fails has cost its price. How
long the n-th prototype of a firm takes is luck fixed at its birth.
"""

from __future__ import annotations

import numpy as np

from sim import luck, numerics
from sim.arrays import Floats, Ints
from sim.formulas.explore import months_to_market, worth
from sim.state import FLOW
from sim.world import World, as_it_was, mechanism


@mechanism(
    "firms.explore_usd firms.flow_cents firms.offer_wait firms.offer_worth firms.prototypes firms.months_to_market",
    neutral=as_it_was, neutral_text="0 prototypes",
)
def start_prototypes(world: World) -> None:
    """Who has saved the price of a prototype, has a place for it and can pay starts one."""
    firms, p = world.firms, world.params.explore
    price = p.prototype_price[firms.world] * firms.normal_orders * firms.price_usd
    able = firms.open & (firms.explore > 0.0) & (firms.explore_usd >= price) & (firms.offer_worth == 0.0).any(axis=1)
    rows = np.nonzero(able & (price <= numerics.usd(firms.cash_cents)))[0]
    if not len(rows):
        return
    w, place = firms.world[rows], (firms.offer_worth[rows] == 0.0).argmax(axis=1)
    months = months_to_market(p.time_to_market_months[w], _luck(world, rows, "time"), _luck(world, rows, "time.more"))

    firms.offer_worth[rows, place] = -1.0
    firms.offer_wait[rows, place] = months
    firms.prototypes[rows] += 1
    firms.months_to_market[rows] += months
    firms.explore_usd[rows] -= price[rows]
    world.pay(rows, FLOW["tools_once"], -price[rows])
    world.note("prototype", rows, price_usd=price[rows])


def _luck(world: World, rows: Ints, what: str) -> Floats:
    """A draw made once for all about the next prototype of each firm."""
    nth = (world.firms.prototypes[rows] + 1).astype(np.uint64)
    return luck.draws(world.firms.luck[rows], f"prototype.{what}", 0, nth)


def nothing_new(world: World) -> None:
    """Customers gain nothing from new offers."""
    world.firms.offer_worth[:] = 0.0
    world.firms.novelty[:] = world.firms.novelty_young[:] = 0.0


@mechanism(
    "firms.owner_hours firms.offer_wait firms.offer_age firms.offer_worth firms.novelty firms.novelty_young",
    neutral=nothing_new, neutral_text="customers gain 0 from new offers",
)
def bring_to_market(world: World) -> None:
    """Prototypes come to an end, as an offer or as nothing; offers draw customers, and are copied."""
    firms, p = world.firms, world.params.explore
    rows = np.nonzero(firms.open & (firms.offer_worth != 0.0).any(axis=1))[0]
    if not len(rows):
        return
    w, value, wait, age = firms.world[rows], firms.offer_worth[rows], firms.offer_wait[rows], firms.offer_age[rows]
    under_way = value < 0.0
    hours = p.prototype_hours_month[w] * under_way.sum(axis=1)
    left = numerics.power(0.5, 1.0 / p.imitation_half_life_months[w])[:, None]
    wait = np.where(under_way, wait - 1, 0)
    done = under_way & (wait == 0)
    value = np.where(done, _turned_out(world, rows), np.where(under_way, value, value * left))
    gone = (value >= 0.0) & (value < FORGOTTEN)
    age = np.where(done | gone, 0, age + ~under_way)
    value = np.where(gone, 0.0, value)

    world.take_hours(rows, hours)
    firms.offer_wait[rows], firms.offer_worth[rows], firms.offer_age[rows] = wait, value, age
    offered = np.maximum(value, 0.0)
    firms.novelty[rows] = numerics.row_sum(offered)
    firms.novelty_young[rows] = numerics.row_sum(np.where(age < p.new_months[w][:, None], offered, 0.0))
    succeeded = (done & (value > 0.0)).any(axis=1)
    world.note("offer", rows[succeeded], gain=np.where(done, offered, 0.0).max(axis=1)[succeeded])


FORGOTTEN = 1e-4
"""Utility below which an offer makes no difference any more."""


def _turned_out(world: World, rows: Ints) -> Floats:
    """What a prototype of each firm that ends this month in each place is worth; (rows, places)."""
    firms, p, w = world.firms, world.params.explore, world.firms.world[rows]
    places = np.arange(1, firms.offer_worth.shape[1] + 1, dtype=np.uint64)[None, :]
    draws = luck.draws(firms.luck[rows][:, None], "prototype.worth", world.month, places)
    return worth(p.appeal[w][:, None], p.success[w][:, None], draws)


@mechanism("firms.fund_usd firms.explore_usd", neutral=as_it_was, neutral_text="0 put aside for prototypes")
def put_aside(world: World) -> None:
    """Of what went into the project fund this month, a part is kept for prototypes, as long as the fund has it."""
    firms, p = world.firms, world.params.choosing
    rows = np.nonzero(firms.open & (firms.explore > 0.0))[0]
    saved = p.fund_share[firms.world[rows]] * numerics.usd(firms.flow_cents[rows, FLOW["sales"]])
    moved = np.minimum(firms.explore[rows] * saved, firms.fund_usd[rows])
    firms.fund_usd[rows] -= moved
    firms.explore_usd[rows] += moved
