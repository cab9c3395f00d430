"""The books of every project: what was foreseen when it was bought, month by month against what came of it.

The same money is reckoned several times, from the forecast on, each time with one thing more as it really was: the
bills, the months in which it worked, how far it was used, what people knew, the firm it met, its prices, the edges it
lacked, the trouble of settling in. A part of the bridge is the difference of two neighbours, so the parts lead from
forecast to outcome with nothing left over, for every project. Whom a project drives away, and whom it attracts, no
books of one firm can show: that is left to comparing whole runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim import numerics
from sim.arrays import Bools, Floats, Ints
from sim.formulas.finance import annuity_factor
from sim.mechanisms.disruption import slowed
from sim.mechanisms.integration import edges_of
from sim.observe.events import item_name
from sim.observe.observation import Project
from sim.observe.record import Watched
from sim.observe.worth import Effect, Month, Prices, Shop, equipment_factor, month_of, prices, shop, tool_orders
from sim.offers import hub_at_work, units_for
from sim.state import EXPANSION, FIX, FLOW
from sim.world import Note, World

PARTS = (
    "cost", "unseen", "optimism", "picture", "stop", "closed", "delay", "usage", "skill", "volume", "price", "edges",
    "dip", "later",
)
"""The way from forecast to outcome, in this order."""
UNDER_WAY, LIVE, STOPPED, CLOSED = range(4)
ENDS = ("under_way", "live", "stopped", "closed")
WHOLE = ("row", "birth", "slot", "item", "start", "due", "live", "status")
MONEY = ("sales", "labour", "cost", "paid", "paid_in_window", "planned", "price", "materials", "wage",
         "rated_sales", "rated_labour", "earned_labour", "mended")
BOOK = np.dtype([(name, np.int64) for name in WHOLE] + [(name, np.float64) for name in MONEY]
                + [(f"part_{name}", np.float64) for name in PARTS])
"""One project: who, what, when; forecast and payments, USD; prices, and a month's worth as rated, at purchase."""
ONCE = {"bill": "bill_usd", "rollout": "price_usd"}

Books = NDArray[Any]


class Reach(NamedTuple):
    """How far projects work this month, all (projects,): part of the firm, use, skill for sales and for hours."""

    part: Floats
    use: Floats
    skill_sales: Floats
    skill_hours: Floats


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
        bought = [_entered(world, note, self.watched) for note in notes if note.kind == "start"]
        self.books = np.concatenate([self.books, *bought])
        if len(self.books):
            _move_on(world, self.books, month)
            _pay(world, self.books, notes, month)
            _earn(world, self.books, month)


    def closed(self, world: World, titles: Sequence[Sequence[str]]) -> list[tuple[Project, ...]]:
        """The projects of each world once the run is over; titles of tool families by world."""
        firsts = self.watched.rows[:: self.watched.per_world]
        out: list[list[Project]] = [[] for _ in firsts]
        for book, parts in zip(self.books, _bridges(self.books), strict=True):
            number = int(world.firms.world[book["row"]])
            out[number].append(_project(world, book, parts, int(book["row"] - firsts[number]), titles[number]))
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


def _entered(world: World, note: Note, watched: Watched) -> Books:
    """Entries for the projects that watched firms started this month."""
    firms = world.firms
    which = np.isin(note.rows, watched.rows[watched.kept(world)])
    rows, items = note.rows[which], note.details["item"][which]
    books = np.zeros(len(rows), dtype=BOOK)
    mine = (firms.tool_start_month[rows] == note.month) & (firms.tool_family[rows] == items[:, None])
    books["row"], books["birth"], books["item"], books["start"] = rows, firms.birth[rows], items, note.month
    books["slot"], books["live"] = mine.argmax(axis=1), -1
    books["due"] = firms.tool_due_month[rows, books["slot"]]
    back = _discount(world, rows, note.month)
    for name in ("sales", "labour", "cost"):
        books[name] = note.details[f"{name}_usd"][which] * back
    books["price"], books["materials"], books["wage"] = prices(world, rows)
    books["rated_sales"], books["rated_labour"] = _as_rated(world, rows, items)
    return books


