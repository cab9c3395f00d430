"""Known answers of the chain: five stages, lognormal capacities, one stage raised by half, mean gain in throughput."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from sim import luck, numerics
from sim.arrays import Bools, Floats, Ints
from sim.formulas.throughput import PLAIN_MINIMUM, chain_throughput, slowest_stage, stage_capacity
from sim.validation.bench import Bench
from sim.validation.check import Check, Found, near, none_of

FIRMS, STAGES, RAISED = 40_000, 5, 1.5
PRINTED = 0.07
"""The published answers have one decimal, and were themselves simulated."""


class Case(NamedTuple):
    """A chain: substitution, log standard deviation of capacities, demand over throughput (infinite: no limit)."""

    rho: float
    log_sd: float
    demand: float = np.inf

    @property
    def words(self) -> str:
        """The case in words."""
        form = "the slowest stage rules" if self.rho == PLAIN_MINIMUM else f"substitution {self.rho:+g}"
        limit = "" if np.isinf(self.demand) else f", demand {self.demand:g} times capacity"
        return f"{form}, log spread {self.log_sd:g}{limit}"


LEONTIEF = PLAIN_MINIMUM
TABLE: tuple[tuple[Case, float, float], ...] = (
    (Case(LEONTIEF, 0.0), 0.0, 0.0),
    (Case(LEONTIEF, 0.1), 7.1, 1.4),
    (Case(LEONTIEF, 0.2), 14.7, 2.9),
    (Case(LEONTIEF, 0.4), 26.2, 5.2),
    (Case(-10.0, 0.0), 2.2, 2.2),
    (Case(-10.0, 0.2), 13.0, 3.4),
    (Case(-2.0, 0.2), 9.7, 6.2),
    (Case(1.0, 0.2), 7.8, 10.0),
    (Case(LEONTIEF, 0.2, 0.8), 0.0, 0.0),
    (Case(LEONTIEF, 0.2, 1.0), 0.0, 0.0),
    (Case(LEONTIEF, 0.2, 1.1), 7.5, 1.5),
    (Case(LEONTIEF, 0.2, 1.3), 13.4, 2.7),
)
"""Case, gain of raising the bottleneck, gain of raising a stage at random; percent."""


class Chains(NamedTuple):
    """Many chains of one case: capacities (firms, stages) and the case."""

    capacity: Floats
    case: Case

    @property
    def all_stages(self) -> Bools:
        """Every stage is in the chain."""
        return np.ones(self.capacity.shape, dtype=np.bool_)

    def sold(self, capacity: Floats) -> Floats:
        """Orders sold with these capacities, demand being a multiple of what the chain did before."""
        exponent = np.full(len(capacity), self.case.rho)
        made = chain_throughput(capacity, self.all_stages, exponent)
        if np.isinf(self.case.demand):
            return made
        return np.minimum(made, self.case.demand * chain_throughput(self.capacity, self.all_stages, exponent))

    def gains(self, stage: Ints) -> Floats:
        """Gain of each chain from raising one stage by half, percent."""
        raised = self.capacity.copy()
        raised[np.arange(len(raised)), stage] *= RAISED
        return np.asarray(100.0 * (self.sold(raised) / self.sold(self.capacity) - 1.0))


def chains(case: Case, seed: int) -> Chains:
    """Chains with capacities drawn for this seed."""
    owners = luck.birth_keys(np.full(FIRMS, luck.world_key(seed)), "chain", np.arange(FIRMS, dtype=np.uint64))
    stages = np.arange(STAGES, dtype=np.uint64)[None, :]
    z = numerics.normal(luck.draws(owners[:, None], "validation.capacity", 0, stages))
    return Chains(numerics.exp(case.log_sd * z), case)


def _mean(gains: Floats, expected: float) -> Found:
    return near(float(gains.mean()), expected, PRINTED, float(gains.std() / np.sqrt(len(gains))))


def bottleneck_gain(case: Case, expected: float, bench: Bench) -> Found:
    """Mean gain of raising the slowest stage."""
    drawn = chains(case, bench.seed)
    return _mean(drawn.gains(slowest_stage(drawn.capacity, drawn.all_stages)), expected)


def random_gain(case: Case, expected: float, bench: Bench) -> Found:
    """Mean gain over all stages: what a random stage gains, without the luck of the draw."""
    drawn = chains(case, bench.seed)
    by_stage = np.stack([drawn.gains(np.full(FIRMS, stage)) for stage in range(STAGES)])
    return _mean(by_stage.mean(axis=0), expected)


def largest_gain(case: Case, expected: float, bench: Bench) -> Found:
    """Mean gain of raising the largest stage, which has the highest marginal value where stages are substitutes."""
    drawn = chains(case, bench.seed)
    return _mean(drawn.gains(drawn.capacity.argmax(axis=1)), expected)


def gap(case: Case, bench: Bench) -> Found:
    """Bottleneck rule less random choice, mean difference in log throughput; exactly 0 is expected."""
    drawn = chains(case, bench.seed)
    chosen = drawn.gains(slowest_stage(drawn.capacity, drawn.all_stages))
    at_random = np.stack([drawn.gains(np.full(FIRMS, stage)) for stage in range(STAGES)]).mean(axis=0)
    difference = np.log1p(chosen / 100.0) - np.log1p(at_random / 100.0)
    return near(float(difference.mean()), 0.0, 1e-12, 0.0)


def capacity_falls(bench: Bench) -> Found:
    """How often a stage's capacity falls when a tool is used more, and how often an unused tool changes it."""
    drawn = chains(Case(-10.0, 0.4), bench.seed).capacity[:, :3]
    hands, rating, equipment = (100.0 * column for column in drawn.T)
    cap = np.full(FIRMS, 0.8)
    levels = [stage_capacity(hands, rating * use, cap, 2.0 * equipment) for use in np.linspace(0.0, 1.0, 21)]
    falls = sum(int((after < before).sum()) for before, after in pairwise(levels))
    unused = int((levels[0] != np.minimum(hands, 2.0 * equipment)).sum())
    return none_of(falls + unused)


