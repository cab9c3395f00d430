"""Estimates with their likely ranges: dots in rows, and curves over something that was varied.

Choices differ in colour and in the shape of their mark, so that they are told apart in grey as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.transforms import ScaledTranslation

from sim.analysis.figures import style

MARKS = ("o", "s", "^", "D", "v", "P", "X")
TIMES = (0.1, 0.2, 0.5, 1, 2, 3, 5, 10, 20, 50)
SHORT_WORDS = 24
DOT_INCH, HEAD_INCH = 0.17, 0.36


@dataclass(frozen=True)
class Scale:
    """An axis: unit, words, whether it is even in ratios, its ends, and words for places on it.

    `lines` are marked by a dashed line each, `ticks` stand in for the numbers along the axis.
    """

    unit: str
    label: str
    ratios: bool = False
    lines: Mapping[float, str] = field(default_factory=dict)
    ends: tuple[float, float] | None = None
    ticks: Mapping[float, str] = field(default_factory=dict)


@style.styled
def dots_in_rows(frame: pd.DataFrame, scale: Scale, shades: Mapping[str, str]) -> Figure:
    """A row for each `row` of the frame, in it a dot with its range (low, value, high) for each `choice`.

    `shades` gives the choices their colours, in the order in which they stand in a row. What lies beyond the ends of
    the scale is cut off there.
    """
    names = list(dict.fromkeys(frame["row"]))
    step, rows = DOT_INCH * len(shades) + HEAD_INCH, len(names)
    figure, (axes,) = style.canvas(step * rows + 1.05 + 0.23 * _key_rows(shades))
    axes.set_ylim(step * rows, 0)
    axes.set_yticks([])
    for place, name in enumerate(names):
        top = step * place
        axes.text(0, top + 0.17, name, transform=axes.get_yaxis_transform(), va="center",
                  fontweight="bold", bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0})  # fmt: skip
        axes.axhline(top, color=style.PALE, linewidth=0.8)
        own = frame[frame["row"] == name].set_index("choice")
        for number, choice in enumerate(shades):
            if choice in own.index:
                at = top + HEAD_INCH + DOT_INCH * number
                _mark(axes, own.loc[choice], at, shades[choice], MARKS[number % len(MARKS)])
    _along(axes, scale)
    _key(axes, shades)
    return figure


def _mark(axes: Axes, one: pd.Series, at: float, shade: str, mark: str) -> None:
    """One dot with its range."""
    if np.isfinite(one["value"]):
        high = one["high"] if np.isfinite(one["high"]) else 1e9
        axes.plot([one["low"], high], [at, at], color=shade, linewidth=2.0, alpha=0.75)
        axes.plot([one["value"]], [at], marker=mark, markersize=7.5, color=shade, mec="white", mew=0.6)


@style.styled
def curves_with_bands(
    frame: pd.DataFrame, panels: Sequence[Scale], x: Scale, shades: Mapping[str, Mapping[str, str]]
) -> Figure:
    """Panels below one another over the same `x`; in each a curve with its band (low, high) for each `choice`.

    The frame has columns panel (the label of its scale), choice, x, value, low and high; `shades` gives every panel
    its choices with their colours.
    """
    heads = sum(map(_key_rows, shades.values()))
    figure, every = style.canvas(2.35 * len(panels) + 0.23 * heads + 0.5, len(panels))
    for axes, scale in zip(every, panels, strict=True):
        own = frame[frame["panel"] == scale.label]
        for number, (choice, shade) in enumerate(shades[scale.label].items()):
            part = own[own["choice"] == choice].sort_values("x")
            where, high = part["x"].to_numpy(np.float64), part["high"].replace(np.inf, 1e9)
            axes.fill_between(where, part["low"], high, color=shade, alpha=0.16, linewidth=0)
            axes.plot(where, part["value"], color=shade, marker=MARKS[number % len(MARKS)], markersize=6.5)
        _levels(axes, scale)
        _key(axes, shades[scale.label])
    style.in_unit(every[-1].xaxis, x.unit, x.label)
    if x.ticks:
        every[-1].set_xticks(list(x.ticks), list(x.ticks.values()))
    return figure


def _levels(axes: Axes, scale: Scale) -> None:
    """The upright axis of a panel, with its marked values."""
    if scale.ratios:
        axes.set_yscale("log")
        _ratios(axes.yaxis, scale)
    if scale.ends:
        axes.set_ylim(*scale.ends)
    for value, words in scale.lines.items():
        axes.axhline(value, color=style.GREY, linewidth=1.2, linestyle=style.DASHED, zorder=0)
        axes.annotate(words, (1, value), xycoords=("axes fraction", "data"), xytext=(0, 3), ha="right",
                      textcoords="offset points", fontsize=style.SMALL, color=style.GREY)  # fmt: skip
    style.in_unit(axes.yaxis, scale.unit, scale.label)


def _along(axes: Axes, scale: Scale) -> None:
    """The level axis below the rows; the words of marked values stand at their foot."""
    if scale.ratios:
        axes.set_xscale("log")
        _ratios(axes.xaxis, scale)
    if scale.ends:
        axes.set_xlim(*scale.ends)
    for value, words in scale.lines.items():
        axes.axvline(value, color=style.GREY, linewidth=1.2, linestyle=style.DASHED, zorder=0)
        axes.annotate(words, (value, 0), xycoords=("data", "axes fraction"), xytext=(3, 3), ha="left",
                      textcoords="offset points", fontsize=style.SMALL, color=style.GREY)  # fmt: skip
    style.in_unit(axes.xaxis, scale.unit, scale.label)


def _ratios(axis: Axis, scale: Scale) -> None:
    """Ticks of an axis that is even in ratios: 0.5, 1, 2, 3, 5, 10 and so on, as far as it goes."""
    low, high = scale.ends or (-np.inf, np.inf)
    axis.set_ticks([tick for tick in TIMES if low <= tick <= high])
    axis.set_major_formatter(lambda value, _: f"{value:g}")
    axis.set_ticks([], minor=True)


def _columns(shades: Mapping[str, str]) -> int:
    """Entries of the key side by side: two where their words are short."""
    return 2 if max(map(len, shades)) <= SHORT_WORDS else 1


def _key_rows(shades: Mapping[str, str]) -> int:
    return -(-len(shades) // _columns(shades))


def _key(axes: Axes, shades: Mapping[str, str]) -> None:
    """What the marks stand for, above the axes."""
    columns, figure = _columns(shades), axes.figure
    for place, (choice, shade) in enumerate(shades.items()):
        row, column = divmod(place, columns)
        up, at = 12 + 16 * (_key_rows(shades) - 1 - row), (column / columns, 1.0)
        beside = axes.transAxes + ScaledTranslation(6 / 72, up / 72, figure.dpi_scale_trans)
        axes.plot(*([part] for part in at), marker=MARKS[place % len(MARKS)], markersize=7, color=shade, clip_on=False,
                  linestyle="none", transform=beside)  # fmt: skip
        axes.annotate(choice, at, xytext=(16, up), xycoords="axes fraction", va="center",
                      textcoords="offset points", fontsize=style.SMALL, annotation_clip=False)  # fmt: skip
