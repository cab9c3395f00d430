"""Do the ways of choosing differ? All decide on the same snapshots: same firm, same offers, same noise, same draws."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import stats

from sim import population, schedule
from sim.arrays import Bools, Floats, Ints
from sim.look import look
from sim.observed import Observed
from sim.offers import offers
from sim.params import Params
from sim.scenario.presets import catalogue, sector, tools
from sim.strategies.arms import Arm
from sim.strategies.choice import clears_hurdle
from sim.strategies.forecasts import map_forecast
from sim.strategies.lenses import VALUES
from sim.strategies.scores import RULES
from sim.world import World

COMPARED = tuple(name for name in RULES if name not in ("none", "planned", "oracle"))
MONTH = 18
FEWEST_RANKED = 3
LOOKING = Arm("looking", "Looks", "Looks and buys nothing.", score="npv", assessment_months=2.0)


def market(sector_name: str) -> Params:
    """A neighbourhood of the sector in which every tool is on offer."""
    return Params(sector(sector_name), catalogue(list(tools()), {}))


def snapshots(params: Params, seeds: Sequence[int], month: int = MONTH) -> Observed:
    """What the owners of all small firms see, after so many months in which nobody bought, with two months of looking.

    Shapes as in `Observed`; one row for every small firm still in business.
    """
    return seen_now(where_nobody_bought(params, seeds, month))


def where_nobody_bought(params: Params, seeds: Sequence[int], month: int = MONTH) -> World:
    """Worlds after so many months in which nobody bought; owners look for two months before they decide."""
    world = population.create([params] * len(seeds), list(seeds))
    world.ablated = frozenset({"choosing.decide"})
    population.assign(world, np.nonzero(world.firms.open & ~world.firms.large)[0], LOOKING, list(tools()))
    for _ in range(month):
        schedule.step(world)
    return world


def seen_now(world: World) -> Observed:
    """What the owners of all small firms in business see this month."""
    rows = np.nonzero(world.firms.open & ~world.firms.large)[0]
    return look(world, rows, offers(world, rows))


def choices(seen: Observed) -> dict[str, Ints]:
    """Candidate that each score picks in each snapshot, −1 none."""
    return {name: RULES[name](seen).candidate for name in COMPARED}


def agreement(picked: dict[str, Ints]) -> pd.DataFrame:
    """Share of snapshots in which two scores pick the same, of those in which at least one of them buys."""
    return pd.DataFrame({a: {b: _same(picked[a], picked[b]) for b in picked} for a in picked})


def _same(one: Ints, other: Ints) -> float:
    """How often two pick alike where at least one picks anything, NaN where neither ever does."""
    some: Bools = (one >= 0) | (other >= 0)
    return float(np.mean(one[some] == other[some])) if some.any() else float("nan")


def rank_correlation(seen: Observed) -> pd.DataFrame:
    """Mean over snapshots of Spearman's correlation between two lenses' values of the candidates that clear the hurdle.

    Only snapshots with three such candidates or more, and a lens that does not rank them all alike.
    """
    forecast = map_forecast(seen)
    allowed = seen.open_to_buy & clears_hurdle(seen, forecast)
    values = {name: lens(seen, forecast, allowed) for name, (lens, _) in VALUES.items()}
    return pd.DataFrame({a: {b: _mean_spearman(values[a], values[b], allowed) for b in values} for a in values})


def _mean_spearman(one: Floats, other: Floats, allowed: Bools) -> float:
    """Mean correlation of ranks, row by row."""
    found = []
    for a, b, here in zip(one, other, allowed, strict=True):
        if here.sum() >= FEWEST_RANKED and np.ptp(a[here]) > 0.0 and np.ptp(b[here]) > 0.0:
            found.append(float(stats.spearmanr(a[here], b[here]).statistic))
    return float(np.mean(found)) if found else float("nan")


def first(seen: Observed, count: int) -> Observed:
    """The first so many snapshots; ValueError where there are fewer."""
    if len(seen.price_usd) < count:
        raise ValueError(f"{len(seen.price_usd)} snapshots, {count} wanted; make more worlds")
    return seen.only(np.arange(len(seen.price_usd)) < count)
