"""The numbers behind the pictures, as small tables: a picture nobody can read out is half a picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.analysis.amounts import NONE, change, change_range, hundred_range, level, per_hundred, percent, unit_words
from sim.analysis.bridge import BOOKED, Bridge
from sim.analysis.comparison import Comparison
from sim.analysis.effects import Difference, Effects
from sim.analysis.golive import SHOWN, around_go_live
from sim.analysis.marginal import placebo_share, steps
from sim.analysis.measures import Found, measures
from sim.analysis.parts import Part
from sim.analysis.payback import payback_month, payback_shares
from sim.analysis.people import Hours, sides
from sim.analysis.projects import kinds, missed
from sim.analysis.returns import Earned, Share
from sim.analysis.stages import BINDING
from sim.analysis.survival import life_gap, open_share
from sim.observe.metrics import CHOICES, METRICS, SERIES

PLACEBO = "A placebo: nothing bought, other luck"
TURNS = ("All", "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth")


@dataclass(frozen=True)
class Table:
    """Heads and rows of written cells; the first cell of a row names it, a second line in a cell is its
    range."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def earned_table(comparison: Comparison, found: dict[str, Earned]) -> Table:
    """Return a year with its range, and so many of 100 futures better off, worse off, with nothing spent."""
    rows = tuple(
        (
            comparison.label(arm),
            percent(earned.pooled_year),
            f"{percent(earned.low)} to {percent(earned.high)}" if np.isfinite(earned.low) else NONE,
            per_hundred(earned.ahead.value),
            per_hundred(earned.lost.value),
            per_hundred(earned.idle / comparison.worlds),
        )
        for arm, earned in found.items()
    )
    return Table(("Choice", "Return a year", "Likely range", "Better off", "Worse off", "Nothing spent"), rows)


def worth_table(comparison: Comparison, found: Effects) -> Table:
    """Owner value, every choice against every other: mean, median, size in standard deviations, wins."""
    rows = []
    for a, b in comparison.pairs:
        gap = found.differences[a, b, "owner_value_usd"]
        pair = f"{comparison.label(a)}, against: {comparison.label(b).lower()}"
        size = change(gap.standardised, "")
        wins = per_hundred(gap.better_share)
        rows.append((pair, _ranged(gap, "USD"), change(gap.median, "USD"), size, wins, chance(gap.p_adjusted)))
    return Table(("Choice", "Mean", "Median", "In spreads", "Better in", "By luck"), tuple(rows))


def chance(p_value: float) -> str:
    """A p-value as a chance in percent."""
    if not np.isfinite(p_value):
        return NONE
    return "under 0.1%" if p_value < 0.001 else percent(round(p_value, 3 if p_value < 0.0995 else 2))


