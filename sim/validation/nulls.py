"""Nulls on whole runs: names and neighbours change nothing, walls hold, and where nobody else is, nobody is hurt."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim import population, schedule
from sim.arrays import Floats
from sim.observe.observation import Observation
from sim.params import Params
from sim.run import Job, prepare, simulate
from sim.scenario.resolve import load
from sim.state import columns
from sim.strategies.arms import Arm
from sim.validation.bench import Bench, baseline
from sim.validation.check import Check, Found, none_of
from sim.world import TABLES, World

SCENARIO = "bakery_ordering"
SHORT_MONTHS = 30


def relabelled(bench: Bench) -> Found:
    """Bits that change when arms are renamed, jobs reordered and batches cut in two."""
    worlds = 2 if bench.quick else 6
    jobs = bench.jobs(load(SCENARIO), "none,random,tactical,aligned,quote", worlds, SHORT_MONTHS)
    renamed = [replace(job, arm=replace(job.arm, name=f"other {job.arm.name}", label="x", line="y")) for job in jobs]
    together = simulate(jobs)
    half = len(jobs) // 2
    apart = simulate(renamed[half:]) + simulate(renamed[:half])
    apart = apart[len(jobs) - half:] + apart[:len(jobs) - half]
    bits = sum(_bits_apart(one, other) for one, other in zip(together, apart, strict=True))
    return none_of(bits, f"{len(jobs)} runs of {SHORT_MONTHS} months")


def _bits_apart(one: Observation, other: Observation) -> int:
    """How many numbers of two runs differ in any bit."""
    pairs = [(one.series[name], other.series[name]) for name in one.series]
    pairs.append((np.array(list(one.scalars.values())), np.array(list(other.scalars.values()))))
    return sum(int((a.view(np.uint64) != b.view(np.uint64)).sum()) for a, b in pairs)


def walls(bench: Bench) -> Found:
    """Bits that change in two worlds when every number of the firms of the one between them is poisoned with NaN."""
    seeds = [bench.world_seed(replicate) for replicate in range(3)]
    plain, poisoned = (population.create([baseline("bakery")] * 3, seeds) for _ in range(2))
    slots = plain.firm_slots
    for column in columns(poisoned.firms).values():
        if column.dtype == np.float64:
            column[slots:2 * slots] = np.nan
    with np.errstate(all="ignore"):
        for _ in range(6):
            schedule.step(plain)
            schedule.step(poisoned)
    reached = int(np.isnan(poisoned.firms.price_usd[slots:2 * slots]).sum())
    found = none_of(_outside(plain, poisoned), f"{reached} of {slots} firms of the poisoned world have no price")
    return found if reached else replace(found, status="fail")


def _outside(plain: World, poisoned: World) -> int:
    """Columns that differ in the first and the last of three worlds."""
    different = 0
    for table in TABLES:
        pairs = zip(columns(getattr(plain, table)).values(), columns(getattr(poisoned, table)).values(), strict=True)
        for a, b in pairs:
            third = len(a) // 3
            different += sum(a[part].tobytes() != b[part].tobytes() for part in (slice(third), slice(2 * third, None)))
    return different


def rivals_orders(jobs: list[Job], first: int) -> tuple[Floats, Floats]:
    """Orders delivered by the firm in focus and by all others from a month on, one value per job."""
    world = prepare(jobs)
    own, rivals = np.zeros(len(jobs)), np.zeros(len(jobs))
    focal = np.arange(len(jobs)) * world.firm_slots
    for month in range(jobs[0].months):
        schedule.step(world)
        served = np.where(world.firms.open, world.firms.orders_served, 0).astype(np.float64)
        mine = served[focal]
        if month >= first:
            own += mine
            rivals += world.sum_by_world(world.firms.world, served) - mine
    return own, rivals


def alone(bench: Bench) -> Found:
    """Change of all rivals' orders when a firm that has no rival starts to take orders online."""
    scenario = load(SCENARIO).falsifier
    assert scenario is not None
    lonely = replace(scenario, params=_without_rivals(scenario.params))
    worlds = 6 if bench.quick else 24
    own, rivals = rivals_orders(bench.jobs(lonely, "quote,none", worlds, SHORT_MONTHS), 0)
    more = float((own[:worlds] - own[worlds:]).mean())
    found = none_of(float(np.abs(rivals[:worlds] - rivals[worlds:]).sum()),
                    f"its own orders changed by {more:+.0f} over {SHORT_MONTHS} months")
    return found if more != 0.0 else replace(found, status="fail")


def _without_rivals(params: Params) -> Params:
    """The same market with one firm in it and nobody to enter."""
    customers = round(float(params.setup.customers) / float(params.setup.small_firms))
    alone = {"small_firms": 1, "large_firms": 0, "customers": customers}
    return params.changed(setup=alone, finance={"entry_year": 0.0})


def same_rule(bench: Bench) -> Found:
    """Bits that change between a strategy and a second one with the same factors under another name and label."""
    worlds = 4 if bench.quick else 12
    scenario = load(SCENARIO)
    twin = Arm("twin", "Another name", "Another line.", score="aligned", assessment_months=2.0)
    jobs = [bench.job(scenario, arm, replicate, SHORT_MONTHS)
            for arm in (replace(twin, name="aligned"), twin) for replicate in range(worlds)]
    runs = simulate(jobs)
    return none_of(sum(_bits_apart(runs[i], runs[worlds + i]) for i in range(worlds)))


def checks() -> list[Check]:
    """Nulls that need runs."""
    return [
        Check("N1", "nulls", "Renaming strategies, reordering runs and cutting batches changes no bit of any run.", "0",
              "numbers", relabelled),
        Check("N5", "nulls", "Two strategies with the same score and the same noise choose bit for bit alike.", "0",
              "numbers", same_rule),
        Check("N9", "nulls", "One firm and the outside option: what it gains is taken from no rival.", "0", "orders",
              alone),
        Check("N18", "nulls", "A world poisoned with NaN leaves every bit of its neighbours as it was.", "0", "columns",
              walls),
    ]
