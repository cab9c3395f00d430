"""What one run gave, as plain data that can be stored, mailed between processes and read back."""

from __future__ import annotations

from dataclasses import dataclass, field

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
