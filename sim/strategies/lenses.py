"""Framework lenses: four ways to rank candidates that are taught and sold, each put into numbers an owner can see.

All go by the owner's map and its hurdle, and differ in what they rank by. The value chain looks for dear activities
(Porter 1985), SWOT sets strong and weak points against the market's openings and threats, the Five Forces weigh the
market's pressures (Porter 1979), the impact-feasibility matrix takes what promises much and is easy.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim import numerics
from sim.arrays import Bools, Floats
from sim.observed import Forecast, Observed
from sim.strategies.choice import ACTIVITY, EASY, FORCES, POINTS, Choice, best, clears_hurdle, feasibility
from sim.strategies.forecasts import (
    automated_now,
    faults_found,
    faults_mended,
    fewer_faults,
    hours_saved,
    map_forecast,
)
from sim.strategies.goals import against_best, growth

Lens = Callable[[Observed, Forecast, Bools], Floats]


def dear_activities(seen: Observed, forecast: Forecast, allowed: Bools) -> Floats:
    """Value chain: hours taken off activities over the window, counted in full at the dearest and less elsewhere.

    Faults mended count by the hours spent on them; what the candidate costs is taken off.
    """
    hours = (1.0 - automated_now(seen)) * seen.hours_order
    weight = hours / np.maximum(hours.max(axis=1), 1e-9)[:, None]
    relief = hours_saved(seen) + faults_mended(seen) * (seen.hours_order * seen.demand_orders[:, None])[:, None, :]
    wages_usd = (seen.wage_usd_hour * seen.rules.window_months)[:, None]
    return numerics.row_sum(weight[:, None, :] * relief) * wages_usd - forecast.cost_usd


def strong_and_weak_points(seen: Observed, forecast: Forecast, allowed: Bools) -> Floats:
    """SWOT: openings call for more orders and more room, threats for lower costs and sound work, in equal parts."""
    rivals, entrants, _, customers, substitutes = seen.forces.T
    threat = (rivals + entrants + customers) / 3.0
    opening = (substitutes / np.maximum(substitutes + threat, 1e-9))[:, None]
    faults = fewer_faults(seen) + faults_found(seen)
    out = against_best(seen.brings_orders, allowed) + against_best(growth(seen), allowed)
    within = against_best(forecast.labour_usd, allowed) + against_best(faults, allowed)
    return 0.5 * (opening * out + (1.0 - opening) * within)


def pressures(seen: Observed, forecast: Forecast, allowed: Bools) -> Floats:
    """Five Forces: each asks for its own answer, by its part in the whole pressure.

    Cheaper or handier rivals: lower costs. Entrants: room to serve at scale. Dear supplies: less waste. Customers who
    leave: ease and sound work. Substitutes: ease.
    """
    faults = against_best(fewer_faults(seen) + faults_found(seen), allowed)
    ease = against_best(seen.brings_orders, allowed)
    answers = (
        against_best(forecast.labour_usd, allowed), against_best(growth(seen), allowed), faults,
        0.5 * ease + 0.5 * faults, ease,
    )
    weight = seen.forces / np.maximum(numerics.row_sum(seen.forces), 1e-9)[:, None]
    return numerics.row_sum(np.stack(answers, axis=2) * weight[:, None, :])


def much_and_easy(seen: Observed, forecast: Forecast, allowed: Bools) -> Floats:
    """Impact-feasibility matrix: gain on the map, times how light and how quick it is."""
    quick = 1.0 / np.maximum(seen.months, 1.0)
    return against_best(forecast.gain_usd, allowed) * feasibility(seen) * quick


VALUES: dict[str, tuple[Lens, int]] = {
    "value_chain": (dear_activities, ACTIVITY),
    "swot": (strong_and_weak_points, POINTS),
    "five_forces": (pressures, FORCES),
    "impact_feasibility": (much_and_easy, EASY),
}


def through(name: str) -> Callable[[Observed], Choice]:
    """The score that buys what ranks first through a lens."""
    lens, reason = VALUES[name]

    def look_through(seen: Observed) -> Choice:
        forecast = map_forecast(seen)
        allowed = seen.open_to_buy & clears_hurdle(seen, forecast)
        value = lens(seen, forecast, allowed)
        candidate = best(value, allowed & (value > 0.0))
        return Choice(candidate, np.full(len(candidate), reason), forecast)

    look_through.__doc__ = lens.__doc__
    return look_through


LENSES = {name: through(name) for name in VALUES}
