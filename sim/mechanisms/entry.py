"""Entry (M17): now and then somebody opens a small firm: less skilled, hardly known, no customers yet.

Arrivals are scheduled by the world's own luck and a fixed rate, whatever happened to the others; each entrant is a new
birth with luck of its own, in a free slot. The more of the work of the small firms there are tools do, the fewer of
those scheduled may come; who stays away keeps an order of birth, so that nobody else's luck moves. Entrants differ in
their owners' savings and in how good their idea is: most closures come early and fewer later because the weak leave
first (Jovanovic 1982), which equal entrants cannot do.
"""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np

from sim import luck, numerics
from sim.arrays import Bools, Floats, Ints, Keys
from sim.birth import Founding, found, place_in_market
from sim.following import would_follow
from sim.formulas.events import begins
from sim.formulas.population import size_at
from sim.params import Params
from sim.params.events import KINDS
from sim.state import FLOW, Firms, Levers
from sim.world import World, as_it_was, mechanism

RIVAL, RIVAL_BIRTHS = KINDS.index("rival_entry"), 1_000_000


WRITES = " ".join(f"firms.{column.name}" for column in fields(Firms) if column.name != "world") + " worlds.births"
"""A founding fills the whole row of a firm."""


def arriving(p: Params, worlds: Keys, month: int, coming: Floats | float = 1.0) -> Ints:
    """How many firms arrive in a month in worlds with these luck keys, (worlds,); `coming`: share of the usual rate."""
    rate = p.finance.entry_year / 12.0 * p.setup.small_firms
    return np.floor(rate * coming + luck.draws(worlds, "entry", month)).astype(np.int64)


def automated_work(world: World) -> Floats:
    """Share of last month's chain work of the small firms that tools did, (worlds,); 0 where there was none."""
    firms, w = world.firms, world.firms.world
    hours = np.where(world.params.sector.chain[w] > 0.0, firms.hand_hours_order, 0.0)
    orders = np.where(firms.open & ~firms.large, firms.orders_served, 0).astype(np.float64)
    by_tools = world.sum_by_world(w, orders * numerics.row_sum(hours * firms.automated_share))
    in_all = world.sum_by_world(w, orders * numerics.row_sum(hours))
    return by_tools / np.where(in_all > 0.0, in_all, 1.0)


def rivals_told(p: Params) -> bool:
    """Whether a scenario tells of rivals that open: they take the last slot of a whole world."""
    return bool((p.events.kind == RIVAL).any())


@mechanism(WRITES, neutral=as_it_was, neutral_text="no entry")
def open_new_firms(world: World) -> None:
    """Found the firms that arrive this month, at most as many as there are slots, and the rivals that a scenario tells.

    A rival takes the last free slot and an order of birth of its own, so nobody else's luck moves.
    """
    p, worlds = world.params, world.worlds
    scheduled = arriving(p, worlds.luck, world.month)
    coming = numerics.exp(-p.finance.entry_deterrence * automated_work(world))
    arrivals = arriving(p, worlds.luck, world.month, coming)
    if arrivals.any():
        rows = _free_slots(world, arrivals)
        w = world.firms.world[rows]
        _be_born(world, rows, "firm", worlds.births[w] + _position_within(w))
        _open(world, rows, _founding(world, rows))
        world.firms.awareness[rows] *= p.reputation.entrant_awareness[w]
    worlds.births[:] += scheduled
    for number in range(p.events.kind.shape[1]):
        _open_rivals(world, number)


def _open_rivals(world: World, number: int) -> None:
    """Open the rival of an event in the worlds where its month has come."""
    events = world.params.events
    due = (events.kind[:, number] == RIVAL) & (begins(events, world.worlds.luck)[:, number] == world.month)
    rows = _last_slots(world, due)
    if not len(rows):
        return
    _be_born(world, rows, "rival", np.full(len(rows), RIVAL_BIRTHS + number))
    w = world.firms.world[rows]
    people = world.params.sector.employees_mean[w] * events.size[w, number]
    told = replace(_founding(world, rows), employees=people, quality_shift=np.zeros(len(rows)))
    _open(world, rows, replace(told, usual=np.ones(len(rows), dtype=np.bool_)))


def _be_born(world: World, rows: Ints, kind: str, births: Ints) -> None:
    """Give firms in free slots their order of birth, and the luck that comes of it."""
    firms = world.firms
    firms.birth[rows] = births
    firms.luck[rows] = luck.birth_keys(world.worlds.luck[firms.world[rows]], kind, births.astype(np.uint64))


