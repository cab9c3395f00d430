"""The answer in a sentence, in natural frequencies: so many of 100 possible futures, and how many when doing
nothing.

There are four set forms: it pays, it makes things worse, it makes no difference, it cannot be told. "No
difference" is claimed only where the likely range lies within a negligible share of what the firm is worth; a
wide range around zero is said to be one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from sim.analysis.amounts import change, change_range, futures, hundred_range, level, per_hundred, percent, years
from sim.analysis.comparison import Comparison
from sim.analysis.effects import Difference, Effects
from sim.analysis.returns import Earned, Share

Kind = Literal["pays", "worse", "same", "open"]

NEGLIGIBLE_SHARE = 0.01  # of the owner's mean worth under the reference; assumed, and said in the report


@dataclass(frozen=True)
class Sentence:
    """What is said about one choice: the verdict, the frequencies behind it, money, all in brief."""

    arm: str
    kind: Kind
    verdict: str
    frequencies: str
    money: str
    brief: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.verdict, self.frequencies, self.money) if part)


VERDICTS: dict[Kind, str] = {
    "pays": "{name} pays here on average.",
    "worse": "{name} makes things worse here.",
    "same": "{name} makes no difference here.",
    "open": "Whether {name} pays here cannot be told.",
}


def sentence(comparison: Comparison, arm: str, found: Effects, earned: Earned) -> Sentence:
    """The sentence about one choice against the reference."""
    gap = found.differences[arm, comparison.reference.name, "owner_value_usd"]
    worth_usd = found.levels[comparison.reference.name, "owner_value_usd"].mean
    kind = verdict_kind(gap, NEGLIGIBLE_SHARE * abs(worth_usd))
    verdict = VERDICTS[kind].format(name=quoted(comparison.label(arm)))
    if np.all(comparison.gap(arm, "owner_value_usd") == 0):
        said = _identical(comparison)
        return Sentence(arm, kind, verdict, said, "", said)
    frequencies, money = _frequencies(comparison, arm, earned), _money(comparison, gap, kind)
    return Sentence(arm, kind, verdict, frequencies, money, _brief(comparison, arm, gap, earned))


def verdict_kind(gap: Difference, negligible_usd: float) -> Kind:
    """Which of the four set forms fits a difference in owner value and the smallest one worth speaking of."""
    if -negligible_usd <= gap.low and gap.high <= negligible_usd:
        return "same"
    if gap.low > 0:
        return "pays"
    return "worse" if gap.high < 0 else "open"


def quoted(label: str) -> str:
    """A label as a name within a sentence."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{label}\N{RIGHT DOUBLE QUOTATION MARK}"


def other(comparison: Comparison) -> str:
    """How the reference is named within a sentence."""
    reference = comparison.reference
    return "doing nothing" if reference.name == "none" else quoted(reference.label)


def owner(comparison: Comparison) -> str:
    """Whose fate is told: one firm's owner, or the owner of the average firm where all of them choose."""
    return "the owner of the average small firm" if comparison.averaged else "the owner"


def asked(comparison: Comparison) -> str:
    """Where the return that owners ask for comes from."""
    whole = percent(round(comparison.hurdle_year * comparison.years, 4))
    return f"assumed: {whole} over {years(comparison.years)}"


def firm(comparison: Comparison) -> str:
    """The firm that is looked at."""
    return "the average small firm" if comparison.averaged else "the firm"


def _identical(comparison: Comparison) -> str:
    """Said where a choice changed nothing for the owner in any future."""
    return f"In all {futures(comparison.worlds)} {owner(comparison)} ended up exactly where {other(comparison)} leads."


def _frequencies(comparison: Comparison, arm: str, earned: Earned) -> str:
    """Better off, worse off, return reached, still open; each of 100, the first with its likely range."""
    ahead = f"{per_hundred(earned.ahead.value)} of 100 ({_likely(earned.ahead)})"
    reached = f"({asked(comparison)}) in {per_hundred(earned.cleared.value)} ({_likely(earned.cleared)})"
    still_open, open_without = (
        per_hundred(float(comparison.scalar(name, "alive_share").mean())) for name in (arm, comparison.reference.name)
    )
    return (
        f"In {futures(comparison.worlds)} it left {owner(comparison)} better off than "
        f"{other(comparison)} in {ahead} and worse off in {per_hundred(earned.lost.value)}; "
        f"it earned the {percent(comparison.hurdle_year)} a year that owners ask for {reached}. "
        f"After {years(comparison.years)} {still_open} of 100 firms were still open; "
        f"{other(comparison)}: {open_without}."
    )


def _brief(comparison: Comparison, arm: str, gap: Difference, earned: Earned) -> str:
    """The same in one line, for the choices beside the main one."""
    still_open = per_hundred(float(comparison.scalar(arm, "alive_share").mean()))
    return (
        f"Better off in {per_hundred(earned.ahead.value)} of 100 futures ({_likely(earned.ahead)}), "
        f"worse off in {per_hundred(earned.lost.value)}; {percent(comparison.hurdle_year)} a year in "
        f"{per_hundred(earned.cleared.value)} ({_likely(earned.cleared)}); "
        f"{still_open} of 100 firms still open. "
        f"On average {change(gap.mean, 'USD')} ({change_range(gap.low, gap.high, 'USD')})."
    )


def _likely(share: Share) -> str:
    """The likely range of a share, so many of 100."""
    return hundred_range(share.low, share.high)


def _money(comparison: Comparison, gap: Difference, kind: Kind) -> str:
    """The mean difference in money with its likely range."""
    more = "more" if gap.mean >= 0 else "less"
    amount = level(abs(gap.mean), "USD")
    likely = change_range(gap.low, gap.high, "USD")
    opening = f"On average {owner(comparison)} ended up with {amount} {more} than {other(comparison)} gives"
    if kind == "open":
        return f"{opening}, but anything from {likely} fits these futures; more of them would be needed."
    if kind == "same":
        bound = f"{percent(NEGLIGIBLE_SHARE)} of what {firm(comparison)} is worth"
        return f"{opening} ({likely}), within {bound}."
    return f"{opening} ({likely})."
