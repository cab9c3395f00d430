"""People and customers at month 0: posts are filled, and customers dealt out in proportion to what firms can make."""

from __future__ import annotations

import numpy as np

from sim import luck, numerics
from sim.arrays import Floats, Ints
from sim.birth import value_expected
from sim.formulas.satisfaction import feeling
from sim.state import OUTSIDE, SEGMENTS
from sim.world import World

OLD_HAND_MONTHS = 24
"""Longest that somebody has been with a firm at month 0: nobody gets faster after it."""


def numbered_within(world_column: Ints, per_world: int, count: int) -> Ints:
    """Fill the world column and return each row's number within its world."""
    world_column[:] = np.repeat(np.arange(count), per_world)
    return np.tile(np.arange(per_world), count)


def employ(world: World) -> None:
    """Fill the posts of month 0 with old hands whose time covers the stages in proportion to the work."""
    firms, people = world.firms, world.people
    per_world = len(people.world) // len(world.worlds.luck)
    nth = numbered_within(people.world, per_world, len(world.worlds.luck))
    people.luck[:] = luck.birth_keys(world.worlds.luck[people.world], "person", nth.astype(np.uint64))
    _give_talents(world)
    posts = firms.posts.reshape(len(world.worlds.luck), -1)
    upto = np.add.accumulate(posts, axis=1)
    if (upto[:, -1] > per_world).any():
        raise ValueError("more posts than people in a world; raise staffing.jobseekers_share")
    slot = (nth[:, None] >= upto[people.world]).sum(axis=1)
    employed = slot < posts.shape[1]
    firm = people.world * posts.shape[1] + np.minimum(slot, posts.shape[1] - 1)
    people.employer[:] = np.where(employed, firm, -1)
    age = -firms.founded_month[np.minimum(firm, len(firms.world) - 1)]
    people.tenure[:] = np.where(employed, np.minimum(age, OLD_HAND_MONTHS), 0)
    position = nth - (upto - posts)[people.world, np.minimum(slot, posts.shape[1] - 1)]
    people.time_share[:] = np.where(employed[:, None], _time_shares(world, firm, position), 0.0)


def _give_talents(world: World) -> None:
    """How fast each person learns, from the person's own luck."""
    people, p, w = world.people, world.params.skill, world.people.world
    drawn = numerics.normal(luck.draws(people.luck, "birth.skill", 0))
    people.general_skill[:] = np.clip(p.general_mean[w] + p.general_spread[w] * drawn, 0.0, 1.0)


def _time_shares(world: World, firm: Ints, position: Ints) -> Floats:
    """Person i of n works where the i-th n-th of the firm's hours falls, stages laid end to end; (people, stages)."""
    firms, p, w = world.firms, world.params, world.firms.world
    hours = firms.hand_hours_order * firms.normal_orders[:, None] / p.throughput.normal_utilisation[w][:, None]
    rows = np.nonzero(firms.open)[0]
    hours[rows, firms.owner_stage[rows]] -= (p.management.hands_on_share * p.management.owner_hours_month)[w][rows]
    hours = np.maximum(hours, 0.0)
    total = numerics.row_sum(hours)
    upper = np.add.accumulate(hours / np.where(total > 0.0, total, 1.0)[:, None], axis=1)[firm]
    lower = np.hstack([np.zeros((len(firm), 1)), upper[:, :-1]])
    posts = np.maximum(firms.posts[firm], 1)[:, None]
    begin, end = position[:, None] / posts, (position[:, None] + 1) / posts
    overlap = np.clip(np.minimum(upper, end) - np.maximum(lower, begin), 0.0, None)
    covered = numerics.row_sum(overlap)
    return overlap / np.where(covered > 0.0, covered, 1.0)[:, None]


def give_customers(world: World) -> None:
    """Deal customers out in proportion to normal orders, a stated share to none of the firms."""
    customers, firms, p = world.customers, world.firms, world.params
    count = len(world.worlds.luck)
    per_world = len(customers.world) // count
    nth = numbered_within(customers.world, per_world, count)
    w = customers.world
    customers.luck[:] = luck.birth_keys(world.worlds.luck[w], "customer", nth.astype(np.uint64))
    order = np.argsort(luck.draws(customers.luck, "birth.deal", 0).reshape(count, -1), axis=1, kind="stable")
    rank = np.empty_like(order)
    np.put_along_axis(rank, order, np.broadcast_to(np.arange(per_world), order.shape).copy(), axis=1)
    place = (rank.reshape(-1) + 0.5) / per_world
    orders = firms.normal_orders.reshape(count, -1)
    total = numerics.row_sum(orders)
    inside = 1.0 - p.demand.outside_share
    upto = np.add.accumulate(orders, axis=1) / total[:, None] * inside[:, None]
    slots, slot = orders.shape[1], np.zeros(len(w), dtype=np.int64)
    for upper in upto.T:
        slot += place >= np.repeat(upper, per_world)
    customers.supplier[:] = np.where(slot < slots, w * slots + np.minimum(slot, slots - 1), OUTSIDE)
    _divide_into_segments(world, total / inside)
    spread = p.demand.price_sensitivity_spread[w] * numerics.normal(luck.draws(customers.luck, "birth.price", 0))
    second = np.where(customers.segment > 0, p.segments.second_price_weight[w], 1.0)
    customers.price_weight[:] = p.demand.price_sensitivity[w] * numerics.exp(spread) * second

    _let_them_expect(world)


def _divide_into_segments(world: World, orders: Floats) -> None:
    """Draw who is of the second kind; all customers of a world together order this much, (worlds,)."""
    customers, firms, p, w = world.customers, world.firms, world.params.segments, world.customers.world
    customers.group[:] = luck.draws(customers.luck, "birth.group", 0) < world.params.fairness.group_share[w]
    customers.segment[:] = luck.draws(customers.luck, "birth.segment", 0) < p.second_share[w]
    size = np.where(customers.segment > 0, p.second_order_size[w], 1.0)
    customers.orders_month[:] = size * (orders / world.sum_by_world(w, size))[w]
    customers.care[:] = np.where(customers.segment > 0, p.second_care[w], 1.0)
    buying = customers.supplier >= 0
    customers.bought_from[:] = np.where(buying, firms.birth[np.maximum(customers.supplier, 0)], -1)
    for segment in range(SEGMENTS):
        here = np.where(customers.segment == segment, customers.supplier, OUTSIDE)
        firms.customers[:, segment] = world.sum_by_firm(here, np.ones(len(here)))


def _let_them_expect(world: World) -> None:
    """Customers expect what the market delivers, and feel about their firm what comes of that."""
    customers, p, w = world.customers, world.params.satisfaction, world.customers.world
    value = value_expected(world)
    usual, buying = world.market_mean(value), customers.supplier >= 0
    gap = np.where(buying, value[np.maximum(customers.supplier, 0)] - usual[w], 0.0)
    customers.expectation[:] = usual[w]
    customers.satisfaction[:] = feeling(gap, p.loss_weight[w])
    felt = world.sum_by_world(w, customers.satisfaction)
    world.worlds.satisfaction[:] = felt / np.maximum(world.sum_by_world(w, buying.astype(np.float64)), 1.0)
