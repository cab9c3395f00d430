"""The comparison as one JSON object, for machines: levels per arm and paired differences a - b per pair."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sim.analysis.bridge import bridge
from sim.analysis.comparison import Comparison
from sim.analysis.effects import Difference, Level, effects
from sim.analysis.marginal import Step, placebo_share, steps
from sim.analysis.measures import measures
from sim.analysis.projects import kinds, missed
from sim.analysis.ratios import growth_ratios
from sim.observe.metrics import CHOICES, METRICS


def as_json(comparison: Comparison) -> dict[str, Any]:
    """Plain dictionaries, lists, strings and finite numbers; what is not a number is None.

    `interval` is the 95% BCa interval of the mean and `mc_error` its Monte Carlo standard error.
    """
    found = effects(comparison)
    return {
        "scenario": comparison.scenario,
        "assignment": comparison.assignment,
        "seed": comparison.seed,
        "worlds": comparison.worlds,
        "months": comparison.months,
        "arms": [
            {"name": arm.name, "label": arm.label, "metrics": _metrics(found.levels, arm.name)}
            for arm in comparison.arms
        ],
        "choices": [_choice(comparison, arm.name) for arm in comparison.choices],
        "marginal": [_step(step) for step in steps(comparison.marginal, comparison.main.name)]
        if comparison.marginal else None,
        "bridges": [_bridge(comparison, arm.name) for arm in comparison.choices],
        "growth_ratios": [
            {"form": form, "ratio": _finite(found.value), "interval": [_finite(found.low), _finite(found.high)]}
            for form, found in growth_ratios(comparison).items()
        ],
        "pairs": [{"a": a, "b": b, "metrics": _metrics(found.differences, a, b)} for a, b in comparison.pairs],
    }


def _choice(comparison: Comparison, arm: str) -> dict[str, Any]:
    """What only whole runs side by side tell of one choice."""
    found = measures(comparison, arm)
    metrics = {name: {"unit": CHOICES[name].unit, "value": _finite(one.value),
                      "interval": [_finite(one.low), _finite(one.high)]} for name, one in found.items()}
    return {"a": arm, "b": comparison.reference.name, "metrics": metrics}


def _step(step: Step) -> dict[str, Any]:
    """One project in turn of the main choice."""
    return {
        "project": step.number or "all", "bought": step.below.of, "worth_usd": _finite(step.worth_usd),
        "interval": [_finite(step.low_usd), _finite(step.high_usd)], "cost_usd": _finite(step.cost_usd),
        "worth_over_cost": _finite(step.back), "below_zero": _finite(step.below.value),
        "placebo_below_zero": _finite(step.placebo_below.value), "spread_usd": _finite(step.spread_usd),
        "placebo_spread_usd": _finite(step.placebo_spread_usd),
    }


def _bridge(comparison: Comparison, arm: str) -> dict[str, Any]:
    """The way from forecast to outcome of one choice, USD, and what became of its projects."""
    steps, found = bridge(comparison, arm), missed(comparison, arm)
    parts = (steps.forecast, *steps.steps, steps.outcome, steps.beyond)
    shares = {"below_forecast": found.forecast, "below_hurdle": found.hurdle, "below_zero": found.zero}
    return {
        "a": arm, "b": comparison.reference.name,
        "parts": [{"name": step.name, "label": step.label, "mean": _finite(step.mean),
                   "interval": [_finite(step.low), _finite(step.high)]} for step in parts],
        "projects": {
            "count": found.projects, "stopped": found.stopped, "closed": found.closed, "unfinished": found.unfinished,
            **{name: {"share": _finite(part.share), "interval": [_finite(part.low), _finite(part.high)]}
               for name, part in shares.items()},
            "placebo_below_zero": _finite(placebo_share(comparison.placebo)[1].value) if comparison.placebo else None,
            "kinds": [asdict(kind) for kind in kinds(comparison, arm)],
        },
    }


def _metrics(rows: Mapping[Any, Level] | Mapping[Any, Difference], *who: str) -> dict[str, Any]:
    """Every metric of an arm or of a pair of arms, by name."""
    return {key[-1]: _numbers(key[-1], row) for key, row in rows.items() if key[:-1] == who}


def _numbers(metric: str, row: Level | Difference) -> dict[str, Any]:
    """One metric of an arm or a pair."""
    return {
        "unit": METRICS[metric].unit,
        "mean": _finite(row.mean),
        "median": _finite(row.median),
        "interval": [_finite(row.low), _finite(row.high)],
        "mc_error": _finite(row.mc_error),
    }


def _finite(value: float) -> float | None:
    """A number JSON can carry, or None."""
    return float(value) if math.isfinite(value) else None
