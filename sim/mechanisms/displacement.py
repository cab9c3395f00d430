"""Displacement (part of M10): what becomes of hours that tools have freed, beyond waiting for people to leave.

By default freed hours leave the wage bill by attrition, are taken up by growth, or stay idle and paid. Two levers
change that, in firms that have a tool at work: posts no longer needed are cut at once, at the price of severance and
of what it does to those who stay (Trevor and Nyberg 2008); or people are retrained and move sooner to where they are
short. Both are one-off costs of the change and booked with what tools cost once.
"""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Bools, Floats
from sim.state import FLOW, JUST_LEFT
from sim.work import time_wanted
from sim.world import World, mechanism


def nobody_laid_off(world: World) -> None:
    """Surplus people stay until they leave by themselves."""
    world.firms.laid_off[:] = 0


@mechanism(
    "people.employer people.tenure people.threat people.morale firms.laid_off firms.flow_cents",
    neutral=nobody_laid_off, neutral_text="nobody is laid off",
)
def lay_off(world: World) -> None:
    """Cut surplus posts at once where the owner does so; whom it hits is drawn by person."""
    firms, people, p, w = world.firms, world.people, world.params, world.firms.world
    if not firms.layoff.any():
        nobody_laid_off(world)
        return
    staff = numerics.count_by(people.employer, len(w))
    surplus = np.maximum(staff - firms.posts, 0)
    cut = np.floor(np.where(_with_tools(world), firms.layoff, 0.0) * surplus).astype(np.int64)
    leaves = _drawn(world, cut)
    share = cut / np.maximum(staff, 1)
    stays = np.nonzero((people.employer >= 0) & ~leaves)[0]
    firm, own = people.employer[stays], people.world[stays]
    month_wage = firms.wage_usd_hour * p.sector.hours_person_month[w]

    people.threat[stays] += p.morale.layoff_threat[own] * share[firm]
    people.morale[stays] -= p.morale.layoff_morale[own] * share[firm]
    people.employer[leaves] = -1
    people.tenure[leaves] = JUST_LEFT
    firms.laid_off[:] = cut
    rows = np.nonzero(cut > 0)[0]
    world.pay(rows, FLOW["tools_once"], -(p.morale.severance_months[w] * month_wage * cut)[rows])
    world.note("layoff", rows, people=cut[rows])


def _drawn(world: World, cut: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Bools:
    """The people of each firm with the lowest draws, as many as are cut, (people,)."""
    people, chosen = world.people, np.zeros(len(world.people.world), dtype=np.bool_)
    rows = np.nonzero((people.employer >= 0) & (cut[people.employer] > 0))[0]
    draw = world.draws("layoff", people)[rows]
    ordered = rows[np.lexsort((draw, people.employer[rows]))]
    firm = people.employer[ordered]
    rank = np.arange(len(ordered)) - np.searchsorted(firm, firm)
    chosen[ordered[rank < cut[firm]]] = True
    return chosen


def nobody_retrained(world: World) -> None:
    """People move at their own pace."""
    world.firms.hours_retrained[:] = 0.0


@mechanism(
    "people.time_share people.hours_away firms.hours_retrained firms.flow_cents",
    neutral=nobody_retrained, neutral_text="nobody is retrained",
)
def retrain(world: World) -> None:
    """Teach people another stage's work, so that their time moves there sooner; it takes their hours and money."""
    firms, people, p, w = world.firms, world.people, world.params, world.firms.world
    if not firms.redeploy.any():
        nobody_retrained(world)
        return
    pace: Floats = np.where(_with_tools(world), p.morale.redeploy_share_month[w] * firms.redeploy, 0.0)
    rows = np.nonzero((people.employer >= 0) & (pace[people.employer] > 0.0))[0]
    firm, own = people.employer[rows], people.world[rows]
    moved = pace[firm][:, None] * (time_wanted(world, firm) - people.time_share[rows])
    hours_moved = numerics.row_sum(np.maximum(moved, 0.0)) * p.sector.hours_person_month[own]
    hours = p.morale.retraining_hours[own] * hours_moved

    people.time_share[rows] += moved
    people.hours_away[rows] += hours
    firms.hours_retrained[:] = world.sum_by_firm(firm, hours)
    paying = np.nonzero(firms.hours_retrained > 0.0)[0]
    world.pay(paying, FLOW["tools_once"], -(p.morale.retraining_usd_hour[w] * firms.hours_retrained)[paying])


def _with_tools(world: World) -> Bools:
    """Firms that have a tool at work, (firms,)."""
    return np.asarray(np.logical_or.reduce(world.tools_at_work, axis=1))
