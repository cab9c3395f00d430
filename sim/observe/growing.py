"""How many of the firms watched grew fast: the figure that surveys speak of, counted firm by firm.

A firm that has closed did not grow; leaving such firms out is what makes survivors look well.
"""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Floats
from sim.observe.record import YEAR, Watched
from sim.state import FLOW
from sim.world import World

FAST_YEAR = 0.15


class Growing:
    """Keeps the sales of every firm watched, month by month."""

    def __init__(self, watched: Watched) -> None:
        self.watched = watched
        self._sales_usd: list[Floats] = []

    def write(self, world: World) -> None:
        """Add this month."""
        sales = numerics.usd(world.firms.flow_cents[self.watched.rows, FLOW["sales"]])
        self._sales_usd.append(np.where(self.watched.kept(world), sales, 0.0))

    def fast_share(self, world: World) -> Floats:
        """Share of the firms watched that are in business and grew by more than FAST_YEAR in the last year, (worlds,).

        The last twelve months over the twelve before, as surveys ask; NaN in runs of less than two years.
        """
        if len(self._sales_usd) < 2 * YEAR:
            return np.full(len(world.worlds.luck), np.nan)
        before, last = np.sum(self._sales_usd[-2 * YEAR : -YEAR], axis=0), np.sum(self._sales_usd[-YEAR:], axis=0)
        grew = (last > before * (1.0 + FAST_YEAR)) & (before > 0.0) & self.watched.present(world)
        return grew.reshape(-1, self.watched.per_world).mean(axis=1)
