"""Scores: how an owner picks among candidate projects. Fallible rules on what can be seen, never a search of the truth.

Each score takes what is observed and returns the candidate to buy (−1: none), why, and the forecast it goes by. A
project is bought only if that forecast clears the owner's hurdle, which is the same for every score; only the buyer of
what is talked about, and a plan already made, do not ask.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim import numerics
from sim.arrays import Bools, Floats, Ints
from sim.observed import Forecast, Observed
from sim.strategies.forecasts import (
    capacity_seen,
    capacity_with,
    claim_forecast,
    hours_saved,
    map_forecast,
    utilisation_seen,
)
from sim.strategies.goals import service_to_goals

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
)
NOTHING, TALK, HOURS, COMPLAINT, CONSTRAINT, ORDERS, DRAW, BEST, PLANNED, MEND, GOAL = range(len(REASONS))


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


def buy_nothing(seen: Observed) -> Choice:
    """Never buy."""
    firms = len(seen.price_usd)
    return Choice(np.full(firms, -1), np.full(firms, NOTHING), map_forecast(seen))


def follow_the_talk(seen: Observed) -> Choice:
    """Own sake: buy what is talked about, with some private taste, whatever the vendor's claim."""
    appeal = seen.talked_about + seen.rules.hype_spread[:, None] * numerics.gumbel(seen.taste)
    candidate = best(appeal, seen.open_to_buy & (seen.talked_about > 0.0))
    return Choice(candidate, np.full(len(candidate), TALK), claim_forecast(seen))


def mend_what_hurts(seen: Observed) -> Choice:
    """Tactical: on a coin's toss the most hours saved at one step, or help for the step with the loudest complaints."""
    claim = claim_forecast(seen)
    allowed = seen.open_to_buy & clears_hurdle(seen, claim)
    local_hours = hours_saved(seen).max(axis=2)
    loudest = utilisation_seen(seen).argmax(axis=1)
    helps = allowed & (seen.main_stage == loudest[:, None])
    by_hours = best(local_hours, allowed)
    by_complaint = best(claim.gain_usd, helps)
    heads = seen.coin < 0.5
    return Choice(np.where(heads, by_hours, by_complaint), np.where(heads, HOURS, COMPLAINT), claim)


def relieve_the_constraint(seen: Observed) -> Choice:
    """Aligned: find what holds the chain back, take the tool that lifts it most among those that can be had.

    Where the busiest stage is not full, orders are the limit and the money objective ranks by value on the map. An
    owner with goals of another kind takes what serves them most, as far as it can be seen.
    """
    forecast = map_forecast(seen)
    allowed = seen.open_to_buy & clears_hurdle(seen, forecast)
    utilisation = utilisation_seen(seen)
    stage = utilisation.argmax(axis=1)
    rows = np.arange(len(stage))
    before = np.maximum(capacity_seen(seen)[rows, stage], 1e-9)[:, None]
    lift = capacity_with(seen)[rows, :, stage] / before - 1.0
    impact = np.where(lift > 1e-9, lift, 0.0) * feasibility(seen)
    limited_by_orders = utilisation[rows, stage] < seen.rules.demand_limited_below
    constrained = best(impact, allowed & (impact > 0.0))
    by_value = best(forecast.gain_usd, allowed)
    candidate = np.where(limited_by_orders, by_value, constrained)
    reason = np.where(limited_by_orders, ORDERS, CONSTRAINT)
    service = service_to_goals(seen, forecast, allowed) * feasibility(seen)
    aimed = seen.weights.any(axis=1)
    candidate = np.where(aimed, best(service, allowed & (service > 0.0)), candidate)
    return Choice(candidate, np.where(aimed, GOAL, reason), forecast)


def feasibility(seen: Observed) -> Floats:
    """How light a candidate is to carry, 0-1: its cost against a month's sales, shape (firms, candidates)."""
    sales_usd = (seen.price_usd * seen.demand_orders)[:, None]
    return sales_usd / (sales_usd + seen.one_off_usd)


def draw_lots(seen: Observed) -> Choice:
    """Random: whenever the aligned rule would buy, buy one of what could be paid, by lot."""
    aligned = relieve_the_constraint(seen)
    lot = best(seen.taste, seen.open_to_buy)
    candidate = np.where(aligned.candidate >= 0, lot, -1)
    return Choice(candidate, np.full(len(candidate), DRAW), aligned.forecast)


def take_the_best_estimate(seen: Observed) -> Choice:
    """Net present value: the highest gain on the owner's map."""
    forecast = map_forecast(seen)
    candidate = best(forecast.gain_usd, seen.open_to_buy & clears_hurdle(seen, forecast))
    return Choice(candidate, np.full(len(candidate), BEST), forecast)


def keep_to_the_plan(seen: Observed) -> Choice:
    """Planned: buy what the plan names for this month, if it can be paid."""
    payable = (seen.planned >= 0) & (at(seen.open_to_buy.astype(np.float64), seen.planned) > 0.0)
    candidate = np.where(payable, seen.planned, -1)
    return Choice(candidate, np.full(len(candidate), PLANNED), claim_forecast(seen))


RULES: dict[str, Callable[[Observed], Choice]] = {
    "none": buy_nothing,
    "random": draw_lots,
    "own_sake": follow_the_talk,
    "tactical": mend_what_hurts,
    "aligned": relieve_the_constraint,
    "npv": take_the_best_estimate,
    "planned": keep_to_the_plan,
}

