"""The oracle: tries every purchase out in copies of the true world, and buys what did best on the mean of futures.

A yardstick above which no owner can be asked to choose; it alone may see the world, so it stands outside strategies
and mechanisms. In the month in which the firm in focus would sit down, its world is copied for every candidate and
future; each copy lives the month, with this purchase and none after it, and goes on for two years. From the next month
on the people, customers and firms of future 1, 2, 3 … have other luck, the same for every candidate. The market's own
luck (talk, newcomers, events) stays as it is. The firm's own rule then finds the winner as a plan of one item, and has
the fund, the till and the months of decision that every other strategy has.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim import numerics
from sim.arrays import Bools, Floats, Ints
from sim.mechanisms import choosing
from sim.offers import candidate_code, offers
from sim.params import rows_of
from sim.schedule import MONTH
from sim.state import FLOW, NO_TOOL
from sim.strategies.arms import SCORES
from sim.world import World

ORACLE = SCORES.index("oracle")
FUTURES, HORIZON_MONTHS, MOST_COPIES = 8, 24, 128
_DECIDING = MONTH.index(choosing.decide)


class Trials(NamedTuple):
    """What was tried: the row of the firm, what it bought (NO_TOOL nothing) and the mean value to the owner, USD."""

    rows: Ints
    items: Ints
    value_usd: Floats


def advise(world: World, months_left: int) -> None:
    """Tell owners who follow the oracle, and sit down this month, what to buy; their plans hold nothing else."""
    follow = world.firms.score == ORACLE
    if not follow.any():
        return
    world.firms.plan[follow] = NO_TOOL
    rows = np.nonzero(follow & choosing.sits_down(world))[0]
    if not len(rows):
        return
    trials = tried(world, rows, range(1, FUTURES + 1), min(HORIZON_MONTHS, months_left))
    for row in rows:
        own = trials.rows == row
        world.firms.plan[row, 0] = trials.items[own][trials.value_usd[own].argmax()]
        world.firms.plan_month[row, 0] = world.month


def tried(world: World, rows: Ints, futures: Sequence[int], months: int) -> Trials:
    """Try nothing and each candidate that a firm in `rows`, one per world, can pay for, in these futures."""
    w = world.firms.world[rows]
    moment = _copies(world, w)
    for step in MONTH[:_DECIDING]:
        step(moment)
    focal = rows - w * world.firm_slots + np.arange(len(rows)) * world.firm_slots
    which, candidate = np.nonzero(offers(moment, focal).open_to_buy)
    which = np.concatenate([np.arange(len(rows)), which])
    none = np.full(len(rows), NO_TOOL)
    items = np.concatenate([none, candidate_code(candidate, world.worlds.hype.shape[1])])
    value = np.zeros(len(which))
    for future in futures:
        for start in range(0, len(which), MOST_COPIES):
            part = slice(start, start + MOST_COPIES)
            value[part] += _lived(moment, focal, which[part], items[part], future, months)
    return Trials(rows[which], items, value / len(futures))


def _copies(world: World, numbers: Ints) -> World:
    """Copies of these worlds side by side, in the month and with the switches of the original."""
    copy = world.copies(rows_of(world.params, numbers), numbers)
    copy.ablated = world.ablated
    return copy


def _lived(moment: World, focal: Ints, which: Ints, items: Ints, future: int, months: int) -> Floats:
    """Value to the owner of buying each item at this moment, (trials,): months to come, one future."""
    trial = _copies(moment, which)
    own = focal[which] + (np.arange(len(which)) - which) * moment.firm_slots
    firms = trial.firms
    firms.score[own] = ORACLE
    firms.plan[own] = NO_TOOL
    firms.plan[own, 0], firms.plan_month[own, 0] = items, trial.month
    birth, rate = firms.birth[own].copy(), trial.params.choosing.discount_month[firms.world[own]]
    value, weight = np.zeros(len(own)), np.ones(len(own))
    for month in range(months):
        for step in MONTH[_DECIDING:] if month == 0 else MONTH:
            step(trial)
        trial.month += 1
        value -= weight * _paid_usd(trial, own, firms.birth[own] == birth)
        firms.plan[own] = NO_TOOL
        weight = weight / (1.0 + rate)
        if month == 0:
            _change_luck(trial, future)
    here: Bools = firms.open[own] & (firms.birth[own] == birth)
    left = numerics.usd(firms.cash_cents[own]) - numerics.usd(firms.debt_cents[own])
    return np.asarray(value + np.where(here, weight * left, 0.0))


def _paid_usd(world: World, rows: Ints, kept: Bools) -> Floats:
    """What the owner put in this month (+) or took out (−), (rows,)."""
    return np.where(kept, numerics.usd(world.firms.flow_cents[rows, FLOW["owner"]]), 0.0)


def _change_luck(world: World, future: int) -> None:
    """From here on firms, people and customers have the luck of another future."""
    for table in (world.firms, world.people, world.customers):
        table.luck[:] = numerics.key(table.luck, np.uint64(future))
