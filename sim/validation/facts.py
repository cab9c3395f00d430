"""Published facts that a fit may use, against a trade in which nobody automates.

A miss is measured as implausibility, |found − fact| over the joint standard deviation of the fact, of the runs and of
what the model leaves out; up to 3 passes. Facts kept for validation are not read here at all.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache, partial
from typing import Any

import numpy as np

from sim.analysis.resample import one_mean_interval
from sim.scenario.files import facts_document, find, shipped_names
from sim.validation.bench import Bench
from sim.validation.check import Check, Found

MOST_IMPLAUSIBLE = 3.0
SPREAD = {"high": 0.05, "medium": 0.10, "low": 0.20}
"""Standard deviation of a fact over its value, by the confidence stated for it (assumption)."""
MARGIN_OF = {"bakery": "food_services", "restaurant": "food_services", "retail_store": "retail", "e_commerce": "retail",
             "light_manufacturing": "manufacturing"}
"""Name under which the fact on margins lists a sector."""
LIMITS = (("labour", "by_labour", "labour"), ("equipment", "by_equipment", "equipment_or_material"),
          ("finance", "overdrawn", "finance"))
LEFT_OUT = 0.10
"""Standard deviation of what the model leaves out, over the fact's value (assumption)."""


@cache
def facts() -> dict[str, dict[str, Any]]:
    """The facts a fit may use, by number; those for validation stay in the file."""
    return {fact["id"]: fact for fact in facts_document().data["fact"] if fact["role"] == "calibrate"}


def implausibility(found: float, error: float, expected: tuple[float, float], confidence: str) -> float:
    """Distance from a fact's range (low, high; equal for a point), in joint standard deviations."""
    low, high = expected
    middle = (low + high) / 2.0
    distance = max(low - found, found - high, 0.0)
    return distance / math.hypot(SPREAD[confidence] * middle, LEFT_OUT * middle, error)


def against(name: str, sector: str, expected: tuple[float, float], confidence: str, bench: Bench) -> Found:
    """One number of a sector's economy against a fact."""
    values = getattr(bench.economy(sector), name)
    low, high = one_mean_interval(values)
    value = float(np.nanmean(values))
    error = float(np.nanstd(values) / np.sqrt(len(values)))
    far = implausibility(value, error, expected, confidence)
    return Found(value, "pass" if far <= MOST_IMPLAUSIBLE else "open", (low, high),
                 f"implausibility {far:.1f}; {len(values)} worlds of {sector}, five years")


def checks() -> list[Check]:
    """Exit, entry, quits, price changes and cash of every sector that ships."""
    return [check for sector in shipped_names("sectors") for check in _of_sector(sector)]


def _of_sector(sector: str) -> list[Check]:
    """Expected numbers stand in the facts' file, or in the sector's preset where the fact is by sector."""
    return [
        Check(f"{fact}-{sector}", "facts", f"{statement} ({sector}).", _expected(expected), unit,
              partial(against, name, sector, expected, confidence))
        for fact, name, statement, unit, expected, confidence in _rows(sector, facts())
    ]


def _rows(sector: str, listed: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Fact, column, statement, unit, what is expected and how sure it is, one row each."""
    preset = find(sector, "sectors").data
    exits, quits, days = (preset[key]["value"] for key in ("exit_per_year", "quits_per_month", "cash_buffer_days"))
    sure = {number: fact["confidence"] for number, fact in listed.items()}
    first, third = listed["F01"]["value"][:2]
    rising, falling = listed["F08"]["value"]
    entry = listed["F04"]["value"]["entry"]
    return [
        *_margin(sector, listed["F14"]["value"], sure["F14"]),
        ("F04x", "exits_year", "Firms that close in a year", "share/year", (exits, exits), sure["F04"]),
        ("F04e", "entries_year", "Firms that open in a year", "share/year", (entry, entry), sure["F04"]),
        ("F10", "quits_month", "People that quit in a month", "share/month", (quits, quits), sure["F10"]),
        ("F12", "price_changes_month", "Prices changed in a month", "share/month", tuple(listed["F12"]["value"]),
         sure["F12"]),
        ("F13", "cash_days", "Median cash in days of outflow, money put aside for projects not counted", "days",
         (days, days), sure["F13"]),
        ("F01a", "closed_1_year", "New firms closed within a year", "share", (first, first), sure["F01"]),
        ("F01b", "closed_3_years", "New firms closed within three years", "share", (third, third), sure["F01"]),
        ("F08u", "up_year", "Firms whose turnover rose by over 5% in a year", "share", (rising, rising), sure["F08"]),
        ("F08d", "down_year", "Firms whose turnover fell by over 5% in a year", "share", (falling, falling),
         sure["F08"]),
        *_limits(listed["F41"]["value"], sure["F41"]),
    ]


def _limits(by_cause: Mapping[str, Any], confidence: str) -> list[tuple[Any, ...]]:
    """What limits small firms, a row for each cause that the fact names."""
    return [
        (f"F41{name[0]}", column, f"Small firms limited by {name}, a year's mean", "share", tuple(by_cause[key]),
         confidence)
        for name, column, key in LIMITS
    ]


def _margin(sector: str, by_trade: Mapping[str, Any], confidence: str) -> list[tuple[Any, ...]]:
    """The margin's row, for the sectors whose trade the fact names."""
    if sector not in MARGIN_OF:
        return []
    return [("F14", "margin", "Profit over sales", "share", tuple(by_trade[MARGIN_OF[sector]]), confidence)]


def _expected(expected: tuple[float, float]) -> str:
    low, high = expected
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"
