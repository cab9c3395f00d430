"""Numbers as people read them: dollars, percent, so many of 100, three digits that matter."""

from __future__ import annotations

import math

MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"
NONE = "\N{EM DASH}"


def level(value: float, unit: str) -> str:
    """A value with its unit, e.g. "$12,300", "4.5%", "210"; a dash where there is none.

    A date in months (unit "month") counts from 0 in the data and from 1 for people.
    """
    return _written(value + 1 if unit == "month" else value, unit, "")


def amount(value: float, unit: str) -> str:
    """A number with its unit said out: "$24,000", "$900 a month", "5 months", "12%"."""
    return _said_out(level(value, "USD" if unit.startswith("USD/") else unit), unit)


def change_said(value: float, unit: str) -> str:
    """A difference with its unit said out: "+$900 a month", "+127 orders a month", "+0.5 points"."""
    return _said_out(change(value, "USD" if unit.startswith("USD/") else unit), unit)


def _said_out(number: str, unit: str) -> str:
    """A written number with what it does not carry of its unit."""
    if unit.startswith("USD/"):
        return f"{number} a {unit.removeprefix('USD/')}"
    if unit in ("", "USD", "ratio", "month") or unit.startswith(("share", "index")):
        return number
    one = unit.endswith("s") and number.lstrip(f"+{MINUS}") == "1"
    return f"{number} {(unit[:-1] if one else unit).replace('/', ' a ').strip()}"


def amount_beside(label: str, value: float, unit: str) -> str:
    """A number with what its label does not say of the unit already: "5" beside "months until it works"."""
    base, _, per = unit.partition("/")
    said = label.lower()
    kept = "" if base in said and base != "USD" and not base.startswith("share") else base
    return amount(value, f"{kept}/{per}" if per and f"a {per}" not in said else kept)


def change(value: float, unit: str) -> str:
    """A difference with its sign, e.g. "+$1,570", "-2.1 points"; "0" where nothing changed."""
    return _written(value, unit, "+")


def change_range(low: float, high: float, unit: str) -> str:
    """A range of differences with the unit said once, e.g. "-$260 to +$3,640", "-21.7 to -9.2 points"."""
    if not math.isfinite(low + high):
        return NONE
    return f"{change(low, unit).removesuffix(' points')} to {change(high, unit)}"


def per_hundred(share: float) -> str:
    """A share as so many of 100: "62", "under 1", "over 99", so that rare is never written as never.

    A half goes to the even number, so that two shares that add up to 100 do so as they are written.
    """
    if not math.isfinite(share):
        return NONE
    if 0 < share < 0.005:
        return "under 1"
    return "over 99" if 0.995 < share < 1 else f"{round(round(100 * share, 9))}"


def hundred_range(low: float, high: float) -> str:
    """A range of shares as so many of 100, e.g. "59-65"."""
    return f"{100 * low:.0f}{DASH}{100 * high:.0f}" if math.isfinite(low + high) else NONE


def percent(share: float) -> str:
    """A share in percent with three digits at most and a true minus sign, e.g. "20%", "-0.41%"."""
    return f"{100 * share:.3g}%".replace("-", MINUS) if math.isfinite(share) else NONE


def years(count: float) -> str:
    """A span of years in words: "5 years", "1 year", "2.5 years"."""
    return f"{count:.3g} year" + ("" if count == 1 else "s")


def futures(count: int) -> str:
    """So many possible futures, in words: "1,000 possible futures", "1 possible future"."""
    return f"{count:,} possible future" + ("" if count == 1 else "s")


def lowered(label: str) -> str:
    """A label inside a sentence; an abbreviation stays as it is."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def unit_words(unit: str) -> str:
    """How a unit is named beside a number."""
    return {"USD": "dollars", "share": "%", "share/year": "% a year"}.get(unit, unit.replace("/", " a "))


def _written(value: float, unit: str, plus: str) -> str:
    """Sign, digits and unit in the order people write them."""
    if not math.isfinite(value):
        return NONE
    shown = 100 * value if unit.startswith("share") else value
    digits = _digits(round(abs(shown)) if unit == "USD" and abs(shown) >= 10 else abs(shown))
    sign = "" if not digits.strip("0.,") else MINUS if value < 0 else plus
    if unit == "USD":
        return f"{sign}${digits}"
    return f"{sign}{digits}" + ("" if not unit.startswith("share") else " points" if plus else "%")


def _digits(size: float) -> str:
    """Three digits that matter above one hundred, one or two decimals below, thousands set apart."""
    if size >= 100:
        step = 10 ** max(int(math.log10(size)) - 2, 0)
        return f"{round(size / step) * step:,.0f}"
    return f"{size:.0f}" if size == round(size) else f"{size:.{1 if size >= 1 else 2}f}"
