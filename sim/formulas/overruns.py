"""What a project costs in the end over what was quoted: mostly a little more, now and then many times as much.

Of IT projects 18% cost more than half again what was planned, and those cost 447% more on average (Flyvbjerg and
Gardner 2023): a lognormal body cut off where a Pareto tail begins.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim import numerics
from sim.arrays import Bools, Floats


class Shape(NamedTuple):
    """Median (log) and spread (log) of the body, where it ends, exponent and end of the tail."""

    log_mean: Floats
    log_spread: Floats
    tail_start: Floats
    tail_exponent: Floats
    most: Floats

    @property
    def end(self) -> Floats:
        """End of the body in its standard deviations from the median."""
        return (numerics.log(self.tail_start) - self.log_mean) / self.log_spread


def cost_factor(draw: Floats, tail_chance: Floats, shape: Shape) -> Floats:
    """Final cost over the quote from a uniform draw: the tail for draws below its chance, the worst first."""
    in_tail = draw < tail_chance
    rank = np.where(in_tail, draw / np.where(in_tail, tail_chance, 1.0), 1.0)
    tail = np.minimum(shape.tail_start * numerics.power(rank, -1.0 / shape.tail_exponent), shape.most)
    place = np.where(in_tail, 0.5, (draw - tail_chance) / np.where(in_tail, 1.0, 1.0 - tail_chance))
    z = numerics.normal(place * numerics.normal_share(shape.end))
    return np.where(in_tail, tail, numerics.exp(shape.log_mean + shape.log_spread * z))


def mean_factor(tail_chance: Floats, shape: Shape) -> Floats:
    """Mean of final cost over the quote: of the body cut off at its end, and of the tail held at its most."""
    end, alpha = shape.end, shape.tail_exponent
    below = numerics.normal_share(end - shape.log_spread) / numerics.normal_share(end)
    body = numerics.exp(shape.log_mean + 0.5 * shape.log_spread * shape.log_spread) * below
    beyond = numerics.power(shape.tail_start / shape.most, alpha - 1.0)
    tail = shape.tail_start * (alpha - beyond) / (alpha - 1.0)
    return (1.0 - tail_chance) * body + tail_chance * tail


def not_worth_it(bill_usd: Floats, benefit_usd: Floats, asked_above_usd: Floats) -> Bools:
    """Whether an owner stops: the bill is large enough to ask, and more than what is still foreseen to come."""
    return (bill_usd > asked_above_usd) & (bill_usd > benefit_usd)
