"""A sweep in the terminal: one row per point, each arm's difference from the reference in one measure."""

from __future__ import annotations

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from sim.analysis.amounts import change, change_range, level
from sim.design import Design
from sim.observe.metrics import METRICS

MAIN = "owner_value_usd"
MOST_ROWS = 32
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
    shown = effects[effects["metric"] == (MAIN if MAIN in names else names[0])]
    console.print(_table(design, shown))
    points = len(shown) // max(len(design.file.arms) - 1, 1)
    if points > MOST_ROWS:
        console.print(f"The first {MOST_ROWS} of {points} points; all of them in effects.csv.", highlight=False)
    console.print(LEGEND, style="dim", highlight=False)


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
