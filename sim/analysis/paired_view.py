"""The paired table as people see it: in a notebook, in a terminal, and as a frame for whoever goes on from there."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import numpy as np
import pandas as pd

from sim.analysis.amounts import NONE, change, change_range, level, per_hundred
from sim.observe.metrics import METRICS, Metric

HEADS = (
    "Measure", "Choice", "Difference", "Likely range (95%)", "± error", "Better in, of 100", "In sd",
    "p, all choices", "Shared luck", "Halves agree",
)  # fmt: skip
LEGEND = (
    "Mean differences from “{reference}” in the same {worlds:,} worlds. ± error: Monte Carlo standard error of the "
    "mean. In sd: the difference in its own standard deviations. p, all choices: adjusted over all choices of a "
    "measure (max-t). Shared luck: as exact as so many times as many unpaired worlds. Halves agree: whether the first "
    "and the second half of the worlds tell the same (p above 1%)."
)
STYLE = (
    "border-collapse:collapse;font:13px/1.35 system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;"
    "font-variant-numeric:tabular-nums"
)
CELL = "padding:.3em .6em;border-bottom:1px solid #d7dbdf;vertical-align:bottom;text-align:"
FEW_HALVES_DIFFER = 0.01


@dataclass(frozen=True, eq=False)
class PairedTable:
    """Rows of `paired_table` with the columns metric, scenario, assignment, factors, arm, choice and level in front.

    `frame` holds every number; the printed table shows those that are read most.
    """

    title: str
    reference: str
    worlds: int
    factors: tuple[str, ...]
    frame: pd.DataFrame

    def shown(self) -> pd.DataFrame:
        """The printed table as texts."""
        cells = [_texts(row) for row in self.frame.to_dict("records")]
        table = pd.DataFrame(cells, columns=list(HEADS))
        for place, name in enumerate(self.factors):
            table.insert(1 + place, name, [f"{value:g}" if _is_number(value) else value for value in self.frame[name]])
        return table

    @property
    def legend(self) -> str:
        """How to read the table."""
        return LEGEND.format(reference=self.reference, worlds=self.worlds)

    def __str__(self) -> str:
        return f"{self.title}\n{self.shown().to_string(index=False)}\n{self.legend}"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        table = self.shown()
        words = 2 + len(self.factors)
        head = "".join(_cell("th", name, place < words) for place, name in enumerate(table))
        table["Measure"] = table["Measure"].where(table["Measure"] != table["Measure"].shift(), "")
        told = zip(table.to_numpy().tolist(), _sure(self.frame), strict=True)
        rows = [_row(texts, sure, words) for texts, sure in told]
        return (
            f'<div style="overflow-x:auto"><table style="{STYLE}"><caption style="text-align:left;font-weight:600;'
            f'padding:.3em .6em">{escape(self.title)}</caption><thead><tr>{head}</tr></thead>'
            f'<tbody>{"".join(rows)}<tr><td colspan="{len(table.columns)}" style="text-align:left;color:#6b737b;'
            f'padding:.6em">{escape(self.legend)}</td></tr></tbody></table></div>'
        )


def _texts(row: dict[object, object]) -> list[str]:
    """One row as people read it."""
    found = {str(name): value for name, value in row.items()}
    metric = METRICS[str(found["metric"])]
    number = {name: float(str(value)) for name, value in found.items() if _is_number(value)}
    gain, halves = number["pairing_gain"], number["halves_p"]
    return [
        _measure(metric), str(found["choice"]), change(number["mean"], metric.unit),
        change_range(number["mean_low"], number["mean_high"], metric.unit),
        level(number["mean_error"], metric.unit), per_hundred(number["better_share"]),
        _plain(number["standardised"], "+.2f"), _chance(number["p_max_t"]),
        f"× {gain:.3g}" if np.isfinite(gain) else NONE,
        NONE if not np.isfinite(halves) else "yes" if halves > FEW_HALVES_DIFFER else "no",
    ]  # fmt: skip


def _measure(metric: Metric) -> str:
    """The measure in words, with its unit where the number does not carry it."""
    told = metric.unit == "USD" or metric.unit.startswith("share")
    return metric.label if told else f"{metric.label}, {metric.unit}"


def _plain(value: float, form: str) -> str:
    return format(value, form).replace("-", "\N{MINUS SIGN}") if np.isfinite(value) else NONE


def _chance(p_value: float) -> str:
    """A p-value, never smaller than the flips can tell."""
    return NONE if not np.isfinite(p_value) else "< 0.001" if p_value < 0.001 else f"{p_value:.3f}"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | np.number) and not isinstance(value, bool)


def _sure(frame: pd.DataFrame) -> list[bool]:
    """Rows whose likely range leaves zero out."""
    return ((frame["mean_low"] > 0) | (frame["mean_high"] < 0)).tolist()


def _row(texts: list[str], sure: bool, words: int) -> str:
    """One row in HTML, strong where the likely range leaves zero out."""
    weight = ' style="font-weight:600"' if sure else ""
    return f"<tr{weight}>" + "".join(_cell("td", text, place < words) for place, text in enumerate(texts)) + "</tr>"


def _cell(tag: str, text: object, left: bool) -> str:
    side = "left" if left else "right"
    shape = ";min-width:9em" if left else ";white-space:nowrap" if tag == "td" else ""
    return f'<{tag} style="{CELL}{side}{shape}">{escape(str(text))}</{tag}>'
