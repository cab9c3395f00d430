"""What every project did in a month, reckoned from what was foreseen for it to what it was."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim import numerics
from sim.arrays import Floats
from sim.formulas.finance import annuity_factor
from sim.formulas.integration import over
from sim.mechanisms.disruption import slowed
from sim.mechanisms.integration import edges_of
from sim.observe.books import CLOSED, LIVE, STOPPED, Books, at_stage, discount_of, window_of
from sim.observe.renewals import layer
from sim.observe.turnover import hiring_usd
from sim.observe.worth import Effect, Month, Prices, equipment_factor, month_of, shop
from sim.offers import comes_true, hub_at_work, tool_orders
from sim.state import EXPANSION, FIX
from sim.world import World


class Reach(NamedTuple):
    """How far projects work this month, all (projects,): what is theirs of what is rated (1, less where they replace a
    version that did some of it), part of the firm, use, skill for sales and for hours."""

    theirs: Floats
    part: Floats
    use: Floats
    skill_sales: Floats
    skill_hours: Floats


def earn(world: World, books: Books, month: int) -> None:
    """Reckon this month of every project, from what was foreseen for it to what it was."""
    row = books["row"]
    discount, window = discount_of(world, row, month), window_of(world, row)
    sales, labour = _foreseen(world, books, month)
    reach, real = _reach(world, books), np.zeros((len(Month._fields), len(books)))
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
    parts["people"] = -hiring_usd(world, books, now.hours, now.overload)
    in_window = month < books["start"] + window
    for name, usd in parts.items():
        books[f"part_{name}"] += np.where(in_window, usd, 0.0) * discount
    wages = now.labour + now.retyping + parts["people"]
    books["planned"] += (sales + labour) * discount
    books["earned_labour"] += wages * discount
    books["part_later"] += np.where(in_window, 0.0, wages + now.sales + now.edges + now.dip) * discount


def _promised(
    world: World, books: Books, foreseen: tuple[Floats, Floats], reach: Reach, month: int
) -> dict[str, Floats]:
    """From this month's promise to what the firm it met let it reach: sober, as rated, in time, used and known."""
    planned = foreseen[0] + foreseen[1]
    sober = planned * numerics.exp(-world.params.choosing.optimism[world.firms.world[books["row"]]])
    due = (month >= books["due"]) & (month < books["start"] + window_of(world, books["row"]))
    sales, labour = (np.where(due, books[f"rated_{name}"] * reach.theirs, 0.0) for name in ("sales", "labour"))
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
    row, window = books["row"], window_of(world, books["row"])
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
    in_place = (1.0 - firms.tool_held_back[row, slot]) * (1.0 - firms.tool_out[row, slot])
    renews, own = tool & (books["beneath"] >= 0), layer(books)
    used = firms.tool_usage[row, slot] * np.where(renews, 1.0, own)
    return Reach(
        np.where(renews, own, 1.0),
        np.where(live, np.where(tool, in_place, 1.0), 0.0),
        np.where(live & tool, used, 1.0), np.where(learned, skill, 1.0), skill,
    )


def _real_month(world: World, books: Books, reach: Reach) -> Floats:
    """What live projects did this month, (fields, projects), in the order of `Month`."""
    firms, row, slot, item = world.firms, books["row"], books["slot"], books["item"]
    tool, at_work = item < EXPANSION, reach.part * reach.use * reach.theirs
    used = at_work * comes_true(world, row, item)
    family = np.where(tool, item, 0)
    real = shop(world, row, world.orders_of_month[row])
    units = np.where(tool, firms.tool_units[row, slot] * used * reach.skill_hours, 0.0)
    in_use = (tool & (at_work > 0.0))[:, None]
    lacking = in_use & (firms.integrate[row] == 0.0)[:, None]
    slow, edges = np.zeros(real.tools.shape), np.zeros(real.tools.shape)
    new = tool & (books["carried"] == books["start"])  # what was replaced has long settled in
    slow[new] = slowed(world, row[new], slot[new])
    taken = tool_orders(world, row, family, units)
    edges[tool] = edges_of(world, row[tool], family[tool], hub_at_work(world, row[tool]))
    edges *= over(taken, real.tools)
    own = Effect(
        taken, equipment_factor(world, row, item, used, bought=True),
        books["mended"][:, None] * at_stage(item - FIX, slow), np.where(lacking, edges, 0.0),
        1.0 - np.where(in_use, slow, 0.0),
    )
    return np.stack(month_of(world, real, own, Prices(books["price"], books["materials"], books["wage"])))
