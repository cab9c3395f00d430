"""What decides: how much the plan's gain moves with each thing the owner is unsure about, and how much is luck.

A bar is the mean gain in the futures in which a thing lay in its lowest third against those in which it lay in its
highest third: no model of the response is assumed, and the swing is in money. The share due to luck is what a fitted
response leaves unexplained in futures it was not fitted to (docs/decisions/0066).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np

from sim.analysis.plan.sheets import Cell, Column, Sheet, ranged
from sim.analysis.plan.study import PlanStudy, Unsure
from sim.analysis.resample import mean_interval
from sim.arrays import Bools, Floats, Ints

FOLDS = 10
FEWEST = 30  # futures below which no response is fitted
SURE_SE = 2.0


@dataclass(frozen=True)
class Driver:
    """One uncertain thing: where its thirds end, and the mean gain in dollars in its lowest and its highest third with
    95% ranges; `clear` if the swing is more than luck would make."""

    unsure: Unsure
    low_third: float
    high_third: float
    at_low: tuple[float, float, float]
    at_high: tuple[float, float, float]
    clear: bool

    @property
    def swing_usd(self) -> float:
        """Gain with the thing high less gain with it low."""
        return self.at_high[0] - self.at_low[0]


@dataclass(frozen=True)
class Drivers:
    """The uncertain things, the strongest first, and the share of the spread of the gain that is luck (NaN where there
    are too few futures to say)."""

    found: tuple[Driver, ...]
    luck_share: float


def drivers(study: PlanStudy) -> Drivers:
    """What decides about the plan's gain over doing nothing."""
    gain = study.gain_usd
    things = [thing for thing in study.unsure if study.drawn[thing.name].nunique() > 2]
    drawn = study.drawn[[thing.name for thing in things]].to_numpy(dtype=np.float64)
    found = [_driver(thing, drawn[:, place], gain) for place, thing in enumerate(things)]
    found.sort(key=lambda driver: -abs(driver.swing_usd))
    return Drivers(tuple(found), luck_share(drawn, gain))


def _driver(thing: Unsure, values: Floats, gain: Floats) -> Driver:
    """The mean gain in the lowest and the highest third of one thing."""
    low, high = np.quantile(values, (1 / 3, 2 / 3))
    below, above = values <= low, values >= high
    at_low, at_high = _mean(gain, below), _mean(gain, above)
    error = float(np.sqrt(gain[below].var() / below.sum() + gain[above].var() / above.sum()))
    clear = abs(at_high[0] - at_low[0]) > SURE_SE * error
    return Driver(thing, float(low), float(high), at_low, at_high, clear)


def _mean(gain: Floats, where: Bools) -> tuple[float, float, float]:
    """Mean gain with its 95% range over some futures."""
    low, high = mean_interval(gain[where][:, None])
    return float(gain[where].mean()), float(low[0]), float(high[0])


def luck_share(drawn: Floats, gain: Floats) -> float:
    """The share of the variance of the gain that a response fitted to other futures does not explain.

    The better of a straight and a curved response (squares and products) counts; each future is foretold by a fit to
    the nine tenths of futures it is not in.
    """
    if len(gain) < FEWEST or gain.var() == 0:
        return np.nan
    if drawn.shape[1] == 0:
        return 1.0
    scaled = (drawn - drawn.mean(axis=0)) / np.where(drawn.std(axis=0) > 0, drawn.std(axis=0), 1.0)
    errors = [_foretold_error(_terms(scaled, degree), gain) for degree in (1, 2)]
    return float(min(1.0, min(errors) / gain.var()))


def _terms(scaled: Floats, degree: int) -> Floats:
    """A constant, the columns and, for degree 2, their squares and products."""
    parts = [np.ones(len(scaled)), *scaled.T]
    if degree == 2:
        pairs = combinations_with_replacement(range(scaled.shape[1]), 2)
        parts += [scaled[:, i] * scaled[:, j] for i, j in pairs]
    return np.stack(parts, axis=1)


def _foretold_error(terms: Floats, gain: Floats) -> float:
    """Mean squared error of the gain where it is foretold from other futures; infinite with too few of them."""
    fold: Ints = np.arange(len(gain)) % FOLDS
    if terms.shape[1] * 2 > len(gain) * (FOLDS - 1) / FOLDS:
        return np.inf
    foretold = np.empty_like(gain)
    for left_out in range(FOLDS):
        inside = fold != left_out
        weights = np.linalg.lstsq(terms[inside], gain[inside], rcond=None)[0]
        foretold[~inside] = terms[~inside] @ weights
    return float(np.mean((gain - foretold) ** 2))


def drivers_sheet(found: Drivers) -> Sheet:
    """The uncertain things with the gain at both ends."""
    rows: list[tuple[Cell, ...]] = [
        (
            driver.unsure.label, driver.unsure.unit, driver.low_third, driver.high_third, *driver.at_low,
            *driver.at_high, driver.swing_usd, driver.unsure.said_by,
        )
        for driver in found.found
    ]  # fmt: skip
    columns = (
        Column("Unsure about"), Column("Unit"), Column("Low: up to", "row"), Column("High: from", "row"),
        *ranged("Gain when low", "USD", signed=True), *ranged("Gain when high", "USD", signed=True),
        Column("Swing", "USD", True), Column("Range said by"),
    )  # fmt: skip
    return Sheet("what_decides", "What decides, in money", columns, tuple(rows))
