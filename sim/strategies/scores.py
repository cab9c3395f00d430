"""Scores: how an owner picks among candidate projects. Fallible rules on what can be seen, never a search of the truth.

Each score takes what is observed and returns the candidate to buy (−1: none), why, and the forecast it goes by. A
project is bought only if that forecast clears the owner's hurdle, which is the same for every score; only the buyer of
what is talked about, a plan already made, and the yardstick that was shown the future do not ask.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim import numerics
from sim.observed import Observed
from sim.strategies.choice import (
    BEST,
    COMPLAINT,
    CONSTRAINT,
    DRAW,
    FORESEEN,
    GOAL,
    HOURS,
    NOTHING,
    ORDERS,
    PLANNED,
    TALK,
    Choice,
    at,
    best,
    clears_hurdle,
    feasibility,
)
from sim.strategies.forecasts import (
    capacity_seen,
    capacity_with,
    claim_forecast,
    hours_saved,
    map_forecast,
    utilisation_seen,
)
from sim.strategies.goals import service_to_goals
from sim.strategies.lenses import LENSES


def buy_nothing(seen: Observed) -> Choice:
    """Never buy."""
    firms = len(seen.price_usd)
    return Choice(np.full(firms, -1), np.full(firms, NOTHING), map_forecast(seen))


def follow_the_talk(seen: Observed) -> Choice:
    """Own sake: buy what is talked about, with some private taste, whatever the vendor's claim.

    Where owners hesitate, they buy with a chance that comes closer to the level of talk.
    """
    appeal = seen.talked_about + seen.rules.hype_spread[:, None] * numerics.gumbel(seen.taste)
    candidate = best(appeal, seen.open_to_buy & (seen.talked_about > 0.0))
    chance = 1.0 - seen.rules.hesitation * (1.0 - np.minimum(at(seen.talked_about, candidate), 1.0))
    moved = np.where(seen.coin < chance, candidate, -1)
    return Choice(moved, np.full(len(moved), TALK), claim_forecast(seen))


def save_most_hours(seen: Observed) -> Choice:
    """Largest hours: what takes most hours off people at one step."""
    claim = claim_forecast(seen)
    candidate = best(hours_saved(seen).max(axis=2), seen.open_to_buy & clears_hurdle(seen, claim))
    return Choice(candidate, np.full(len(candidate), HOURS), claim)


def hush_the_complaint(seen: Observed) -> Choice:
    """Loudest complaint: what promises most for the step that is fullest."""
    claim = claim_forecast(seen)
    loudest = utilisation_seen(seen).argmax(axis=1)
    helps = seen.open_to_buy & clears_hurdle(seen, claim) & (seen.main_stage == loudest[:, None])
    candidate = best(claim.gain_usd, helps)
    return Choice(candidate, np.full(len(candidate), COMPLAINT), claim)


def mend_what_hurts(seen: Observed) -> Choice:
    """Tactical: on a coin's toss the most hours saved at one step, or help for the step with the loudest complaints."""
    hours, complaint, heads = save_most_hours(seen), hush_the_complaint(seen), seen.coin < 0.5
    candidate = np.where(heads, hours.candidate, complaint.candidate)
    return Choice(candidate, np.where(heads, hours.reason, complaint.reason), hours.forecast)


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


def do_as_shown(seen: Observed) -> Choice:
    """Oracle: buy what did best when the true world was tried out; a yardstick that no owner can follow."""
    payable = (seen.planned >= 0) & (at(seen.open_to_buy.astype(np.float64), seen.planned) > 0.0)
    candidate = np.where(payable, seen.planned, -1)
    return Choice(candidate, np.where(payable, FORESEEN, NOTHING), map_forecast(seen))


RULES: dict[str, Callable[[Observed], Choice]] = {
    "none": buy_nothing,
    "random": draw_lots,
    "own_sake": follow_the_talk,
    "tactical": mend_what_hurts,
    "aligned": relieve_the_constraint,
    "npv": take_the_best_estimate,
    "planned": keep_to_the_plan,
    "largest_hours": save_most_hours,
    "loudest_complaint": hush_the_complaint,
    **LENSES,
    "oracle": do_as_shown,
}
