"""Large firms react (M26): a small firm's visible gain in share is answered, months later, by imitation or price.

A large firm that has nothing under way takes note of the small firm of its market that gained most over its usual
share; start-ups grow from nothing, which is no news. After a lag (Gamma, drawn by firm, rival and month) it looks at
the tools at work there that it lacks and can pay, and buys the one since which the rival has gained most, if that is a
gain one would note. Where there is none it gives up part of its markup, down to a floor and for a time. A rival that
has closed meanwhile is forgotten.
"""

from __future__ import annotations

import numpy as np

from sim import luck, numerics
from sim.arrays import Bools, Floats, Ints
from sim.buying import Terms, put_into_slot
from sim.formulas.rivals import lag_months
from sim.offers import offers
from sim.state import FLOW, NO_TOOL
from sim.world import World, mechanism


def shares(world: World) -> Floats:
    """Share of each firm in the orders delivered last month, (firms,); 0 where nothing was delivered."""
    firms = world.firms
    served = np.where(firms.open, firms.orders_served, 0).astype(np.float64)
    total = world.sum_by_world(firms.world, served)[firms.world]
    return served / np.where(total > 0.0, total, 1.0)


def nobody_takes_note(world: World) -> None:
    """Large firms do not look at small ones."""
    world.firms.reaction_in[:] = 0


@mechanism(
    "firms.share_usual firms.tool_share_before firms.reaction_in firms.reaction_to",
    neutral=nobody_takes_note, neutral_text="no reaction of large firms",
)
def take_note(world: World) -> None:
    """Idle large firms take note of the small firm that gained most; everybody's usual share follows its share.

    That of a start-up follows at once. What a firm's share was when a tool went live is remembered beside the tool.
    """
    firms, p, w = world.firms, world.params.rivals, world.firms.world
    share, new = shares(world), world.tools_at_work & (world.firms.tool_months_live == 0)
    gainer = _gainer(world, share)[w]
    rows = np.nonzero(firms.open & firms.large & (firms.reaction_in == 0) & (gainer >= 0))[0]
    rival = gainer[rows]
    steps = [luck.draws(firms.luck[rows], f"reaction.{n}", world.month, firms.luck[rival]) for n in range(3)]
    memory = np.where(_starts_up(world), 0.0, p.memory_month[w])

    firms.tool_share_before[new] = np.maximum(share, firms.share_usual)[np.nonzero(new)[0]]
    firms.reaction_in[rows] = lag_months(p.lag_months[w[rows]], *steps)
    firms.reaction_to[rows] = firms.birth[rival]
    firms.share_usual[:] = np.where(firms.open, memory * firms.share_usual + (1.0 - memory) * share, 0.0)


def _starts_up(world: World) -> Bools:
    """Firms in the months that a start-up is given, (firms,)."""
    return world.firms.months_below < 0


def _gainer(world: World, share: Floats) -> Ints:
    """Row of the small firm of each world that gained most and visibly, −1 none; (worlds,)."""
    firms, p, slots = world.firms, world.params.rivals, world.firm_slots
    largest = np.where(firms.large, share, 0.0).reshape(-1, slots).max(axis=1)[firms.world]
    settled = firms.open & ~firms.large & ~_starts_up(world)
    worth_noting = settled & (share > 0.0) & (share >= p.visible_share[firms.world] * largest)
    gain = _gain_over(firms.share_usual, np.where(worth_noting, share, 1.0))
    seen = np.where(worth_noting & (gain > p.gain_seen[firms.world]), gain, -np.inf).reshape(-1, slots)
    most = seen.argmax(axis=1)
    return np.where(np.isfinite(seen.max(axis=1)), np.arange(len(most)) * slots + most, -1)


def _gain_over(before: Floats, share: Floats) -> Floats:
    """Log points by which a share is above another."""
    return numerics.log(share / np.maximum(before, 1e-9))


