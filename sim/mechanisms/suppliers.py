"""Suppliers (M27): market prices of materials move, and more or less of it reaches a firm.

Strong suppliers pass rises on and keep falls; where buying is automated, offers are compared and they are less strong.
The market's prices are flat unless a scenario moves them.
"""

from __future__ import annotations

import numpy as np

from sim import luck, numerics
from sim.formulas.suppliers import passed_on
from sim.params.sector import STAGES
from sim.world import World, mechanism

BUYING = STAGES.index("procurement")


def prices_stand_still(world: World) -> None:
    """Materials cost what they cost at month 0."""
    world.worlds.input_prices[:] = 1.0
    _charge(world, np.ones(len(world.firms.world)))


@mechanism(
    "worlds.input_prices firms.input_factor firms.materials_usd_order",
    neutral=prices_stand_still, neutral_text="materials at the prices of month 0",
)
def move_input_prices(world: World) -> None:
    """The market's prices of materials follow a trend and surprises that fade; suppliers hand on what they can."""
    worlds, firms, p, w = world.worlds, world.firms, world.params.suppliers, world.firms.world
    before = numerics.log(worlds.input_prices) - p.trend_year * (max(world.month - 1, 0) / 12.0)
    surprise = p.memory_month * before + p.shock * numerics.laplace(luck.draws(worlds.luck, "inputs", world.month))
    worlds.input_prices[:] = numerics.exp(p.trend_year * (world.month / 12.0) + surprise)
    power = p.power[w] * (1.0 - p.buying_effect[w] * firms.automated_share[:, BUYING])
    _charge(world, np.where(firms.open, passed_on(worlds.input_prices[w], power), 1.0))


def _charge(world: World, factor: np.ndarray) -> None:
    """Let firms pay this much over month 0."""
    firms = world.firms
    rows = np.nonzero(firms.open & (factor != firms.input_factor))[0]
    firms.materials_usd_order[rows] *= factor[rows] / firms.input_factor[rows]
    firms.input_factor[rows] = factor[rows]