def _as_rated(world: World, rows: Ints, items: Ints) -> tuple[Floats, Floats]:
    """What projects would add in a month to the firm they meet, at full skill and use, USD: sales, labour."""
    firms, w = world.firms, world.firms.world[rows]
    tool, none = items < EXPANSION, np.zeros(firms.tool_orders[rows].shape)
    units = np.where(tool, units_for(world, rows), 0.0)
    now = shop(world, rows, firms.orders_expected[rows])
    mended = world.params.rework.fix_gain[w][:, None] * (1.0 - now.quality) * _at_stage(items - FIX, none)
    own = Effect(
        tool_orders(world, rows, np.where(tool, items, 0), units),
        equipment_factor(world, rows, items, np.ones(len(rows)), bought=False), mended, none, none + 1.0,
    )
    then = Shop(rows, now.load, now.tools + own.tools, now.equipment * own.equipment, now.quality + own.quality,
                now.missing, now.disruption)
    month = month_of(world, then, own, prices(world, rows))
    return month.sales, month.labour


def _at_stage(stage: Ints, like: Floats) -> Floats:
    """1 at the stage of each row, 0 elsewhere."""
    return (np.arange(like.shape[1]) == stage[:, None]).astype(np.float64)


def _move_on(world: World, books: Books, month: int) -> None:
    """Note which projects have gone live, were stopped, or went down with their firm."""
    firms, row, slot = world.firms, books["row"], books["slot"]
    mine = (firms.tool_family[row, slot] == books["item"]) & (firms.tool_start_month[row, slot] == books["start"])
    done = firms.tool_countdown[row, slot] == 0
    running, waiting = books["status"] <= LIVE, books["status"] == UNDER_WAY
    beyond = books["item"] >= EXPANSION
    gone = ~(firms.open[row] & (firms.birth[row] == books["birth"]))
    goes_live = waiting & ~gone & done & (mine | beyond)
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
    fee = np.where(running, firms.tool_fee_usd_month[row, books["slot"]] + 1.0, 0.0)
    weight = np.where(kept, fee + 1e-9, 0.0)
    rest = -numerics.usd(flows) - numerics.sum_by(row, np.where(kept, once, 0.0), len(flows))
    share = weight / np.maximum(numerics.sum_by(row, weight, len(flows))[row], 1e-12)
    paid = np.where(kept, once + share * rest[row], 0.0) * _discount(world, row, month)
    in_window = month < books["start"] + _window(world, row)

    books["paid"] += paid
    books["paid_in_window"] += np.where(in_window, paid, 0.0)
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


def _earn(world: World, books: Books, month: int) -> None:
    """Reckon this month of every project, from what was foreseen for it to what it was."""
    row = books["row"]
    discount, window = _discount(world, row, month), _window(world, row)
    sales, labour = _foreseen(world, books, month)
    reach, real = _reach(world, books), np.zeros((7, len(books)))
    live = np.nonzero(books["status"] == LIVE)[0]
    if len(live):
        real[:, live] = _real_month(world, books[live], Reach(*(part[live] for part in reach)))
    now = Month(*real)
    parts = _promised(world, books, (sales, labour), reach, month)
    reached = parts.pop("reached")
    parts |= {
        "volume": now.sales_then + now.labour_then - reached,
        "price": now.sales + now.labour - now.sales_then - now.labour_then,
        "edges": now.edges + now.retyping, "dip": now.dip,
    }
    in_window = month < books["start"] + window
    for name, usd in parts.items():
        books[f"part_{name}"] += np.where(in_window, usd, 0.0) * discount
    hours = now.labour + now.retyping
    books["planned"] += (sales + labour) * discount
    books["earned_labour"] += hours * discount
    books["part_later"] += np.where(in_window, 0.0, hours + now.sales + now.edges + now.dip) * discount


