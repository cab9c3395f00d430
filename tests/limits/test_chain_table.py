"""Known answers of the chain: five stages, lognormal capacities, one stage raised by half, mean gain in throughput.

Each row can be worked out by hand or by a few lines of simulation, and says what the choice of a stage is worth where
stages are complements, substitutes, equal, or where demand is the limit.
"""

from __future__ import annotations

import numpy as np
import pytest

from sim import luck, numerics
from sim.arrays import Floats, Ints
from sim.formulas.throughput import PLAIN_MINIMUM, chain_throughput, slowest_stage

FIRMS, STAGES = 40_000, 5
LEONTIEF = PLAIN_MINIMUM
Z = numerics.normal(luck.draws(
    np.arange(FIRMS, dtype=np.uint64)[:, None], "limits.capacity", 0, np.arange(STAGES, dtype=np.uint64)[None, :]
))
CHAIN = np.ones((FIRMS, STAGES), dtype=np.bool_)


def gain_percent(log_sd: float, rho: float, stage: Ints, demand: float | None = None) -> tuple[float, float]:
    """Mean gain of raising a stage, and its standard error, percent; demand over the chain's throughput."""
    capacity, exponent = numerics.exp(log_sd * Z), np.full(FIRMS, rho)
    raised = capacity.copy()
    raised[np.arange(FIRMS), stage] *= 1.5
    before, after = (chain_throughput(k, CHAIN, exponent) for k in (capacity, raised))
    sold = [np.minimum(q, np.inf if demand is None else demand * before) for q in (before, after)]
    gain: Floats = 100.0 * (sold[1] / sold[0] - 1.0)
    return float(gain.mean()), float(gain.std() / np.sqrt(FIRMS))


def bottleneck(log_sd: float) -> Ints:
    """The slowest stage of each firm."""
    return slowest_stage(numerics.exp(log_sd * Z), CHAIN)


def at_random(log_sd: float, rho: float, demand: float | None) -> tuple[float, float]:
    """The mean over all stages is what a random stage gains, without the luck of the draw."""
    by_stage = [gain_percent(log_sd, rho, np.full(FIRMS, stage), demand) for stage in range(STAGES)]
    return float(np.mean([mean for mean, _ in by_stage])), max(error for _, error in by_stage)


TABLE = [
    (LEONTIEF, 0.0, None, 0.0, 0.0),
    (LEONTIEF, 0.1, None, 7.1, 1.4),
    (LEONTIEF, 0.2, None, 14.7, 2.9),
    (LEONTIEF, 0.4, None, 26.2, 5.2),
    (-10.0, 0.0, None, 2.2, 2.2),
    (-10.0, 0.2, None, 13.0, 3.4),
    (-2.0, 0.2, None, 9.7, 6.2),
    (1.0, 0.2, None, 7.8, 10.0),
    (LEONTIEF, 0.2, 0.8, 0.0, 0.0),
    (LEONTIEF, 0.2, 1.0, 0.0, 0.0),
    (LEONTIEF, 0.2, 1.1, 7.5, 1.5),
    (LEONTIEF, 0.2, 1.3, 13.4, 2.7),
]
PRINTED = 0.07  # the table has one decimal, and was itself simulated


@pytest.mark.parametrize(("rho", "log_sd", "demand", "chosen", "random"), TABLE)
def test_gain_of_raising_a_stage(
    rho: float, log_sd: float, demand: float | None, chosen: float, random: float
) -> None:
    found, error = gain_percent(log_sd, rho, bottleneck(log_sd), demand)
    assert found == pytest.approx(chosen, abs=PRINTED + 3.0 * error)

    found, error = at_random(log_sd, rho, demand)
    assert found == pytest.approx(random, abs=PRINTED + 3.0 * error)


def test_where_stages_are_substitutes_the_bottleneck_is_the_wrong_stage() -> None:
    """By true marginal value, which with rho 1 is the largest stage, the gain is 12.5%."""
    largest = numerics.exp(0.2 * Z).argmax(axis=1)

    found, error = gain_percent(0.2, 1.0, largest)

    assert found == pytest.approx(12.5, abs=PRINTED + 3.0 * error)


@pytest.mark.parametrize("log_sd", [0.2, 0.4, 0.8])
def test_the_mean_form_stands_a_little_above_the_slowest_stage(log_sd: float) -> None:
    """At rho −10 a chain of unequal stages makes 12 to 17% more than its slowest stage."""
    capacity = numerics.exp(log_sd * Z)
    over = chain_throughput(capacity, CHAIN, np.full(FIRMS, -10.0)) / capacity.min(axis=1) - 1.0

    assert 0.118 < float(over.mean()) < STAGES**0.1 - 1.0


@pytest.mark.parametrize("rho", [LEONTIEF, -50.0, -10.0, -2.0, 0.5, 1.0])
def test_a_chain_of_equal_stages_makes_what_each_can(rho: float) -> None:
    made = chain_throughput(np.full((1, STAGES), 250.0), CHAIN[:1], np.array([rho]))

    assert made[0] == pytest.approx(250.0, rel=1e-12)


@pytest.mark.parametrize("rho", [LEONTIEF, -10.0, -2.0])
def test_a_chain_with_a_stage_at_zero_makes_nothing(rho: float) -> None:
    made = chain_throughput(np.array([[100.0, 0.0, 50.0, 80.0, 90.0]]), CHAIN[:1], np.array([rho]))

    assert made[0] == 0.0


def test_what_is_no_number_makes_no_number_of_orders() -> None:
    """Nor does a chain without stages whose complementarity is unknown."""
    capacity, unknown = np.full((3, STAGES), 100.0), np.nan
    capacity[0, 2] = unknown
    chain = np.array([[True] * STAGES, [True] * STAGES, [False] * STAGES])

    assert np.isnan(chain_throughput(capacity, chain, np.array([-10.0, unknown, unknown]))).all()


def test_support_stages_never_enter_the_chain() -> None:
    chain = np.array([[True, True, False, True, False]])
    capacity = np.array([[100.0, 120.0, 0.0, 90.0, np.inf]])
    alone = chain_throughput(capacity[:, [0, 1, 3]], CHAIN[:1, :3], np.array([-10.0]))

    assert chain_throughput(capacity, chain, np.array([-10.0]))[0] == pytest.approx(alone[0], rel=1e-15)
    assert slowest_stage(capacity, chain)[0] == 3
