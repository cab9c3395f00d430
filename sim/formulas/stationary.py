"""Where a market of unequal firms stands still: what customers must see in each firm for it to keep its customers.

A customer who looks around meets its own firm, the outside option, a few firms it takes into account besides and
perhaps a friend's firm, and takes one of them by logit. With p the exponential of utility, firm i is taken from a set S
with the chance ∫ p_i exp(−t · sum of p over S) dt, so that means over sets are products of means of exp(−t·p): flows
between firms are right however unequal these are. Others at their mean pull would let too few customers leave.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim import numerics
from sim.arrays import Floats

STEP, REACH = 0.15, 24
"""Nodes of the double exponential rule for what fades like exp(−t): t = exp(y − exp(−y))."""
ROUNDS, PACE = 30, 1.5
"""Rounds of the fixed point and the power of each correction: the gap falls to half in each round."""


class Habits(NamedTuple):
    """How customers meet firms, (worlds, firms); looks and told are (worlds,)."""

    shares: Floats     # of all customers; 0 where there is no firm
    looking: Floats    # how often a firm's customers look around, over those of none of the firms
    awareness: Floats  # chance that a firm is taken into account
    looks: Floats      # other firms seen, if so many are taken into account
    told: Floats       # chance to be told of a friend's firm


def stationary_pull(pull: Floats, outside: Floats, habits: Habits) -> tuple[Floats, Floats]:
    """Exponentials of utility, firms' (worlds, firms) and the outside's (worlds,), at which as many come as leave.

    `pull` and `outside` are where the search begins.
    """
    there = habits.shares > 0.0
    looking = np.where(there, habits.shares * habits.looking, 1.0)
    elsewhere = 1.0 - numerics.row_sum(habits.shares)
    for _ in range(ROUNDS):
        firms, none = chosen(pull, outside, habits)
        pull = pull * numerics.power(looking / np.where(there, firms, 1.0), PACE)
        outside = outside * numerics.power(elsewhere / none, PACE)
    return pull, outside


def chosen(pull: Floats, outside: Floats, habits: Habits) -> tuple[Floats, Floats]:
    """Who takes each firm, (worlds, firms), and none of them, (worlds,), of all who look around, as their sum."""
    shares, looking, awareness, _, told = habits
    t, weight = _nodes()
    fading = numerics.exp(-t) * weight
    known = np.where(shares > 0.0, awareness, 0.0)
    free = 1.0 - numerics.row_sum(shares)
    rest = np.maximum(numerics.row_sum(known)[:, None] - known, 1e-12)
    relative = pull / outside[:, None]
    without = numerics.exp(-t * relative[..., None])  # (worlds, firms, nodes): a firm is met and is not taken
    met = np.add.accumulate(known[..., None] * without, axis=1)[:, -1]
    friend = np.add.accumulate(shares[..., None] * without, axis=1)[:, -1]
    friend = 1.0 - told[:, None] * (1.0 - free[:, None] - friend)
    others = (met[:, None] - known[..., None] * without) / rest[..., None]
    anyone = met / numerics.row_sum(known)[:, None]
    own = (shares * looking)[..., None]
    all_others, one_less = _seen(others, _counts(known, habits.looks)[:, None])
    all_free, one_less_free = _seen(anyone, _counts(known, habits.looks))
    searching = own * without / rest[..., None] * one_less * friend[:, None]
    every = np.add.accumulate(searching, axis=1)[:, -1][:, None] - searching
    every += (free / numerics.row_sum(known))[:, None, None] * (one_less_free * friend)[:, None]
    heard = np.add.accumulate(own * without * all_others, axis=1)[:, -1] + free[:, None] * all_free
    kept = own * all_others * friend[:, None]
    by_friend = told[:, None, None] * shares[..., None] * heard[:, None]
    taken = relative[..., None] * fading * without * (kept + known[..., None] * every + by_friend)
    return numerics.row_sum(taken), numerics.row_sum(fading * heard * friend)


def _nodes() -> tuple[Floats, Floats]:
    """Points and weights for an integral from 0 to infinity."""
    y = STEP * np.arange(-REACH, REACH + 1)
    t = numerics.exp(y - numerics.exp(-y))
    return t, STEP * t * (1.0 + numerics.exp(-y))


def _counts(known: Floats, looks: Floats) -> Floats:
    """Chances to see none, one … or as many firms as a look allows, each noticed by itself; (worlds, most + 1)."""
    most = np.ceil(looks).astype(np.int64)[:, None]
    number = np.arange(int(most.max()) + 1)
    chance = np.where(number == 0, 1.0, 0.0) * np.ones((len(known), 1))
    for noticed in known.T[..., None]:
        fewer = np.hstack([np.zeros((len(known), 1)), chance[:, :-1]])
        chance = chance + noticed * np.where(number < most, fewer - chance, np.where(number == most, fewer, 0.0))
    return chance


def _seen(mean: Floats, chance: Floats) -> tuple[Floats, Floats]:
    """Mean of exp(−t · pull) over the firms seen, and its slope in one of them, for this mean over a single firm."""
    whole, slope, power = np.zeros_like(mean), np.zeros_like(mean), np.ones_like(mean)
    for number in range(chance.shape[-1]):
        whole += chance[..., number, None] * power
        if number + 1 < chance.shape[-1]:
            slope += (number + 1) * chance[..., number + 1, None] * power
        power = power * mean
    return whole, slope