def _open(world: World, rows: Ints, plan: Founding) -> None:
    """Found firms that have been born: owner's money, a place in the market, a strategy."""
    firms, w = world.firms, world.firms.world[rows]
    found(world, rows, plan)
    _bring_money(world, rows)
    firms.wait_seen[rows] = world.market_mean(firms.wait_seen)[w]
    firms.faults_seen[rows] = world.market_mean(firms.faults_seen)[w]
    place_in_market(world, rows)
    firms.appeal_base[rows] += world.params.finance.entrant_idea_spread[w] * _drawn(world, rows, "idea")
    firms.appeal[rows] = world.params.finance.entrant_novelty[w]
    _follow(world, rows)
    world.note("enter", rows)


def _follow(world: World, rows: Ints) -> None:
    """Take on one of the two strategies of the world, by the firm's own luck, or by its owner's choice."""
    firms, w = world.firms, world.firms.world[rows]
    row = 2 * w + ~would_follow(world, rows)
    for lever in fields(Levers):
        getattr(firms, lever.name)[rows] = getattr(world.strategies, lever.name)[row]


def _free_slots(world: World, arrivals: Ints) -> Ints:
    """The first free slots of each world, as many as arrive; RuntimeError when a world has none left."""
    free = ~world.firms.open.reshape(len(arrivals), -1)
    if (free.sum(axis=1) < arrivals).any():
        seed = int(world.worlds.seed[int((free.sum(axis=1) - arrivals).argmin())])
        raise RuntimeError(f"world {seed}: no slot left for an entrant in month {world.month}; raise setup.spare_slots")
    fresh_first = np.argsort(~(free & (world.firms.birth.reshape(free.shape) < 0)), axis=1, kind="stable")
    ordered = np.take_along_axis(free, fresh_first, axis=1)
    reused = np.argsort(~ordered, axis=1, kind="stable")
    slots = np.take_along_axis(fresh_first, reused, axis=1)
    taken = np.arange(free.shape[1])[None, :] < arrivals[:, None]
    starts = np.arange(len(arrivals))[:, None] * free.shape[1]
    return (starts + slots)[taken]


def _last_slots(world: World, due: Bools) -> Ints:
    """The last free slot of each world where one is due, one never used before; RuntimeError where there is none."""
    free = ~world.firms.open.reshape(len(due), -1)
    rank = free + (free & (world.firms.birth.reshape(free.shape) < 0)).astype(np.int64)
    last = free.shape[1] - 1 - rank[:, ::-1].argmax(axis=1)
    if (due & ~free.any(axis=1)).any():
        raise RuntimeError(f"no slot left for a rival in month {world.month}; raise setup.spare_slots")
    return (np.arange(len(due)) * free.shape[1] + last)[due]


def _position_within(world_of_row: Ints) -> Ints:
    """0, 1, 2 … within each run of equal worlds."""
    starts = np.searchsorted(world_of_row, world_of_row)
    return np.arange(len(world_of_row)) - starts


def _drawn(world: World, rows: Ints, what: str) -> Floats:
    """A standard normal draw of each entrant's own luck."""
    return numerics.normal(luck.draws(world.firms.luck[rows], f"birth.{what}", 0))


def _people(world: World, rows: Ints) -> Floats:
    """Size of each entrant, as uneven as sizes in the trade."""
    p, w = world.params, world.firms.world[rows]
    rank = luck.draws(world.firms.luck[rows], "birth.size", 0)
    mean = p.sector.employees_mean[w] * p.finance.entrant_size[w]
    return size_at(rank, mean, p.setup.size_spread[w], p.setup.smallest_people[w])


def _founding(world: World, rows: Ints) -> Founding:
    """An entrant: small, less skilled, with what its owner has saved."""
    p, w, unknown = world.params, world.firms.world[rows], np.full(len(rows), -1.0)
    savings = numerics.exp(p.finance.entrant_cash_spread[w] * _drawn(world, rows, "savings"))
    return Founding(
        employees=_people(world, rows), orders_month=unknown, price_usd=unknown,
        materials_share=unknown, wage_usd_hour=unknown, cash_days=unknown, cash_usd=unknown,
        overhead_usd_month=unknown, credit_usd=unknown, faulty_share=unknown, bottleneck_stage=unknown,
        equipment_utilisation=unknown, advertising=unknown,
        owner_quality=np.full(len(w), -100.0), quality_shift=p.finance.entrant_quality[w],
        starting_days=p.finance.entrant_cash_days[w] * savings, patience_months=p.finance.startup_months[w],
        first_orders_share=p.finance.entrant_start_share[w],
        age_months=np.zeros(len(w)), usual=np.zeros(len(w), dtype=np.bool_), large=np.zeros(len(w), dtype=np.bool_),
    )


def _bring_money(world: World, rows: Ints) -> None:
    """The owner's money comes into the till as this month's first payment."""
    firms = world.firms
    firms.flow_cents[rows, FLOW["owner"]] += firms.cash_cents[rows]
    firms.cash_cents[rows] = 0
