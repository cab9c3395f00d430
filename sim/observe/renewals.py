"""Renewals in the books: a newer version is credited with what it adds to the one that it replaces.

Without the renewal the old version would have gone on working, a little less every month once nobody supported it. So
its own project keeps that work in the books, fee and all, and the new one has the rest: layers of one tool that add up
to what it does and to what it costs.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.observe.books import LIVE, Books
from sim.offers import comes_true, tool_orders
from sim.state import EXPANSION
from sim.vintages import installed
from sim.world import World


def replaced_by(books: Books, rows: Ints, items: Ints) -> Ints:
    """Entry of the project whose tool each new project of a firm and an item is to replace, −1 none."""
    found = np.full(len(rows), -1)
    for n, (row, item) in enumerate(zip(rows, items, strict=True)):
        same = np.nonzero((books["row"] == row) & (books["item"] == item) & (books["status"] == LIVE))[0]
        if len(same) and item < EXPANSION:
            found[n] = same[-1]
    return found


def replaced_work(world: World, rows: Ints, items: Ints) -> Floats:
    """Orders that the version at work takes over today, where the item is a newer one of it; (rows, stages)."""
    firms, line = world.firms, np.arange(len(rows))
    family = np.where(items < EXPANSION, items, 0)
    slot = np.where(items < EXPANSION, installed(world, rows)[line, family], -1)
    used = firms.tool_skill[rows, slot] * firms.tool_usage[rows, slot] * firms.tool_strength[rows, slot]
    used *= comes_true(world, rows, family)
    return tool_orders(world, rows, family, np.where(slot >= 0, firms.tool_units[rows, slot] * used, 0.0))


def carry_over(books: Books, goes_live: Bools, mine: Bools) -> None:
    """Let the version that goes live carry the work of those before it; `mine` says whose own slot is still theirs."""
    for new in np.nonzero(goes_live & (books["beneath"] >= 0))[0]:
        old = books["beneath"][new]
        if books["status"][old] == LIVE and not mine[old]:
            of_old = (books["row"] == books["row"][old]) & (books["item"] == books["item"][old])
            of_old &= (books["status"] == LIVE) & (books["carried"] == books["carried"][old])
            books["slot"][of_old], books["carried"][of_old] = books["slot"][new], books["start"][new]
            mine |= of_old


def keep_up(world: World, books: Books, month: int) -> None:
    """What every tool would do by itself, and its fee: as it is, or as it would have gone on where it was replaced."""
    firms, row, slot = world.firms, books["row"], books["slot"]
    own = (books["item"] < EXPANSION) & (books["carried"] == books["start"]) & (books["status"] <= LIVE)
    fading = world.params.frontier.fading_month[firms.world[row]]
    fades = (books["support"] <= month) & ~firms.large[row] & (books["carried"] != books["start"])
    books["strength"] = np.where(own, firms.tool_strength[row, slot], books["strength"] * (1.0 - fading * fades))
    books["support"] = np.where(own, firms.tool_support_end[row, slot], books["support"])
    books["fee"] = np.where(own, firms.tool_fee_usd_month[row, slot], books["fee"])


def layer(books: Books) -> Floats:
    """What each tool does over its rating that the version before it would not do, (projects,)."""
    return np.maximum(books["strength"] - _of_beneath(books, "strength", books["beneath"] >= 0), 0.0)


def fee_of_its_own(books: Books) -> Floats:
    """Fee of each project less the fee that the version before it would still cost, USD/month (projects,)."""
    handed = (books["beneath"] >= 0) & (books["carried"][books["beneath"]] == books["carried"])
    return np.maximum(books["fee"] - _of_beneath(books, "fee", handed), 0.0)


def _of_beneath(books: Books, name: str, which: Bools) -> Floats:
    """A number of the project beneath, while that is at work; 0 elsewhere."""
    return np.where(which & (books["status"][books["beneath"]] == LIVE), books[name][books["beneath"]], 0.0)
