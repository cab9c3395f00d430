"""The environment moves: the calendar, what happens in a firm's street, what people like, what is talked about.

Firms meet shocks of their own (persistent, Laplace): without them growth is far too even (Bottazzi and Secchi 2006).
Talk about a tool family is a mean-reverting path around a level: the catalogue's, and what adopters add to it (M16).
"""

from __future__ import annotations

import numpy as np

from sim import luck, numerics
from sim.arrays import Floats
from sim.formulas.diffusion import bass_share
from sim.world import World, mechanism

SHAPE = np.array([0.0, 0.15, 0.4, 0.5, 0.6, 0.5, 0.35, 0.3, 0.5, 0.6, 0.75, 1.0])
"""Position of each month, January first, between the trough (0) and the peak (1); its mean is near a half."""


def season_factor(month: int, peak: Floats, trough: Floats) -> Floats:
    """What customers buy in a month over the mean month, for presets (worlds,); the year's mean is 1."""
    level = trough + SHAPE[month % 12] * (peak - trough)
    mean = trough + float(numerics.row_sum(SHAPE)) / 12.0 * (peak - trough)
    return level / mean


def persistent(before: Floats, memory: Floats, shock: Floats, draws: Floats) -> Floats:
    """Next value of a mean-reverting process with Laplace shocks of the given standard deviation."""
    return memory * before + shock * numerics.laplace(draws)


def no_season(world: World) -> None:
    """Every month is the mean month."""
    world.worlds.season[:] = 1.0
    world.worlds.growth[:] = 1.0


@mechanism("worlds.season worlds.growth", neutral=no_season, neutral_text="every month is the mean month, no trend")
def turn_the_calendar(world: World) -> None:
    """Season and trend of what customers buy."""
    sector, trend = world.params.sector, world.params.demand.trend_year
    world.worlds.season[:] = season_factor(world.month, sector.peak_factor, sector.trough_factor)
    world.worlds.growth[:] = numerics.exp(trend * (world.month / 12.0))


def no_shocks(world: World) -> None:
    """No firm has a shock of its own."""
    world.firms.appeal[:] = 0.0
    world.firms.footfall[:] = 0.0


@mechanism("firms.appeal firms.footfall", neutral=no_shocks, neutral_text="no shocks of a firm's own: 0")
def surprise_firms(world: World) -> None:
    """Appeal and footfall of each firm move by themselves."""
    firms, p, w = world.firms, world.params.demand, world.firms.world
    appeal = persistent(firms.appeal, p.appeal_memory_month[w], p.appeal_shock[w], world.draws("appeal", firms))
    footfall = persistent(
        firms.footfall, p.footfall_memory_month[w], p.footfall_shock[w], world.draws("footfall", firms)
    )
    firms.appeal[:] = np.where(firms.open, appeal, 0.0)
    firms.footfall[:] = np.where(firms.open, footfall, 0.0)


def talk_level(world: World) -> Floats:
    """Where talk about each family tends to: the vendors' push, and what adopters here and elsewhere add to it."""
    p, adopted = world.params.diffusion, world.worlds.adopted
    rates = p.started_share, p.innovation_year / 12.0, p.imitation_year / 12.0
    elsewhere = p.elsewhere * (bass_share(*rates, float(world.month)) - p.started_share)
    return world.params.catalogue.hype + elsewhere[:, None] + p.contagion[:, None] * adopted


def level_hype(world: World) -> None:
    """Talk stays at the catalogue's level."""
    world.worlds.hype[:] = world.params.catalogue.hype


@mechanism("worlds.hype", neutral=level_hype, neutral_text="talk stays at the catalogue's level")
def move_the_talk(world: World) -> None:
    """Hype of each tool family wanders around the catalogue's level, raised by those who own it here and elsewhere."""
    worlds, p, level = world.worlds, world.params.choosing, talk_level(world)
    families = np.arange(1, level.shape[1] + 1, dtype=np.uint64)[None, :]
    draws = luck.draws(worlds.luck[:, None], "hype", world.month, families)
    shock = p.hype_shock[:, None] * numerics.laplace(draws)
    worlds.hype[:] = np.clip(level + p.hype_memory_month[:, None] * (worlds.hype - level) + shock, 0.0, 1.5)
