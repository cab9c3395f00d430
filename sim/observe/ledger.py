"""The books of every project: what was foreseen when it was bought, month by month against what came of it.

The same money is reckoned several times, from the forecast on, each time with one thing more as it really was: the
bills, the months in which it worked, how far it was used, what people knew, the firm it met, its prices, the edges it
lacked, the trouble of settling in, and what it did to people as far as money shows it. A part of the bridge is the
difference of two neighbours, so the parts lead from forecast to outcome with nothing left over, for every project.
Which customers a project drives away or attracts no books of one firm can show: that is left to comparing whole runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from sim import numerics
from sim.arrays import Bools, Floats, Ints
from sim.formulas.integration import over
from sim.observe.books import (
    BOOK,
    CLOSED,
    ENDS,
    LIVE,
    PARTS,
    STOPPED,
    UNDER_WAY,
    Books,
    at_stage,
    discount_of,
    window_of,
)
from sim.observe.earnings import earn
from sim.observe.events import item_name
from sim.observe.metrics.base import Watched
from sim.observe.observation import Project
from sim.observe.renewals import carry_over, fee_of_its_own, keep_up, replaced_by, replaced_work
from sim.observe.turnover import parting_usd
from sim.observe.worth import Effect, Shop, equipment_factor, month_of, prices, shop
from sim.offers import comes_true, tool_orders, units_for
from sim.state import EXPANSION, FIX, FLOW
from sim.world import Note, World

ONCE = {"bill": "bill_usd", "rollout": "price_usd"}


class Ledger:
    """The projects of the firms watched; `books` has one entry of BOOK for each."""

    def __init__(self, watched: Watched) -> None:
        self.watched = watched
        self.books: Books = np.zeros(0, dtype=BOOK)
        self.notes_read = 0

    def write(self, world: World) -> None:
        """Enter the month that has just been lived."""
        notes, self.notes_read = world.journal[self.notes_read:], len(world.journal)
        month = world.month - 1
        for note in notes:
            if note.kind == "start":
                self.books = np.concatenate([self.books, _entered(world, note, self.watched, self.books)])
        if len(self.books):
            _move_on(world, self.books, month)
            keep_up(world, self.books, month)
            _pay(world, self.books, notes, month)
            earn(world, self.books, month)

    def closed(self, world: World, titles: Sequence[Sequence[str]]) -> list[tuple[Project, ...]]:
        """The projects of each world once the run is over; titles of tool families by world."""
        out: list[list[Project]] = [[] for _ in titles]
        for book, parts in zip(self.books, _bridges(self.books), strict=True):
            number = int(world.firms.world[book["row"]])
            out[number].append(_project(world, book, parts, int(book["row"]) % world.firm_slots, titles[number]))
        return [tuple(projects) for projects in out]


def _bridges(books: Books) -> Ints:
    """Forecast, parts and outcome of every project in whole cents, (projects, parts + 2): they add up exactly."""
    parts = np.stack([books[f"part_{name}"] for name in PARTS], axis=1)
    parts[:, PARTS.index("cost")] = books["cost"] - books["paid_in_window"]
    parts[:, PARTS.index("unseen")] = books["planned"] - books["sales"] - books["labour"]
    forecast = books["sales"] + books["labour"] - books["cost"]
    levels = numerics.cents(np.add.accumulate(np.concatenate([forecast[:, None], parts], axis=1), axis=1))
    return np.concatenate([levels[:, :1], levels[:, 1:] - levels[:, :-1], levels[:, -1:]], axis=1)


def _project(world: World, book: Any, cents: Ints, firm: int, titles: Sequence[str]) -> Project:
    """One project as plain data."""
    p, w = world.params.choosing, int(world.firms.world[book["row"]])
    usd = numerics.usd(cents)
    return Project(
        firm=firm, item=int(book["item"]), name=item_name(int(book["item"]), titles), start_month=int(book["start"]),
        live_month=int(book["live"]), end=ENDS[book["status"]],
        missing_months=max(int(book["start"] + p.window_months[w]) - world.month, 0),
        hurdle_share=float(p.hurdle[w]), cost_usd=float(book["paid"]), forecast_usd=float(usd[0]),
        parts_usd={name: float(value) for name, value in zip(PARTS, usd[1:-1], strict=True)},
        labour_usd=float(book["earned_labour"]), outcome_usd=float(usd[-1]),
    )


def _entered(world: World, note: Note, watched: Watched, before: Books) -> Books:
    """Entries for the projects that watched firms started this month."""
    firms = world.firms
    which = np.isin(note.rows, watched.rows[watched.kept(world)])
    rows, items = note.rows[which], note.details["item"][which]
    books = np.zeros(len(rows), dtype=BOOK)
    mine = (firms.tool_start_month[rows] == note.month) & (firms.tool_family[rows] == items[:, None])
    books["row"], books["birth"], books["item"], books["start"] = rows, firms.birth[rows], items, note.month
    books["slot"], books["live"] = mine.argmax(axis=1), -1
    books["due"] = firms.tool_due_month[rows, books["slot"]]
    books["beneath"], books["carried"] = replaced_by(before, rows, items), note.month
    back = discount_of(world, rows, note.month)
    for name in ("sales", "labour", "cost"):
        books[name] = note.details[f"{name}_usd"][which] * back
    books["price"], books["materials"], books["wage"] = prices(world, rows)
    books["rated_sales"], books["rated_labour"] = _as_rated(world, rows, items)
    return books


def _as_rated(world: World, rows: Ints, items: Ints) -> tuple[Floats, Floats]:
    """What projects would really add in a month to the firm they meet, at full skill and use, USD: sales, labour."""
    firms, w = world.firms, world.firms.world[rows]
    tool, none = items < EXPANSION, np.zeros(firms.tool_orders[rows].shape)
    true = comes_true(world, rows, items)
    units = np.where(tool, units_for(world, rows) * true, 0.0)
    now = shop(world, rows, firms.orders_expected[rows])
    now = replace(now, tools=np.maximum(now.tools - replaced_work(world, rows, items), 0.0))
    mended = world.params.rework.fix_gain[w][:, None] * (1.0 - now.quality) * at_stage(items - FIX, none)
    own = Effect(
        tool_orders(world, rows, np.where(tool, items, 0), units),
        equipment_factor(world, rows, items, true, bought=False), mended, none, none + 1.0,
    )
    tools = now.tools + own.tools
    then = Shop(rows, now.load, tools, now.equipment * own.equipment, now.quality + own.quality,
                now.missing * over(now.tools, tools), now.disruption)
    month = month_of(world, then, own, prices(world, rows))
    return month.sales, month.labour


def _move_on(world: World, books: Books, month: int) -> None:
    """Note which projects have gone live, were stopped, or went down with their firm."""
    firms, row, slot = world.firms, books["row"], books["slot"]
    mine = (firms.tool_family[row, slot] == books["item"]) & (firms.tool_start_month[row, slot] == books["carried"])
    done = firms.tool_countdown[row, slot] == 0
    running, waiting = books["status"] <= LIVE, books["status"] == UNDER_WAY
    beyond = books["item"] >= EXPANSION
    gone = ~(firms.open[row] & (firms.birth[row] == books["birth"]))
    goes_live = waiting & ~gone & done & (mine | beyond)
    carry_over(books, goes_live, mine)
    stopped = running & ~gone & ~mine & ~(beyond & (goes_live | ~waiting))

    books["live"][goes_live] = month
    books["status"][goes_live] = LIVE
    books["status"][stopped] = STOPPED
    books["status"][running & gone] = CLOSED
    _mend(world, books, goes_live)


def _mend(world: World, books: Books, goes_live: Bools) -> None:
    """How much of a process improvement is there: all of it at first, then it erodes with the rest."""
    firms, p, w = world.firms, world.params, world.firms.world[books["row"]]
    care = numerics.exp(-p.management.upkeep_effect[w] * firms.owner_quality[books["row"]])
    books["mended"] *= 1.0 - np.minimum(p.rework.erosion_month[w] * care, 1.0)
    new = goes_live & (books["item"] >= FIX)
    gain, stage = p.rework.fix_gain[w[new]], books["item"][new] - FIX
    left = 1.0 - firms.process_quality[books["row"][new], stage]
    books["mended"][new] = gain / np.maximum(1.0 - gain, 1e-9) * left


def _pay(world: World, books: Books, notes: list[Note], month: int) -> None:
    """Give every project its payments; what firms paid beyond prices and bills is shared by what is subscribed."""
    firms, row = world.firms, books["row"]
    kept = firms.birth[row] == books["birth"]
    once = _paid_once(books, notes, month)
    flows = firms.flow_cents[:, FLOW["tools_once"]] + firms.flow_cents[:, FLOW["tools_running"]]
    running = books["status"] <= LIVE
    fee = np.where(running, fee_of_its_own(books) + 1.0, 0.0)
    weight = np.where(kept, fee + 1e-9, 0.0)
    rest = -numerics.usd(flows) - numerics.sum_by(row, np.where(kept, once, 0.0), len(flows))
    share = weight / np.maximum(numerics.sum_by(row, weight, len(flows))[row], 1e-12)
    discount = discount_of(world, row, month)
    paid = np.where(kept, once + share * rest[row], 0.0) * discount
    people = np.where(kept, share * parting_usd(world, notes)[row], 0.0) * discount
    in_window = month < books["start"] + window_of(world, row)

    books["paid"] += paid
    books["paid_in_window"] += np.where(in_window, paid - people, 0.0)
    books["part_people"] -= np.where(in_window, people, 0.0)
    books["part_later"] -= np.where(in_window, 0.0, paid)


def _paid_once(books: Books, notes: list[Note], month: int) -> Floats:
    """Prices, final bills and roll-outs paid this month, USD (projects,)."""
    once = np.zeros(len(books))
    latest = {(int(row), int(item)): i for i, (row, item) in enumerate(zip(books["row"], books["item"], strict=True))}
    for note in notes:
        amount = "paid_usd" if note.kind == "start" else ONCE.get(note.kind)
        if amount is None:
            continue
        for row, item, usd in zip(note.rows, note.details["item"], note.details[amount], strict=True):
            place = latest.get((int(row), int(item)))
            if place is not None:
                once[place] += usd
    return once
