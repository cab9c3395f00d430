"""A picture of the hours the tools freed and of what became of them."""

from __future__ import annotations

from matplotlib.figure import Figure

from sim.analysis.amounts import change
from sim.analysis.figures import style
from sim.analysis.people import Hours, sides


@style.styled
def hours_bars(found: Hours) -> Figure:
    """Where hours came from and, below, what they were used for; whiskers are likely ranges."""
    sources, uses = sides(found)
    bars = [*sources, *uses]
    figure, (axes,) = style.canvas(0.75 + 0.62 * len(bars))
    style.rows(axes, len(bars))
    for row, bar in enumerate(bars):
        axes.barh(row, bar.mean, height=0.3, color=style.BLUE if row < len(sources) else style.SKY)
        style.whisker(axes, bar.low, bar.high, row)
        style.row_text(axes, row, bar.label, change(bar.mean, "hours/month"), strong=row == 0)
    axes.margins(x=0.08)
    axes.locator_params(axis="x", nbins=6)
    axes.set_xlabel("Hours a month, last year, while open in both")
    style.key(axes, [("where hours came from", style.BLUE), ("what they were used for", style.SKY)], columns=2)
    return figure
