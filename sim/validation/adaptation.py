"""Owners who adapt: looking over, open interfaces and exploring, in a calm trade and in turbulent ones.

Worlds, luck and arms are the same at every level of turbulence. Smallest effects were fixed before the first run: 1,000
dollars to the owner over five years. ⚠ marks what the evidence conflicts on: there either direction decides.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.analysis.resample import one_mean_interval
from sim.arrays import Floats, Ints
from sim.run import simulate
from sim.scenario.resolve import load
from sim.scenario.scenario import Scenario
from sim.validation.bench import MONTHS, Bench
from sim.validation.check import Check, Found, decided
from sim.validation.hypotheses import WORTH, directed

SCENARIO = "bakery_ordering"
CALM, MIDDLE, WILD = 0.0, 1.0, 3.0
"""Jumps a year of where work sits, and as many of what customers weigh."""
SUPPORT_MONTHS, PROGRESS_YEAR = 48.0, 0.05
SMALLEST_USD = 1_000.0
SHARES = (0, 15, 30, 60)
"""Percent of the project fund put into new offers."""
DRAWS, BATCH = 2_000, 120


def at(turbulence: float, aging: bool = True) -> Scenario:
    """The example with so many jumps a year, and with versions that age, or not."""
    scenario = load(SCENARIO)
    jumps = {"work_jumps_year": turbulence, "taste_jumps_year": turbulence}
    ages = {"support_months": SUPPORT_MONTHS, "price_fall_year": PROGRESS_YEAR, "quality_rise_year": PROGRESS_YEAR}
    return replace(scenario, params=scenario.params.changed(environment=jumps, frontier=ages if aging else {}))


def worth(bench: Bench, scenario: Scenario, *arms: str) -> Floats:
    """What the firm was worth to its owner, USD (arms, worlds)."""
    jobs = [replace(job, books=False) for job in bench.jobs(scenario, ",".join(arms), bench.worlds, MONTHS)]
    runs = [run for first in range(0, len(jobs), BATCH) for run in simulate(jobs[first:first + BATCH])]
    return np.array([run.scalars[WORTH] for run in runs]).reshape(len(arms), -1)


def premium(bench: Bench, scenario: Scenario, base: str, modifier: str) -> Floats:
    """Worth with a modifier less worth without, by world, USD."""
    without, with_ = worth(bench, scenario, base, base + modifier)
    return with_ - without


def none_in_calm(bench: Bench) -> Found:
    """Premium of looking over where nothing changes: it should not be above zero."""
    values = premium(bench, at(CALM, aging=False), "aligned", "+dynamic")
    low, high = one_mean_interval(values)
    return Found(float(values.mean()), "fail" if low > 0.0 else "pass", (low, high), bench.effort)


def either_way(values: Floats, remark: str) -> Found:
    """Judge a difference whose direction is open: it decides where the interval leaves out the smallest effect."""
    low, high = one_mean_interval(values)
    beyond, within = low > SMALLEST_USD or high < -SMALLEST_USD, max(-low, high) < SMALLEST_USD
    return Found(float(values.mean()), decided(beyond, within), (low, high), remark)


def turbulence_and_looking_over(bench: Bench) -> Found:
    """Premium of looking over in a turbulent trade less that in a calm one, by world."""
    calm, wild = (premium(bench, at(level, aging=False), "aligned", "+dynamic") for level in (CALM, WILD))
    return either_way(wild - calm, f"calm {calm.mean():+,.0f}, turbulent {wild.mean():+,.0f} USD; {bench.effort}")


def rigid_in_calm(bench: Bench) -> Found:
    """What open interfaces cost where nothing changes; beside it the same for an owner who never looks back."""
    calm = at(CALM, aging=False)
    static = -premium(bench, calm, "aligned", "+modular")
    said = f"an owner who never looks back loses {static.mean():,.0f} USD; who does pays less for every tool taken out"
    return directed(-premium(bench, calm, "aligned+dynamic", "+modular"), f"{said}; {bench.effort}")


def open_in_turbulence(bench: Bench) -> Found:
    """What they bring where work moves and versions age."""
    return directed(premium(bench, at(WILD), "aligned+dynamic", "+modular"), bench.effort)


def best_shares(bench: Bench, turbulence: float) -> Ints:
    """Share of the fund, percent, that is worth most on average, in many draws of the worlds; (draws,)."""
    arms = [f"aligned+explore{share}" if share else "aligned" for share in SHARES]
    values = worth(bench, at(turbulence, aging=False), *arms)
    drawn = np.random.default_rng(bench.seed).integers(0, values.shape[1], size=(DRAWS, values.shape[1]))
    return np.array(SHARES)[values[:, drawn].mean(axis=2).argmax(axis=0)]


def turbulence_and_exploring(bench: Bench) -> Found:
    """Best share in a turbulent trade less that in a calm one, percentage points."""
    gap = best_shares(bench, WILD) - best_shares(bench, CALM)
    low, high = (float(end) for end in np.quantile(gap, (0.025, 0.975)))
    verdict = decided(low > 0.0 or high < 0.0, low == high == 0.0)
    return Found(float(gap.mean()), verdict, (low, high), f"of shares {SHARES}; {bench.effort}")


def inside_only_when_turbulent(bench: Bench) -> Found:
    """How often the best share is between the ends in a trade of middling turbulence, and at an end in a calm one."""
    calm, middle = best_shares(bench, CALM), best_shares(bench, MIDDLE)
    ends = (SHARES[0], SHARES[-1])
    both = float(np.mean(np.isin(calm, ends) & ~np.isin(middle, ends)))
    words = f"best share {np.median(calm):.0f}% calm, {np.median(middle):.0f}% middling; {bench.effort}"
    return Found(both, decided(both >= 0.95, both <= 0.05), remark=words)


def checks() -> list[Check]:
    """Direction, rule and smallest effect fixed beforehand."""
    return [
        Check("N12", "nulls", "In a calm trade whose tools do not age, looking over what was bought is worth nothing "
              "to an aligned owner, or less.", "0 or less", "USD", none_in_calm),
        Check("H4", "hypotheses", "⚠ What looking over is worth depends on turbulence, one way or the other.",
              f"beyond ±{SMALLEST_USD:,.0f}", "USD", turbulence_and_looking_over),
        Check("H5", "hypotheses", "⚠ The best share of the fund for new offers depends on turbulence, one way or the "
              "other.", "not 0", "percentage points", turbulence_and_exploring),
        Check("H6a", "hypotheses", "Open interfaces lose in a calm trade whose tools do not age.", "more than 0", "USD",
              rigid_in_calm),
        Check("H6b", "hypotheses", "Open interfaces win in a turbulent trade whose tools age.", "more than 0", "USD",
              open_in_turbulence),
        Check("H18", "hypotheses", "The best share for new offers lies between the ends in a trade of middling "
              "turbulence, and at an end in a calm one.", "0.95 at least", "share of draws",
              inside_only_when_turbulent),
    ]
