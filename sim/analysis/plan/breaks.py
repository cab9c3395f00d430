"""Where it breaks: the corner of what may come in which the plan mostly fails, in words.

Patient rule induction (Friedman and Fisher 1999; for scenario discovery Bryant and Lempert 2010): peel off, a twentieth
at a time, the slice whose loss leaves most failures per future, remember every box on the way and keep the one that
best tells failures from the rest; then move each of its limits to where it tells best, and drop those it can do
without.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.analysis.amounts import amount_beside, lowered, per_hundred
from sim.analysis.plan.halves import enough, first_half, shares_apart
from sim.analysis.plan.sheets import Cell, Column, Sheet, ranged
from sim.analysis.plan.study import NOTHING, PlanStudy, Unsure
from sim.analysis.returns import Share
from sim.analysis.words import quoted
from sim.arrays import Bools, Floats

PEEL = 0.05
LEAST_INSIDE = 0.05
MOST_LIMITS = 3
LEAST_OUTSIDE = 0.1  # a limit that nearly every future keeps is the end of the range, and no news
WORTH_A_LIMIT = 0.02  # what a limit must add to the share of failures caught less that of others caught
SPARE_MONTHS, YEAR = 3, 12
LOSES, MISSES = "leaves you worse off than doing nothing", "misses your goal"


@dataclass(frozen=True)
class Limit:
    """One side of the corner: something above (or below) a number."""

    thing: Unsure
    above: bool
    number: float

    def holds(self, values: Floats) -> Bools:
        """Where it holds, (worlds,)."""
        return values >= self.number if self.above else values <= self.number

    def __str__(self) -> str:
        number = amount_beside(self.thing.label, self.number, self.thing.unit)
        label = self.thing.label
        name = quoted(label) if {":", ","} & set(label) else lowered(label)
        return f"{name} is {number} or {'more' if self.above else 'less'}"


@dataclass(frozen=True)
class Corner:
    """Where failures gather, as found on one half of the futures and seen on the other.

    `inside` and `outside` are shares that fail, `caught` the share of all failures that lie inside; without limits
    nothing separated failures from the rest, or there were too few of either (`few`).
    """

    limits: tuple[Limit, ...]
    inside: Share | None
    outside: Share | None
    caught: float
    few: bool = False


def corner(study: PlanStudy, bad: Bools) -> Corner:
    """The corner in which the plan mostly fails; `bad` has shape (worlds,)."""
    if not enough(bad):
        return Corner((), None, None, np.nan, few=True)
    things, values = circumstances(study)
    half = first_half(len(bad))
    limits = _limits(things, box_of(values[half], bad[half]))
    if not limits:
        return Corner((), None, None, np.nan)
    inside = _inside(study, limits)
    among, others, clear = shares_apart(inside[~half], bad[~half])
    if not clear:
        return Corner((), None, None, np.nan)
    return Corner(limits, among, others, among.hits / max(among.hits + others.hits, 1))


def circumstances(study: PlanStudy) -> tuple[tuple[Unsure, ...], Floats]:
    """What may come: the uncertain things, and how the firm's orders change within the year when nothing is done;
    things and their values (worlds, things)."""
    orders = orders_change(study)
    span = float(orders.min()), float(orders.max())
    seen = Unsure(
        name="orders_change", label="Change of orders within a year, doing nothing", unit="share", low=span[0],
        high=span[1], said_by="the futures",
    )  # fmt: skip
    frame = pd.concat([study.drawn[[t.name for t in study.unsure]], pd.Series(orders, study.drawn.index)], axis=1)
    return (*study.unsure, seen), frame.to_numpy(dtype=np.float64)


def orders_change(study: PlanStudy) -> Floats:
    """Orders in the last quarter of the first year over those of the first quarter, less 1, doing nothing, (worlds,);
    a firm that closed is taken at its last three months."""
    series = study.comparison.series[NOTHING]
    orders = np.concatenate([np.zeros((study.comparison.worlds, 1)), np.cumsum(series["orders_demanded"], axis=1)], 1)
    months = min(YEAR, study.comparison.months)
    until = np.clip((series["alive"][:, :months] > 0).sum(axis=1), SPARE_MONTHS, months)
    rows = np.arange(study.comparison.worlds)
    late, early = orders[rows, until] - orders[rows, until - SPARE_MONTHS], orders[:, SPARE_MONTHS]
    return np.asarray(late / np.maximum(early, 1e-9) - 1.0, dtype=np.float64)


def box_of(values: Floats, bad: Bools) -> Floats:
    """The box (things, 2) that best tells failures from the rest with few limits, on values (worlds, things).

    Ties are decided by how far a thing lies apart in failures and others, never by its place in the list.
    """
    spread = values.std(axis=0)
    distance = np.abs(values[bad].mean(axis=0) - values[~bad].mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    order = np.argsort(distance, kind="stable")
    sorted_values, box = values[:, order], np.empty((values.shape[1], 2))
    box[order] = _prune(sorted_values, bad, settle(sorted_values, bad, peel(sorted_values, bad)))
    return box


def peel(values: Floats, bad: Bools) -> Floats:
    """The box (things, 2) on the peeling path that best tells failures from the rest, on values (worlds, things)."""
    box = np.stack([np.full(values.shape[1], -np.inf), np.full(values.shape[1], np.inf)], axis=1)
    best, best_score = box, 0.0
    while True:
        inside = _within(values, box)
        smaller = [cut for side in (0, 1) for j in range(len(box)) if (cut := _cut(values, bad, inside, j, side))]
        if not smaller:
            return best
        _, j, side, number = max(smaller)
        box = _moved(box, j, side, number)
        score = apart(_within(values, box), bad)
        if score > best_score:
            best, best_score = box, score


def settle(values: Floats, bad: Bools, box: Floats) -> Floats:
    """The box with one limit at a time moved to the twentieth at which it tells best, until no move helps."""
    grid = np.quantile(values, np.arange(PEEL, 1.0, PEEL), axis=0, method="inverted_cdf")
    score = apart(_within(values, box), bad)
    while True:
        moves = [
            _moved(box, j, side, number)
            for j in range(len(box))
            for side, nowhere in ((0, -np.inf), (1, np.inf))
            for number in (nowhere, *grid[:, j])
        ]
        scores = [apart(_within(values, moved), bad) for moved in moves]
        if max(scores) <= score:
            return box
        score, box = max(scores), moves[int(np.argmax(scores))]


def _moved(box: Floats, j: int, side: int, number: float) -> Floats:
    """The box with one limit elsewhere."""
    moved = box.copy()
    moved[j, side] = number
    return moved


def apart(inside: Bools, bad: Bools) -> float:
    """Share of failures inside less share of the others inside."""
    return float(inside[bad].mean() - inside[~bad].mean())


def _cut(values: Floats, bad: Bools, inside: Bools, j: int, side: int) -> tuple[float, int, int, float] | None:
    """(failures per future gained for each future lost, thing, side, new limit) of one cut; None where none is left."""
    here = np.sort(values[inside, j])
    count = max(1, int(PEEL * here.size))
    rest = here[here > here[count - 1]] if side == 0 else here[here < here[-count]]
    if rest.size < max(2.0, LEAST_INSIDE * len(values)):
        return None
    number = float(rest[0] if side == 0 else rest[-1])
    kept = inside & (values[:, j] >= number if side == 0 else values[:, j] <= number)
    gained = (bad[kept].mean() - bad[inside].mean()) / (inside.sum() - kept.sum())
    return float(gained), j, side, number


def _within(values: Floats, box: Floats) -> Bools:
    """Which futures lie in the box, (worlds,)."""
    return np.asarray(((values >= box[:, 0]) & (values <= box[:, 1])).all(axis=1), dtype=np.bool_)


def _prune(values: Floats, bad: Bools, box: Floats) -> Floats:
    """Drop limits, the least useful first, while they add next to nothing or are too many to remember."""
    while np.isfinite(box).any():
        score = apart(_within(values, box), bad)
        without = []
        for j, side in zip(*np.nonzero(np.isfinite(box)), strict=True):
            wider = _moved(box, j, side, -np.inf if side == 0 else np.inf)
            without.append((apart(_within(values, wider), bad), int(j), int(side), wider))
        least = max(without, key=lambda drop: (_idle(values, box, *drop[1:3]), *drop[:3]))
        if _idle(values, box, *least[1:3]):
            box = least[3]
            continue
        if len(without) <= MOST_LIMITS and least[0] < score - WORTH_A_LIMIT:
            return box
        box = least[3]
    return box


def _idle(values: Floats, box: Floats, j: int, side: int) -> bool:
    """Whether a limit keeps out next to no future."""
    outside = values[:, j] < box[j, 0] if side == 0 else values[:, j] > box[j, 1]
    return bool(outside.mean() < LEAST_OUTSIDE)


def _limits(things: tuple[Unsure, ...], box: Floats) -> tuple[Limit, ...]:
    """The sides of the box, rounded as they will be said."""
    return tuple(
        Limit(things[j], above=side == 0, number=rounded(float(box[j, side])))
        for j, side in zip(*np.nonzero(np.isfinite(box)), strict=True)
    )


def rounded(number: float) -> float:
    """Two digits that matter: what an owner can keep in mind."""
    return float(f"{number:.2g}")


def _inside(study: PlanStudy, limits: tuple[Limit, ...]) -> Bools:
    """Which futures the limits, as they are said, hold in, (worlds,)."""
    things, values = circumstances(study)
    place = {thing.name: j for j, thing in enumerate(things)}
    return np.all([limit.holds(values[:, place[limit.thing.name]]) for limit in limits], axis=0)


def corners_sheet(corners: dict[str, Corner]) -> Sheet:
    """The corners that were found, by what failing is."""
    rows: list[tuple[Cell, ...]] = [
        (
            f"It {fails}", " and ".join(map(str, found.limits)), inside.value, inside.low, inside.high, outside.value,
            outside.low, outside.high, found.caught,
        )
        for fails, found in corners.items()
        if (inside := found.inside) and (outside := found.outside)
    ]  # fmt: skip
    columns = (
        Column("The plan"), Column("When"), *ranged("Of such futures", "futures"),
        *ranged("Of all others", "futures"), Column("Share of failures there", "futures"),
    )  # fmt: skip
    return Sheet("where_it_breaks", "Where it breaks", columns, tuple(rows))


def corner_words(found: Corner, fails: str) -> str:
    """Where it breaks in a sentence; `fails` says what failing is: "leaves you worse off than doing nothing"."""
    if found.few:
        return f"The plan {fails} in so few futures, or in so nearly all, that no corner can be named."
    if not found.limits or found.inside is None or found.outside is None:
        return f"Nothing you are unsure about, alone or together, tells well when the plan {fails}: it is mostly luck."
    where, often = " and ".join(map(str, found.limits)), "mostly" if found.inside.value > 0.5 else "more often"
    return (
        f"The plan {fails} {often} when {where}: {per_hundred(found.inside.value)} of 100 such futures, against "
        f"{per_hundred(found.outside.value)} of 100 of all others. {per_hundred(found.caught)} of 100 futures in which "
        f"it {fails} lie there."
    )
