"""The comparison in the terminal: the sentence, then each choice against the reference, difference by
difference."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from textwrap import fill

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.analysis.amounts import NONE, change, level, unit_words
from sim.analysis.comparison import ArmInfo, Comparison
from sim.analysis.effects import Difference, Effects, effects
from sim.analysis.ratios import growth_ratios, times
from sim.analysis.returns import earned
from sim.analysis.words import other, sentence
from sim.observe.metrics import METRICS, Metric

SHOWN = (
    "owner_value_usd", "automation_cost_usd", "cash_trough_usd", "alive_share", "revenue_last_year_usd",
    "orders_served_month", "wait_ratio", "overload", "faulty_share", "quits", "hours_automated_month",
    "hours_paid_month", "employees_end",
)  # fmt: skip
LIMITS = ("demand", "labour", "equipment", "finance")
LEGEND = (
    "Mean differences in the same futures; * where the likely range (95%) leaves zero out, "
    "green for better and red for worse."
)

BETWEEN = LEGEND.replace("in the same futures", "between firms of the same futures")
SPLIT = ("mixed", "chosen")
COLUMN, MEASURE_LEAST = 12, 18  # characters


def print_table(comparison: Comparison, console: Console) -> None:
    """Print the sentence about the main choice and the paired differences of all choices."""
    found = effects(comparison)
    main = comparison.main.name
    console.print(str(sentence(comparison, main, found, earned(comparison, main))), highlight=False)
    for choices in batched(comparison.choices, most_choices(console.width)):
        room = (console.width - 2 * MEASURE_LEAST) // (len(choices) + 1)
        console.print(difference_table(comparison, found, choices, max(COLUMN, room)))
    if comparison.assignment in SPLIT:
        for form, ratio in growth_ratios(comparison).items():
            console.print(f"Grew by more than 15% in the last year. {form}: {times(ratio)}", highlight=False)
    console.print(BETWEEN if comparison.assignment in SPLIT else LEGEND, style="dim", highlight=False)
    console.print(limits(comparison, found), style="dim", highlight=False)


def limits(comparison: Comparison, found: Effects) -> str:
    """What limited the small firms at the start: every result hangs on it."""
    reference = comparison.reference.name
    shares = (found.levels[reference, f"limited_by_{words}_start"].mean for words in LIMITS)
    told = ", ".join(f"{share:.0%} by {words}" for share, words in zip(shares, LIMITS, strict=True))
    return f"Small firms of this market in the first year: limited {told}."


def most_choices(width: int) -> int:
    """How many choices stand beside each other, so that no number is cut."""
    return max((width - MEASURE_LEAST) // COLUMN - 1, 1)


def batched(choices: Sequence[ArmInfo], most: int) -> list[Sequence[ArmInfo]]:
    """The choices in as few groups as will do, of nearly the same size."""
    count = -(-len(choices) // most)
    ends = [len(choices) * place // count for place in range(count + 1)]
    return [choices[start:end] for start, end in pairwise(ends)]


def difference_table(comparison: Comparison, found: Effects, choices: Sequence[ArmInfo], room: int) -> Table:
    """Rows are measures, columns the level under the reference and the difference each of these choices made, `room`
    characters each at most."""
    reference = comparison.reference
    title = f"{comparison.title} ({comparison.worlds:,} futures): the difference from {other(comparison)}"
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Measure")
    for arm in (reference, *choices):
        table.add_column(fill(arm.label, room - 2), justify="right", no_wrap=True)
    for name in SHOWN:
        metric = METRICS[name]
        gaps = [found.differences[arm.name, reference.name, name] for arm in choices]
        cells = [_cell(gap, metric.unit, metric.better) for gap in gaps]
        at_reference = level(found.levels[reference.name, name].mean, metric.unit)
        table.add_row(_label(metric), at_reference, *cells)
        if name == SHOWN[0]:
            ranges = [f"{change(gap.low, metric.unit)}\nto {change(gap.high, metric.unit)}" for gap in gaps]
            table.add_row("  likely range (95%)", "", *ranges)
            table.add_row("  shared luck is worth, times the futures", "", *map(_pairing, gaps), end_section=True)
    return table


def _pairing(gap: Difference) -> str:
    """How many times as many futures would have been needed without shared luck."""
    return f"{gap.pairing_gain:.3g} ×" if math.isfinite(gap.pairing_gain) else NONE


def _label(metric: Metric) -> str:
    """The measure in words, with its unit where the number does not carry it."""
    if metric.unit.startswith("share"):
        return f"{metric.label}, % (points)"
    told = metric.unit in ("USD", "people")
    return metric.label if told else f"{metric.label}, {unit_words(metric.unit)}"


def _cell(gap: Difference, unit: str, better: int) -> Text:
    """The mean difference, marked and coloured where its likely range leaves zero out."""
    sure = gap.low > 0 or gap.high < 0
    style = "" if not sure or better == 0 else "green" if gap.mean * better > 0 else "red"
    return Text(change(gap.mean, unit).removesuffix(" points") + ("*" if sure else " "), style=style)
