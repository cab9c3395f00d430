"""Holding a scenario to its word: is each claim true of the paired worlds, beyond doubt?"""

from __future__ import annotations

import numpy as np

from sim.analysis import ClaimResult, Comparison
from sim.analysis.amounts import change_said
from sim.analysis.effects import differences
from sim.arrays import Floats
from sim.observe.metrics import METRICS, SERIES, WHILE_OPEN, Metric
from sim.scenario.scenario import Claim, Scenario

EXPECTED = {"more": "more, by at least", "less": "less, by at least", "same": "the same, within"}


def judged(scenario: Scenario, comparison: Comparison, of: str) -> tuple[ClaimResult, ...]:
    """Every claim of the scenario whose two arms were compared for long enough."""
    names = {arm.name for arm in comparison.arms}
    return tuple(
        judge(claim, comparison, of) for claim in scenario.signature
        if {claim.a, claim.b} <= names and (claim.months is None or claim.months[1] <= comparison.months)
    )


def judge(claim: Claim, comparison: Comparison, of: str) -> ClaimResult:
    """Judge one claim on the mean paired difference and its 95% interval.

    "more" and "less" hold when the whole interval is past zero and the mean past the smallest effect that counts;
    "same" holds when the whole interval lies within it.
    """
    metric = measure(claim)
    first, second = _pairs(claim, comparison)
    gap = differences(first[:, None], second[:, None], np.array([metric.better]), 1)[0]
    smallest = smallest_difference(claim, comparison)
    holds = {
        "more": gap.low > 0.0 and gap.mean >= smallest,
        "less": gap.high < 0.0 and gap.mean <= -smallest,
        "same": -smallest < gap.low and gap.high < smallest,
    }[claim.expect]
    return ClaimResult(
        claim.statement, claim.metric, claim.a, claim.b, f"{EXPECTED[claim.expect]} {_said(claim, smallest)}", gap.mean,
        (gap.low, gap.high), metric.unit, bool(holds), of,
    )


def measure(claim: Claim) -> Metric:
    """What a claim is held against: a number of the whole run, or the mean of its months."""
    return (METRICS if claim.months is None else SERIES)[claim.metric]


def bound(claim: Claim) -> str:
    """The smallest difference that counts, in words: "5.0%", "$200", "0.5 points"."""
    return f"{claim.smallest:.1%}" if claim.relative else change_said(claim.smallest, measure(claim).unit).lstrip("+")


def _said(claim: Claim, smallest: float) -> str:
    """The smallest difference that counts, in the unit of what is found: "102 orders a month (2.0%)"."""
    words = change_said(smallest, measure(claim).unit).lstrip("+")
    return f"{words} ({bound(claim)})" if claim.relative else words


def smallest_difference(claim: Claim, comparison: Comparison) -> float:
    """Smallest difference that counts, in the metric's unit."""
    return claim.smallest * (abs(float(_pairs(claim, comparison)[1].mean())) if claim.relative else 1.0)


def _pairs(claim: Claim, comparison: Comparison) -> tuple[Floats, Floats]:
    """The claim's metric of both arms, one value per world: mean over its months.

    What a closed firm has none of, such as a wait, is compared over the months in which both are open; worlds
    without such a month say nothing about it. Orders and money of a closed firm are 0.
    """
    arms = (claim.a, claim.b)
    if claim.months is None:
        first, second = (comparison.scalar(arm, claim.metric) for arm in arms)
        return first, second
    months = slice(*claim.months)
    first, second = (comparison.series[arm][claim.metric][:, months] for arm in arms)
    counted = np.ones(first.shape, dtype=np.bool_)
    if claim.metric in WHILE_OPEN:
        counted = np.logical_and(*(comparison.series[arm]["alive"][:, months] > 0.0 for arm in arms))
    some = counted.any(axis=1)
    first, second = (np.mean(values[some], axis=1, where=counted[some]) for values in (first, second))
    return first, second
