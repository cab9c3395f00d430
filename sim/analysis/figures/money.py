"""Pictures of money: the till over time, from forecast to outcome, and what each choice was worth."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.amounts import change, level
from sim.analysis.bridge import Bridge
from sim.analysis.comparison import Comparison
from sim.analysis.effects import Effects
from sim.analysis.figures import style
from sim.analysis.till import Till, till
from sim.arrays import Floats

FAN = (10, 25, 50, 75, 90)


@style.styled
def cash_fan(comparison: Comparison, arm: str) -> Figure:
    """Cash over time under a choice and the reference, with the overdraft line and the lowest point."""
    figure, (axes,) = style.canvas(3.9)
    months = np.arange(1.0, comparison.months + 1)
    pair = {name: style.colour(comparison, name) for name in (arm, comparison.reference.name)}
    for name, shade in reversed(pair.items()):
        fan = np.percentile(comparison.series[name]["cash_usd"], FAN, axis=0)
        axes.fill_between(months, fan[0], fan[4], color=shade, alpha=0.18, linewidth=0)
        axes.fill_between(months, fan[1], fan[3], color=shade, alpha=0.18, linewidth=0)
        axes.plot(months, fan[2], color=shade)
    _overdraft(axes, months, comparison.series[arm]["overdraft_limit_usd"])
    _trough(axes, till(comparison, arm), pair[arm], comparison.months)
    axes.set(xlim=(1, comparison.months), xlabel="Months since the start", ylabel="Money in the till, dollars")
    axes.yaxis.set_major_formatter(style.dollars)
    style.key(axes, [(comparison.label(name), shade) for name, shade in pair.items()])
    return figure


def _overdraft(axes: Axes, months: Floats, limit_usd: Floats) -> None:
    """The line below which the bank stops paying, for the middle firm among those that have one."""
    limit = -np.abs(np.median(limit_usd, axis=0))
    if not limit.any():
        return
    drawn = np.where(limit < 0, limit, np.nan)
    axes.plot(months, drawn, color=style.VERMILLION, linewidth=1.4, linestyle=style.DASHED)
    axes.annotate(
        "the overdraft ends here",
        (float(months[-1]), float(np.nanmin(drawn))),
        xytext=(0, 4),
        textcoords="offset points",
        ha="right",
        va="bottom",
        fontsize=style.SMALL,
        color=style.VERMILLION,
        bbox=style.HALO | {"alpha": 0.75},
    )


def _trough(axes: Axes, worst: Till, shade: str, months: int) -> None:
    """The lowest point of the till at any time: its middle depth and month, and the depth of the worst ten of 100.

    Each future has its lowest point in a month of its own, so the middle one lies below the line of the middle future.
    """
    month = worst.usual_month
    deep, middle = np.percentile(worst.lowest_usd, (10, 50))
    side = -1 if month > months / 2 else 1
    axes.plot([month, month], [deep, middle], color=shade, linewidth=1.4)
    axes.plot([month], [middle], marker="o", markersize=7, color="white", mec=shade, mew=2)
    axes.annotate(
        f"half of the futures fall to\n{level(float(middle), 'USD')} or less at some time",
        (month, float(middle)),
        xytext=(9 * side, -10),
        textcoords="offset points",
        ha="left" if side > 0 else "right",
        va="top",
        fontsize=style.SMALL,
        bbox=style.HALO | {"alpha": 0.75},
    )


@style.styled
def bridge_steps(found: Bridge) -> Figure:
    """From the expected gain, step by step, to what the owner gained; whiskers are likely ranges of each step."""
    steps = [found.forecast, *found.crossed, found.gain]
    figure, (axes,) = style.canvas(0.35 + 0.52 * len(steps))
    style.rows(axes, len(steps))
    reached_usd = 0.0
    for row, step in enumerate(steps):
        total = row in (0, len(steps) - 1)
        start = 0.0 if total else reached_usd
        gain = style.GREEN if step.mean >= 0 else style.VERMILLION
        axes.barh(row, step.mean, left=start, height=0.3, color=style.INK if total else gain, alpha=0.85)
        style.whisker(axes, start + step.low, start + step.high, row)
        style.row_text(axes, row, step.label, change(step.mean, "USD"), strong=total)
        reached_usd = start + step.mean
        if step is not found.gain:
            axes.plot([reached_usd] * 2, [row, row + 1], color=style.PALE, linewidth=1.4, zorder=0)
    return _in_dollars(figure, axes)


@style.styled
def worth_effects(comparison: Comparison, found: Effects) -> Figure:
    """What each choice added to the owner's worth against the reference, with its likely range."""
    figure, (axes,) = style.canvas(0.45 + 0.62 * len(comparison.choices))
    style.rows(axes, len(comparison.choices))
    for row, arm in enumerate(comparison.choices):
        gap = found.differences[arm.name, comparison.reference.name, "owner_value_usd"]
        style.whisker(axes, gap.low, gap.high, row)
        axes.plot([gap.mean], [row], marker="o", markersize=9, color=style.colour(comparison, arm.name))
        style.row_text(axes, row, arm.label, change(gap.mean, "USD"), strong=arm is comparison.main)
    return _in_dollars(figure, axes)


def _in_dollars(figure: Figure, axes: Axes) -> Figure:
    """Write the axis in dollars."""
    axes.xaxis.set_major_formatter(style.dollars)
    axes.locator_params(axis="x", nbins=5)
    axes.margins(x=0.08)
    axes.set_xlabel("Dollars of today")
    return figure
