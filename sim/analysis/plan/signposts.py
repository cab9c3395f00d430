"""What do I watch: numbers of the first six months that an owner sees anyway, and when to stop or to scale up.

Candidates are rules of one number in one month. Among rules that sound falsely in at most a fifth of the other futures
the one that catches most is taken, the earliest of nearly equals; it is found on one half of the futures and told from
the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from sim.analysis.amounts import amount, per_hundred
from sim.analysis.plan.breaks import rounded
from sim.analysis.plan.halves import enough, first_half, shares_apart
from sim.analysis.plan.sheets import Cell, Column, Sheet, ranged
from sim.analysis.plan.study import PLAN, PlanStudy
from sim.analysis.returns import Share, share
from sim.arrays import Bools, Floats

MONTHS, QUARTER = 6, 3
FALSE_ALARMS = 0.2
NEARLY = 0.03  # a rule that catches so much less is taken if it speaks earlier


@dataclass(frozen=True)
class Watched:
    """A number the owner sees: its series, words and unit, and whether it is a level at the end of a month (else the
    mean of up to three months)."""

    metric: str
    label: str
    unit: str
    level: bool = False


WATCHED = (
    Watched("cash_usd", "money in the till", "USD", level=True),
    Watched("orders_demanded", "orders coming in", "orders/month"),
    Watched("flow_sales", "sales", "USD/month"),
    Watched("wait_ratio", "wait over normal work time", "ratio"),
    Watched("hours_automated", "hours the tools took over", "hours/month"),
    Watched("faulty_share", "orders with an error", "share"),
)


@dataclass(frozen=True)
class Signpost:
    """A rule: act when a number is above (or below) a threshold in a month (1 is the first).

    `hits` is the share of the futures it is meant for in which it sounds, `alarms` that of the others; `right` and
    `otherwise` are the shares of those futures among the ones in which it sounds and does not.
    """

    watched: Watched
    month: int
    above: bool
    number: float
    hits: Share
    alarms: Share
    right: Share
    otherwise: Share

    @property
    def when(self) -> str:
        """The month or months it is read in."""
        if self.watched.level:
            return f"at the end of month {self.month}"
        first = max(1, self.month - QUARTER + 1)
        return f"in month {self.month}" if first == self.month else f"in months {first} to {self.month}"

    @property
    def reading(self) -> str:
        """What is read and when, as the name of an axis."""
        return f"{self.watched.label[0].upper()}{self.watched.label[1:]} {self.when}"

    def __str__(self) -> str:
        side = "above" if self.above else "below"
        return f"{self.watched.label} {self.when} {side} {amount(self.number, self.watched.unit)}"


@dataclass(frozen=True)
class Signposts:
    """When to stop and when to scale up; None where no early number tells."""

    stop: Signpost | None
    scale: Signpost | None


def signposts(study: PlanStudy) -> Signposts:
    """The two rules: stop foretells futures worse than doing nothing, scale those that are better."""
    bad = study.gain_usd < 0
    if not enough(bad):
        return Signposts(None, None)
    return Signposts(_best(study, bad), _best(study, ~bad))


def readings(study: PlanStudy, watched: Watched, month: int) -> Floats:
    """A watched number as the owner reads it in a month (1 is the first) of the plan, (worlds,)."""
    values = study.comparison.series[PLAN][watched.metric]
    start = month - 1 if watched.level else max(0, month - QUARTER)
    return np.asarray(values[:, start:month].mean(axis=1), dtype=np.float64)


def _best(study: PlanStudy, target: Bools) -> Signpost | None:
    """The rule that catches most on the first half, as it does on the second; None if it does not tell there."""
    half = first_half(len(target))
    found = list(_candidates(study, half, target[half]))
    if not found:
        return None
    most = max(rule.caught for rule in found)
    rule = min((rule for rule in found if rule.caught >= most - NEARLY), key=lambda rule: (rule.month, -rule.caught))
    sounds, there = rule.sounds(readings(study, rule.watched, rule.month))[~half], target[~half]
    right, otherwise, clear = shares_apart(sounds, there)
    if not clear:
        return None
    return Signpost(
        rule.watched, rule.month, rule.above, rule.number, share(sounds[there]), share(sounds[~there]), right, otherwise
    )


@dataclass(frozen=True)
class _Rule:
    """A candidate and the share of targets it caught where it was found."""

    watched: Watched
    month: int
    above: bool
    number: float
    caught: float = 0.0

    def sounds(self, values: Floats) -> Bools:
        """Where it sounds, (worlds,)."""
        return values > self.number if self.above else values < self.number


def _candidates(study: PlanStudy, half: Bools, target: Bools) -> Iterator[_Rule]:
    """Every rule within the allowed false alarms; `target` holds for the futures of the half."""
    for watched in WATCHED:
        for month in range(1, min(MONTHS, study.comparison.months) + 1):
            values = readings(study, watched, month)[half]
            for above in (False, True):
                others = values[~target]
                number = rounded(float(np.quantile(others, 1 - FALSE_ALARMS if above else FALSE_ALARMS)))
                rule = _Rule(watched, month, above, number)
                sounds = rule.sounds(values)
                if sounds[~target].mean() <= FALSE_ALARMS + NEARLY:
                    yield replace(rule, caught=float(sounds[target].mean()))


def stop_words(post: Signpost | None) -> str:
    """When to stop, how often that is right and how often a false alarm."""
    if post is None:
        return "No number of the first half-year told bad futures from good ones well enough to stop by."
    return (
        f"Think again when you see {post}. This sounds in {per_hundred(post.hits.value)} of 100 futures that end worse "
        f"than doing nothing, and falsely in {per_hundred(post.alarms.value)} of 100 that do not."
    )


def scale_words(post: Signpost | None) -> str:
    """When to scale up, how often that is right and how often it is not."""
    if post is None:
        return "No number of the first half-year told good futures from bad ones well enough to scale up by."
    return (
        f"Scale up when you see {post}. This shows in {per_hundred(post.hits.value)} of 100 futures that end no worse "
        f"than doing nothing, and wrongly in {per_hundred(post.alarms.value)} of 100 that do."
    )


def signposts_sheet(found: Signposts) -> Sheet:
    """Both rules with their record."""
    posts = [(name, post) for name, post in (("Stop", found.stop), ("Scale up", found.scale)) if post]
    rows: list[tuple[Cell, ...]] = [
        (
            name, post.watched.unit, f"{post.watched.label} {'above' if post.above else 'below'}", post.number,
            post.month, *(value for part in (post.hits, post.alarms) for value in (part.value, part.low, part.high)),
            post.right.value, post.otherwise.value,
        )
        for name, post in posts
    ]  # fmt: skip
    columns = (
        Column("Do"), Column("Unit"), Column("When you see"), Column("Threshold", "row"), Column("In month"),
        *ranged("Caught", "futures"), *ranged("False alarms", "futures"), Column("Right when it sounds", "futures"),
        Column("Same when it does not", "futures"),
    )  # fmt: skip
    return Sheet("signposts", "What to watch in the first half-year", columns, tuple(rows))
