"""Pictures of a plan: what decides, what would be regretted, where it breaks, what to watch."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from textwrap import fill, wrap
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.amounts import MINUS, change, level, percent, unit_words
from sim.analysis.figures import style
from sim.analysis.figures.style import dollars
from sim.analysis.plan.breaks import LOSES, MISSES, Corner, Limit, circumstances
from sim.analysis.plan.drivers import Driver, Drivers
from sim.analysis.plan.regret import Regret
from sim.analysis.plan.signposts import Signpost, readings
from sim.analysis.plan.study import PLAN, PlanStudy
from sim.analysis.returns import share
from sim.arrays import Bools, Floats

DOTS = 50
BINS = 44
EDGE = (0.01, 0.99)
MOST_DOTS = 300  # more of them hide each other and make a page heavy
SLICES = 10
NAME_LENGTH, UPRIGHT_LENGTH = 36, 30  # letters of a name beside its number, and along an upright axis
FAILING = {LOSES: ("worse off", "not worse off"), MISSES: ("goal missed", "goal met")}
FAILS = {LOSES: "Worse off than doing nothing,\nof 100 futures", MISSES: "Goal missed, of 100 futures"}


@style.styled
def drivers_bars(found: Drivers, mean_usd: float) -> Figure:
    """The plan's gain with each uncertain thing in its lowest third and in its highest, the strongest on top."""
    lines = max(len(wrap(driver.unsure.label, NAME_LENGTH)) for driver in found.found)
    figure, (axes,) = style.canvas(0.95 + (0.5 + 0.22 * lines) * len(found.found))
    style.rows(axes, len(found.found))
    axes.set_ylim(top=-0.6 - 0.06 * lines)
    for row, driver in enumerate(found.found):
        _swing(axes, row, driver)
    axes.axvline(mean_usd, color=style.INK, linewidth=1.2, linestyle=style.DASHED, zorder=0)
    style.key(axes, [("when low", style.SKY), ("when high", style.BLUE)], columns=3)
    axes.margins(x=0.12)
    return _dollar_axis(figure, axes, "What the plan leaves you, dollars of today")


def _swing(axes: Axes, row: int, driver: Driver) -> None:
    """One bar from the mean gain when low to that when high, its ends named by the values they stand for."""
    ends = ((driver.at_low, style.SKY), (driver.at_high, style.BLUE))
    axes.plot([driver.at_low[0], driver.at_high[0]], [row, row], color=style.PALE, linewidth=9, zorder=1)
    for (mean, low, high), shade in ends:
        axes.plot([low, high], [row, row], color=style.INK, linewidth=1.2, zorder=2)
        axes.plot([mean], [row], marker="o", markersize=9, color=shade, zorder=3)
    label = fill(driver.unsure.label, NAME_LENGTH)
    at: dict[str, Any] = {"va": "bottom", "fontweight": "bold" if driver.clear else "normal", "linespacing": 1.1}
    beside: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "bbox": style.HALO, **at}
    axes.text(0, row - 0.18, label, ha="left", **beside)
    axes.text(1, row - 0.18, change(driver.swing_usd, "USD"), ha="right", **beside)


@style.styled
def regret_bars(study: PlanStudy, regrets: tuple[Regret, ...]) -> Figure:
    """How much less than the best choice of the same future each choice leaves: on average, and one in ten times."""
    figure, (axes,) = style.canvas(0.85 + 0.62 * len(regrets))
    style.rows(axes, len(regrets))
    for row, regret in enumerate(regrets):
        shade = style.colour(study.comparison, regret.arm.name)
        shade = shade if shade in (style.BLUE, style.GREY) else style.SKY
        axes.plot([regret.mean_usd, regret.p90_usd], [row, row], color=style.PALE, linewidth=4, zorder=1)
        axes.plot([regret.p90_usd] * 2, [row - 0.1, row + 0.1], color=style.GREY, linewidth=2)
        axes.barh(row, regret.mean_usd, height=0.3, color=shade, zorder=2)
        words = level(regret.mean_usd, "USD")
        style.row_text(axes, row, regret.arm.label, words, strong=regret.arm.name == PLAN)
    axes.set_xlim(0, 1.04 * max(max(regret.p90_usd, regret.mean_usd) for regret in regrets) or 1.0)
    return _dollar_axis(figure, axes, "Dollars of today less than the best choice")


@style.styled
def corner_map(study: PlanStudy, bad: Bools, found: Corner, fails: str) -> Figure:
    """The corner in which the plan mostly fails: a dot for every future, or a bar for every tenth of one thing.

    `fails` says what failing is, as in `sim.analysis.plan.breaks`.
    """
    things, values = circumstances(study)
    place = {thing.name: j for j, thing in enumerate(things)}
    names = list(dict.fromkeys(limit.thing.name for limit in found.limits))
    figure, (axes,) = style.canvas(3.9 if len(names) > 1 else 3.0)
    sides = {name: [limit for limit in found.limits if limit.thing.name == name] for name in names}
    if len(names) > 1:
        _scatter(axes, values[:, [place[name] for name in names[:2]]], bad, [sides[name] for name in names[:2]])
        style.key(axes, list(zip(FAILING[fails], (style.VERMILLION, style.SKY), strict=True)), columns=2)
    else:
        _slices(axes, values[:, place[names[0]]], bad, sides[names[0]])
        axes.set_ylabel(FAILS[fails])
    return figure


