"""Incidents (M19): what tools lay open is stolen now and then, tools stop, and rules reach what machines decide.

A firm without tools is as safe as its overhead has paid for: only what tools add is counted. The rate is that of small
firms at large (fact F40). Costs are mostly small and now and then very large; part of the customers leave at once.
Security lowers the one hazard, a person who looks at what machines decide the other (`fairness.py` has its price).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim import luck
from sim.arrays import Bools, Floats, Ints
from sim.exposure import exposure
from sim.formulas.incidents import chance_month, days_out, heavy_cost, prevented, reached_by_rules
from sim.state import FLOW, SEARCHING
from sim.world import World, as_it_was, mechanism

DAYS_MONTH = 30.0


@mechanism(
    "firms.owner_hours firms.flow_cents",
    neutral=as_it_was, neutral_text="security costs 0 money and 0 of the owner's hours",
)
def keep_watch(world: World) -> None:
    """Security costs money and the owner's hours every month, whether anything happens or not."""
    p = world.params.incidents
    world.keep_up(world.firms.security, p.security_hours_month, p.security_usd_month, FLOW["safeguards"])


def nothing_stops(world: World) -> None:
    """Every tool works all month."""
    world.firms.tool_out[:] = 0.0


@mechanism("firms.tool_out", neutral=nothing_stops, neutral_text="tools stop for 0 days")
def stop_tools(world: World) -> None:
    """A live tool may stop for days; hands do what they can meanwhile."""
    firms, p = world.firms, world.params.incidents
    nothing_stops(world)
    if not p.outage_year.any():
        return
    for slot in range(firms.tool_out.shape[1]):
        live = np.nonzero(world.tools_at_work[:, slot])[0]
        tool, chance = (firms.tool_family[live, slot] + 1).astype(np.uint64), chance_month(p.outage_year)
        stops = luck.draws(firms.luck[live], "outage", world.month, tool) < chance[firms.world[live]]
        rows, tool = live[stops], tool[stops]
        draw = luck.draws(firms.luck[rows], "outage.days", world.month, tool)
        days = np.minimum(days_out(draw, p.outage_days[firms.world[rows]]), DAYS_MONTH)
        firms.tool_out[rows, slot] = days / DAYS_MONTH
        world.note("outage", rows, item=firms.tool_family[rows, slot], days=days)


class Blow(NamedTuple):
    """Something that hits firms in a month: events a year (firms,), mean cost and its log spread by world."""

    name: str
    events_year: Floats
    mean_usd: Floats
    spread: Floats


def _struck(world: World, blow: Blow) -> tuple[Ints, Floats]:
    """Rows of the open firms that it hits this month, and what it costs them, USD."""
    happens: Bools = world.draws(blow.name, world.firms) < chance_month(blow.events_year)
    rows = np.nonzero(world.firms.open & happens)[0]
    w, draw = world.firms.world[rows], luck.draws(world.firms.luck[rows], f"{blow.name}.cost", world.month)
    return rows, heavy_cost(draw, blow.mean_usd[w], blow.spread[w])


def nothing_is_stolen(world: World) -> None:
    """No data are stolen."""
    world.firms.breaches[:] = 0


@mechanism(
    "firms.breaches firms.flow_cents customers.supplier",
    neutral=nothing_is_stolen, neutral_text="0 thefts of data",
)
def suffer_breaches(world: World) -> None:
    """Data of some firms are stolen: it costs money, and part of their customers leave at once."""
    firms, p, w = world.firms, world.params.incidents, world.firms.world
    rate = (p.breach_year + world.worlds.theft_wave)[w]
    hazard = rate * exposure(world) * prevented(firms.security, p.security_effect[w])
    rows, usd = _struck(world, Blow("breach", hazard, p.breach_usd, p.breach_spread))
    firms.breaches[:] = 0
    firms.breaches[rows] = 1
    world.pay(rows, FLOW["breaches"], -usd)
    world.note("breach", rows, usd=usd, customers=_drive_away(world, rows))


def _drive_away(world: World, rows: Ints) -> Ints:
    """Let a drawn part of the customers of these firms leave; how many left each of them."""
    customers, firms = world.customers, world.firms
    share = np.zeros(len(firms.world))
    share[rows] = world.params.incidents.breach_churn[firms.world[rows]]
    share[rows] *= luck.draws(firms.luck[rows], "breach.churn", world.month)
    if not share.any():
        return np.zeros(len(rows), dtype=np.int64)
    at_one = np.append(share, [0.0, 0.0])[customers.supplier]  # −1 and −2, who have no firm, look up the end
    there = np.nonzero(at_one)[0]
    leaving = there[luck.draws(customers.luck[there], "breach.leave", world.month) < at_one[there]]
    lost = world.sum_by_firm(customers.supplier[leaving], np.ones(len(leaving)))
    customers.supplier[leaving] = SEARCHING
    return lost[rows].astype(np.int64)


def nobody_is_fined(world: World) -> None:
    """No fine for how machines decide."""
    world.firms.fined[:] = 0


@mechanism("firms.fined firms.flow_cents", neutral=nobody_is_fined, neutral_text="0 fines")
def face_the_rules(world: World) -> None:
    """Where the sector is regulated, what machines decide is fined now and then, less if a person looks on."""
    firms, p, w = world.firms, world.params.incidents, world.firms.world
    reach = reached_by_rules(world.params.sector.regulation, p.regulated_above)
    hazard = (p.fine_year * reach)[w] * firms.machine_decided * prevented(firms.oversight, p.oversight_effect[w])
    rows, usd = _struck(world, Blow("fine", hazard, p.fine_usd, p.fine_spread))
    firms.fined[:] = 0
    firms.fined[rows] = 1
    world.pay(rows, FLOW["fines"], -usd)
    world.note("fine", rows, usd=usd)