def cash_table(comparison: Comparison, arm: str) -> Table:
    """Cash at the end of each year under both: the middle future and the range of the middle 80 of 100."""
    heads = ["After year"]
    columns = []
    for name in (arm, comparison.reference.name):
        heads.append(comparison.label(name))
        columns.append(np.percentile(comparison.series[name]["cash_usd"], (10, 50, 90), axis=0))
    rows = tuple(
        (str((month + 1) // 12), *(_spread(*column[:, month]) for column in columns))
        for month in range(11, comparison.months, 12)
    )
    return Table(tuple(heads), rows)


def _spread(low: float, middle: float, high: float) -> str:
    """The middle value and the range of the middle eighty of 100."""
    return f"{level(middle, 'USD')}\n{level(low, 'USD')} to {level(high, 'USD')}"


def open_table(comparison: Comparison) -> Table:
    """Of 100 firms still open at the end, with range, and months of life gained against the reference."""
    rows = []
    for arm in comparison.arms:
        curve, gap = open_share(comparison, arm.name), life_gap(comparison, arm.name)
        last = f"{per_hundred(curve.share[-1])} ({hundred_range(curve.low[-1], curve.high[-1])})"
        against = (change(gap.months, "months"), change_range(gap.low, gap.high, "months"))
        rows.append((arm.label, last, *((NONE, NONE) if arm is comparison.reference else against)))
    return Table(("Choice", "Open at the end, of 100", "Months open gained", "Likely range"), tuple(rows))


def payback_table(comparison: Comparison) -> Table:
    """Of 100 futures, when the money was back."""
    shares = {arm: payback_shares(payback_month(comparison, arm.name)) for arm in comparison.choices}
    heads = tuple(next(iter(shares.values())))
    return Table(
        ("Choice", *heads),
        tuple((arm.label, *(per_hundred(share) for share in parts.values())) for arm, parts in shares.items()),
    )


def bottleneck_table(comparison: Comparison, arm: str) -> Table:
    """Of 100 firms, what held them back on average over the window, under the choice and the reference."""
    names = (arm, comparison.reference.name)
    codes = {name: np.rint(comparison.series[name]["bottleneck"]) for name in names}
    rows = tuple(
        (words, *(per_hundred(float((codes[name] == code).mean())) for name in names))
        for code, words in BINDING.items()
        if any((codes[name] == code).any() for name in names)
    )
    return Table(("Held back by", *(comparison.label(name) for name in names)), rows)


def bridge_table(found: Bridge) -> Table:
    """The steps of the bridge with their ranges, from the forecast to what the owner gained."""
    steps = (found.forecast, *found.crossed, found.gain)
    return Table(("Step", "Mean", "Likely range"), tuple(_part_row(step, "USD") for step in steps))


def missed_table(comparison: Comparison, returns: dict[str, Earned]) -> Table:
    """Of 100 projects, by their books: those below the forecast, the hurdle and zero; then whole firms."""
    rows = []
    for arm in comparison.choices:
        found = missed(comparison, arm.name)
        ended = (per_hundred(count / found.projects) if found.projects else NONE
                 for count in (found.stopped, found.closed))
        shares = (f"{per_hundred(part.share)}\n{hundred_range(part.low, part.high)}"
                  for part in (found.forecast, found.hurdle, found.zero))
        lost = returns[arm.name].lost
        rows.append((arm.label, f"{found.projects:,}", *shares, *ended, _of_hundred(lost)))
    if comparison.placebo is not None:
        given, worse = placebo_share(comparison.placebo)
        rows.append((PLACEBO, f"{given:,}", NONE, NONE, "0", NONE, NONE, _of_hundred(worse)))
    heads = ("Choice", "Projects", "Below the forecast", "Below what was asked", "Below zero", "Stopped",
             "Ended with the firm", "Firms worse off")
    return Table(heads, tuple(rows))


def steps_table(comparison: Comparison, arm: str) -> Table:
    """What each project in turn is worth to the owner, beside a placebo's."""
    rows = tuple(
        (TURNS[step.number], f"{step.below.of:,}",
         f"{change(step.worth_usd, 'USD')}\n{change_range(step.low_usd, step.high_usd, 'USD')}",
         level(step.cost_usd, "USD"), _percent_range(step.back, step.back_low, step.back_high),
         _of_hundred(step.below), _of_hundred(step.placebo_below),
         f"{level(step.spread_usd, 'USD')}\n{level(step.placebo_spread_usd, 'USD')}")
        for step in steps(comparison, arm)
    )
    heads = ("In turn", "Bought", "Worth on average", "Cost", "Worth over cost", "Below zero, of 100",
             "Placebo below zero", "Spread of one future, and a placebo’s")
    return Table(heads, rows)


def _percent_range(value: float, low: float, high: float) -> str:
    """A share in percent with its range on a second line."""
    return f"{percent(value)}\n{percent(low)} to {percent(high)}" if np.isfinite(value) else NONE


def _of_hundred(share: Share) -> str:
    """So many of 100 with their range on a second line."""
    return f"{per_hundred(share.value)}\n{hundred_range(share.low, share.high)}"


def choices_table(comparison: Comparison) -> Table:
    """Every metric of a choice, one column per choice."""
    found = [measures(comparison, arm.name) for arm in comparison.choices]
    rows = tuple(
        (f"{metric.label} ({unit_words(metric.unit)})", *(_measured(one[name], metric.unit) for one in found))
        for name, metric in CHOICES.items() if any(np.isfinite(one[name].value) for one in found)
    )
    return Table(("Measure", *(arm.label for arm in comparison.choices)), rows)


def _measured(found: Found, unit: str) -> str:
    """A number with its range on a second line."""
    bounds = f"\n{level(found.low, unit)} to {level(found.high, unit)}" if np.isfinite(found.low) else ""
    return f"{level(found.value, unit)}{bounds}"


def kinds_table(comparison: Comparison, arm: str) -> Table:
    """What was bought under one choice, kind by kind: means per project, and what weighed most."""
    words = {part: label for label, parts in BOOKED.values() for part in parts}
    rows = tuple(
        (f"{kind.name[0].upper()}{kind.name[1:]}", f"{kind.projects:,}", change(kind.forecast_usd, "USD"),
         level(kind.cost_usd, "USD"), change(kind.outcome_usd, "USD"), per_hundred(kind.below_zero),
         words[kind.heaviest])
        for kind in kinds(comparison, arm)
    )
    heads = ("Bought", "Projects", "Expected", "Cost", "By its books", "Below zero, of 100", "What weighed most")
    return Table(heads, rows)


def go_live_table(comparison: Comparison, arm: str) -> Table:
    """Differences from the reference before and after the first go-live, a quarter of a year at a time."""
    metrics = {metric: around_go_live(comparison, arm, metric) for metric in SHOWN}
    months = next(iter(metrics.values())).months
    rows = []
    for at in (-3, 0, 1, 3, 6, 12, 18, 23):
        if at in months:
            place = int(np.nonzero(months == at)[0][0])
            cells = (f"{change(found.mean[place], SERIES[metric].unit)}\n"
                     f"{change_range(found.low[place], found.high[place], SERIES[metric].unit)}"
                     for metric, found in metrics.items())
            rows.append((f"{at:+d}" if at else "0", *cells))
    return Table(("Month since go-live", *(title for title, _ in SHOWN.values())), tuple(rows))


def hours_table(found: Hours) -> Table:
    """Where hours came from and what they were used for, with ranges."""
    rows = [
        (label, side, *numbers)
        for side, bars in zip(("from", "to"), sides(found), strict=True)
        for label, *numbers in (_part_row(bar, "hours/month") for bar in bars)
    ]
    return Table(("Hours a month", "Came from, went to", "Mean", "Likely range"), tuple(rows))


def people_table(comparison: Comparison, found: Effects) -> Table:
    """What every choice meant for the people of the firm, as differences from the reference (first row)."""
    names = ("employees_end", "quits", "hires", "laid_off", "hours_retrained", "hours_paid_month", "overload")
    reference = comparison.reference
    at_reference = (level(found.levels[reference.name, name].mean, METRICS[name].unit) for name in names)
    rows = [(reference.label, *at_reference)]
    for arm in comparison.choices:
        gaps = (found.differences[arm.name, reference.name, name] for name in names)
        cells = (_ranged(gap, METRICS[name].unit) for gap, name in zip(gaps, names, strict=True))
        rows.append((arm.label, *cells))
    return Table(("Choice", *(METRICS[name].label for name in names)), tuple(rows))


def _ranged(gap: Difference, unit: str) -> str:
    """A mean difference with its range on a second line."""
    return f"{change(gap.mean, unit)}\n{change_range(gap.low, gap.high, unit)}"


def _part_row(part: Part, unit: str) -> tuple[str, str, str]:
    """One part of an identity as a row."""
    return part.label, change(part.mean, unit), change_range(part.low, part.high, unit)
