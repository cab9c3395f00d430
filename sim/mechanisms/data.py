"""The stock of data (M24): joined, automated stages gather data, which say much only together, and grow old.

Data of one stage say next to nothing; pairs of stages whose data can be joined say more than their parts. What is
known sharpens the owner's picture (`sim/look.py`) and makes offers fit, ever less per new insight. Customers who were
asked and did not agree are not in it.
"""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.formulas.data import diminishing, insight
from sim.world import World, mechanism


def nothing_is_kept(world: World) -> None:
    """No data are kept."""
    firms = world.firms
    firms.data_stock[:] = 0.0
    firms.data_insight[:] = firms.personalised[:] = 0.0


@mechanism(
    "firms.data_stock firms.data_insight firms.personalised",
    neutral=nothing_is_kept, neutral_text="data 0",
)
def gather(world: World) -> None:
    """Data of automated stages that lack no edge are added to what has not outdated yet."""
    firms, p, w = world.firms, world.params.data, world.firms.world
    joined = (firms.integrate > 0.0)[:, None] & (firms.edges_missing == 0.0)
    agreed = 1.0 - firms.consent * (1.0 - world.params.fairness.agree_share[w])
    fresh = np.where(joined, firms.automated_share, 0.0) * agreed[:, None]
    kept = numerics.power(0.5, 1.0 / p.half_life_months)[w][:, None]
    stock = kept * firms.data_stock + (1.0 - kept) * fresh
    firms.data_stock[:] = np.where(firms.open[:, None], stock, 0.0)
    firms.data_insight[:] = insight(firms.data_stock, p.full_pairs[w])
    firms.personalised[:] = diminishing(firms.data_insight, p.personal_utility[w], p.personal_half[w])
