"""Looking at results before all of them are in, without raising false alarms.

Whoever looks after every ten worlds and stops at the first p below 5% is wrong far more often than 5%. The
boundaries of O'Brien and Fleming (1979) ask for very strong evidence early and for little more than usual at
the end, so that the chance of a false alarm over all looks together is what was promised. They are found by
the recursion of Armitage, McPherson and Rowe (1969): the density of the running sum among experiments not yet
stopped, carried from look to look. With few worlds a look uses the t distribution at the level of its
boundary (Jennison and Turnbull 2000, section 3.8), and its interval is a repeated confidence interval: all of
them together hold the truth with the stated confidence, wherever one stops.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy import optimize, special

from sim.arrays import Floats
from sim.errors import InputError

NODES = 200


@dataclass(frozen=True)
class Look:
    """One look at paired differences: their mean, its repeated interval, p-value and the level it had to beat."""

    worlds: int
    mean: float
    low: float
    high: float
    p_value: float
    level: float

    @property
    def stops(self) -> bool:
        """Whether the evidence is strong enough to stop here."""
        return self.p_value <= self.level

    @property
    def half_width(self) -> float:
        """Half the width of the interval, in the unit of the differences."""
        return (self.high - self.low) / 2


def obrien_fleming(worlds: Sequence[int], alpha: float = 0.05) -> Floats:
    """Two-sided boundary of |z| at each look, (looks,), from the worlds there are at each; the last look has all.

    Raises InputError unless the worlds increase and 0 < alpha < 1.
    """
    planned = tuple(worlds)
    increases = all(early < late for early, late in zip((0, *planned), planned, strict=False))
    if not planned or not increases or not 0 < alpha < 1:
        raise InputError(f"Looks need growing numbers of worlds and 0 < alpha < 1; found {planned}, alpha {alpha}.")
    return np.array(_boundary(planned, alpha))


def levels(worlds: Sequence[int], alpha: float = 0.05) -> Floats:
    """Two-sided p-value to beat at each look, (looks,); like `obrien_fleming`."""
    return 2 * special.ndtr(-obrien_fleming(worlds, alpha))


def crossing_chances(shares: Floats, bounds: Floats, drift: float = 0.0) -> Floats:
    """Chance that |z| first crosses its bound at each look, (looks,).

    `shares` are the parts of all worlds seen at each look (the last is 1); `drift` is the mean of z with all
    worlds in: 0 gives false alarms, anything else power.
    """
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    place, mass, out = np.zeros(1), np.ones(1), []
    for step, edge in zip(np.diff(shares, prepend=0.0), bounds * np.sqrt(shares), strict=True):
        spread, middle = np.sqrt(step), place + drift * step
        beyond = special.ndtr((-edge - middle) / spread) + special.ndtr((middle - edge) / spread)
        out.append(mass @ beyond)
        inside = edge * nodes
        density = np.exp(-0.5 * ((inside - middle[:, None]) / spread) ** 2) / (spread * np.sqrt(2 * np.pi))
        place, mass = inside, (mass @ density) * edge * weights
    return np.array(out)


def look(gap: Floats, level: float) -> Look:
    """What paired differences (worlds,) say at a look with this level; a t-test, NaN with fewer than two worlds."""
    known = gap[np.isfinite(gap)]
    count = len(known)
    if count < 2:
        return Look(count, float(known.mean()) if count else np.nan, np.nan, np.nan, np.nan, level)
    mean, error = float(known.mean()), float(known.std(ddof=1) / np.sqrt(count))
    reach = -error * float(special.stdtrit(count - 1, level / 2))
    if error == 0:
        return Look(count, mean, mean, mean, 1.0 if mean == 0 else 0.0, level)
    p_value = 2 * float(special.stdtr(count - 1, -abs(mean) / error))
    return Look(count, mean, mean - reach, mean + reach, p_value, level)


def first_stop(gap: Floats, worlds: Sequence[int], alpha: float = 0.05) -> Look:
    """The look at which an experiment stops: the first that crosses, else the last; worlds in their order."""
    for seen, level in zip(worlds, levels(worlds, alpha), strict=True):
        found = look(gap[:seen], float(level))
        if found.stops:
            break
    return found


@lru_cache(maxsize=64)
def _boundary(worlds: tuple[int, ...], alpha: float) -> tuple[float, ...]:
    """The bound falls with the root of the worlds seen; its height is solved for."""
    shares = np.array(worlds) / worlds[-1]
    ends = -float(special.ndtri(alpha / 2))

    def excess(height: float) -> float:
        return float(crossing_chances(shares, height / np.sqrt(shares)).sum()) - alpha

    height = ends if len(worlds) == 1 else optimize.brentq(excess, ends, ends + 2.0, xtol=1e-10)
    return tuple((height / np.sqrt(shares)).tolist())
