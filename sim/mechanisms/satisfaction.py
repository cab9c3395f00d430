"""Satisfaction and word of mouth (M12): customers feel what they get against what they expect, and friends talk.

Performance less expectation, falling short counting double (Tversky and Kahneman 1992); expectation drifts to what the
market delivers, so better rivals raise the bar. Averages are weighted by orders: an idle firm changes nothing. A
customer who looks around may be told of the firm of one friend, drawn among all customers of its world.
"""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Floats
from sim.formulas.satisfaction import value_delivered
from sim.kernels.satisfaction import Deliveries, feel
from sim.world import World, mechanism


def friends_keep_silent(world: World) -> None:
    """Nobody is told of a friend's firm."""
    world.worlds.word_of_mouth[:] = 0.0


@mechanism("worlds.word_of_mouth", neutral=friends_keep_silent, neutral_text="no word of mouth: 0")
def let_friends_talk(world: World) -> None:
    """Those who look around may be told of a friend's firm."""
    world.worlds.word_of_mouth[:] = world.params.satisfaction.word_of_mouth


def value_this_month(world: World) -> Floats:
    """Utility of what each firm delivered this month: wait, faults, price and ease of dealing with it; (firms,)."""
    firms, p, w = world.firms, world.params, world.firms.world
    wait = numerics.log(1.0 + firms.wait_ratio)
    faults = firms.orders_faulty / np.maximum(firms.orders_served, 1)
    price = np.where(firms.price_usd > 0.0, firms.price_usd / p.sector.order_value_usd[w], 1.0)
    return value_delivered(world.weights, w, wait, faults, numerics.log(price)) + world.ease


def harm(world: World) -> Floats:
    """Utility lost by customers of the group whose orders machines got wrong besides; (firms,)."""
    return world.weights.quality[world.firms.world] * world.firms.error_gap


def nobody_cares(world: World) -> None:
    """All customers are as satisfied as the next one."""
    world.customers.satisfaction[:] = 0.0
    world.worlds.satisfaction[:] = 0.0


@mechanism(
    "customers.satisfaction customers.expectation worlds.satisfaction",
    neutral=nobody_cares, neutral_text="satisfaction 0",
)
def feel_the_month(world: World) -> None:
    """Customers are pleased or disappointed by what they got, and come to expect what the market delivers."""
    firms, customers, p = world.firms, world.customers, world.params.satisfaction
    value = value_this_month(world)
    anything = world.sum_by_world(firms.world, firms.orders_served.astype(np.float64)) > 0.0
    deliveries = Deliveries(
        served=firms.orders_served > 0, value=value, beside=firms.convenience_second, harm=harm(world),
        usual=world.market_mean(value), usual_beside=world.market_mean(firms.convenience_second),
        drift=np.where(anything, p.drift_month, 0.0), memory=p.memory_month, loss_weight=p.loss_weight,
    )
    who = (customers.supplier, customers.segment, customers.group)
    world.worlds.satisfaction[:] = feel(customers.satisfaction, customers.expectation, who, deliveries)
