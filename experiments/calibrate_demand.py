"""Fit how often customers look around and how much prices weigh to retention (fact F15) and price elasticity (F16).

    python experiments/calibrate_demand.py --worlds 256
    python experiments/calibrate_demand.py --sector software

Without a sector the model's own numbers are fitted, in bakery worlds; with one, the numbers under `parameters` in its
file, to the retention and elasticity that stand there.

Retention is the share of customers with a firm who have the same one a year later, in ordinary worlds. The
elasticity is that of one small firm's orders in the twelfth month after its price was raised, in the same worlds with
ample equipment and with nobody closing. Both are measured on the same luck at every step, so Newton's method needs few.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

import numpy as np

from sim.arrays import Floats
from sim.mechanisms.demand import relative_price
from sim.params import Params
from sim.population import create
from sim.scenario.presets import sector_file
from sim.scenario.trades import market
from sim.schedule import step
from sim.world import World

BAKERY, RETENTION, ELASTICITY = "bakery", 0.55, -2.4
RISE = 0.05
YEAR = 12
STEPS = (0.004, 0.15)
ROUNDS = 4
HELD = frozenset({"prices.reset_prices", "finance.close_firms"})


@dataclass(frozen=True)
class Measured:
    """A mean over worlds and half the width of its 95% interval."""

    mean: float
    half_width: float

    def __str__(self) -> str:
        return f"{self.mean:.3f} ± {self.half_width:.3f}"


def measured(values: Floats) -> Measured:
    """Mean over worlds with its interval."""
    return Measured(float(values.mean()), float(1.96 * values.std(ddof=1) / np.sqrt(len(values))))


def targets(trade: str | None) -> Floats:
    """Retention over a year and price elasticity to be met."""
    if trade is None:
        return np.array([RETENTION, ELASTICITY])
    file = sector_file(trade)
    return np.array([file.retention_per_year.value, file.price_elasticity.value])


def neighbourhood(trade: str, attention_month: float, price_sensitivity: float) -> Params:
    """A neighbourhood of this trade with these two numbers."""
    fitted = {"attention_month": attention_month, "price_sensitivity": price_sensitivity}
    return market(trade, []).changed(demand=fitted)


def retention(params: Params, worlds: int) -> Measured:
    """Share of customers who keep their firm over the second year."""
    world = lived(create([params] * worlds, range(worlds)), YEAR)
    first = world.customers.supplier.copy()
    lived(world, YEAR)
    had, kept = first >= 0, (first >= 0) & (world.customers.supplier == first)
    shares = kept.reshape(worlds, -1).sum(axis=1) / had.reshape(worlds, -1).sum(axis=1)
    return measured(shares)


def elasticity(params: Params, worlds: int) -> Measured:
    """Log change of one firm's orders a year after its price was raised by 5%, over the log change of the price."""
    ample = params.changed(throughput={"equipment_utilisation": 0.5})
    dear, usual = (orders_after_a_year(ample, worlds, rise) for rise in (RISE, -RISE))
    return measured((np.log(dear) - np.log(usual)) / np.log((1.0 + RISE) / (1.0 - RISE)))


def orders_after_a_year(params: Params, worlds: int, rise: float) -> Floats:
    """Orders of the firm in focus around the twelfth month after its price changed by this share, (worlds,)."""
    world = create([params] * worlds, range(worlds))
    world.ablated = HELD
    rows = np.arange(worlds) * world.firm_slots
    world.firms.price_usd[rows] *= 1.0 + rise
    asked = relative_price(world)[rows]
    orders = np.zeros(worlds)
    for month in range(YEAR + 1):
        step(world)
        orders += world.firms.orders_new[rows] * (month >= YEAR - 2)
    assert np.array_equal(relative_price(world)[rows], asked), "the price was not held"
    return orders


def lived(world: World, months: int) -> World:
    """The world so many months later."""
    for _ in range(months):
        step(world)
    return world


def misses(at: Floats, trade: str | None, worlds: int) -> Floats:
    """How far retention and elasticity are from their targets."""
    params = neighbourhood(trade or BAKERY, *at)
    return np.array([retention(params, worlds).mean, elasticity(params, worlds).mean]) - targets(trade)


def fit(start: Floats, trade: str | None, worlds: int) -> Floats:
    """Newton's method from `start` = (attention, price sensitivity)."""
    at = start
    for _ in range(ROUNDS):
        here = misses(at, trade, worlds)
        print(f"attention {at[0]:.4f}, price {at[1]:.3f}: off by {here[0]:+.3f} and {here[1]:+.2f}", flush=True)
        if abs(here[0]) < 0.005 and abs(here[1]) < 0.03:
            break
        slopes = np.column_stack([(misses(at + move, trade, worlds) - here) / move.max() for move in np.diag(STEPS)])
        at = np.maximum(at - np.linalg.solve(slopes, here), (0.01, 0.5))
    return at


def main() -> None:
    """Fit, then say what the fitted numbers give on other luck."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--worlds", type=int, default=256)
    parser.add_argument("--only-measure", action="store_true", help="measure the defaults, fit nothing")
    parser.add_argument("--sector", help="fit this sector's own numbers")
    asked = parser.parse_args()
    default = market(asked.sector or BAKERY, []).demand
    start = np.array([default.attention_month, default.price_sensitivity], dtype=np.float64)
    found = start if asked.only_measure else fit(start, asked.sector, asked.worlds)
    params, (kept, answer) = neighbourhood(asked.sector or BAKERY, *found), targets(asked.sector)
    print(f"attention_month {found[0]:.4f}, price_sensitivity {found[1]:.3f}")
    print(f"retention over a year {retention(params, asked.worlds)}, target {kept:g} (F15)")
    print(f"own-price elasticity {elasticity(params, asked.worlds)}, target {answer:g} (F16)")


if __name__ == "__main__":
    main()
