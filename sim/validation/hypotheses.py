"""Hypotheses that can be tried with what is built; direction and rule were written down before looking.

Direction "more" passes where the whole 95% interval of the paired mean is above zero and is contradicted where it is
below; anything else stays open.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from sim.analysis import Comparison
from sim.analysis.resample import one_mean_interval
from sim.arrays import Floats
from sim.scenario.resolve import load
from sim.validation.bench import Bench
from sim.validation.check import Check, Found, decided
from sim.validation.nulls import SCENARIO, rivals_orders

WORTH = "owner_value_usd"
STEPS = "none,own_sake,tactical,aligned"
STEAL_MONTHS, STEAL_FROM = 24, 12


def directed(values: Floats, remark: str) -> Found:
    """Judge a mean over worlds that should be above zero."""
    low, high = one_mean_interval(values)
    return Found(float(np.nanmean(values)), decided(low > 0.0, high < 0.0), (low, high), remark)


def _comparison(bench: Bench, arms: str, assignment: str) -> Comparison:
    return bench.study(load(SCENARIO), arms, assignment).comparison  # type: ignore[arg-type]


def worth_more(better: str, worse: str, bench: Bench) -> Found:
    """Owner's worth under one strategy less that under another, same firm and luck."""
    comparison = _comparison(bench, STEPS, "focal")
    return directed(comparison.scalar(better, WORTH) - comparison.scalar(worse, WORTH), bench.effort)


def taken_from_rivals(bench: Bench) -> Found:
    """Orders that rivals lose for each order that the firm gains where its tight step is relieved, times the gain."""
    scenario = load(SCENARIO).falsifier
    assert scenario is not None
    own, rivals = rivals_orders(bench.jobs(scenario, "quote,none", bench.worlds, STEAL_MONTHS), STEAL_FROM)
    gained, lost = own[:bench.worlds] - own[bench.worlds:], rivals[bench.worlds:] - rivals[:bench.worlds]
    part = f"{lost.sum() / gained.sum():.0%} of what the firm gained; {bench.effort}"
    return directed(lost / (STEAL_MONTHS - STEAL_FROM), part)


def half_of_the_gain(bench: Bench) -> Found:
    """Half of what one aligned firm gains alone, less what each gains when all do."""
    gains = []
    for assignment in ("focal", "whole"):
        comparison = _comparison(bench, "none,aligned", assignment)
        gains.append(comparison.scalar("aligned", WORTH) - comparison.scalar("none", WORTH))
    alone, together = gains
    remark = f"alone {alone.mean():,.0f}, all {together.mean():,.0f} USD; {bench.effort}"
    return directed(0.5 * alone - together, remark)


def left_to_customers(bench: Bench) -> Found:
    """What an order leaves its customer when all firms align, less when none buys."""
    comparison = _comparison(bench, "none,aligned", "whole")
    surplus = comparison.scalar("aligned", "surplus_usd_order") - comparison.scalar("none", "surplus_usd_order")
    worth = comparison.scalar("aligned", WORTH) - comparison.scalar("none", WORTH)
    return directed(surplus, f"owners' worth changes by {worth.mean():+,.0f} USD a firm; {bench.effort}")


def checks() -> list[Check]:
    """Direction fixed beforehand."""
    more = "more than 0"
    return [
        Check("H1a", "hypotheses", "Where a constraint is internal, aligned is worth more to the owner than tactical.",
              more, "USD", partial(worth_more, "aligned", "tactical")),
        Check("H1b", "hypotheses", "Where a constraint is internal, tactical is worth more than automating for its own "
              "sake.", more, "USD", partial(worth_more, "tactical", "own_sake")),
        Check("H1c", "hypotheses", "Where a constraint is internal, aligned is worth more than buying nothing.", more,
              "USD", partial(worth_more, "aligned", "none")),
        Check("H11", "hypotheses", "Rivals lose orders to a firm whose tight step is automated.", more, "orders/month",
              taken_from_rivals),
        Check("N13", "hypotheses", "When all firms align, each gains less than half of what one gains alone.", more,
              "USD", half_of_the_gain),
        Check("H22", "hypotheses", "When all firms align, an order leaves its customer more.", more, "USD/order",
              left_to_customers),
    ]
