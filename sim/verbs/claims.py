"""Holding a scenario to its word: is each claim true of the paired worlds, beyond doubt?"""

from __future__ import annotations

import numpy as np

from sim.analysis import ClaimResult, Comparison
from sim.analysis.effects import differences
from sim.arrays import Floats
from sim.observe.metrics import METRICS, SERIES
from sim.scenario.scenario import Claim, Scenario

EXPECTED = {"more": "more, by at least", "less": "less, by at least", "same": "the same, within"}


def judged(scenario: Scenario, comparison: Comparison, of: str) -> tuple[ClaimResult, ...]:
    """Every claim of the scenario whose two arms were compared for long enough."""
    names = {arm.name for arm in comparison.arms}
    return tuple(
        _judge(claim, comparison, of) for claim in scenario.signature
        if {claim.a, claim.b} <= names and (claim.months is None or claim.months[1] <= comparison.months)
    )


def _judge(claim: Claim, comparison: Comparison, of: str) -> ClaimResult:
    """Judge one claim on the mean paired difference and its 95% interval.

    "more" and "less" hold when the whole interval is past zero and the mean past the smallest effect that counts;
    "same" holds when the whole interval lies within it.
    """
    metric = (METRICS if claim.months is None else SERIES)[claim.metric]
    first, second = (_values(claim, comparison, arm)[:, None] for arm in (claim.a, claim.b))
    gap = differences(first, second, np.array([metric.better]), 1)[0]
    smallest = smallest_difference(claim, comparison)
    holds = {
        "more": gap.low > 0.0 and gap.mean >= smallest,
        "less": gap.high < 0.0 and gap.mean <= -smallest,
        "same": -smallest < gap.low and gap.high < smallest,
    }[claim.expect]
    bound = f"{claim.smallest:.1%}" if claim.relative else f"{claim.smallest:g} {metric.unit}"
    return ClaimResult(
        claim.statement, claim.metric, claim.a, claim.b, f"{EXPECTED[claim.expect]} {bound}", gap.mean,
        (gap.low, gap.high), metric.unit, bool(holds), of,
    )


def smallest_difference(claim: Claim, comparison: Comparison) -> float:
    """Smallest difference that counts, in the metric's unit."""
    return claim.smallest * (abs(float(_values(claim, comparison, claim.b).mean())) if claim.relative else 1.0)


def _values(claim: Claim, comparison: Comparison, arm: str) -> Floats:
    """The claim's metric of one arm, one value per world."""
    if claim.months is None:
        return comparison.scalar(arm, claim.metric)
    first, after = claim.months
    return np.asarray(comparison.series[arm][claim.metric][:, first:after].mean(axis=1))
