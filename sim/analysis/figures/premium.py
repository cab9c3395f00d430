"""A map of two factors: which choice wins where, by how much, and where that is not sure."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.analysis.amounts import level
from sim.analysis.figures import style

LUMINANCE = (0.2126, 0.7152, 0.0722)
LIGHT_LETTERS = 0.55  # luminance below which letters are white


@style.styled
def premium_map(cells: pd.DataFrame, labels: tuple[str, str], unit: str, reference: str | None = None) -> Figure:
    """The rows of `premium_cells` as coloured cells with the winner's lead; pale and hatched where it is not sure.

    `labels` name the x and the y factor, with their units. The reference, where it wins, is grey.
    """
    places = [np.unique(cells[side]) for side in ("x", "y")]
    winners = sorted(set(cells["winner"]))
    shades = style.palette(winners, reference)
    figure, (axes,) = style.canvas(1.5 + 0.62 * len(places[1]) + 0.22 * (len(winners) + 1))
    for cell in cells.to_dict("records"):
        at = [int(np.searchsorted(levels, cell[side])) for levels, side in zip(places, ("x", "y"), strict=True)]
        _draw(axes, (at[0], at[1]), shades[cell["winner"]], level(cell["premium"], unit), sure=cell["sure"])
    axes.set(xlim=(-0.5, len(places[0]) - 0.5), ylim=(-0.5, len(places[1]) - 0.5), xlabel=labels[0], ylabel=labels[1])
    axes.set_xticks(range(len(places[0])), [f"{value:g}" for value in places[0]])
    axes.set_yticks(range(len(places[1])), [f"{value:g}" for value in places[1]])
    style.key(axes, [*shades.items(), ("pale and hatched: not sure", style.PALE)])
    return figure


def _draw(axes: Axes, place: tuple[int, int], shade: str, lead: str, *, sure: bool) -> None:
    """One cell, with the lead in letters that can be read on it."""
    corner = (place[0] - 0.5, place[1] - 0.5)
    fill = shade if sure else _pale(shade)
    axes.add_patch(Rectangle(corner, 1, 1, facecolor=fill, edgecolor="white", linewidth=2))
    if not sure:
        axes.add_patch(Rectangle(corner, 1, 1, fill=False, hatch="///", edgecolor=shade, linewidth=0, alpha=0.5))
    dark = sure and float(np.dot(to_rgb(shade), LUMINANCE)) < LIGHT_LETTERS
    axes.text(*place, lead, ha="center", va="center", color="white" if dark else style.INK)


def _pale(shade: str) -> tuple[float, float, float]:
    """The colour, mixed with much white."""
    red, green, blue = (0.25 * part + 0.75 for part in to_rgb(shade))
    return red, green, blue
