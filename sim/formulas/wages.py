"""What a firm pays above, or below, the wage that it would pay by itself."""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Floats


def people_built_for(hours_month: Floats, owner_hours: Floats, hours_person: Floats) -> Floats:
    """Whole people who with the owner's hands have so many hours a month, (firms,)."""
    return np.floor(np.maximum(hours_month - owner_hours, 0.0) / hours_person + 0.5)


def output_gained(orders: Floats, hours: Floats, usual_orders: Floats, usual_hours: Floats) -> Floats:
    """Log of orders per hour over the usual, (firms,); 0 where there is nothing to compare."""
    made, usual = orders * usual_hours, usual_orders * hours
    known = (made > 0.0) & (usual > 0.0)
    gained: Floats = np.where(known, numerics.log(np.where(known, made, 1.0) / np.where(known, usual, 1.0)), 0.0)
    return gained


def wage_wanted(shared: Floats, scarcity: Floats, most: Floats) -> Floats:
    """Log wage above what the firm pays by itself, of rents shared and of posts long open; within `most`; (firms,)."""
    wanted: Floats = np.clip(shared + scarcity, -most, most)
    return wanted
