"""The report's tables of measures and claims, written out cell by cell."""

from __future__ import annotations

from dataclasses import dataclass

from sim.analysis import amounts
from sim.analysis.comparison import ClaimResult, Comparison
from sim.analysis.effects import Difference, Effects, Level
from sim.analysis.twins import chance
from sim.observe.metrics import METRICS, Metric


@dataclass(frozen=True)
class Row:
    """One choice and one measure."""

    label: str
    mean: str
    difference: str
    likely: str
    better: str
    luck: str


@dataclass(frozen=True)
class Measure:
    """One measure in the full table: what it is, its level under the reference and a row per choice."""

    label: str
    line: str
    note: str
    reference: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Claim:
    """One claim of the scenario."""

    statement: str
    pair: str
    expected: str
    found: str
    holds: bool


def measures(comparison: Comparison, found: Effects) -> list[Measure]:
    """Every measure with its level under the reference and the difference each choice made."""
    reference = comparison.reference.name
    return [
        Measure(
            label=f"{metric.label} ({amounts.unit_words(metric.unit)})",
            line=f"{metric.line[0].upper()}{metric.line[1:]}.",
            note=_missing(comparison, found, metric.name),
            reference=amounts.level(found.levels[reference, metric.name].mean, metric.unit),
            rows=tuple(
                _row(
                    arm.label,
                    metric,
                    found.levels[arm.name, metric.name],
                    found.differences[arm.name, reference, metric.name],
                )
                for arm in comparison.choices
            ),
        )
        for metric in METRICS.values()
    ]


def _row(label: str, metric: Metric, value: Level, gap: Difference) -> Row:
    """One choice in one measure."""
    return Row(
        label=label,
        mean=amounts.level(value.mean, metric.unit),
        difference=amounts.change(gap.mean, metric.unit),
        likely=amounts.change_range(gap.low, gap.high, metric.unit),
        better=amounts.per_hundred(gap.better_share),
        luck=chance(gap.p_adjusted),
    )


def _missing(comparison: Comparison, found: Effects, metric: str) -> str:
    """In how many futures a measure has no value: the means leave these out, the reader should not."""
    missing = {arm.label: found.levels[arm.name, metric].missing for arm in comparison.arms}
    if not any(missing.values()):
        return ""
    counts = "; ".join(f"{label}: {count:,}" for label, count in missing.items())
    return f"No value in so many of {comparison.worlds:,} futures: {counts}. Means are over the rest."


def claims(comparison: Comparison, of: str) -> list[Claim]:
    """The claims of one kind, signature or falsifier."""
    return [
        Claim(
            statement=claim.statement,
            pair=f"{comparison.label(claim.a)}, against: {comparison.label(claim.b).lower()}",
            expected=claim.expected,
            found=_estimate(claim),
            holds=claim.holds,
        )
        for claim in comparison.claims
        if claim.of == of
    ]


def _estimate(claim: ClaimResult) -> str:
    """What was found, with its range."""
    low, high = claim.interval
    likely = amounts.change_range(low, high, "USD" if claim.unit.startswith("USD/") else claim.unit)
    return f"{amounts.change_said(claim.estimate, claim.unit)} ({likely})"
