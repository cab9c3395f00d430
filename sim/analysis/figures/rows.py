"""Pictures in rows, one number and its likely range each: effects of choices, of factors, and regret."""

from __future__ import annotations

from textwrap import shorten

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.amounts import change, level, per_hundred
from sim.analysis.figures import style

ROW_INCH = 0.62
NOTE_LENGTH = 70


@style.styled
def effect_plot(table: pd.DataFrame, unit: str, label: str, reference: str) -> Figure:
    """Paired differences from the reference, a row per choice of `paired_table`: mean, likely range, how often better.

    A hollow dot means that the likely range (95%) holds zero. A column `note` is written below each row.
    """
    figure, (axes,) = style.canvas(0.75 + _row_inch(True) * len(table))
    style.rows(axes, len(table))
    for row, (choice, one) in enumerate(table.iterrows()):
        _dot(axes, row, (one["mean_low"], one["mean"], one["mean_high"]))
        often = f"better in {per_hundred(one['better_share'])} of 100"
        _note(axes, row, " · ".join(filter(None, (often, one.get("note")))))
        style.row_text(axes, row, str(choice), change(one["mean"], unit))
    _below(axes, unit, f"{label}: difference from “{reference}”")
    return figure


@style.styled
def contrast_plot(table: pd.DataFrame, unit: str, label: str, most: int = 12) -> Figure:
    """Main effects and interactions of `contrasts`, largest first; a hollow dot where the range holds zero.

    What a design cannot tell apart from a row stands below it.
    """
    shown = table.reindex(table["effect"].abs().sort_values(ascending=False, kind="stable").index)[:most]
    figure, (axes,) = style.canvas(0.75 + _row_inch(bool(shown["also"].any())) * len(shown))
    style.rows(axes, len(shown))
    for row, (name, one) in enumerate(shown.iterrows()):
        _dot(axes, row, (one["low"], one["effect"], one["high"]), style.BLUE if one["order"] == 1 else style.PURPLE)
        style.row_text(axes, row, str(name), change(one["effect"], unit))
        _note(axes, row, f"or {one['also']}" if one["also"] else "")
    _below(axes, unit, f"{label}: from the low to the high level")
    if (shown["order"] > 1).any():
        style.key(axes, [("one factor alone", style.BLUE), ("two together", style.PURPLE)], columns=2)
    return figure


@style.styled
def split_plot(table: pd.DataFrame, unit: str, label: str) -> Figure:
    """Which mechanism an effect comes from: the rows of `shapley_table`, the whole effect last and strong."""
    figure, (axes,) = style.canvas(0.75 + ROW_INCH * len(table))
    style.rows(axes, len(table))
    for row, (name, one) in enumerate(table.iterrows()):
        whole = row == len(table) - 1
        axes.barh(row, one["mean"], height=0.3, color=style.INK if whole else style.SKY)
        style.whisker(axes, one["low"], one["high"], row)
        style.row_text(axes, row, str(name), change(one["mean"], unit), strong=whole)
    _below(axes, unit, label)
    return figure


@style.styled
def regret_plot(table: pd.DataFrame, unit: str) -> Figure:
    """Regret of each choice in `robustness`: mean with its likely range as a bar, the worst future as a mark."""
    ordered = table.sort_values("regret_mean", kind="stable")
    figure, (axes,) = style.canvas(1.05 + ROW_INCH * len(ordered))
    style.rows(axes, len(ordered))
    for row, (choice, one) in enumerate(ordered.iterrows()):
        axes.barh(row, one["regret_mean"], height=0.3, color=style.BLUE if row == 0 else style.SKY)
        style.whisker(axes, one["regret_mean_low"], one["regret_mean_high"], row)
        axes.plot([one["regret_worst"]], [row], marker="D", color=style.VERMILLION, markersize=7)
        style.row_text(axes, row, str(choice), level(one["regret_mean"], unit), strong=row == 0)
    style.key(axes, [("on average", style.SKY), ("in the worst future", style.VERMILLION)], columns=2)
    _below(axes, unit, "Given away against the best choice of each future")
    return figure


def _row_inch(notes: bool) -> float:
    """Height of a row, with or without a note below it."""
    return ROW_INCH * (1.25 if notes else 1.0)


def _note(axes: Axes, row: int, text: str) -> None:
    """Small letters below a row."""
    said = shorten(text, NOTE_LENGTH, placeholder=" …")
    axes.text(0, row + 0.28, said, transform=axes.get_yaxis_transform(), va="center", fontsize=9, color=style.GREY)


def _dot(axes: Axes, row: int, found: tuple[float, float, float], shade: str = style.BLUE) -> None:
    """A number with its range; hollow where the range holds zero."""
    low, middle, high = found
    style.whisker(axes, low, high, row)
    hollow = not (low > 0 or high < 0)
    axes.plot([middle], [row], marker="o", markersize=9, color="white" if hollow else shade, mec=shade, mew=2)


def _below(axes: Axes, unit: str, label: str) -> None:
    """The axis below the rows, in its unit."""
    axes.margins(x=0.08)
    axes.locator_params(axis="x", nbins=5)
    style.in_unit(axes.xaxis, unit, label)
    low, high = axes.get_xlim()
    if not np.isfinite(low + high) or low == high:
        axes.set_xlim(-1, 1)