@mechanism(
    "firms.reaction_in firms.tool_family firms.tool_units firms.tool_countdown firms.tool_fee_usd_month "
    "firms.tool_start_month firms.tool_due_month firms.tool_quote_usd firms.tool_benefit_usd firms.tool_promise_usd "
    "firms.tool_held_back firms.tool_rest_usd firms.tool_strength firms.tool_support_end "
    "firms.flow_cents firms.markup_given firms.markup firms.price_usd"
)
def react(world: World) -> None:
    """Large firms whose time has come imitate, or cut their price; earlier cuts fade."""
    firms = world.firms
    waiting = firms.reaction_in > 0
    due = np.nonzero(waiting & (firms.reaction_in == 1))[0]

    firms.reaction_in[waiting] -= 1
    firms.markup_given[:] *= world.params.rivals.cut_memory_month[firms.world]
    if len(due):
        _answer(world, due)


def _answer(world: World, due: Ints) -> None:
    """Imitate the rival where that can be done, cut the price where not; let be what concerns a rival that is gone."""
    rival, there = _rival_rows(world, due)
    family = np.full(len(due), NO_TOOL)
    family[there] = _to_imitate(world, due[there], rival[there])
    _imitate(world, due[family != NO_TOOL], family[family != NO_TOOL])
    _cut_price(world, due[there & (family == NO_TOOL)])


def _rival_rows(world: World, rows: Ints) -> tuple[Ints, Bools]:
    """Row of the small firm that each large firm in `rows` took note of, and whether it is still in business."""
    firms, slots, w = world.firms, world.firm_slots, world.firms.world[rows]
    births = np.where(firms.open, firms.birth, NO_TOOL).reshape(-1, slots)
    same = births[w] == firms.reaction_to[rows][:, None]
    return w * slots + same.argmax(axis=1), same.any(axis=1)


def _to_imitate(world: World, rows: Ints, rival: Ints) -> Ints:
    """Of the rival's tools that each firm in `rows` lacks and can pay, the one it gained most since; −1 none."""
    firms, families, line = world.firms, world.worlds.hype.shape[1], np.arange(len(rows))
    live = world.tools_at_work[rival]
    owned = (firms.tool_family[rows][:, :, None] == np.arange(families)).any(axis=1)
    room = (firms.tool_family[rows] == NO_TOOL).any(axis=1)[:, None]
    payable = offers(world, rows).one_off_usd[:, :families] <= numerics.usd(firms.cash_cents[rows])[:, None]
    wanted = room & payable & ~owned & (world.params.catalogue.offered[firms.world[rows]] > 0.0)
    theirs = np.where(live, firms.tool_family[rival], 0)
    share = np.maximum(shares(world)[rival], 1e-9)[:, None]
    since = _gain_over(firms.tool_share_before[rival], np.broadcast_to(share, live.shape))
    noted = since > world.params.rivals.gain_seen[firms.world[rows]][:, None]
    gained = np.where(live & wanted[line[:, None], theirs] & noted, since, -np.inf)
    most = gained.argmax(axis=1)
    return np.where(np.isfinite(gained[line, most]), theirs[line, most], NO_TOOL)


def _imitate(world: World, rows: Ints, family: Ints) -> None:
    """Buy the tool: it is paid at once, takes its months to be put in place, and is thought to be worth its price."""
    on_offer, line = offers(world, rows), np.arange(len(rows))
    price = on_offer.one_off_usd[line, family]
    months = np.maximum(on_offer.months[line, family].astype(np.int64), 1)
    fee, nothing = on_offer.running_usd_month[line, family], np.zeros(len(rows))
    put_into_slot(world, rows, family, Terms(price, fee, months, months, nothing, price, nothing))
    world.pay(rows, FLOW["tools_once"], -price)
    world.note("imitate", rows, item=family, price_usd=price)


def _cut_price(world: World, rows: Ints) -> None:
    """Give up part of the markup, at once, as far as the floor allows."""
    firms, p, w = world.firms, world.params.rivals, world.firms.world[rows]
    room = np.maximum(firms.markup_own[rows] - firms.markup_given[rows] - p.lowest_markup[w], 0.0)
    cut = np.minimum(p.price_cut[w], room)
    firms.price_usd[rows] *= (1.0 + firms.markup[rows] - cut) / (1.0 + firms.markup[rows])
    firms.markup_given[rows] += cut
    firms.markup[rows] -= cut
    world.note("cut price", rows, markup=cut)
