"""Pictures over time: firms still open, money back or never, and what held the firm back."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.lib.stride_tricks import sliding_window_view

from sim.analysis.amounts import per_hundred
from sim.analysis.comparison import Comparison
from sim.analysis.figures import style
from sim.analysis.payback import payback_month, payback_shares
from sim.analysis.stages import BINDING
from sim.analysis.survival import open_share
from sim.arrays import Floats

STAGE_COLOURS = {
    9: style.PALE, 1: style.BLUE, 0: style.ORANGE, 2: style.GREEN, 3: style.PURPLE, 4: style.SKY,
    8: style.YELLOW, 5: style.VERMILLION, 6: "#8a6d3b", 7: "#7a5ea8", -1: "#3a4149",
}  # fmt: skip
PAYBACK_COLOURS = {
    "in year 1": "#08519c", "in year 2": "#3182bd", "in year 3": "#6baed6", "later": "#c6dbef",
    "never": style.VERMILLION, "nothing spent": style.PALE,
}  # fmt: skip
DARK = {"#08519c", "#3182bd", "#3a4149", "#8a6d3b", "#7a5ea8", style.BLUE, style.GREEN, style.VERMILLION}
ROOM = 0.09  # share of the axis a name needs in height


@style.styled
def open_firms(comparison: Comparison) -> Figure:
    """Of 100 firms, how many are still open as months go by, with the likely range of the main pair."""
    figure, (axes,) = style.canvas(3.0 + 0.2 * len(comparison.arms))
    months = np.arange(comparison.months + 1)
    curves = {arm: open_share(comparison, arm.name) for arm in comparison.arms}
    for arm in sorted(curves, key=lambda arm: arm is comparison.main):
        curve, shade = curves[arm], style.colour(comparison, arm.name)
        axes.step(months, 100 * curve.share, where="post", color=shade)
        if arm in (comparison.main, comparison.reference):
            band = 100 * curve.low, 100 * curve.high
            axes.fill_between(months, *band, step="post", color=shade, alpha=0.15, linewidth=0)
    lowest = min(float(curve.low.min()) for curve in curves.values())
    axes.set(xlim=(0, comparison.months), ylim=(max(0.0, 100 * lowest - 6), 101))
    axes.set(xlabel="Months since the start", ylabel="Still open, of 100 firms")
    ends = {arm: per_hundred(float(curve.share[-1])) for arm, curve in curves.items()}
    named = [(f"{end} · {arm.label}", style.colour(comparison, arm.name)) for arm, end in ends.items()]
    style.key(axes, named)
    return figure


@style.styled
def payback_bars(comparison: Comparison) -> Figure:
    """When the money was back, of 100 possible futures, a bar per choice; "never" is part of the bar."""
    figure, (axes,) = style.canvas(1.15 + 0.68 * len(comparison.choices))
    style.rows(axes, len(comparison.choices))
    shares = {arm: payback_shares(payback_month(comparison, arm.name)) for arm in comparison.choices}
    for row, (arm, parts) in enumerate(shares.items()):
        _stacked_bar(axes, row, parts)
        style.row_text(axes, row, arm.label, strong=arm is comparison.main)
    axes.set(xlim=(0, 100), xlabel="Of 100 possible futures")
    seen = [name for name in PAYBACK_COLOURS if any(parts[name] > 0 for parts in shares.values())]
    style.key(axes, [(name, PAYBACK_COLOURS[name]) for name in seen], columns=3)
    return figure


def _stacked_bar(axes: Axes, row: int, parts: dict[str, float]) -> None:
    """One bar of parts of 100, each with its number where there is room."""
    start = 0.0
    for name, share in parts.items():
        shade = PAYBACK_COLOURS[name]
        axes.barh(row, 100 * share, left=start, height=0.4, color=shade, edgecolor="white", linewidth=1)
        if share >= 0.06:
            axes.text(start + 50 * share, row, per_hundred(share), ha="center", va="center", color=_ink(shade))
        start += 100 * share


@style.styled
def bottleneck_shares(comparison: Comparison, arm: str) -> Figure:
    """What held the firm back, of 100 firms, by month: the choice above, the reference below."""
    figure, panels = style.canvas(5.6, 2)
    thin: dict[str, str] = {}
    for axes, name in zip(panels, (arm, comparison.reference.name), strict=True):
        thin |= _layers(axes, binding_shares(comparison.series[name]["bottleneck"]))
        axes.set(xlim=(1, comparison.months), ylim=(0, 100), ylabel="Of 100 firms")
        axes.set_title(comparison.label(name))
    if thin:
        rows = (len(thin) + 2) // 3
        panels[0].set_title(comparison.label(arm), pad=8 + 16 * rows)
        style.key(panels[0], list(thin.items()), columns=3)
    panels[-1].set_xlabel("Months since the start")
    return figure


def binding_shares(bottleneck: Floats) -> dict[int, Floats]:
    """Share of worlds held back by each cause in each month, (months,) by code, in the order of stacking."""
    codes = np.rint(bottleneck)
    return {code: (codes == code).mean(axis=0) for code in STAGE_COLOURS if (codes == code).any()}


def _layers(axes: Axes, shares: dict[int, Floats]) -> dict[str, str]:
    """Stack the shares, write names where there is room and return the rest as {name: colour} for a key."""
    rest: dict[str, str] = {}
    base = np.zeros_like(next(iter(shares.values())))
    months = np.arange(1, base.size + 1)
    for code, share in shares.items():
        shade, name = STAGE_COLOURS[code], BINDING[code]
        top = base + share
        axes.fill_between(months, 100 * base, 100 * top, color=shade, edgecolor="white", linewidth=0.5)
        place, low, high = _widest(base, top, len(name))
        if high - low >= ROOM:
            height = 50 * (low + high)
            axes.text(months[place], height, name, ha="center", va="center", color=_ink(shade))
        else:
            rest[name] = shade
        base = top
    return rest


def _widest(base: Floats, top: Floats, letters: int) -> tuple[int, float, float]:
    """Where a name of so many letters fits best between two lines: its month, and the room there."""
    reach = min(max(round(base.size * letters / 70), 1), (base.size - 1) // 2)
    low = sliding_window_view(base, 2 * reach + 1).max(axis=1)
    high = sliding_window_view(top, 2 * reach + 1).min(axis=1)
    best = int((high - low).argmax())
    return best + reach, float(low[best]), float(high[best])


def _ink(shade: str) -> str:
    """White on dark colours, ink on light ones."""
    return "white" if shade in DARK else style.INK
