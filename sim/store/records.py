"""What goes into the store and comes out of it, and how a run is named.

A run's name is the hash of everything that decides its outcome: model version, resolved scenario, arm,
assignment, replicate, seed and months. Asking for the same thing twice therefore finds the first answer,
which is what makes a study resumable. Study, labels, threads, machine and the place of the store decide
nothing and are not hashed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from hashlib import blake2b
from typing import Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

DECIDES_A_RUN = ("model_version", "parameters_hash", "arm_hash", "assignment", "replicate", "seed", "months")
HASH_BYTES = 16
OF_FIRMS = "firm."


def canonical_json(content: object) -> str:
    """Return the one JSON text of a value: keys sorted, no spaces, floats to the last bit.

    Raises ValueError for NaN and infinity, TypeError for what JSON does not know.
    """
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


@lru_cache(maxsize=1024)
def content_hash(text: str) -> str:
    """Return the name of a text: 32 hexadecimal digits of its BLAKE2b hash."""
    return blake2b(text.encode(), digest_size=HASH_BYTES).hexdigest()


@dataclass(frozen=True)
class RunRow:
    """One world under one arm, as a study asks for it."""

    study: str
    scenario: str  # name of the scenario, or of the design point in a sweep
    arm: str  # label of the arm in this study
    assignment: str  # focal, mixed, whole or chosen
    replicate: int
    seed: int  # below 2**63
    months: int
    model_version: str
    parameters: str  # canonical JSON of the resolved scenario
    arm_definition: str  # canonical JSON of what the arm changes

    @property
    def parameters_hash(self) -> str:
        """Name under which the resolved scenario is stored."""
        return content_hash(self.parameters)

    @property
    def arm_hash(self) -> str:
        """Name under which the arm's definition is stored."""
        return content_hash(self.arm_definition)

    @cached_property
    def id(self) -> str:
        """Name of the run: the hash of all that decides its outcome."""
        return content_hash(canonical_json({field: getattr(self, field) for field in DECIDES_A_RUN}))


def of_firms(column: str) -> str:
    """Return the name under which a column of the firm panel is stored, for a series may have the same."""
    return OF_FIRMS + column


class EventRow(NamedTuple):
    """Something that happened in a run, in a finished sentence for people."""

    month: int
    kind: str
    text: str


class SeriesRow(NamedTuple):
    """A series, or a column of the firm panel, as it is kept: of the last of every so many months."""

    run: str
    metric: str
    every_months: int
    values: NDArray[np.float64]  # (months // every_months,), of the panel with firm slots as second axis


@dataclass(frozen=True)
class RunResult:
    """All that is kept of one finished run."""

    id: str
    scalars: Mapping[str, float]  # metric -> value; NaN where the metric has none
    series: Mapping[str, NDArray[np.float64]]  # metric -> (months,), or the last of every few
    events: Sequence[tuple[int, str, str]]  # month, kind, text; in the order they happened
    every_months: int = 1  # months from one value of a series to the next
    panel: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)  # column -> (months, firm slots), likewise


@dataclass(frozen=True)
class Log:
    """What a study keeps of every run; series and firm panel may keep the last of every so many months.

    `events` says whether what happened, and the books of every project, are kept beside them.
    """

    scalars: frozenset[str]
    series: frozenset[str]
    every_months: int = 1
    panel: frozenset[str] = frozenset()
    events: bool = False

    @cached_property
    def names(self) -> tuple[list[str], list[str]]:
        """Scalars and series that are kept, each in alphabetical order."""
        return sorted(self.scalars), sorted(self.series)

    def keep(self, result: RunResult) -> RunResult:
        """Return what is kept of a result that has every month; KeyError if it lacks a metric."""
        scalars, series = self.names
        return replace(
            result,
            scalars={name: result.scalars[name] for name in scalars},
            series={name: thinned(result.series[name], self.every_months) for name in series},
            events=result.events if self.events else (),
            every_months=self.every_months,
            panel={name: thinned(result.panel[name], self.every_months) for name in sorted(self.panel)},
        )


def thinned(values: NDArray[np.float64], every: int) -> NDArray[np.float64]:
    """Return the last of every so many values; what is left over at the end is dropped."""
    return values if every == 1 else values[every - 1 :: every]


class LookRow(NamedTuple):
    """What was seen of the difference `arm_a` − `arm_b` when so many worlds were in, and what was decided."""

    study: str
    scenario: str
    metric: str
    arm_a: str
    arm_b: str
    worlds: int
    mean: float  # NaN, like the next three, with too few worlds to tell
    low: float
    high: float
    p_value: float
    level: float  # the p-value to beat at this look
    decision: Literal["continue", "stop"]


class DescribedMetric(Protocol):
    """What the store needs to know about a metric before it takes values of it."""

    @property
    def name(self) -> str:
        """Name of the metric, as in `RunResult`."""

    @property
    def unit(self) -> str:
        """Unit of its values."""

    @property
    def label(self) -> str:
        """Words for people."""

    @property
    def line(self) -> str:
        """One line that explains it."""
