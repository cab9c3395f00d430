"""The first page: should I, when is it paid back, can I survive the worst months, what do I watch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.analysis.amounts import level, per_hundred, years
from sim.analysis.plan.answer import of_hundred
from sim.analysis.plan.findings import Findings
from sim.analysis.plan.signposts import scale_words, stop_words
from sim.analysis.plan.study import PlanStudy
from sim.analysis.words import quoted


@dataclass(frozen=True)
class Card:
    """A question an owner asks, the answer in a few words, and in a few sentences."""

    question: str
    headline: str
    text: str


def cards(study: PlanStudy, found: Findings) -> tuple[Card, ...]:
    """The questions in the order an owner asks them."""
    return (
        Card("Should I?", found.answer.verdict, f"{found.answer.frequencies} {found.answer.money} {beside(found)}"),
        Card("When is it paid back?", *paid_back(study, found)),
        Card("Can I survive the worst months?", *survived(study, found)),
        Card("What do I watch?", *watched(found)),
    )


def beside(found: Findings) -> str:
    """Whether something else that was tried is clearly better than the plan."""
    if found.better is None:
        return "Nothing else that was tried does clearly better."
    arm, usd, share = found.better
    return (
        f"{quoted(arm.label)} does better: it leaves you {level(usd, 'USD')} more than the plan on average, and more "
        f"in {per_hundred(share)} of 100 futures."
    )


def paid_back(study: PlanStudy, found: Findings) -> tuple[str, str]:
    """When the money is back, "never" included."""
    back = found.payback
    window = years(study.comparison.years)
    if np.isnan(back.middle):
        return "Nothing was bought.", "In none of these futures could the plan be paid for or started."
    headline = f"By month {level(back.middle, '')}, in half of the futures" if np.isfinite(back.middle) else (
        f"Not within {window}, in most futures"
    )  # fmt: skip
    never = per_hundred(back.never.value)
    text = f"Within {window} the money is back in {of_hundred(back.back, ' futures')}; in {never} it is not."
    if np.isfinite(back.early):
        text += f" The luckiest 10 of 100 have it back by month {level(back.early, '')}."
    if back.idle.hits:
        text += f" In {per_hundred(back.idle.value)} nothing was bought."
    return headline, text


def survived(study: PlanStudy, found: Findings) -> tuple[str, str]:
    """The lowest point of the till, and the extra cash that survives 95 of 100 futures."""
    worst, without = found.till, found.till_without
    deep, middle = np.quantile(worst.lowest_usd, (0.05, 0.5)).tolist()
    text = (
        f"The till is lowest around month {worst.usual_month}: {level(middle, 'USD')} in the middle future, "
        f"{level(deep, 'USD')} or less in the worst 5 of 100. It stays within your credit in "
        f"{of_hundred(worst.within, ' futures')}; doing nothing: {per_hundred(without.within.value)}."
    )
    if not worst.buffer_usd:
        spare = f"In 95 of 100 futures at least {level(worst.spare_usd, 'USD')} of cash and credit is left then."
        return "Yes: your cash and credit hold.", f"{text} {spare}"
    headline = f"Not always: set aside at least {level(worst.buffer_usd, 'USD')} more first."
    return headline, f"{text} That much extra cash, kept for it, makes it 95 of 100{_anyway(found)}."


def _anyway(found: Findings) -> str:
    """Whether doing nothing needs a buffer too."""
    needed = found.till_without.buffer_usd
    return f"; doing nothing would need {level(needed, 'USD')} too" if needed else ""


def watched(found: Findings) -> tuple[str, str]:
    """When to stop and when to scale up."""
    stop, scale = found.signposts.stop, found.signposts.scale
    if stop is None and scale is None:
        return "No early sign tells.", "No number of the first half-year told good futures from bad ones well enough."
    seen = dict.fromkeys(post.reading for post in (stop, scale) if post)
    return "; ".join(seen), f"{stop_words(stop)} {scale_words(scale)}"


def luck_words(found: Findings) -> str:
    """How much of the spread is luck."""
    luck = found.drivers.luck_share
    if not np.isfinite(luck):
        return "There are too few futures to say how much of the spread is luck."
    known = "the things you are unsure about together foretell the rest"
    if luck > 0.95:
        known = "what you are unsure about foretells next to nothing of it"
    return f"Of the spread between futures, about {per_hundred(luck)} parts of 100 are luck; {known}."
