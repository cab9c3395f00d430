"""Sound processes and free edges leave nothing to amplify (N7); mending first, over process quality (H7).

H7 was written before it was run: an owner who mends taking orders before the ordering tool comes, against one who has
the tool at once and mends nothing. Its gain must fall by 1,000 dollars from poor to good processes, and cross zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sim import schedule
from sim.analysis.resample import one_mean_interval
from sim.arrays import Floats
from sim.run import Job, prepare
from sim.scenario.resolve import load
from sim.scenario.scenario import Scenario
from sim.state import columns
from sim.strategies.arms import Arm, Purchase
from sim.validation.bench import Bench
from sim.validation.check import Check, Found, decided, none_of
from sim.validation.nulls import SCENARIO, SHORT_MONTHS
from sim.validation.paired import arms_of, line, numbers, worths
from sim.world import TABLES, World

CLOSED_STREET = {
    "finance": {"entry_year": 0.0}, "integration": {"edge_price_share": 0.0}, "incidents": {"breach_year": 0.0},
}
"""Nobody enters with a worse process; edges cost nothing, and no thief comes along them (M19)."""
NOBODY_CATCHES, NO_EDGES = ("errors", "caught_share"), ("environment", "edge_density")
"""At 0: what a machine repeats no person would have caught; no tool has anything to exchange."""
Number = tuple[str, str]
QUALITIES = (0.2, 0.35, 0.5, 0.65, 0.8)
TOOL, MENDING = "online_ordering", "fix:marketing_sales"
TOOL_MONTH, MENDED_MONTH = 6, 8
SMALLEST_USD = 1_000.0
MENDING_WORLDS = 960
"""So many, because the error of 120 paired worlds is three times the smallest effect (docs/decisions/0094)."""


def lived(jobs: Sequence[Job], sound: bool, harmless: Sequence[Number]) -> World:
    """The worlds of these jobs after their months: every process sound from the start, or not; these numbers at 0."""
    world = prepare(jobs)
    if sound:
        world.firms.process_quality[:] = world.firms.quality_kept[:] = 1.0
    for group, name in harmless:  # not before: founders reckon with them
        numbers_ = getattr(world.params, group)
        without = replace(numbers_, **{name: np.zeros_like(getattr(numbers_, name))})
        world.params = replace(world.params, **{group: without})
    for _ in range(jobs[0].months):
        schedule.step(world)
    return world


def differing(bench: Bench, arm: Arm, harmless: Sequence[Number], sound: bool) -> int:
    """Numbers of the worlds that differ in the end once these harms are not there, under one arm."""
    street = numbers(load(SCENARIO), **CLOSED_STREET)
    jobs = [bench.job(street, arm, replicate, SHORT_MONTHS) for replicate in range(4 if bench.quick else 24)]
    one, other = lived(jobs, sound, ()), lived(jobs, sound, harmless)
    return sum(
        int((a != b).sum()) for table in TABLES
        for a, b in zip(columns(getattr(one, table)).values(), columns(getattr(other, table)).values(), strict=True))


def nothing_amplified(bench: Bench) -> Found:
    """Numbers that differ where processes are sound and edges free, once neither channel of harm is there."""
    joined = arms_of(load(SCENARIO), "quote")[0]
    loose = replace(joined, integrate=0.0)
    bits = differing(bench, joined, (NOBODY_CATCHES, NO_EDGES), sound=True)
    elsewhere = [differing(bench, loose, (harm,), sound=False) for harm in (NOBODY_CATCHES, NO_EDGES)]
    found = none_of(bits, f"{elsewhere[0]:,} and {elsewhere[1]:,} with shipped processes and no edge built")
    return found if min(elsewhere) > 0 else replace(found, status="fail")


def gains_of_mending(bench: Bench, worlds: int) -> Floats:
    """Owner's worth with mending first less with the tool at once, at each process quality, USD (qualities, worlds)."""
    scenario = load(SCENARIO)
    quote = arms_of(scenario, "quote")[0]
    at_once = replace(quote, name="at_once", purchases=(Purchase(TOOL, TOOL_MONTH),))
    mended = replace(quote, name="mended", purchases=(Purchase(MENDING, TOOL_MONTH), Purchase(TOOL, MENDED_MONTH)))
    gains = []
    for quality in QUALITIES:
        first, other = worths(bench, _of_quality(scenario, quality), [mended, at_once], worlds)
        gains.append(first - other)
    return np.array(gains)


def _of_quality(scenario: Scenario, quality: float) -> Scenario:
    return numbers(scenario, errors={"quality_mean": quality, "quality_spread": 0.0},
                   management={"process_effect": 0.0})


def mending_first(bench: Bench) -> Found:
    """Process quality at which mending first stops paying."""
    gains = gains_of_mending(bench, bench.worlds if bench.quick else MENDING_WORLDS)
    slope, zero, ends = line(QUALITIES, gains)
    fall = -slope * (QUALITIES[-1] - QUALITIES[0])
    low, high = one_mean_interval(fall)
    crosses = ends[0] > 0.0 and ends[1] < 1.0
    each = ", ".join(f"{own.mean():+,.0f} at {quality:g}" for quality, own in zip(QUALITIES, gains, strict=True))
    told = f"gain {each} USD; it falls by {fall.mean():,.0f} ({low:,.0f} to {high:,.0f}); "
    told += bench.effort_of(MENDING_WORLDS)
    status = decided(low > SMALLEST_USD and crosses, high < SMALLEST_USD)
    return Found(zero, status, ends, told)


def checks() -> list[Check]:
    """A null and a crossing."""
    return [
        Check("N7", "nulls", "Where processes are sound and edges free and built, it makes no difference whether "
              "people catch errors that machines repeat, or whether tools need edges.", "0", "numbers",
              nothing_amplified),
        Check("H7", "hypotheses", "What mending first gains over automating at once falls with process quality and "
              "crosses zero; where.", f"fall of more than {SMALLEST_USD:,.0f} USD, crossing within 0 and 1",
              "index 0-1", mending_first),
    ]
