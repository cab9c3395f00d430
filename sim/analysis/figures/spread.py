"""Pictures of spread: what a return can come to, and which uncertain number moves the answer most."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.amounts import change, per_hundred, percent
from sim.analysis.figures import style
from sim.arrays import Floats

DOTS = 50
MOST_BARS = 10
SUMMED_UP = (10, 50, 90)


@style.styled
def return_spread(frame: pd.DataFrame, hurdle: float, label: str = "Return a year on each dollar spent") -> Figure:
    """Returns per year, a row of dots per choice: each dot stands for the same number of futures, nothing is cut away.

    `frame` has columns choice, replicate and value (a share a year; NaN where nothing was spent). Below the dots: the
    range of four fifths of the futures and the middle one. The dashed line is the return asked for.
    """
    groups = {str(choice): part.to_numpy(np.float64) for choice, part in frame.groupby("choice", sort=False)["value"]}
    figure, (axes,) = style.canvas(1.0 + 0.95 * len(groups))
    style.rows(axes, len(groups))
    low, high = _span(np.concatenate(list(groups.values())), hurdle)
    for row, (choice, values) in enumerate(groups.items()):
        _dots(axes, row, values[np.isfinite(values)], (low, high, hurdle))
        reached = float((values >= hurdle).mean())
        axes.plot([hurdle, hurdle], [row - 0.2, row + 0.34], color=style.GREEN, linestyle=style.DASHED, linewidth=1.4)
        style.row_text(axes, row - 0.06, choice, f"{per_hundred(reached)} of 100 reach {percent(hurdle)}")
    axes.set_xlim(low - 0.03 * (high - low), high + 0.03 * (high - low))
    axes.locator_params(axis="x", nbins=6)
    style.in_unit(axes.xaxis, "share", f"{label}\nline below the dots: four fifths of the futures")
    return figure


@style.styled
def tornado(frame: pd.DataFrame, unit: str, label: str, middle: float, luck: float | None = None) -> Figure:
    """What moves the answer away from its `middle`: a row per uncertain number, largest swing first.

    `frame` has columns name, at_low, at_high (the mean outcome with the number at either end), and optionally
    `at_low_low`, `at_low_high`, `at_high_low`, `at_high_high` (their 95% bounds). `luck` is the share of the variance
    that no number explains.
    """
    swing = (frame["at_high"] - frame["at_low"]).abs()
    shown = frame.loc[swing.sort_values(ascending=False, kind="stable").index][:MOST_BARS]
    figure, (axes,) = style.canvas(1.1 + 0.62 * len(shown))
    style.rows(axes, len(shown))
    axes.axvline(middle, color=style.GREY, linewidth=1.2, zorder=0)
    for row, one in enumerate(shown.to_dict("records")):
        for end, shade in (("at_low", style.ORANGE), ("at_high", style.BLUE)):
            axes.barh(row, one[end] - middle, left=middle, height=0.3, color=shade)
            if f"{end}_low" in one:
                style.whisker(axes, one[f"{end}_low"], one[f"{end}_high"], row)
        style.row_text(axes, row, str(one["name"]), change(one["at_high"] - one["at_low"], unit))
    axes.margins(x=0.06)
    axes.locator_params(axis="x", nbins=5)
    note = "" if luck is None else f"\n{per_hundred(luck)} of 100 parts of the variation are luck"
    style.in_unit(axes.xaxis, unit, label + note)
    style.key(axes, [("number at its low end", style.ORANGE), ("at its high end", style.BLUE)], columns=2)
    return figure


def _dots(axes: Axes, row: int, known: Floats, marks: tuple[float, float, float]) -> None:
    """The dots of one choice, coloured by what they mean to the owner, and the line that sums them up."""
    low, high, hurdle = marks
    if not known.size:
        return
    dots = np.clip(np.quantile(known, (np.arange(DOTS) + 0.5) / DOTS), low, high)
    shades = np.select([dots < 0, dots < hurdle], [style.VERMILLION, style.SKY], style.GREEN)
    axes.scatter(dots, row + 0.1 - _pile(dots, high - low), s=20, c=shades, linewidths=0)
    least, middle, most = np.clip(np.percentile(known, SUMMED_UP), low, high)
    style.whisker(axes, float(least), float(most), row + 0.22)
    axes.plot([middle], [row + 0.22], marker="D", color=style.INK, markersize=5)


def _span(values: Floats, hurdle: float) -> tuple[float, float]:
    """A range that holds nearly all values, zero and the hurdle; the rest is drawn at its ends."""
    known = np.append(values[np.isfinite(values)], [0.0, hurdle])
    return min(float(np.quantile(known, 0.02)), 0.0), max(float(np.quantile(known, 0.98)), hurdle)


def _pile(dots: Floats, width: float) -> Floats:
    """Heights that keep sorted dots from hiding one another: those in one narrow column are piled up."""
    column = np.floor((dots - dots.min()) / (0.022 * width + 1e-12)).astype(np.int64)
    place = np.arange(len(dots)) - np.searchsorted(column, column)
    return place * min(0.055, 0.4 / max(place.max(), 1))
