"""Demand (M11): a few customers look around each month, see a few firms, and take what they value most.

A customer looks around the sooner the less satisfied it is with its firm (M12), and may hear of a friend's firm.
Attention instead of inertia: with an inertia bonus in the utility the long-run price elasticity is far too high; here
retention comes from not looking. Tastes are Gumbel draws of customer, firm and month, so choices are logit shares
(McFadden 1974) and nobody moves between firms that nothing happened to.
"""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Floats
from sim.formulas.satisfaction import Weights, value_delivered
from sim.kernels.customers import Buyers, Market, look_around
from sim.kernels.orders import Habits, place
from sim.state import OUTSIDE, SEARCHING
from sim.world import World, mechanism


def attraction(world: World) -> Floats:
    """Utility that each firm offers before reliability, price and taste, (firms,)."""
    firms, w = world.firms, world.firms.world
    stars = world.params.reputation
    rated = np.where(firms.large, stars.star_weight_large[w], stars.star_weight[w]) * firms.reputation
    return firms.appeal_base + firms.appeal + world.ease + rated + firms.novelty


def reliability(world: World) -> Floats:
    """Utility of what the market thinks of each firm's waits and faults, to a usual customer; (firms,)."""
    firms, weights, w = world.firms, world.weights, world.firms.world
    return -weights.wait[w] * firms.wait_seen - weights.quality[w] * firms.faults_seen


def relative_price(world: World) -> Floats:
    """Price over the sector's normal price, (firms,); 1 in slots never used."""
    normal = world.params.sector.order_value_usd[world.firms.world]
    return np.where(world.firms.price_usd > 0.0, world.firms.price_usd / normal, 1.0)


def outside(world: World) -> Floats:
    """Utility of buying elsewhere, (worlds,): there too waits, faults and prices are weighed as tastes are today.

    Without that a new taste would move customers out of the market, not between its firms.
    """
    firms, p, w, taste = world.firms, world.params.demand, world.firms.world, world.worlds.taste - 1.0
    if not taste.any():
        return world.worlds.outside_utility
    more = Weights(p.wait_weight * taste[:, 0], p.quality_weight * taste[:, 1], p.price_sensitivity * taste[:, 2])
    price = numerics.log(relative_price(world))
    usual = world.market_mean(value_delivered(more, w, firms.wait_seen, firms.faults_seen, price))
    return world.worlds.outside_utility + usual


def everybody_stays(world: World) -> None:
    """Customers keep their supplier; those whose supplier closed buy elsewhere."""
    supplier = world.customers.supplier
    supplier[supplier == SEARCHING] = OUTSIDE


@mechanism(
    "customers.supplier customers.satisfaction",
    neutral=everybody_stays, neutral_text="fixed shares: nobody looks around",
)
def choose_suppliers(world: World) -> None:
    """Customers that look around, or whose supplier has closed, choose anew."""
    firms, customers, p, setup = world.firms, world.customers, world.params.demand, world.params.setup
    market = Market(
        open=firms.open, luck=firms.luck, value=attraction(world), beside=firms.convenience_second,
        reliability=reliability(world),
        log_price=world.worlds.taste[firms.world, 2] * numerics.log(relative_price(world)),
        awareness=firms.awareness, attention=p.attention_month, looks=p.looks,
        outside=outside(world), told=world.worlds.word_of_mouth,
        leave_slope=world.params.satisfaction.leave_slope, usual=world.worlds.satisfaction,
        places=int((setup.small_firms + setup.large_firms + setup.spare_slots)[0]),
    )
    buyers = Buyers(
        customers.supplier, customers.satisfaction, customers.luck, customers.segment, customers.price_weight,
        customers.care,
    )
    look_around(buyers, np.uint64(world.month), market)


@mechanism("firms.orders_new customers.orders_placed")
def place_orders(world: World) -> None:
    """Customers order by their habit, the season and what happens in the firm's street; orders are whole."""
    firms, customers = world.firms, world.customers
    busy = (world.worlds.season * world.worlds.growth)[firms.world] * numerics.exp(firms.footfall)
    habits = Habits(customers.supplier, customers.luck, customers.orders_month, len(world.worlds.luck))
    place(habits, busy, np.uint64(world.month), customers.orders_placed, firms.orders_new)


@mechanism("firms.wait_seen firms.faults_seen")
def remember(world: World) -> None:
    """What the market thinks of a firm's waits and quality follows what it delivers, slowly."""
    firms, p, w = world.firms, world.params.demand, world.firms.world
    memory = p.experience_memory_month[w]
    served = firms.orders_served > 0
    faults = firms.orders_faulty / np.where(served, firms.orders_served, 1)
    wait = numerics.log(1.0 + firms.wait_ratio)
    firms.wait_seen[:] = np.where(served, memory * firms.wait_seen + (1.0 - memory) * wait, firms.wait_seen)
    firms.faults_seen[:] = np.where(served, memory * firms.faults_seen + (1.0 - memory) * faults, firms.faults_seen)
