"""What the automation itself earned, as dots: each stands for the same number of possible futures.

Dots can be counted, which most readers find easier than a density (Kay and others 2016, quantile dot plots).
"""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.amounts import percent
from sim.analysis.comparison import Comparison
from sim.analysis.figures import style
from sim.analysis.returns import Earned
from sim.arrays import Floats

DOTS = 50
BINS = 44
NAME_ROOM = 0.33  # share of the width that the name of the return asked for needs


@style.styled
def earned_dots(comparison: Comparison, earned: dict[str, Earned]) -> Figure:
    """Return per year on each dollar spent, a row of dots per choice, with zero and the return asked for."""
    hurdle = comparison.hurdle_year
    shown = {arm: _quantiles(found.return_year) for arm, found in earned.items()}
    span = _span(shown, hurdle)
    figure, panels = style.canvas(0.75 + 1.3 * len(earned), len(earned))
    for axes, (arm, dots) in zip(panels, shown.items(), strict=True):
        _dots(axes, dots, span, hurdle)
        _average(axes, earned[arm], span)
        axes.set_title(comparison.label(arm), pad=4)
    _asked_for(panels[0], span, hurdle)
    panels[-1].set_xlabel("Return a year on each dollar spent")
    panels[-1].xaxis.set_major_formatter(lambda value, _: percent(value))
    panels[-1].locator_params(axis="x", nbins=6)
    return figure


def _quantiles(return_year: Floats) -> Floats:
    """The dots of one choice: evenly spread quantiles over the futures in which something was spent."""
    known = return_year[np.isfinite(return_year)]
    count = round(DOTS * known.size / return_year.size)
    return np.quantile(known, (np.arange(count) + 0.5) / count) if count else np.empty(0)


def _span(shown: dict[str, Floats], hurdle: float) -> tuple[float, float]:
    """An x range that holds nearly all dots, zero and the hurdle; dots outside are drawn at its edge."""
    every = np.concatenate([*shown.values(), [0.0, hurdle]])
    low = min(float(np.quantile(every, 0.03)), 0.0)
    high = max(float(np.quantile(every, 0.97)), hurdle)
    room = 0.06 * (high - low)
    return low - room, high + room


def _dots(axes: Axes, dots: Floats, span: tuple[float, float], hurdle: float) -> None:
    """Stack the dots in narrow bins, coloured by what they mean to the owner."""
    low, high = span
    bins = np.clip(((dots - low) / (high - low) * BINS).astype(np.int64), 0, BINS - 1)
    order = np.arange(dots.size) - np.searchsorted(bins, bins) + 1.0
    meaning = [dots < 0, dots == 0, dots < hurdle]
    shades = np.select(meaning, [style.VERMILLION, style.GREY, style.BLUE], style.GREEN)
    places = low + (bins + 0.5) * (high - low) / BINS
    axes.scatter(places, order, s=33, c=shades, linewidths=0, clip_on=False)
    axes.axvline(0, color=style.INK, linewidth=1.2, zorder=0)
    axes.axvline(hurdle, color=style.GREEN, linewidth=1.2, linestyle=style.DASHED, zorder=0)
    axes.set(xlim=span, ylim=(-0.8, max(10.0, order.max(initial=0) + 1)), yticks=[])
    if not dots.size:
        axes.set_ylabel("nothing spent")


def _average(axes: Axes, found: Earned, span: tuple[float, float]) -> None:
    """The return over all futures together with its likely range, under the dots."""
    if np.isfinite(found.pooled_year + found.low + found.high):
        low, middle, high = np.clip((found.low, found.pooled_year, found.high), *span)
        style.whisker(axes, float(low), float(high), -0.15)
        axes.plot([middle], [-0.15], marker="D", color=style.INK, markersize=5)


def _asked_for(axes: Axes, span: tuple[float, float], hurdle: float) -> None:
    """Name the line of the return that owners ask for, to its right where there is room."""
    side = 1 if hurdle < span[1] - NAME_ROOM * (span[1] - span[0]) else -1
    axes.annotate(
        f"owners ask for {percent(hurdle)}",
        (hurdle, 1),
        xycoords=("data", "axes fraction"),
        xytext=(5 * side, -4),
        textcoords="offset points",
        ha="left" if side > 0 else "right",
        va="top",
        fontsize=style.SMALL,
        color=style.GREEN,
        bbox=style.HALO,
    )