def checks() -> list[Check]:
    """The table row by row, what follows from it, and the monotone stage."""
    listed = []
    for row, (case, chosen, at_random) in enumerate(TABLE, start=1):
        listed += [
            Check(f"K{row}b", "known", f"Raising the bottleneck by half gains so much: {case.words}.",
                  _tolerance(chosen), "percent", partial(bottleneck_gain, case, chosen)),
            Check(f"K{row}r", "known", f"Raising a random stage by half gains so much: {case.words}.",
                  _tolerance(at_random), "percent", partial(random_gain, case, at_random)),
        ]
    substitutes = Case(1.0, 0.2)
    listed += [
        Check("K13", "known", "Where stages are perfect substitutes, the stage to raise is the largest.",
              _tolerance(12.5), "percent", partial(largest_gain, substitutes, 12.5)),
        Check("K14", "known", "A stage's capacity never falls with the use, skill or rating of a tool; an unused tool "
              "is no tool.", "0", "cases", capacity_falls),
        Check("N2", "nulls", "Equal stages: choosing the bottleneck is worth nothing over choosing at random.", "0",
              "log points", partial(gap, Case(-10.0, 0.0))),
        Check("N3b", "nulls", "Stages that replace each other: the bottleneck rule gains less than chance (N3r).",
              _tolerance(7.8), "percent", partial(bottleneck_gain, substitutes, 7.8)),
        Check("N3r", "nulls", "Stages that replace each other: what a random stage gains.", _tolerance(10.0), "percent",
              partial(random_gain, substitutes, 10.0)),
        Check("N4", "nulls", "Demand far below capacity: choosing the bottleneck is worth nothing.", "0", "log points",
              partial(gap, Case(-10.0, 0.2, 0.5))),
    ]
    return listed


def _tolerance(value: float) -> str:
    return f"{value:g} ± {PRINTED:g} and three standard errors"
