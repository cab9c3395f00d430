"""Known answers beyond the chain: queues, errors, customers, a world that stays put, two circulating figures."""

from __future__ import annotations

import numpy as np

from sim import luck, numerics, population, schedule
from sim.arrays import Floats
from sim.formulas.errors import ErrorRates, crossing_quality, fault_share
from sim.formulas.logit import stationary_outside
from sim.formulas.waiting import queue_months
from sim.mechanisms import demand
from sim.state import OUTSIDE, SEARCHING
from sim.validation.bench import NOTHING_HAPPENS, Bench, baseline
from sim.validation.check import Check, Found, near

OWNERS, CUSTOMERS = 400_000, 60_000


def _owners(bench: Bench, what: str, partners: int = 1) -> Floats:
    """Standard normal draws, (owners, partners)."""
    keys = luck.birth_keys(np.full(OWNERS, luck.world_key(bench.seed)), "owner", np.arange(OWNERS, dtype=np.uint64))
    others = np.arange(1, partners + 1, dtype=np.uint64)[None, :]
    return numerics.normal(luck.draws(keys[:, None], f"validation.{what}", 0, others))


def one_server(bench: Bench) -> Found:
    """Largest relative error of the wait against u/(1 − u) work times."""
    load = np.linspace(0.05, 0.98, 94)
    wait = queue_months(np.array(1.0), load, np.array(1.0), np.array(1.0))
    return near(float(np.abs(wait * (1.0 - load) / load - 1.0).max()), 0.0, 1e-12)


def crossing(bench: Bench) -> Found:
    """Process quality at which automating leaves errors as they were, by bisection on the error formula."""
    rates = ErrorRates(np.array(0.10), np.array(0.6), np.array(0.03))
    low, high = np.array(0.0), np.array(1.0)
    for _ in range(60):
        middle = (low + high) / 2.0
        worse = fault_share(middle, np.array(0.5), np.array(1.0), rates) > fault_share(
            middle, np.array(0.0), np.array(1.0), rates)
        low, high = (middle, high) if worse else (low, middle)
    apart = abs(float(low) - float(crossing_quality(rates)))
    return near(float(low), 0.5, 1e-9, remark=f"the closed form differs by {apart:.1e}")


def outside_flows(bench: Bench) -> Found:
    """Largest gap between those who leave for the outside option and those who come back, over shares and looks."""
    share, looks = np.meshgrid(np.linspace(0.05, 0.6, 12), np.arange(1.0, 11.0))
    ratio = stationary_outside(share, looks)
    leave, back = (1.0 - share) * ratio / (ratio + 1.0 + looks), share * looks / (ratio + looks)
    return near(float(np.abs(leave - back).max()), 0.0, 1e-12)


def missed_forecasts(bench: Bench) -> Found:
    """Share of owners whose chosen project misses its forecast: best of three unbiased, noisy estimates."""
    truth, noise = 0.4 * _owners(bench, "truth", 3), 0.3 * _owners(bench, "noise", 3)
    missed = noise[np.arange(OWNERS), (truth + noise).argmax(axis=1)] > 0.0
    share = float(missed.mean())
    return near(share, 0.71, 0.005, float(np.sqrt(share * (1.0 - share) / OWNERS)))


def survey_ratio(bench: Bench) -> Found:
    """Aligned firms' chance to grow by over 15% against the others', where one trait drives both and nothing else."""
    quality, other = (_owners(bench, name)[:, 0] for name in ("quality", "alignment"))
    keys = luck.birth_keys(np.full(OWNERS, luck.world_key(bench.seed)), "owner", np.arange(OWNERS, dtype=np.uint64))
    alignment = 0.8 * quality + 0.6 * other
    growth = 0.02 + 0.10 * quality + 0.15 * numerics.laplace(luck.draws(keys, "validation.growth", 0))
    aligned, fast = alignment > np.median(alignment), growth > 0.15
    a, b = float(fast[aligned].mean()), float(fast[~aligned].mean())
    error = a / b * float(np.sqrt((1.0 - a) / a + (1.0 - b) / b) / np.sqrt(OWNERS / 2.0))
    return near(a / b, 3.1, 0.05, error)


def logit_shares(bench: Bench) -> Found:
    """Largest gap between customers' choices and logit shares; everybody looks, every firm is known."""
    base = baseline("bakery")
    world = population.create([base.changed(
        setup={"small_firms": 4, "large_firms": 0, "spare_slots": 0, "customers": CUSTOMERS},
        demand={"awareness_small": 1.0, "looks": 10.0, "price_sensitivity_spread": 0.0},
    )], [bench.world_seed(0)])
    world.firms.appeal_base[:] += np.array([0.3, -0.4, 0.8, 0.0])
    world.customers.supplier[:] = SEARCHING
    slope = float(base.demand.price_sensitivity)
    offer = demand.attraction(world) + demand.reliability(world)
    liking = offer - slope * numerics.log(demand.relative_price(world))
    weight = numerics.exp(np.append(world.worlds.outside_utility, liking))
    share = weight / weight.sum()
    demand.choose_suppliers(world)
    found = np.bincount(world.customers.supplier + 1, minlength=5) / CUSTOMERS
    error = float(np.sqrt(share * (1.0 - share) / CUSTOMERS).max())
    return near(float(np.abs(found - share).max()), 0.0, 0.0, error)


def orders_stay(bench: Bench) -> Found:
    """Orders of the third year over normal orders, with no season, shock, quit, entry or closure in the street."""
    worlds = 6 if bench.quick else 24
    world = population.create([baseline("bakery")] * worlds, [bench.world_seed(i) for i in range(worlds)])
    world.ablated = NOTHING_HAPPENS
    normal, placed = world.firms.normal_orders.sum(), 0.0
    outside = []
    for month in range(36):
        schedule.step(world)
        placed += float(world.firms.orders_new.sum()) * (month >= 24)
        outside.append(float((world.customers.supplier == OUTSIDE).mean()))
    drift = f"share outside: {outside[0]:.3f} in the first month, {np.mean(outside[24:]):.3f} in the third year"
    return near(placed / 12.0 / float(normal), 1.0, 0.01, remark=drift)


def checks() -> list[Check]:
    """Queues, errors, customers, and what luck and selection do by themselves."""
    return [
        Check("K15", "known", "One server with random arrivals and work waits as in the M/M/1 queue: u/(1 − u) work "
              "times.", "0 ± 1e-12", "relative error", one_server),
        Check("K16", "known", "Automating leaves errors as they were at one process quality (no missing edges).",
              "0.5 ± 1e-9", "index 0-1", crossing),
        Check("K17", "known", "The outside option loses as many customers as it gains among equal firms.", "0 ± 1e-12",
              "share of customers a look", outside_flows),
        Check("K18", "known", "Customers that all look around and know every firm split by logit shares.",
              "0 within three standard errors", "share", logit_shares),
        Check("K19", "known", "A world in which nothing happens stays where it started: orders over normal orders.",
              "1 ± 0.01", "ratio", orders_stay),
        Check("K20", "known", "Choosing the best of three noisy, unbiased estimates makes so many projects miss their "
              "forecast (the winner's curse).", "0.71 ± 0.005", "share", missed_forecasts),
        Check("K21", "known", "A trait behind both alignment and growth gives this growth ratio in a survey, without "
              "any effect.", "3.1 ± 0.05", "ratio", survey_ratio),
    ]
