"""What a project did to people, in money: quits it drove or kept away, whom it laid off and retrained.

Nobody leaves with a note that says why. But the hazard of leaving is a product of reasons, so a month's expected quits
without one of them can be told: the fear that a tool spreads from the day it is announced, the tedium it takes over,
the load it brings or takes away. Every quit that is made good costs a search. What newcomers do not yet know is in the
shop's capacity, and with it in the other parts.
"""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Floats
from sim.observe.books import LIVE, Books
from sim.state import EXPANSION
from sim.world import Note, World


def hiring_usd(world: World, books: Books, relieved_hours: Floats, overload: Floats) -> Floats:
    """What filling posts cost this month because of each project, USD (projects,); below zero: it kept people.

    `relieved_hours` are the hours it took over and `overload` the load beyond what people can carry that it added.
    """
    firms, p, row = world.firms, world.params, books["row"]
    w, people = firms.world[row], world.people
    staff = numerics.count_by(people.employer, len(firms.world))
    each = 1.0 / np.maximum(staff, 1)
    threat, morale = (world.sum_by_firm(people.employer, felt) * each for felt in (people.threat, people.morale))
    own_threat = _share_of_threat(world, books) * threat[row]
    relieved = relieved_hours * each[row] / p.sector.hours_person_month[w]
    mood = p.morale.tedium_weight[w] * relieved - p.morale.overload_weight[w] * overload
    mood = mood - p.morale.threat_weight[w] * own_threat
    reason = p.staffing.overload_quits[w] * overload + p.morale.threat_quits[w] * own_threat
    reason = reason - p.morale.morale_quits[w] * mood
    wage = numerics.log(world.market_wage_usd_hour[w] / firms.wage_usd_hour[row])
    usual = p.morale.wage_quits[w] * wage - p.morale.morale_quits[w] * morale[row]
    others = usual + p.staffing.overload_quits[w] * firms.overload[row] + p.morale.threat_quits[w] * threat[row]
    quits = staff[row] * p.sector.quits_month[w] * numerics.exp(others) * (1.0 - numerics.exp(-reason))
    a_year = firms.wage_usd_hour[row] * p.sector.hours_person_month[w] * 12.0
    made_good = (firms.posts[row] >= staff[row]) & (books["status"] <= LIVE)
    return np.where(made_good, quits * p.staffing.hire_cost_years[w] * a_year, 0.0)


def _share_of_threat(world: World, books: Books) -> Floats:
    """How much of a firm's fear is one project's: by the work it could take, fading since its go-live; (projects,)."""
    firms, p, row = world.firms, world.params, books["row"]
    w, tool = firms.world[row], books["item"] < EXPANSION
    taken = numerics.row_sum(np.minimum(p.catalogue.hours_taken[w, np.where(tool, books["item"], 0)], 1.0))
    since = np.where(books["live"] >= 0, world.month - 1 - books["live"], 0).astype(np.float64)
    left = numerics.power(0.5, since / p.acceptance.threat_half_life_months[w])
    weight = np.where(tool & (books["status"] <= LIVE), taken * left, 0.0)
    total = numerics.sum_by(row, weight, len(firms.world))[row]
    return np.where(total > 0.0, weight / np.where(total > 0.0, total, 1.0), 0.0)


def parting_usd(world: World, notes: list[Note]) -> Floats:
    """What firms paid this month for laying people off and for retraining them, USD (firms,)."""
    firms, p, w = world.firms, world.params.morale, world.firms.world
    paid = p.retraining_usd_hour[w] * firms.hours_retrained
    month_wage = firms.wage_usd_hour * world.params.sector.hours_person_month[w]
    for note in notes:
        if note.kind == "layoff":
            rows = note.rows
            paid[rows] += (p.severance_months[w] * month_wage)[rows] * note.details["people"]
    return paid
