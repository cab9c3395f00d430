"""The five forces of a market (Porter 1979), measured by what stands in shop windows, trade papers and the own books.

All is last month's: owners look before this month's prices are set and before customers choose.
"""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Floats, Ints
from sim.world import World


def market_forces(world: World, rows: Ints) -> Floats:
    """Each force over what is usual, (rows, forces), in the order of `MARKET_FORCES`."""
    p, firms, w = world.params.forces, world.firms, world.firms.world[rows]
    usual = (p.rivals_usual, p.entrants_usual, p.suppliers_usual, p.customers_usual, p.substitutes_usual)
    measured = (
        _better_offers(world)[rows], _newcomers(world)[w], firms.materials_usd_order[rows] / firms.price_usd[rows],
        _leaving(world, rows), _buying_elsewhere(world)[w],
    )
    return np.stack([force / common[w] for force, common in zip(measured, usual, strict=True)], axis=1)


def _better_offers(world: World) -> Floats:
    """How much cheaper the market is and how much easier to deal with, each where it is; log points, (firms,)."""
    firms, w = world.firms, world.firms.world
    price = np.where(firms.price_usd > 0.0, firms.price_usd, 1.0)
    usual = world.market_mean(price)[w]
    cheaper = numerics.log(np.where(usual > 0.0, price / np.where(usual > 0.0, usual, 1.0), 1.0))
    easier = world.market_mean(firms.convenience)[w] - firms.convenience
    return np.maximum(cheaper, 0.0) + np.maximum(easier, 0.0)


def _newcomers(world: World) -> Floats:
    """Part of the firms in business that are still starting up, (worlds,)."""
    firms = world.firms
    new = world.sum_by_world(firms.world, (firms.open & (firms.months_below < 0)).astype(np.float64))
    return new / np.maximum(world.sum_by_world(firms.world, firms.open.astype(np.float64)), 1.0)


def _leaving(world: World, rows: Ints) -> Floats:
    """Part of the customers of the month before that have left, (rows,)."""
    had, kept = world.firms.customers_had[rows].sum(axis=1), world.firms.customers_kept[rows].sum(axis=1)
    return np.where(had > 0, 1.0 - kept / np.maximum(had, 1), 0.0)


def _buying_elsewhere(world: World) -> Floats:
    """Part of all customers that none of the firms has, (worlds,)."""
    firms = world.firms
    ours = world.sum_by_world(firms.world, np.where(firms.open, firms.customers.sum(axis=1), 0).astype(np.float64))
    return np.maximum(1.0 - ours / world.params.setup.customers, 0.0)
