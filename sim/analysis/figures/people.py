"""A picture of the hours the tools freed and of what became of them."""

from __future__ import annotations

from matplotlib.figure import Figure

from sim.analysis.amounts import change
from sim.analysis.figures import style
from sim.analysis.people import Hours


@style.styled
def hours_bars(found: Hours) -> Figure:
    """Hours freed at the top and, below, the uses that add up to them; whiskers are likely ranges."""
    bars = [found.freed, *found.uses]
    figure, (axes,) = style.canvas(0.45 + 0.62 * len(bars))
    style.rows(axes, len(bars))
    for row, bar in enumerate(bars):
        axes.barh(row, bar.mean, height=0.3, color=style.SKY if row else style.BLUE)
        style.whisker(axes, bar.low, bar.high, row)
        style.row_text(axes, row, bar.label, change(bar.mean, "hours/month"), strong=row == 0)
    axes.margins(x=0.08)
    axes.locator_params(axis="x", nbins=6)
    axes.set_xlabel("Hours a month, last year")
    return figure
