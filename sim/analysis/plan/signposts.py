"""What do I watch: numbers of the first year that an owner sees anyway, and when to stop or to scale up.

Candidates are rules of one number in one month, whose threshold lies visibly off the middle of the futures it is not
meant for. Among rules that sound falsely in at most a fifth of those the one that catches most is taken, the earliest
of nearly equals; it is found on one half of the futures and told from the other, and only if the range of its hits
there lies above that of its false alarms.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from sim.analysis.amounts import amount, hundred_range, level, per_hundred
from sim.analysis.plan.halves import enough, first_half, shares_apart
from sim.analysis.plan.sheets import Cell, Column, Sheet, ranged
from sim.analysis.plan.study import PLAN, PlanStudy
from sim.analysis.returns import Share, share
from sim.arrays import Bools, Floats

MONTHS, QUARTER = 12, 3  # by half a year most tools are hardly at work, and nothing about them can be seen
FALSE_ALARMS = 0.2
NEARLY = 0.03  # a rule that catches so much less is taken if it speaks earlier
VISIBLE = {
    "USD": 500.0, "USD/month": 500.0, "orders/month": 2.0, "ratio": 0.1, "hours/month": 5.0, "share": 0.005,
}  # what an owner notices in a month, by unit; assumed


@dataclass(frozen=True)
class Watched:
    """A number the owner sees: its series, words and unit, whether it is a level at the end of a month (else the mean
    of up to three months), and words for next to nothing of it, if that can be a sign."""

    metric: str
    label: str
    unit: str
    level: bool = False
    hardly: str = ""


WATCHED = (
    Watched("cash_usd", "money in the till", "USD", level=True),
    Watched("orders_demanded", "orders coming in", "orders/month"),
    Watched("flow_sales", "sales", "USD/month"),
    Watched("wait_ratio", "wait over normal work time", "ratio"),
    Watched("hours_automated", "hours the tools took over", "hours/month", hardly="the tools hardly used"),
    Watched("faulty_share", "orders with an error", "share"),
)


@dataclass(frozen=True)
class Signpost:
    """A rule: act when a number is above (or below) a threshold in a month (1 is the first).

    `hits` is the share of the futures it is meant for in which it sounds, `alarms` that of the others; `right` and
    `otherwise` are the shares of those futures among the ones in which it sounds and does not. `usual` is what the
    middle of all futures shows then.
    """

    watched: Watched
    month: int
    above: bool
    number: float
    hits: Share
    alarms: Share
    right: Share
    otherwise: Share
    usual: float

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

    @property
    def hardly(self) -> bool:
        """Whether it sounds where there is next to nothing of what is watched."""
        return bool(self.watched.hardly) and not self.above and self.number <= VISIBLE[self.watched.unit]

    def __str__(self) -> str:
        side, unit = "above" if self.above else "below", self.watched.unit
        middle = f"the middle future: {level(self.usual, 'USD' if unit.startswith('USD') else unit)}"
        if self.hardly:
            return f"{self.watched.hardly} {self.when}: less than {amount(self.number, unit)} ({middle})"
        return f"{self.watched.label} {self.when} {side} {amount(self.number, unit)} ({middle})"


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
    values = readings(study, rule.watched, rule.month)
    sounds, there = rule.sounds(values)[~half], target[~half]
    right, otherwise, clear = shares_apart(sounds, there)
    hits, alarms = share(sounds[there]), share(sounds[~there])
    if not clear or hits.low <= alarms.high:
        return None
    usual = float(np.median(values))
    return Signpost(rule.watched, rule.month, rule.above, rule.number, hits, alarms, right, otherwise, usual)


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
                rule = _Rule(watched, month, above, _threshold(watched, values[~target], above=above))
                sounds = rule.sounds(values)
                if sounds[~target].mean() <= FALSE_ALARMS + NEARLY:
                    yield replace(rule, caught=float(sounds[target].mean()))


def _threshold(watched: Watched, others: Floats, *, above: bool) -> float:
    """The number beyond which at most a fifth of the other futures lie, visibly off their middle, as it is said;
    "hardly any" is not split up."""
    visible, middle = VISIBLE[watched.unit], float(np.median(others))
    if above:
        return -_down(-max(float(np.quantile(others, 1 - FALSE_ALARMS)), middle + visible))
    number = _down(min(float(np.quantile(others, FALSE_ALARMS)), middle - visible))
    return max(number, visible) if watched.hardly else number


def _down(number: float) -> float:
    """The next lower number of two digits that matter."""
    step = 10.0 ** (math.floor(math.log10(abs(number))) - 1) if number else 1.0
    return float(f"{math.floor(number / step + 1e-9) * step:.2g}")


def stop_words(post: Signpost | None) -> str:
    """When to stop, how often that is right and how often a false alarm, with ranges."""
    if post is None:
        return "No early number says when to stop."
    return (
        f"Think again when you see {post}. This sounds in {_of_hundred(post.hits)} futures that end worse than doing "
        f"nothing, and falsely in {_of_hundred(post.alarms)} that do not."
    )


def _of_hundred(found: Share) -> str:
    """So many of 100, with their range."""
    return f"{per_hundred(found.value)} of 100 ({hundred_range(found.low, found.high)})"


def scale_words(post: Signpost | None) -> str:
    """When to scale up, how often that is right and how often it is not, with ranges."""
    if post is None:
        return "No early number says when to scale up."
    return (
        f"Scale up when you see {post}. This shows in {_of_hundred(post.hits)} futures that end no worse than doing "
        f"nothing, and wrongly in {_of_hundred(post.alarms)} that do."
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
    return Sheet("signposts", "What to watch in the first year", columns, tuple(rows))
