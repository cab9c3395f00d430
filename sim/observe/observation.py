"""What one run gave, as plain data that can be stored, mailed between processes and read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

BOOKS = "books"
"""Kind of the stored events that hold a project each, as JSON: people are not told them."""


@dataclass(frozen=True)
class Event:
    """Something that happened in a month, as a finished sentence for people."""

    month: int
    kind: str
    text: str


@dataclass(frozen=True)
class Project:
    """One purchase by its books, from what was foreseen to what came of it; USD of month 0.

    forecast_usd + sum of parts_usd = outcome_usd to the cent. `end` says how it stood at the end: under_way, live,
    stopped or closed (with the firm); `missing_months` of the window by which it is judged lie beyond the run.
    `labour_usd` is the part of the outcome that stands for wages and for filling posts.
    """

    firm: int
    item: int
    name: str
    start_month: int
    live_month: int
    end: str
    missing_months: int
    hurdle_share: float
    cost_usd: float
    labour_usd: float
    forecast_usd: float
    parts_usd: dict[str, float]
    outcome_usd: float


Wanted = tuple[Sequence[str], Sequence[str]]
"""Names of the scalars and of the series that somebody wants of a run."""


@dataclass(frozen=True, eq=False)
class Observation:
    """What one run gave: scalars by name, series by name, shape (months,), dated events, and projects one by one.

    `panel` holds what was asked for of every firm, by column, (months, firm slots); see `sim.observe.panel`.
    """

    arm: str
    replicate: int
    scalars: dict[str, float]
    series: dict[str, NDArray[np.float64]]
    events: tuple[Event, ...]
    projects: tuple[Project, ...] = ()
    watched_firms: int = 1
    panel: dict[str, NDArray[np.float64]] = field(default_factory=dict)

    def only(self, wanted: Wanted) -> Observation:
        """The same with the scalars and series alone that are wanted; KeyError where one is lacking."""
        scalars, series = wanted
        return replace(
            self, scalars={name: self.scalars[name] for name in scalars},
            series={name: self.series[name] for name in series},
        )

    def __reduce__(self) -> tuple[Callable[..., Observation], tuple[Any, ...]]:
        """Go from process to process with all numbers in two blocks: many small arrays take five times as long."""
        events = tuple((event.month, event.kind, event.text) for event in self.events)
        rest = (self.projects, self.watched_firms, self.panel)
        return _unpacked, (self.arm, self.replicate, _block(self.scalars), _block(self.series), events, *rest)


Block = tuple[tuple[str, ...], bytes]


def _block(numbers: Mapping[str, Any]) -> Block:
    """Names, and the numbers or equally long series that go by them one after the other."""
    return tuple(numbers), np.array(list(numbers.values()), dtype=np.float64).tobytes()


def _unpacked(
    arm: str, replicate: int, scalars: Block, series: Block, events: Sequence[tuple[int, str, str]], *rest: Any
) -> Observation:
    """The observation that was packed, every bit of it."""
    (names, numbers), (titles, months) = scalars, series
    table = np.frombuffer(bytearray(months)).reshape(len(titles), -1) if titles else ()
    values = np.frombuffer(numbers).tolist()
    told = tuple(Event(*event) for event in events)
    return Observation(
        arm, replicate, dict(zip(names, values, strict=True)), dict(zip(titles, table, strict=True)), told, *rest)
