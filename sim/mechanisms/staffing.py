"""Staffing: people leave, posts are planned and filled, time moves to where it is needed.

Quits rise with overload only above the normal load, otherwise they run away; a vacancy takes time, a hire costs cash
and works at half speed at first. Posts follow expected load; nobody is laid off here, so hours that tools free leave
the wage bill by attrition or growth, or stay idle and paid, unless the owner does more about it (displacement).
"""

from __future__ import annotations

import numpy as np

from sim import luck, numerics
from sim.arrays import Ints
from sim.formulas.staffing import hours_needed
from sim.formulas.throughput import automated_share, slowest_pace
from sim.kernels.matching import match_posts
from sim.kernels.people import Hours, Jobs, Reasons, bring, leave, shift
from sim.state import FLOW
from sim.work import time_wanted
from sim.world import World, as_it_was, mechanism

MOST_HIRES_MONTH = 20


def nobody_quits(world: World) -> None:
    """Nobody leaves by choice; everybody grows older in the job."""
    world.people.tenure[world.people.employer >= 0] += 1
    world.firms.quits[:] = 0


@mechanism(
    "people.employer people.tenure firms.quits", neutral=nobody_quits, neutral_text="quit hazard 0"
)
def let_people_quit(world: World) -> None:
    """Each employee leaves with the sector's hazard, more under overload, threat, low morale and low pay."""
    people, firms, p = world.people, world.firms, world.params
    w, wage = firms.world, np.where(firms.wage_usd_hour > 0.0, firms.wage_usd_hour, 1.0)
    reasons = Reasons(
        usual=p.sector.quits_month, morale=p.morale.morale_quits, overload=p.staffing.overload_quits,
        threat=p.morale.threat_quits, pay=p.morale.wage_quits[w] * numerics.log(world.market_wage_usd_hour[w] / wage),
        overloaded=firms.overload,
    )
    jobs = Jobs(people.employer, people.tenure, people.world, people.luck, people.morale, people.threat)
    leave(jobs, reasons, np.uint64(world.month), firms.quits)


@mechanism("firms.posts")
def plan_posts(world: World) -> None:
    """Posts follow the expected load, as far as equipment lets it through; what is keyed in again is part of it."""
    firms, p, w = world.firms, world.params, world.firms.world
    chain = p.sector.chain[w] > 0.0
    equipment = firms.equipment_orders * (1.0 + firms.equipment_bonus)
    orders = np.minimum(firms.orders_expected, slowest_pace(equipment, chain))
    automated = automated_share(orders[:, None], firms.tool_orders, p.throughput.automatable_cap[w][:, None])
    needed = hours_needed(
        orders, world.lasting_hours_order, automated, chain,
        (firms.normal_orders, p.throughput.support_per_order_share[w]),
    )
    owner = p.management.hands_on_share[w] * p.management.owner_hours_month[w]
    hours = numerics.row_sum(needed) / p.throughput.normal_utilisation[w] - owner
    posts = np.floor(np.maximum(hours, 0.0) / p.sector.hours_person_month[w] + 0.5)
    firms.posts[:] = np.where(firms.open, posts, 0.0)


@mechanism("firms.orders_expected")
def expect_orders(world: World) -> None:
    """What the owner expects follows what customers ordered, season taken out; a start-up follows growth at once."""
    firms, w = world.firms, world.firms.world
    seasonless = firms.orders_new / world.worlds.season[w]
    growing = (firms.months_below < 0) & (seasonless > firms.orders_expected)
    memory = np.where(growing, 0.0, world.params.staffing.load_memory_month[w])
    firms.orders_expected[:] = memory * firms.orders_expected + (1.0 - memory) * seasonless


def no_hires(world: World) -> None:
    """No post is filled."""
    world.firms.hires[:] = 0


@mechanism(
    "people.employer people.tenure people.time_share people.tool_use firms.hires firms.flow_cents",
    neutral=no_hires, neutral_text="no post is filled",
)
def fill_posts(world: World) -> None:
    """Open posts find somebody with the owner's luck and skill; whom, is drawn between the post and the person."""
    firms, people, p = world.firms, world.people, world.params
    staff = numerics.count_by(people.employer, len(firms.world))
    found = _posts_that_find_somebody(world, np.maximum(firms.posts - staff, 0))
    hired = match_posts(found, firms.world[found], firms.luck[found], people, np.uint64(world.month))
    new = np.nonzero(hired >= 0)[0]
    people.employer[new] = hired[new]
    people.tenure[new] = 0
    people.time_share[new] = time_wanted(world, hired[new])
    people.tool_use[new] = firms.tool_usage[hired[new]]
    firms.hires[:] = numerics.count_by(hired, len(firms.world))
    year_wage = firms.wage_usd_hour * p.sector.hours_person_month[firms.world] * 12.0
    rows = np.nonzero(firms.hires > 0)[0]
    cost = p.staffing.hire_cost_years[firms.world] * year_wage * firms.hires
    world.pay(rows, FLOW["hiring"], -cost[rows])


def _posts_that_find_somebody(world: World, vacant: Ints) -> Ints:
    """Firm of each post that is filled this month, in an order drawn by lot within each world."""
    firms, p, w = world.firms, world.params, world.firms.world
    chance = p.staffing.fill_month[w] * numerics.exp(p.management.hiring_effect[w] * firms.owner_quality)
    posts = np.minimum(vacant, MOST_HIRES_MONTH)
    rows = np.repeat(np.arange(len(w)), posts)
    post = (np.arange(len(rows)) - np.repeat(np.add.accumulate(posts) - posts, posts)).astype(np.uint64)
    draw = luck.draws(firms.luck[rows], "hire", world.month, post)
    found = draw < chance[rows]
    order = np.lexsort((draw[found], w[rows][found]))
    return rows[found][order]


@mechanism("people.time_share", neutral=as_it_was, neutral_text="time over stages stays as it was")
def shift_time(world: World) -> None:
    """People's time drifts to where their firm needs it, with friction."""
    people, wanted = world.people, time_wanted(world, np.arange(len(world.firms.world)))
    shift(people.time_share, (people.employer, people.world), wanted, world.params.throughput.shift_share_month)


@mechanism("firms.people_hours")
def bring_hours(world: World) -> None:
    """Add up the hours that employees and the owner bring to each stage."""
    firms, people, p = world.firms, world.people, world.params
    hours = Hours(
        people.employer, people.world, people.tenure, people.hours_away, people.time_share,
        p.sector.hours_person_month, p.staffing.ramp_months,
    )
    bring(hours, firms.people_hours)
    owner = p.management.hands_on_share[firms.world] * firms.owner_hours
    rows = np.nonzero(firms.open)[0]
    firms.people_hours[rows, firms.owner_stage[rows]] += owner[rows]
