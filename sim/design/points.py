"""The points of a design, in an order that never changes: which factor stands at which level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from scipy.stats import qmc

from sim.arrays import Floats
from sim.design.design_file import MOST_POINTS, PlanFile
from sim.design.factors import Factor, Setting
from sim.design.fractional import by_generators, by_resolution, signs
from sim.errors import InputError

LOW, MIDDLE, HIGH = 0.0, 0.5, 1.0


@dataclass(frozen=True)
class Point:
    """One point: factor -> (level's name, what it sets); a factor that is left alone is not in it."""

    levels: dict[str, tuple[str, Setting]]

    @property
    def name(self) -> str:
        """The point in words; it names the values, so that a point means the same in every design."""
        return " · ".join(f"{factor}={level}" for factor, (level, _) in self.levels.items()) or "as it is"


def laid_out(plan: PlanFile, factors: Sequence[Factor]) -> list[Point]:
    """The points of a plan; InputError where factors and plan do not fit."""
    match plan.kind:
        case "full_factorial":
            return _all_combinations(factors)
        case "fractional":
            return _fraction(plan, factors)
        case "one_at_a_time":
            return [Point({}), *(Point({f.name: level}) for f in factors for level in f.settings.items())]
        case "star":
            return list(_star(factors))
    shares = _drawn(plan, len(factors))
    return [
        Point({f.name: f.at(float(share)) for f, share in zip(factors, row, strict=True)}) for row in shares
    ]


def _all_combinations(factors: Sequence[Factor]) -> list[Point]:
    """Every level of every factor with every other; the first factor changes slowest."""
    count = prod(len(factor.settings) for factor in factors)
    if count > MOST_POINTS:
        raise InputError(f"all combinations of the levels are {count:,} points; at most {MOST_POINTS:,} are run")
    names = [factor.name for factor in factors]
    return [
        Point(dict(zip(names, levels, strict=True))) for levels in product(*(f.settings.items() for f in factors))
    ]


def _fraction(plan: PlanFile, factors: Sequence[Factor]) -> list[Point]:
    """A fraction of the corners of two-level factors."""
    uneven = [factor.name for factor in factors if len(factor.settings) != 2]
    if uneven:
        raise InputError(f"a fractional design is for two levels; {', '.join(uneven)} has more or fewer")
    names = [factor.name for factor in factors]
    for name, parts in plan.generators.items():
        if name not in names or not set(parts) <= set(names) - set(plan.generators) or not parts:
            raise InputError(f"generators.{name}: a factor follows the product of others that follow none")
    masks = by_generators(names, plan.generators) if plan.generators else by_resolution(len(names), plan.resolution)
    corners = signs(masks)
    if len(corners) > MOST_POINTS:
        raise InputError(f"this fraction has {len(corners):,} points; at most {MOST_POINTS:,} are run")
    ends = {factor.name: list(factor.settings.items()) for factor in factors}
    return [Point({n: ends[n][int(s > 0)] for n, s in zip(names, row, strict=True)}) for row in corners]


def _star(factors: Sequence[Factor]) -> Iterator[Point]:
    """All in the middle, then each factor alone at its other levels."""
    centre = {factor.name: factor.at(MIDDLE) for factor in factors}
    yield Point(centre)
    for factor in factors:
        ends = [factor.at(LOW), factor.at(HIGH)] if factor.low < factor.high else list(factor.settings.items())
        yield from (Point({**centre, factor.name: end}) for end in ends if end != centre[factor.name])


def _drawn(plan: PlanFile, dimensions: int) -> Floats:
    """Shares of each factor's way, (points, factors): spread by a Latin hypercube or a scrambled Sobol sequence."""
    if plan.kind == "sobol":
        engine = qmc.Sobol(dimensions, scramble=True, rng=plan.seed)
        return engine.random_base2((plan.points - 1).bit_length())[: plan.points]
    return qmc.LatinHypercube(dimensions, rng=plan.seed).random(plan.points)
