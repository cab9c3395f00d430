"""Months counted from the day a project went to work: the trouble of settling in, and what comes after it."""

from __future__ import annotations

from matplotlib.figure import Figure

from sim.analysis.comparison import Comparison
from sim.analysis.figures import style
from sim.analysis.golive import SHOWN, around_go_live

FULL = 100.0


@style.styled
def go_live(comparison: Comparison, arm: str) -> Figure:
    """What changed against the reference by month since the first go-live, with likely ranges."""
    figure, panels = style.canvas(2.0 + 1.75 * len(SHOWN), len(SHOWN))
    for axes, (metric, (title, unit)) in zip(panels, SHOWN.items(), strict=True):
        found = around_go_live(comparison, arm, metric)
        scale = FULL if unit == "points" else 1.0
        axes.axhline(0.0, color=style.PALE, linewidth=1.4, zorder=0)
        axes.axvline(0.0, color=style.INK, linewidth=1.2, linestyle=style.DASHED, zorder=0)
        band = scale * found.low, scale * found.high
        axes.fill_between(found.months, *band, color=style.BLUE, alpha=0.18, linewidth=0)
        axes.plot(found.months, scale * found.mean, color=style.BLUE)
        axes.set_title(title)
        axes.set_ylabel(unit)
    panels[-1].set_xlabel("Months since the project went to work")
    return figure
