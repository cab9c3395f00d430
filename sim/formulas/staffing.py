"""Hours that a firm's work asks for, by stage."""

from __future__ import annotations

import numpy as np

from sim.compiled import compiled
from sim.numerics import exp_


@compiled
def hours_needed(orders, hours_order, automated, chain, support):  # type: ignore[no-untyped-def]
    """People's hours per month by stage for so many orders; (firms,), then (firms, stages) -> (firms, stages).

    `support` holds the normal orders (firms,) and the share of support hours that moves with orders (firms,): the rest
    is needed however little is sold.
    """
    normal, per_order = support
    hours = np.empty(hours_order.shape)
    for f in range(len(orders)):
        fixed = (1.0 - per_order[f]) * normal[f] + per_order[f] * orders[f]
        for s in range(hours.shape[1]):
            hours[f, s] = hours_order[f, s] * (1.0 - automated[f, s]) * (orders[f] if chain[f, s] else fixed)
    return hours


@compiled
def speed_(tenure_months: float, ramp_months: float) -> float:
    """Work of a person over that of an old hand: from a half on the first day to 1 after the ramp."""
    return 0.5 + 0.5 * min(tenure_months / max(ramp_months, 1e-9), 1.0)


@compiled
def quit_hazard_(usual: float, pay: float, morale: float, overload: float, threat: float) -> float:
    """Hazard of leaving per month: the trade's usual one times the exponential of the reasons, in log points."""
    return usual * exp_(pay + morale + overload + threat)