def _scatter(axes: Axes, values: Floats, bad: Bools, sides: list[list[Limit]]) -> None:
    """Futures by two things, failures in red, the corner shaded; of many futures the first are drawn."""
    drawn = np.arange(len(bad)) < MOST_DOTS
    for where, shade, marker in ((~bad, style.SKY, "o"), (bad, style.VERMILLION, "x")):
        width = 0 if marker == "o" else 1.1
        across, up = values[where & drawn].T
        axes.scatter(across, up, s=16, c=shade, marker=marker, linewidths=width, alpha=0.75)
    spans = [(float(column.min()), float(column.max())) for column in values.T]
    (left, right), (bottom, top) = (_ends(limits, span) for limits, span in zip(sides, spans, strict=True))
    axes.fill_between([left, right], bottom, top, color=style.VERMILLION, alpha=0.1, linewidth=0, zorder=0)
    axes.plot([left, right, right, left, left], [bottom, bottom, top, top, bottom], color=style.VERMILLION, lw=1.4)
    for axis, limits in ((axes.xaxis, sides[0]), (axes.yaxis, sides[1])):
        axis.set_major_formatter(_ticks(limits[0].thing.unit))
        axis.set_label_text(fill(_axis_words(limits[0]), style.AXIS_LENGTH if axis is axes.xaxis else UPRIGHT_LENGTH))


def _slices(axes: Axes, values: Floats, bad: Bools, limits: list[Limit]) -> None:
    """How many of 100 futures fail in each tenth of one thing, with likely ranges; the corner shaded."""
    edges = np.unique(np.quantile(values, np.linspace(0, 1, SLICES + 1)))
    bins = np.clip(np.searchsorted(edges, values, side="right") - 1, 0, len(edges) - 2)
    for b, (start, end) in enumerate(pairwise(edges)):
        if (bins == b).any():
            found, middle = share(bad[bins == b]), (start + end) / 2
            axes.bar(start, 100 * found.value, end - start, align="edge", color=style.SKY, edgecolor="white", lw=1.5)
            axes.plot([middle, middle], [100 * found.low, 100 * found.high], color=style.INK, linewidth=1.4)
    left, right = _ends(limits, (float(edges[0]), float(edges[-1])))
    axes.axvspan(left, right, color=style.VERMILLION, alpha=0.12, linewidth=0, zorder=0)
    axes.set(ylim=(0, None), xlabel=fill(_axis_words(limits[0]), style.AXIS_LENGTH))
    axes.xaxis.set_major_formatter(_ticks(limits[0].thing.unit))
    axes.margins(x=0)


def _ends(limits: list[Limit], span: tuple[float, float]) -> tuple[float, float]:
    """From where to where the corner reaches along one thing."""
    low = max([limit.number for limit in limits if limit.above], default=span[0])
    high = min([limit.number for limit in limits if not limit.above], default=span[1])
    return low, high


def _axis_words(limit: Limit) -> str:
    """A thing as the name of an axis, with its unit where the ticks do not carry it."""
    label, unit = limit.thing.label, limit.thing.unit
    carried = unit in ("", "USD", "ratio") or unit.startswith("share") or unit in label.lower()
    return label if carried else f"{label}, {unit_words(unit)}"


def _ticks(unit: str) -> Callable[[float, float | None], str]:
    """How numbers of a unit stand at an axis."""
    if unit.startswith("USD"):
        return dollars
    return lambda value, _: percent(value) if unit.startswith("share") else f"{value:,.3g}".replace("-", MINUS)


@style.styled
def signpost_dots(study: PlanStudy, post: Signpost) -> Figure:
    """The number to watch in futures that end well and in those that end badly, with the threshold."""
    values, bad = readings(study, post.watched, post.month), study.gain_usd < 0
    low, high = np.quantile(values, EDGE)
    low, high = min(low, post.number), max(high, post.number)
    figure, panels = style.canvas(3.3, 2)
    ends = (
        ("Futures no worse than doing nothing", ~bad, style.BLUE),
        ("Futures worse than doing nothing", bad, style.VERMILLION),
    )
    for axes, (title, where, shade) in zip(panels, ends, strict=True):
        _dots(axes, values[where], (float(low), float(high)), shade)
        axes.set_title(title, pad=4)
        axes.axvline(post.number, color=style.INK, linewidth=1.4, linestyle=style.DASHED)
        acts = (post.number, high + 1e9) if post.above else (low - 1e9, post.number)
        axes.axvspan(*acts, color=style.PALE, alpha=0.45, linewidth=0, zorder=0)
        axes.set_xlim(low - 0.03 * (high - low), high + 0.03 * (high - low))
    style.in_unit(panels[-1].xaxis, post.watched.unit, post.reading)
    panels[-1].locator_params(axis="x", nbins=6)
    return figure


def _dots(axes: Axes, values: Floats, span: tuple[float, float], shade: str) -> None:
    """A row of dots, each for one of fifty equal parts of the futures."""
    low, high = span
    count = min(DOTS, values.size)
    dots = np.clip(np.quantile(values, (np.arange(count) + 0.5) / count), low, high)
    bins = np.clip(((dots - low) / max(high - low, 1e-12) * BINS).astype(np.int64), 0, BINS - 1)
    order = np.arange(dots.size) - np.searchsorted(bins, bins) + 1.0
    axes.scatter(low + (bins + 0.5) * (high - low) / BINS, order, s=33, c=shade, linewidths=0, clip_on=False)
    axes.set(ylim=(0, max(9.0, order.max(initial=0) + 1)), yticks=[])


def _dollar_axis(figure: Figure, axes: Axes, words: str) -> Figure:
    """Write the x axis in dollars."""
    axes.xaxis.set_major_formatter(dollars)
    axes.locator_params(axis="x", nbins=5)
    axes.set_xlabel(words)
    return figure
