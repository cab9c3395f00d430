"""Goals: what an owner who wants something else than money looks for in a candidate.

Each objective needs an attribute that can be seen: hours for cost, the fullest stage or promised orders for growth,
faults for quality, ease and faults for customers that stay, what the second kind of customer gains for a new segment.
Weights stand in this choice and nowhere else; vague goals are weights drawn anew at each decision.
"""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Bools, Floats
from sim.observed import Forecast, Observed
from sim.strategies.forecasts import capacity_seen, capacity_with, faults_found, fewer_faults, utilisation_seen


def service_to_goals(seen: Observed, forecast: Forecast, allowed: Bools) -> Floats:
    """How well each candidate serves the owner's goals, 0-1, against the best allowed one; (firms, candidates)."""
    faults = fewer_faults(seen) + faults_found(seen)
    ease = seen.brings_orders
    attributes = (
        against_best(forecast.labour_usd, allowed),
        against_best(growth(seen), allowed),
        against_best(faults, allowed),
        0.5 * against_best(ease, allowed) + 0.5 * against_best(faults, allowed),
        against_best(seen.brings_second, allowed),
    )
    return numerics.row_sum(np.stack(attributes, axis=2) * seen.weights[:, None, :])


def growth(seen: Observed) -> Floats:
    """Room at the fullest stage where that is the limit, promised orders where orders are; (firms, candidates)."""
    utilisation = utilisation_seen(seen)
    rows, stage = np.arange(len(utilisation)), utilisation.argmax(axis=1)
    before = np.maximum(capacity_seen(seen)[rows, stage], 1e-9)[:, None]
    lift = capacity_with(seen)[rows, :, stage] / before - 1.0
    orders_are_the_limit = utilisation[rows, stage] < seen.rules.demand_limited_below
    return np.where(orders_are_the_limit[:, None], seen.brings_orders, lift)


def against_best(value: Floats, allowed: Bools) -> Floats:
    """A value over the largest one allowed, between 0 and 1; all 0 where nothing allowed has any."""
    positive = np.where(allowed & (value > 1e-9), value, 0.0)
    most = positive.max(axis=1, keepdims=True)
    return positive / np.where(most > 0.0, most, 1.0)
