"""What one run gave, as plain data that can be stored, mailed between processes and read back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Event:
    """Something that happened in a month, as a finished sentence for people."""

    month: int
    kind: str
    text: str


@dataclass(frozen=True, eq=False)
class Observation:
    """What one run gave: scalars by name, series by name, shape (months,), and dated events."""

    arm: str
    replicate: int
    scalars: dict[str, float]
    series: dict[str, NDArray[np.float64]]
    events: tuple[Event, ...]
