"""What a choice is made of, whatever the score: a candidate, a reason in words, a forecast, and the owner's hurdle."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.arrays import Bools, Floats, Ints
from sim.observed import Forecast, Observed

REASONS = (
    "nothing promised enough",
    "everybody talked about it",
    "it saved the most hours at one step",
    "the loudest complaints were about that step",
    "that step held back the whole shop",
    "orders were the limit, and it promised the most",
    "it came up in a draw among what could be paid",
    "it promised the most of all that could be paid",
    "it was in the plan",
    "the process there was too poor to automate",
    "it served the owner's goals best",
    "it took most off the dearest activities",
    "it suited the firm's strong and weak points in its market best",
    "it answered the forces of the market best",
    "it promised much and was easy to do",
    "it did best when the futures were tried out",
)
(
    NOTHING, TALK, HOURS, COMPLAINT, CONSTRAINT, ORDERS, DRAW, BEST, PLANNED, MEND, GOAL, ACTIVITY, POINTS, FORCES,
    EASY, FORESEEN,
) = range(len(REASONS))


@dataclass(frozen=True)
class Choice:
    """Candidate chosen per firm (−1 none), the reason's number, and the forecast for every candidate."""

    candidate: Ints
    reason: Ints
    forecast: Forecast


def best(value: Floats, allowed: Bools) -> Ints:
    """Candidate with the highest value among those allowed (the first of equals), −1 where none is."""
    pick = np.where(allowed, value, -np.inf).argmax(axis=1)
    return np.where(allowed.any(axis=1), pick, -1)


def at(table: Floats, candidate: Ints) -> Floats:
    """The table's value at each firm's candidate, 0 where there is none; (firms, candidates) -> (firms,)."""
    return np.where(candidate >= 0, table[np.arange(len(candidate)), candidate], 0.0)


def clears_hurdle(seen: Observed, forecast: Forecast) -> Bools:
    """Candidates whose forecast gain is at least the hurdle over their cost."""
    return forecast.gain_usd >= seen.rules.hurdle[:, None] * forecast.cost_usd


def feasibility(seen: Observed) -> Floats:
    """How light a candidate is to carry, 0-1: its cost against a month's sales, shape (firms, candidates)."""
    sales_usd = (seen.price_usd * seen.demand_orders)[:, None]
    return sales_usd / (sales_usd + seen.one_off_usd)
