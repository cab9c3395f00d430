"""What is measured: one registry of names, units, labels and one line for people each, theme by theme.

It feeds the store, the tables, the report, the JSON and the docs; nothing else lists metrics. A metric is about the
firm in focus, or, where every small firm follows the arm, about the mean small firm of month 0; closed firms stay in.
`METRICS` are of a whole run, `SERIES` of a month, `CHOICES` of one choice against another over all worlds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from sim.observe.metrics import compared, limits, market, money, people, projects, spreading, staying, trust, work
from sim.observe.metrics.base import Metric, Monthly, Overall

__all__ = ["CHOICES", "METRICS", "SERIES", "THEMES", "WHILE_OPEN", "Metric", "Monthly", "Overall"]

THEMES = {
    "money": "Money", "projects": "Projects and goals", "staying": "Staying in business",
    "market": "Customers and the market", "work": "Work", "limits": "What limits firms",
    "people": "People", "spreading": "How tools spread",
    "trust": "Trust and data",
}
_FILES = {"money": money, "projects": projects, "staying": staying, "market": market, "work": work, "limits": limits,
          "people": people, "spreading": spreading, "trust": trust}

AnyMetric = TypeVar("AnyMetric", bound=Metric)


def _named(listed: Iterable[AnyMetric]) -> dict[str, AnyMetric]:
    """Metrics by name; ValueError where a name stands twice."""
    found: dict[str, AnyMetric] = {}
    for metric in listed:
        if metric.name in found:
            raise ValueError(f"{metric.name} is measured twice")
        found[metric.name] = metric
    return found


METRICS: dict[str, Overall] = _named(
    replace(metric, theme=theme) for theme, file in _FILES.items() for metric in file.SCALARS
)
SERIES: dict[str, Monthly] = _named(
    replace(metric, theme=theme) for theme, file in _FILES.items() for metric in file.SERIES
)
CHOICES: dict[str, Metric] = _named(compared.COMPARED)
WHILE_OPEN = frozenset({
    "wait_ratio", "utilisation", "overload", "morale", "price_usd", "markup", "faulty_share", "found_share",
    "escaped_share", "reputation", "process_quality", "kept_usual", "kept_second",
})
"""Series that say nothing of a closed firm: the 0 noted for it is no short wait and no bad rating."""
