"""Pictures over time from tidy frames: columns choice, replicate, month (0 is the first) and value."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.amounts import per_hundred
from sim.analysis.figures import style
from sim.analysis.resample import mean_interval
from sim.analysis.survival import Curve, alive_curve
from sim.arrays import Floats

PERCENTILES = (10, 25, 50, 75, 90)


def by_choice(frame: pd.DataFrame) -> dict[str, Floats]:
    """The values of each choice as (worlds, months kept), choices in the order they appear."""
    return {
        str(choice): part.pivot(index="replicate", columns="month", values="value").to_numpy(dtype=np.float64)
        for choice, part in frame.groupby("choice", sort=False)
    }


@style.styled
def fan(frame: pd.DataFrame, unit: str, label: str, reference: str | None = None) -> Figure:
    """A measure over time: the middle future as a line, half and four fifths of all futures as bands."""
    values = by_choice(frame)
    shades, months = style.palette(list(values), reference), _ends(frame)
    figure, (axes,) = style.canvas(3.4 + 0.22 * len(values))
    for choice, shade in shades.items():
        spread = np.nanpercentile(values[choice], PERCENTILES, axis=0)
        for outer in (0, 1):
            axes.fill_between(months, spread[outer], spread[4 - outer], color=shade, alpha=0.16, linewidth=0)
        axes.plot(months, spread[2], color=shade)
    style.in_unit(axes.yaxis, unit, label)
    _over_months(axes, months, "bands: half, and four fifths, of the futures")
    style.key(axes, list(shades.items()))
    return figure


@style.styled
def survival(frame: pd.DataFrame, reference: str | None = None) -> Figure:
    """Of 100 firms, how many are still open: Kaplan-Meier with 95% bands; `value` is 1 while open, or a share."""
    values = by_choice(frame)
    curves = {choice: alive_curve(alive) for choice, alive in values.items()}
    return _shares(_ends(frame), curves, reference, "Still open, of 100 firms")


@style.styled
def diffusion(frame: pd.DataFrame, reference: str | None = None) -> Figure:
    """Of 100 firms, how many have adopted by each month, with 95% bands; `value` counts purchases so far."""
    values = {choice: (bought > 0).astype(np.float64) for choice, bought in by_choice(frame).items()}
    curves = {choice: _adopted(has) for choice, has in values.items()}
    return _shares(_ends(frame), curves, reference, "Adopted, of 100 firms")


def _adopted(has: Floats) -> Curve:
    """Share of worlds that have it, none at the start."""
    low, high = mean_interval(has)
    return Curve(*(np.concatenate([[0.0], part]) for part in (has.mean(axis=0), low, high)))


def _ends(frame: pd.DataFrame) -> Floats:
    """The months that were kept, by their ends: 1 is the first."""
    return np.unique(frame["month"].to_numpy(dtype=np.float64)) + 1


def _shares(ends: Floats, curves: Mapping[str, Curve], reference: str | None, label: str) -> Figure:
    """Curves of shares with their bands, each named with where it ends."""
    shades = style.palette(list(curves), reference)
    figure, (axes,) = style.canvas(3.2 + 0.22 * len(curves))
    for choice, shade in shades.items():
        months, curve = np.append(0.0, ends), curves[choice]
        axes.fill_between(months, 100 * curve.low, 100 * curve.high, step="post", color=shade, alpha=0.15, linewidth=0)
        axes.step(months, 100 * curve.share, where="post", color=shade)
    lowest, highest = (100 * f([f(c) for c in sides]) for f, sides in (
        (min, [curve.low for curve in curves.values()]), (max, [curve.high for curve in curves.values()]),
    ))  # fmt: skip
    axes.set(ylim=(max(0.0, lowest - 6), min(101.0, highest + 6)), ylabel=label)
    _over_months(axes, ends, "bands: likely range (95%)")
    reached = [(f"{per_hundred(float(curves[name].share[-1]))} · {name}", shade) for name, shade in shades.items()]
    style.key(axes, reached)
    return figure


def _over_months(axes: Axes, months: Floats, note: str) -> None:
    """The axis of months, with a note on how to read the picture."""
    axes.set(xlim=(0, float(months[-1])), xlabel=f"Months since the start\n{note}")
