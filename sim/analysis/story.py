"""One world, told: the matched future in which the main choice made about the usual difference, month by
month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.analysis.comparison import Comparison
from sim.observe.observation import Event


@dataclass(frozen=True)
class Month:
    """What happened in one month (1 is the first): with the choice, without it, and in both."""

    month: int
    chosen: tuple[str, ...]
    otherwise: tuple[str, ...]
    both: tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """The future that is told, the difference it made to the owner and its dated events."""

    replicate: int
    gain_usd: float
    months: tuple[Month, ...]


def usual_world(comparison: Comparison) -> int:
    """The row whose difference in owner value is nearest the main choice's median; first of equals."""
    gap = comparison.gap(comparison.main.name, "owner_value_usd")
    return int(np.abs(gap - np.median(gap)).argmin())


def story(comparison: Comparison) -> Story:
    """The usual world under the main choice and under the reference, side by side."""
    row = usual_world(comparison)
    replicate = int(comparison.scalars.index[row])
    chosen = comparison.events[comparison.main.name][replicate]
    otherwise = comparison.events[comparison.reference.name][replicate]
    dates = sorted({event.month for event in (*chosen, *otherwise)})
    return Story(
        replicate=replicate,
        gain_usd=float(comparison.gap(comparison.main.name, "owner_value_usd")[row]),
        months=tuple(_month(month, chosen, otherwise) for month in dates),
    )


def _month(month: int, chosen: tuple[Event, ...], otherwise: tuple[Event, ...]) -> Month:
    """The events of one month, those that both sides share told once."""
    here = [event.text for event in chosen if event.month == month]
    there = [event.text for event in otherwise if event.month == month]
    return Month(
        month + 1,
        chosen=tuple(text for text in here if text not in there),
        otherwise=tuple(text for text in there if text not in here),
        both=tuple(text for text in here if text in there),
    )
