"""What looking is worth: not the gift of a lucky table (N14), and up to which price (N15).

Rules were written before the first run, in docs/decisions/0156.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.analysis.resample import one_mean_interval
from sim.arrays import Floats
from sim.params.sector import STAGE_COUNT, Catalogue
from sim.scenario.resolve import load
from sim.validation.bench import Bench
from sim.validation.check import Check, Found, decided
from sim.validation.nulls import SCENARIO
from sim.validation.paired import arms_of, line, numbers, worths

SHUFFLES, QUICK_SHUFFLES = 12, 3
QUICK_WORLDS = 12
PRICES = (0.0, 1.0, 2.0, 4.0)
"""Multiples of the shipped price of assessment."""
PER_MONTH = ("assessment_usd_month", "assessment_hours_month")
PRICE_WORLDS = 480


def dealt_anew(table: Catalogue, seed: int) -> Catalogue:
    """The catalogue with every tool's row dealt over the steps anew: hours, edges and the first step move together."""
    rng = np.random.default_rng(seed)
    order = np.array([rng.permutation(STAGE_COUNT) for _ in table.main_stage])
    rows = np.arange(len(order))[:, None]
    first = np.argsort(order, axis=1)[rows[:, 0], table.main_stage.astype(np.int64)].astype(np.float64)
    return replace(table, hours_taken=table.hours_taken[rows, order], edges_at=table.edges_at[rows, order],
                   main_stage=first)


def premium(bench: Bench, table: Catalogue | None, worlds: int) -> Floats:
    """Owner's worth under aligned less under random with such a table (None: the shipped one), USD (worlds,)."""
    scenario = load(SCENARIO)
    if table is not None:
        scenario = replace(scenario, params=replace(scenario.params, catalogue=table))
    aligned, lots = worths(bench, scenario, arms_of(scenario, "aligned,random"), worlds)
    return np.asarray(aligned - lots)


def lucky_table(bench: Bench) -> Found:
    """Premium of choosing well under the shipped table less its mean over shuffled ones."""
    table = load(SCENARIO).params.catalogue
    count, worlds = (QUICK_SHUFFLES, QUICK_WORLDS) if bench.quick else (SHUFFLES, bench.worlds)
    shuffled = np.array([premium(bench, dealt_anew(table, seed), worlds) for seed in range(count)])
    return judged(premium(bench, None, worlds), shuffled, f"{worlds} paired worlds")


def judged(shipped: Floats, shuffled: Floats, effort: str) -> Found:
    """Is the shipped table, (worlds,), a lucky one among the shuffled, (shuffles, worlds)?"""
    gap = shipped - shuffled.mean(axis=0)
    low, high = one_mean_interval(gap)
    least, most = one_mean_interval(shuffled.mean(axis=0))
    each = shuffled.mean(axis=1)
    within, there = shipped.mean() <= each.max(), least > 0.0
    lucky = not within and low > 0.0 and not there
    told = (f"shipped {shipped.mean():+,.0f}; {len(each)} shuffled {each.mean():+,.0f} "
            f"({least:+,.0f} to {most:+,.0f}), one by one {each.min():+,.0f} to {each.max():+,.0f} USD; {effort}")
    return Found(float(gap.mean()), decided(bool(within or there), lucky), (low, high), told)


def effects_of_looking(bench: Bench, worlds: int) -> Floats:
    """Owner's worth with two months of assessment less without, at each price, USD (prices, worlds)."""
    scenario = load(SCENARIO)
    looks, blind = arms_of(scenario, "aligned,aligned+assess0")
    usd, hours = (float(getattr(scenario.params.choosing, name)) for name in PER_MONTH)
    without = worths(bench, scenario, [blind], worlds)[0]
    return np.array([
        worths(bench, numbers(scenario, choosing=dict(zip(PER_MONTH, (usd * times, hours * times), strict=True))),
               [looks], worlds)[0] - without
        for times in PRICES
    ])


def break_even(bench: Bench) -> Found:
    """Price of assessment, over the shipped one, at which it is worth nothing."""
    worlds = QUICK_WORLDS if bench.quick else PRICE_WORLDS
    return crossing(effects_of_looking(bench, worlds), f"{worlds} paired worlds")


def crossing(effects: Floats, effort: str) -> Found:
    """Where the line through the effects, (prices, worlds), meets zero; its interval is over draws of the worlds."""
    slope, zero, interval = line(PRICES, effects)
    low, high = one_mean_interval(effects[0])
    steepest, flattest = one_mean_interval(slope)
    status = decided(low > 0.0 and slope.mean() < 0.0, high < 0.0)
    told = (f"free of charge it is worth {effects[0].mean():+,.0f} ({low:+,.0f} to {high:+,.0f}), at the shipped price "
            f"{effects[1].mean():+,.0f}, and {slope.mean():+,.0f} ({steepest:+,.0f} to {flattest:+,.0f}) USD per price "
            f"more; {effort}")
    return Found(zero, status, interval, told)


def checks() -> list[Check]:
    """Two nulls of choosing well."""
    return [
        Check("N14", "nulls", "What choosing well is worth over chance does not come from a lucky tool table: shipped "
              "less shuffled over the steps.", "shipped within the shuffled, or those above 0", "USD", lucky_table),
        Check("N15", "nulls", "There is a price at which assessment stops paying, over the shipped one.",
              "worth more than 0 free of charge, less the dearer", "times the price", break_even),
    ]
