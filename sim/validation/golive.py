"""What happens around a go-live: a dip that passes, and two ends of one good tool.

Repenning (2002): results need use and use needs results, so the same tool takes root where people start above a
threshold of motivation and is dropped where they start below it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from sim import schedule
from sim.analysis.golive import since_live
from sim.arrays import Floats
from sim.run import prepare
from sim.scenario.resolve import load
from sim.validation.bench import Bench
from sim.validation.check import Check, Found
from sim.validation.hypotheses import directed

SCENARIO = "bakery_ordering"
MONTHS, WORLDS, QUICK_WORLDS = 40, 60, 12
FIRST, LATER = slice(0, 3), slice(9, 15)


def use_in_the_end(start: float, bench: Bench) -> Floats:
    """Use of the same quoted tool after three years, by firm, where people first use it so often and trust it so."""
    scenario = load(SCENARIO)
    params = scenario.params.changed(
        acceptance={"first_use": start, "promise": start}, finance={"outside_option": 0.0, "overdraft_days": 360.0},
        overruns={"reconsider_above": 10.0, "delay_per_overrun": 0.0},
    )
    worlds = QUICK_WORLDS if bench.quick else WORLDS
    jobs = bench.jobs(replace(scenario, params=params), "quote", worlds, MONTHS)
    world = prepare(jobs)
    for _ in range(MONTHS):
        schedule.step(world)
    rows = np.arange(worlds) * world.firm_slots
    live = world.tools_at_work[rows, 0] & world.firms.open[rows]
    return world.firms.tool_usage[rows, 0][live]


def an_end(start: float, bench: Bench) -> Found:
    """Median use in the end, above or below where it started."""
    use = use_in_the_end(start, bench)
    low, middle, high = (float(value) for value in np.quantile(use, (0.1, 0.5, 0.9)))
    right = middle <= 0.05 if start < 0.5 else middle >= 0.75
    return Found(middle, "pass" if right else "fail", (low, high),
                 f"{len(use)} firms with the tool at work; the range holds the middle 80 of 100")


def dip(bench: Bench) -> Found:
    """How much more the chain can do a year after go-live than in the first months, against the firm without the tool.

    How full the busiest step is would not show it: orders come in by then, and fill it again.
    """
    comparison = bench.study(load(SCENARIO), "none,quote").comparison
    gap = since_live(comparison, "quote", "throughput", (0, 18))
    known = gap[np.isfinite(gap[:, FIRST]).any(axis=1) & np.isfinite(gap[:, LATER]).any(axis=1)]
    first, later = np.nanmean(known[:, FIRST], axis=1), np.nanmean(known[:, LATER], axis=1)
    return directed(later - first, f"{len(known)} go-lives; {bench.effort}")


def checks() -> list[Check]:
    """Reversion, regeneration, and the dip."""
    return [
        Check("G1", "known", "Where people start below the threshold, use of a good tool falls back to nothing "
              "(reversion).", "0.05 at most", "share", partial(an_end, 0.05)),
        Check("G2", "known", "Where people start above it, use of the same tool feeds itself (regeneration).",
              "0.75 at least", "share", partial(an_end, 0.8)),
        Check("G3", "known", "In the first months after go-live the chain can do less than a year later, against the "
              "same firm without the tool.", "more than 0", "orders/month", dip),
    ]