def _promised(
    world: World, books: Books, foreseen: tuple[Floats, Floats], reach: Reach, month: int
) -> dict[str, Floats]:
    """From this month's promise to what the firm it met let it reach: sober, as rated, in time, used and known."""
    planned = foreseen[0] + foreseen[1]
    sober = planned * numerics.exp(-world.params.choosing.optimism[world.firms.world[books["row"]]])
    due = (month >= books["due"]) & (month < books["start"] + _window(world, books["row"]))
    sales, labour = np.where(due, books["rated_sales"], 0.0), np.where(due, books["rated_labour"], 0.0)
    rated, running = sales + labour, books["status"] <= LIVE
    used = reach.part * reach.use
    reached = used * (sales * reach.skill_sales + labour * reach.skill_hours)
    return {
        "optimism": sober - planned, "picture": rated - sober,
        "stop": -rated * (books["status"] == STOPPED), "closed": -rated * (books["status"] == CLOSED),
        "delay": -rated * running * (1.0 - reach.part), "usage": -rated * (reach.part - used),
        "skill": reached - rated * used, "reached": reached,
    }


def _foreseen(world: World, books: Books, month: int) -> tuple[Floats, Floats]:
    """What was foreseen for this month, USD: the forecast spread evenly over the months it was to work in."""
    row, window = books["row"], _window(world, books["row"])
    rate = world.params.choosing.discount_month[world.firms.world[row]]
    wait = (books["due"] - books["start"]).astype(np.float64)
    spread = annuity_factor(rate, np.maximum(window - wait, 0.0)) * numerics.power(1.0 / (1.0 + rate), wait - 1.0)
    spread = spread * numerics.power(1.0 / (1.0 + rate), books["start"].astype(np.float64))
    then = (month >= books["due"]) & (month < books["start"] + window)
    part = np.where(then & (spread > 0.0), 1.0 / np.where(spread > 0.0, spread, 1.0), 0.0)
    return books["sales"] * part, books["labour"] * part


def _reach(world: World, books: Books) -> Reach:
    """How far every project works this month; projects without users are used in full."""
    firms, row, slot = world.firms, books["row"], books["slot"]
    live, tool = books["status"] == LIVE, books["item"] < EXPANSION
    w, family = firms.world[row], np.where(tool, books["item"], 0)
    p = world.params.catalogue
    learned = (p.equipment_gain[w, family] == 0.0) & (p.convenience[w, family] == 0.0)
    skill = np.where(live & tool, firms.tool_skill[row, slot], 1.0)
    return Reach(
        np.where(live, np.where(tool, 1.0 - firms.tool_held_back[row, slot], 1.0), 0.0),
        np.where(live & tool, firms.tool_usage[row, slot], 1.0), np.where(learned, skill, 1.0), skill,
    )


def _real_month(world: World, books: Books, reach: Reach) -> Floats:
    """What live projects did this month, (7, projects), in the order of `Month`."""
    firms, row, slot, item = world.firms, books["row"], books["slot"], books["item"]
    tool, used = item < EXPANSION, reach.part * reach.use
    family = np.where(tool, item, 0)
    real = shop(world, row, world.orders_of_month[row])
    units = np.where(tool, firms.tool_units[row, slot] * used * reach.skill_hours, 0.0)
    in_use = (tool & (used > 0.0))[:, None]
    lacking = in_use & (firms.integrate[row] == 0.0)[:, None]
    slow, edges = np.zeros(real.tools.shape), np.zeros(real.tools.shape)
    slow[tool] = slowed(world, row[tool], slot[tool])
    edges[tool] = edges_of(world, row[tool], family[tool], hub_at_work(world)[row[tool]])
    own = Effect(
        tool_orders(world, row, family, units), equipment_factor(world, row, item, used, bought=True),
        books["mended"][:, None] * _at_stage(item - FIX, slow), np.where(lacking, edges, 0.0),
        1.0 - np.where(in_use, slow, 0.0),
    )
    return np.stack(month_of(world, real, own, Prices(books["price"], books["materials"], books["wage"])))


def _discount(world: World, rows: Ints, month: int) -> Floats:
    """Value at month 0 of a dollar in a month, (rows,)."""
    rate = world.params.choosing.discount_month[world.firms.world[rows]]
    return numerics.power(1.0 / (1.0 + rate), np.full(len(rows), float(month)))


def _window(world: World, rows: Ints) -> Floats:
    """Months over which projects are judged, (rows,)."""
    return world.params.choosing.window_months[world.firms.world[rows]]
