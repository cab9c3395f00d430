"""A sweep in the terminal: one row per point, each arm's difference from the reference in one measure."""

from __future__ import annotations

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from sim.analysis.amounts import MINUS, NONE, change, change_range, level
from sim.analysis.screen import screen
from sim.design import Design
from sim.observe.metrics import METRICS

MAIN = "owner_value_usd"
MOST_ROWS = 32
ALPHA = 0.05
DRAWN = ("latin_hypercube", "sobol")
SCREEN_LEGEND = (
    "Rank correlation over the points, −1 to +1: does more of the factor go with a larger difference? * where chance "
    "alone would rarely do (5%, adjusted over all). Every point is in effects.csv."
)
LEGEND = (
    "Mean difference in the same futures, with its likely range (95%); * where the range leaves zero out. "
    "One and the same luck at every point."
)


def print_effects(design: Design, effects: pd.DataFrame, console: Console) -> None:
    """Print the effects on the main measure, or on the first one kept."""
    if effects.empty:
        console.print("No future is complete yet, so there is nothing to show.", highlight=False)
        return
    names = list(dict.fromkeys(effects["metric"]))
    metric = MAIN if MAIN in names else names[0]
    if design.file.design.kind in DRAWN:
        console.print(_screen(design, screen(design, effects, metric), METRICS[metric].label))
        console.print(SCREEN_LEGEND, style="dim", highlight=False)
        return
    shown = effects[effects["metric"] == metric]
    console.print(_table(design, shown))
    points = len(shown) // max(len(design.file.arms) - 1, 1)
    if points > MOST_ROWS:
        console.print(f"The first {MOST_ROWS} of {points} points; all of them in effects.csv.", highlight=False)
    console.print(LEGEND, style="dim", highlight=False)


def _screen(design: Design, found: pd.DataFrame, label: str) -> Table:
    """Factors by how strongly they move the difference of any arm, the strongest first."""
    labels = {arm.name: arm.label for arm in design.cells[0].arms}
    title = f"{design.file.title}: what moves the difference from “{labels[design.reference]}” in: {label}"
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Factor")
    for arm in design.file.arms[1:]:
        table.add_column(labels[arm], justify="right")
    strength = found.groupby("factor", sort=False)["rank_correlation"].apply(lambda column: column.abs().max())
    for name in strength.sort_values(ascending=False, kind="stable").index:
        rows = found[found["factor"] == name]
        table.add_row(name.replace("_", " "), *(_correlation(row) for _, row in rows.iterrows()))
    return table


def _correlation(row: pd.Series) -> str:
    """A rank correlation with a true minus sign; a star where chance is not enough."""
    if pd.isna(row["rank_correlation"]):
        return NONE
    return f"{row['rank_correlation']:+.2f}{'*' if row['p_holm'] < ALPHA else ''}".replace("-", MINUS)


def _table(design: Design, shown: pd.DataFrame) -> Table:
    """Factors on the left, one column per arm on the right."""
    file, metric = design.file, METRICS[shown["metric"].iloc[0]]
    labels = {arm.name: arm.label for arm in design.cells[0].arms}
    place = [
        *(["scenario"] if len(file.scenarios) > 1 else []), *(factor.name for factor in file.factor),
        *(["assignment"] if len(file.assignments) > 1 else []),
    ]
    title = f"{file.title}: {metric.label}, the difference from “{labels[design.reference]}”"
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for name in place:
        table.add_column(name.replace("_", " "))
    table.add_column("Futures", justify="right")
    for arm in (design.reference, *file.arms[1:]):
        table.add_column(labels[arm], justify="right")
    points = shown.groupby(["scenario", *_factors(design), "assignment"], sort=False, dropna=False)
    for _, rows in list(points)[:MOST_ROWS]:
        first = rows.iloc[0]
        table.add_row(
            *("" if first[name] is None else str(first[name]) for name in place), f"{first['worlds']}",
            level(first["reference_mean"], metric.unit), *(_cell(row, metric.unit) for _, row in rows.iterrows()),
        )
    return table


def _factors(design: Design) -> list[str]:
    return [factor.name for factor in design.file.factor]


def _cell(row: pd.Series, unit: str) -> str:
    """A difference, marked where its range leaves zero out, over its range."""
    sure = "*" if row["low"] > 0 or row["high"] < 0 else ""
    return f"{change(row['mean'], unit)}{sure}\n{change_range(row['low'], row['high'], unit)}"
