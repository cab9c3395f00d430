"""The comparison in the terminal: the sentence, then each choice against the reference, difference by
difference."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.analysis.amounts import change, change_range, level, unit_words
from sim.analysis.comparison import Comparison
from sim.analysis.effects import Difference, Effects, effects
from sim.analysis.returns import earned
from sim.analysis.words import other, sentence
from sim.observe.metrics import METRICS

SHOWN = (
    "owner_value_usd", "automation_cost_usd", "cash_trough_usd", "alive_share", "revenue_last_year_usd",
    "orders_served_month", "wait_ratio", "overload", "faulty_share", "quits", "hours_automated_month",
    "hours_paid_month", "employees_end",
)  # fmt: skip
LEGEND = (
    "Differences in the same futures: mean and likely range (95%). Green is better, red is worse, "
    "plain cannot be told from zero or has no better side."
)


def print_table(comparison: Comparison, console: Console) -> None:
    """Print the sentence about the main choice and the paired differences of all choices."""
    found = effects(comparison)
    main = comparison.main.name
    console.print(str(sentence(comparison, main, found, earned(comparison, main))), highlight=False)
    console.print(difference_table(comparison, found))
    console.print(LEGEND, style="dim", highlight=False)


def difference_table(comparison: Comparison, found: Effects) -> Table:
    """Rows are measures, columns the level under the reference and the difference each choice made."""
    reference = comparison.reference.name
    title = f"{comparison.title}: the difference from {other(comparison)}, {comparison.worlds:,} futures"
    table = Table(title=title, title_justify="left", title_style="bold")
    table.add_column("Measure")
    table.add_column(comparison.reference.label, justify="right")
    for arm in comparison.choices:
        table.add_column(arm.label, justify="right")
    for name in SHOWN:
        metric = METRICS[name]
        unit = "" if metric.unit.startswith(("USD", "share")) else f", {unit_words(metric.unit)}"
        gaps = [found.differences[arm.name, reference, name] for arm in comparison.choices]
        cells = [_cell(gap, metric.unit, metric.better) for gap in gaps]
        table.add_row(metric.label + unit, level(found.levels[reference, name].mean, metric.unit), *cells)
    return table


def _cell(gap: Difference, unit: str, better: int) -> Text:
    """Mean and likely range, coloured where the range leaves zero out."""
    sure = gap.low > 0 or gap.high < 0
    style = "" if not sure or better == 0 else "green" if gap.mean * better > 0 else "red"
    return Text(f"{change(gap.mean, unit)}\n{change_range(gap.low, gap.high, unit)}", style=style)
