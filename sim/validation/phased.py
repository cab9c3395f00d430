"""Trying first against going all the way, lived through: in the limit the difference is the value of the option (N10).

Every firm has the same forecast. What a project is truly worth differs: people get more or less out of it than was
counted on, normally distributed around the forecast, one level per world. Cash is without end, nobody closes, a pilot
is small, short and costs nothing beside itself, bills scatter around the quote without a tail and are right on average.
The months are those of the schedule: bills, learning, pilots and roll-outs are the model's own.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from sim import numerics, population, schedule
from sim.arrays import Floats, Ints
from sim.buying import Terms, put_into_slot
from sim.formulas.phasing import option_value
from sim.params import Params
from sim.scenario.resolve import load
from sim.state import FLOW
from sim.validation.bench import NOTHING_HAPPENS, Bench
from sim.validation.check import Check, Found, near
from sim.world import World

FIRMS, QUICK_FIRMS = 3_000, 400
PRICE_USD, PROMISE, PILOT_SHARE = 10_000.0, 3.0, 0.01
"""Price of a project; sales and wages promised for it, USD per USD of price; part of the firm that tries it."""
HOPE, PRIOR, NOISE = -0.5, 0.6, 0.3
"""Log bias of promises (below zero: people can do better than counted on), spread of true values, noise of a pilot."""
SURE = 1e12
OFF = NOTHING_HAPPENS | {"acceptance.accept_tools", "disruption.settle_in", "integration.miss_edges"}
MONTHS = 6


def _market(skill: float) -> Params:
    """One firm, some customers, and people who get just so much out of a tool."""
    base = load("bakery_ordering").params
    return base.changed(
        setup={"small_firms": 1, "large_firms": 0, "customers": 20, "spare_slots": 0},
        choosing={"optimism": HOPE},
        phasing={
            "pilot_share": PILOT_SHARE, "pilot_months": 1.0, "dual_running_share_month": 0.0, "prior_spread": PRIOR,
            "pilot_noise": NOISE,
        },
        overruns={
            "tail_subscription": 0.0, "tail_equipment": 0.0, "tail_integration": 0.0, "delay_per_overrun": 0.0,
            "body_log_mean": -0.5 * float(base.overruns.body_log_spread) ** 2, "tail_start": 5.0,
        },
        skill={
            "start": skill, "forgetting_month": 0.0, "half_life_weak_months": SURE, "half_life_strong_months": SURE,
        },
    )


def _lived(bench: Bench, mean: float, true: Floats, held_back: float) -> Floats:
    """What each firm's project brought less what was paid for it, USD per USD of price, (firms,)."""
    skill = np.clip(numerics.exp(np.full_like(true, HOPE)) * (1.0 + (true - mean) / PROMISE), 0.0, 1.0)
    world = population.create(
        [_market(float(level)) for level in skill], [bench.world_seed(i) for i in range(len(true))])
    world.ablated = OFF
    world.firms.cash_cents[:] = 10**14
    rows = np.arange(len(true)) * world.firm_slots
    _buy(world, rows, mean, held_back)
    paid = np.full(len(true), PRICE_USD * (1.0 - held_back))
    for _ in range(MONTHS):
        schedule.step(world)
        paid -= numerics.usd(world.firms.flow_cents[rows, FLOW["tools_once"]])
    firms = world.firms
    everywhere = (firms.tool_family[rows, 0] == 0) & (firms.tool_held_back[rows, 0] == 0.0)
    reached = firms.tool_skill[rows, 0] * firms.tool_usage[rows, 0] / numerics.exp(np.full_like(true, HOPE))
    brought = 1.0 + mean - (1.0 - reached) * PROMISE
    return np.where(everywhere, brought, 0.0) - paid / PRICE_USD


def _buy(world: World, rows: Ints, mean: float, held_back: float) -> None:
    """Every firm starts the same project, foreseen to gain `mean` over its price."""
    same = np.ones(len(rows))
    terms = Terms(PRICE_USD * same, 0.0 * same, same.astype(np.int64), 2 * same.astype(np.int64),
                  mean * PRICE_USD * same, PROMISE * PRICE_USD * same, held_back * same)
    put_into_slot(world, rows, np.zeros(len(rows), dtype=np.int64), terms)
    world.firms.tool_due_month[rows, 0] = 1


def phased_less_at_once(mean: float, bench: Bench) -> Found:
    """Trying first less going all the way where that is foreseen to pay, per USD of price, same firms and luck."""
    firms = QUICK_FIRMS if bench.quick else FIRMS
    true = mean + PRIOR * numerics.normal((np.arange(firms) + 0.5) / firms)
    tried = _lived(bench, mean, true, 1.0 - PILOT_SHARE)
    at_once = _lived(bench, mean, true, 0.0)
    gain = tried - at_once
    stopped = f"{np.mean(tried <= 0.0):.0%} of {firms:,} pilots were stopped"
    return near(float(gain.mean()), _option(mean), PILOT_SHARE, float(gain.std() / np.sqrt(firms)), stopped)


def _option(mean: float) -> float:
    return float(option_value(np.array(mean), np.array(PRIOR), np.array(NOISE)))


def checks() -> list[Check]:
    """Two owners: one in two minds, one who expects half the price as gain."""
    return [
        Check(name, "nulls", "Where cash is no limit, nobody closes, and a pilot costs neither time nor two ways of "
              f"working, trying first gains the value of the option: {who}.",
              f"{_option(mean):.3f} ± {PILOT_SHARE:g} and three standard errors", "USD per USD of price",
              partial(phased_less_at_once, mean))
        for name, mean, who in (
            ("N10a", 0.0, "nothing is foreseen"), ("N10b", 0.5, "half the price is foreseen as gain"))
    ]
