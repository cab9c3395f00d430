"""Wages (part of M10): what a firm pays follows what its people make and how hard its posts are to fill.

Firms that make more per worker pay more: elasticities of wages to value added per worker are .05 to .15 (Card et al.
2018). Both channels are off by default. A firm pays the trade's wage times a premium of its own from birth; what moves
is only the part above or below that, kept in `wage_moved`, so an event that multiplies wages composes with it once.
Orders are those expected, season taken out, as far as the chain lets them through: wages do not run with December.
"""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Floats, Ints
from sim.formulas.wages import output_gained, people_built_for, wage_wanted
from sim.world import World, as_it_was, mechanism


@mechanism(
    "firms.wage_usd_hour firms.wage_moved firms.posts_open", neutral=as_it_was, neutral_text="wages stay"
)
def move_wages(world: World) -> None:
    """Wages drift towards the firm's usual one, more where an hour makes more or posts have long been open."""
    firms, p, w = world.firms, world.params.wages, world.firms.world
    staff, memory = numerics.count_by(world.people.employer, len(w)), p.vacancy_memory_month[w]
    vacant = np.maximum(firms.posts - staff, 0) / np.maximum(firms.posts, 1)
    long_open = memory * firms.posts_open + (1.0 - memory) * vacant
    shared, scarcity = p.rent_sharing[w] * _gained(world, staff), p.vacancy_response[w] * long_open
    gap = wage_wanted(shared, scarcity, p.most_moved[w]) - firms.wage_moved
    moved = np.where(firms.open, p.adjust_month[w] * gap, 0.0)

    firms.posts_open[:] = np.where(firms.open, long_open, 0.0)
    firms.wage_moved[:] += moved
    firms.wage_usd_hour[:] *= numerics.exp(moved)


def _gained(world: World, staff: Ints) -> Floats:
    """Log of orders per hour of staff and owner over those that the firm was built for, (firms,)."""
    firms, p, w = world.firms, world.params, world.firms.world
    owner, person = p.management.hands_on_share[w] * p.management.owner_hours_month[w], p.sector.hours_person_month[w]
    by_hand = numerics.row_sum(firms.hand_hours_order) * firms.normal_orders / p.throughput.normal_utilisation[w]
    orders = np.minimum(firms.orders_expected, firms.throughput)
    usual_hours = people_built_for(by_hand, owner, person) * person + owner
    return output_gained(orders, staff * person + owner, firms.normal_orders, usual_hours)
