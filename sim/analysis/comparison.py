"""One comparison in memory: the same worlds lived through once for each choice.

Everything in this package works from a `Comparison` alone, whether the runs were just made or come out of the
store. The unit of evidence is a world (a possible future), and every contrast is paired: same firm, same
luck, other choice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

import numpy as np
import pandas as pd

from sim.arrays import Bools, Floats
from sim.errors import InputError
from sim.observe.metrics import METRICS
from sim.observe.observation import Event, Observation, Project


@dataclass(frozen=True)
class ArmInfo:
    """One choice: its name in files, its label for people and one line that says what is done."""

    name: str
    label: str
    line: str


@dataclass(frozen=True)
class Assumption:
    """A number or rule that somebody stated: what, how much, of which kind (measured, calibrated, assumed),
    by whom."""

    text: str
    value_text: str
    kind: str
    source: str


@dataclass(frozen=True)
class ClaimResult:
    """What the scenario says must happen (`of` signature) or must not (`of` falsifier), and what did happen,
    a - b."""

    statement: str
    metric: str
    a: str
    b: str
    expected: str
    estimate: float
    interval: tuple[float, float]
    unit: str
    holds: bool
    of: str


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What was compared and how it was run: everything that is known before the first result.

    `hurdle_year` is the return per year the owner asks for, `discount_month` the interest per month; both are
    shares.
    """

    scenario: str
    title: str
    why: str
    assignment: str
    seed: int
    arms: tuple[ArmInfo, ...]
    assumptions: tuple[Assumption, ...]
    hurdle_year: float
    discount_month: float
    command: str
    version: str
    fingerprint: str


@dataclass(frozen=True, kw_only=True)
class Comparison(Setting):
    """The setting and all outcomes.

    `scalars` has one row per replicate and columns (arm, metric); `series[arm][metric]` has shape (worlds,
    months) in the same row order; `projects` are those of the `firms` watched in each world, by replicate;
    `incomplete` lists replicates left out because a run of theirs is missing; `square` holds the four arms that cross
    two scores with and without assessment, beside the bundles; `by_lot` the same two strategies dealt out by lot,
    beside owners who chose; `placebo` the main choice with a placebo in place of its first project, `marginal` its
    projects one by one, where that was asked.
    """

    worlds: int
    months: int
    scalars: pd.DataFrame
    series: dict[str, dict[str, Floats]]
    events: dict[str, dict[int, tuple[Event, ...]]]
    projects: dict[str, dict[int, tuple[Project, ...]]]
    firms: int = 1
    incomplete: tuple[int, ...] = ()
    falsifier: Comparison | None = None
    square: Comparison | None = None
    by_lot: Comparison | None = None
    placebo: Comparison | None = None
    marginal: Comparison | None = None
    claims: tuple[ClaimResult, ...] = ()

    @classmethod
    def from_observations(cls, observations: Iterable[Observation], setting: Setting) -> Comparison:
        """Arrange observations by arm and replicate; a replicate that lacks an arm is left out and listed.

        Raises InputError if fewer than two arms are compared or no replicate is complete.
        """
        runs = {(seen.arm, seen.replicate): seen for seen in observations}
        names = [arm.name for arm in setting.arms]
        if len(names) < 2:
            raise InputError(f"A comparison needs at least two choices; found {len(names)}: {', '.join(names)}.")
        asked = sorted({replicate for _, replicate in runs})
        complete = [replicate for replicate in asked if all((name, replicate) in runs for name in names)]
        if not complete:
            raise InputError("No possible future was run for every choice, so there is nothing to compare.")
        by_arm = {name: [runs[name, replicate] for replicate in complete] for name in names}
        series = {name: _stack(seen) for name, seen in by_arm.items()}
        return cls(
            **{field.name: getattr(setting, field.name) for field in fields(Setting)},
            worlds=len(complete),
            months=next(iter(series[names[0]].values())).shape[1],
            scalars=_frame(by_arm, complete),
            series=series,
            events={name: {run.replicate: run.events for run in seen} for name, seen in by_arm.items()},
            projects={name: {run.replicate: run.projects for run in seen} for name, seen in by_arm.items()},
            firms=by_arm[names[0]][0].watched_firms,
            incomplete=tuple(replicate for replicate in asked if replicate not in complete),
        )

    @property
    def divided(self) -> bool:
        """Whether the choices are followed side by side in one market."""
        return self.assignment in ("mixed", "chosen")

    @property
    def averaged(self) -> bool:
        """Whether a world is told by the mean of many firms instead of by one firm."""
        return self.assignment != "focal"

    @property
    def years(self) -> float:
        """Length of the window in years."""
        return self.months / 12

    @property
    def reference(self) -> ArmInfo:
        """Doing nothing, or the first choice where doing nothing is not among them."""
        return next((arm for arm in self.arms if arm.name == "none"), self.arms[0])

    @property
    def choices(self) -> tuple[ArmInfo, ...]:
        """Every choice but the reference, in the order given."""
        return tuple(arm for arm in self.arms if arm is not self.reference)

    @property
    def main(self) -> ArmInfo:
        """The choice the report is about: the owner's "plan", else "aligned", else the last one."""
        named = {arm.name: arm for arm in self.choices}
        return named.get("plan") or named.get("aligned") or self.choices[-1]

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """(a, b) to be read as a - b: each choice against the reference, then every later choice against an
        earlier."""
        names = [arm.name for arm in self.choices]
        between = [(late, early) for i, early in enumerate(names) for late in names[i + 1 :]]
        return (*((name, self.reference.name) for name in names), *between)

    def label(self, arm: str) -> str:
        """The words for people of an arm."""
        return next(info.label for info in self.arms if info.name == arm)

    def scalar(self, arm: str, metric: str) -> Floats:
        """One value per world, shape (worlds,)."""
        return self.scalars[(arm, metric)].to_numpy(dtype=np.float64)

    def gap(self, arm: str, metric: str) -> Floats:
        """The arm minus the reference in the same world, shape (worlds,)."""
        return self.scalar(arm, metric) - self.scalar(self.reference.name, metric)

    def series_gap(self, arm: str, metric: str) -> Floats:
        """The arm minus the reference in the same world and month, shape (worlds, months)."""
        return self.series[arm][metric] - self.series[self.reference.name][metric]

    def open_in_both(self, arm: str) -> Bools:
        """Whether firms are open under the arm and under the reference, shape (worlds, months)."""
        return (self.series[arm]["alive"] > 0) & (self.series[self.reference.name]["alive"] > 0)


def _stack(runs: list[Observation]) -> dict[str, Floats]:
    """The series of one arm, (worlds, months) each."""
    return {metric: np.stack([run.series[metric] for run in runs]) for metric in runs[0].series}


def _frame(by_arm: dict[str, list[Observation]], replicates: list[int]) -> pd.DataFrame:
    """One row per replicate, columns (arm, metric); NaN where a run has no value."""
    index = pd.Index(replicates, name="replicate")
    arms = {
        arm: pd.DataFrame([run.scalars for run in runs], index=index, columns=list(METRICS))
        for arm, runs in by_arm.items()
    }
    return pd.concat(arms, axis=1, names=["arm", "metric"])
