"""Runs in the same worlds and luck, in batches, and a verdict with a smallest effect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from sim.analysis.resample import one_mean_interval, world_counts
from sim.arrays import Floats
from sim.observe.observation import Observation
from sim.run import Job, simulate
from sim.scenario.arms_list import parse_arms
from sim.scenario.scenario import Scenario
from sim.strategies.arms import Arm
from sim.validation.bench import Bench
from sim.validation.check import Found, decided
from sim.validation.hypotheses import WORTH

BATCH = 120


def played(jobs: Sequence[Job]) -> list[Observation]:
    """Every job's run, without the books of projects."""
    plain = [replace(job, books=False) for job in jobs]
    return [run for first in range(0, len(plain), BATCH) for run in simulate(plain[first:first + BATCH])]


def arms_of(scenario: Scenario, names: str) -> list[Arm]:
    """The arms of a comma-separated list."""
    return parse_arms(names, scenario)


def worths(bench: Bench, scenario: Scenario, arms: Sequence[Arm], worlds: int) -> Floats:
    """What the firm was worth to its owner under each arm, USD (arms, worlds)."""
    jobs = [bench.job(scenario, arm, replicate, scenario.months) for arm in arms for replicate in range(worlds)]
    return np.array([run.scalars[WORTH] for run in played(jobs)]).reshape(len(arms), worlds)


def beyond(values: Floats, smallest: float, remark: str) -> Found:
    """Judge a mean over worlds that should be above a smallest effect; worlds that say nothing are left out."""
    low, high = one_mean_interval(values)
    return Found(float(np.nanmean(values)), decided(low > smallest, high < smallest), (low, high), remark)


class Line(NamedTuple):
    """A straight line through paired effects: slope by world, where its mean meets zero, and the interval of that."""

    slope: Floats
    zero: float
    interval: tuple[float, float]


def line(x: Sequence[float], effects: Floats) -> Line:
    """Least squares through effects (points, worlds) at `x`; the interval is over draws of the worlds."""
    slope, start = np.polyfit(np.array(x), effects, 1)
    counts = world_counts(len(slope)) / len(slope)
    low, high = (float(end) for end in np.quantile(-(counts @ start) / (counts @ slope), (0.025, 0.975)))
    return Line(slope, float(-start.mean() / slope.mean()), (low, high))


def numbers(scenario: Scenario, **groups: dict[str, float]) -> Scenario:
    """The scenario with other parameters, by group."""
    return replace(scenario, params=scenario.params.changed(**groups))
