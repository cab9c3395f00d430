"""What an order costs a firm at normal volume."""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Floats


def unit_cost_usd(
    materials: Floats, wage: Floats, hours_order: Floats, fixed_usd_month: Floats, normal: Floats
) -> Floats:
    """Cost of an order, USD: materials, paid hours x wage, and fixed cost over the normal orders; all (firms,)."""
    return materials + wage * hours_order + fixed_usd_month / np.maximum(normal, 1.0)


def mending_factor(lock_in: Floats, automated: Floats) -> Floats:
    """Money and hours of mending a process over those by hand: tools that do its work must be set up anew."""
    return 1.0 + lock_in * automated


def paid_hours_order(hours_order: Floats, automated: Floats, utilisation: Floats) -> Floats:
    """Hours paid per order: hours by hand less what tools do, over normal utilisation; (firms, stages) -> (firms,)."""
    return numerics.row_sum(hours_order * (1.0 - automated)) / utilisation
