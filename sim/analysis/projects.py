"""Projects one by one, by their books: how many missed what was foreseen, and what became of each kind.

The unit that is resampled stays the world: projects of one firm share their luck. What a project's books show is what
its own work did; what it did to people and customers shows only where whole runs are compared.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.analysis.comparison import Comparison
from sim.analysis.resample import ratio_interval, share_interval
from sim.arrays import Floats
from sim.observe.observation import Project

SHORT: dict[str, Callable[[Project], bool]] = {
    "forecast": lambda project: project.outcome_usd < project.forecast_usd,
    "hurdle": lambda project: project.outcome_usd < project.hurdle_share * project.cost_usd,
    "zero": lambda project: project.outcome_usd < 0.0,
}
"""Three ways of falling short, each by the project's own books."""


@dataclass(frozen=True)
class Part:
    """A share of projects with its 95% interval over worlds; NaN where there is no project."""

    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Missed:
    """What became of one choice's projects: counts, and shares that missed the forecast, the hurdle, and zero."""

    projects: int
    stopped: int
    closed: int
    unfinished: int
    forecast: Part
    hurdle: Part
    zero: Part


@dataclass(frozen=True)
class Kind:
    """Projects of one kind: means per project, USD of today, and what weighed most against the forecast."""

    name: str
    projects: int
    forecast_usd: float
    cost_usd: float
    outcome_usd: float
    below_zero: float
    heaviest: str


def missed(comparison: Comparison, arm: str) -> Missed:
    """How the projects of one choice ended, by their books."""
    by_world = [list(projects) for projects in comparison.projects[arm].values()]
    every = [project for projects in by_world for project in projects]
    return Missed(
        projects=len(every), stopped=_count(every, "stopped"), closed=_count(every, "closed"),
        unfinished=sum(project.missing_months > 0 for project in every),
        **{name: _part(by_world, falls_short) for name, falls_short in SHORT.items()},
    )


def _count(projects: list[Project], end: str) -> int:
    return sum(project.end == end for project in projects)


def _part(by_world: list[list[Project]], holds: Callable[[Project], bool]) -> Part:
    """The share of projects for which something holds, worlds resampled; where all projects are alike, and resampling
    shows no width, the range is that of a share of the worlds with projects."""
    hits = np.array([sum(map(holds, projects)) for projects in by_world], dtype=np.float64)
    count = np.array([len(projects) for projects in by_world], dtype=np.float64)
    if not count.sum():
        return Part(np.nan, np.nan, np.nan)
    found, worlds = float(hits.sum() / count.sum()), int(np.count_nonzero(count))
    alike = found in (0.0, 1.0)
    return Part(found, *(share_interval(found * worlds, worlds) if alike else ratio_interval(hits, count)))


def kinds(comparison: Comparison, arm: str) -> list[Kind]:
    """The projects of one choice by what was bought, the most frequent first."""
    by_name: dict[str, list[Project]] = defaultdict(list)
    for projects in comparison.projects[arm].values():
        for project in projects:
            by_name[project.name].append(project)
    ordered = sorted(by_name.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    return [_kind(name, projects) for name, projects in ordered]


def _kind(name: str, projects: list[Project]) -> Kind:
    """Means over the projects of one kind."""
    parts = {part: float(np.mean([project.parts_usd[part] for project in projects])) for part in projects[0].parts_usd}
    return Kind(
        name=name, projects=len(projects),
        forecast_usd=float(np.mean([project.forecast_usd for project in projects])),
        cost_usd=float(np.mean([project.cost_usd for project in projects])),
        outcome_usd=float(np.mean([project.outcome_usd for project in projects])),
        below_zero=float(np.mean([project.outcome_usd < 0.0 for project in projects])),
        heaviest=max(parts, key=lambda part: abs(parts[part])),
    )


def booked(comparison: Comparison, arm: str, value: Callable[[Project], float]) -> Floats:
    """A value summed over the projects of each world, per firm watched, (worlds,)."""
    sums = [math.fsum(map(value, projects)) for projects in comparison.projects[arm].values()]
    return np.array(sums, dtype=np.float64) / comparison.firms
