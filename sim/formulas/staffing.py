"""Hours that a firm's work asks for, by stage."""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Bools, Floats


def hours_needed(
    orders: Floats, hours_order: Floats, automated: Floats, chain: Bools, support: tuple[Floats, Floats]
) -> Floats:
    """People's hours per month by stage for so many orders; (firms,), then (firms, stages) -> (firms, stages).

    `support` holds the normal orders (firms,) and the share of support hours that moves with orders (firms,): the rest
    is needed however little is sold.
    """
    normal, per_order = support
    moving = orders[:, None]
    fixed = ((1.0 - per_order) * normal + per_order * orders)[:, None]
    return hours_order * (1.0 - automated) * np.where(chain, moving, fixed)


def speed(tenure_months: Floats, ramp_months: Floats) -> Floats:
    """Work of a person over that of an old hand: from a half on the first day to 1 after the ramp."""
    ramp = np.maximum(ramp_months, 1e-9)
    return 0.5 + 0.5 * np.minimum(tenure_months / ramp, 1.0)


def quit_hazard(usual: Floats, pay: Floats, morale: Floats, overload: Floats, threat: Floats) -> Floats:
    """Hazard of leaving per month: the trade's usual one times the exponential of the reasons, in log points."""
    reasons: Floats = numerics.exp(pay + morale + overload + threat)
    return usual * reasons
