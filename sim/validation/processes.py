"""Sound processes and free edges leave nothing to amplify (N7); mending first, over process quality (H7).

H7 was written before it was run: an owner who mends taking orders before the ordering tool comes, against one who has
the tool at once and mends nothing. Its gain must fall by 1,000 dollars from poor to good processes, and cross zero.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.analysis.resample import one_mean_interval
from sim.arrays import Floats
from sim.run import simulate
from sim.scenario.resolve import load
from sim.scenario.scenario import Scenario
from sim.strategies.arms import Arm, Purchase
from sim.validation.bench import Bench
from sim.validation.check import Check, Found, decided, none_of
from sim.validation.nulls import SCENARIO, SHORT_MONTHS, bits_apart
from sim.validation.paired import arms_of, line, numbers, worths

SOUND = {
    "errors": {"quality_mean": 1.0, "quality_spread": 0.0}, "management": {"process_effect": 0.0},
    "finance": {"entry_year": 0.0}, "integration": {"edge_price_share": 0.0},
}
"""Every process is sound and stays so, nobody enters with a worse one, and edges cost nothing."""
NOBODY_CATCHES = {"errors": {"caught_share": 0.0}}
"""What a machine repeats no person would have caught."""
NO_EDGES = {"environment": {"edge_density": 0.0}}
"""No tool has anything to exchange."""
QUALITIES = (0.2, 0.35, 0.5, 0.65, 0.8)
TOOL, MENDING = "online_ordering", "fix:marketing_sales"
TOOL_MONTH, MENDED_MONTH = 6, 8
SMALLEST_USD = 1_000.0


def differing(bench: Bench, scenario: Scenario, arm: Arm, **changes: dict[str, float]) -> int:
    """Numbers that differ in any bit once the scenario is changed, under one arm."""
    worlds = 6 if bench.quick else 24
    one, other = (
        simulate([bench.job(each, arm, replicate, SHORT_MONTHS) for replicate in range(worlds)])
        for each in (scenario, numbers(scenario, **changes)))
    return sum(bits_apart(a, b) for a, b in zip(one, other, strict=True))


def nothing_amplified(bench: Bench) -> Found:
    """Numbers that differ where processes are sound and edges free, once neither channel of harm is there."""
    shipped = load(SCENARIO)
    joined = arms_of(shipped, "quote")[0]
    loose = replace(joined, integrate=0.0)
    bits = differing(bench, numbers(shipped, **SOUND), joined, **NOBODY_CATCHES, **NO_EDGES)
    elsewhere = [differing(bench, shipped, loose, **changes) for changes in (NOBODY_CATCHES, NO_EDGES)]
    found = none_of(bits, f"{elsewhere[0]:,} and {elsewhere[1]:,} with shipped processes and no edge built")
    return found if min(elsewhere) > 0 else replace(found, status="fail")


def gains_of_mending(bench: Bench) -> Floats:
    """Owner's worth with mending first less with the tool at once, at each process quality, USD (qualities, worlds)."""
    scenario = load(SCENARIO)
    quote = arms_of(scenario, "quote")[0]
    at_once = replace(quote, name="at_once", purchases=(Purchase(TOOL, TOOL_MONTH),))
    mended = replace(quote, name="mended", purchases=(Purchase(MENDING, TOOL_MONTH), Purchase(TOOL, MENDED_MONTH)))
    gains = []
    for quality in QUALITIES:
        first, other = worths(bench, _of_quality(scenario, quality), [mended, at_once], bench.worlds)
        gains.append(first - other)
    return np.array(gains)


def _of_quality(scenario: Scenario, quality: float) -> Scenario:
    return numbers(scenario, errors={"quality_mean": quality, "quality_spread": 0.0},
                   management={"process_effect": 0.0})


def mending_first(bench: Bench) -> Found:
    """Process quality at which mending first stops paying."""
    gains = gains_of_mending(bench)
    slope, zero, ends = line(QUALITIES, gains)
    fall = -slope * (QUALITIES[-1] - QUALITIES[0])
    low, high = one_mean_interval(fall)
    crosses = ends[0] > 0.0 and ends[1] < 1.0
    each = ", ".join(f"{own.mean():+,.0f} at {quality:g}" for quality, own in zip(QUALITIES, gains, strict=True))
    told = f"gain {each} USD; it falls by {fall.mean():,.0f} ({low:,.0f} to {high:,.0f}); {bench.effort}"
    status = decided(low > SMALLEST_USD and crosses, high < SMALLEST_USD)
    return Found(zero, status, ends, told)


def checks() -> list[Check]:
    """A null and a crossing."""
    return [
        Check("N7", "nulls", "Where processes are sound and edges free and built, it makes no difference whether "
              "people catch errors that machines repeat, or whether tools need edges.", "0", "numbers", nothing_amplified),
        Check("H7", "hypotheses", "What mending first gains over automating at once falls with process quality and "
              "crosses zero; where.", f"fall of more than {SMALLEST_USD:,.0f} USD, crossing within 0 and 1",
              "index 0-1", mending_first),
    ]
