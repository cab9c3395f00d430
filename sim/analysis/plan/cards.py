"""The first page: should I, when is it paid back, can I survive the worst months, what do I watch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.analysis.amounts import level, per_hundred, years
from sim.analysis.plan.answer import of_hundred
from sim.analysis.plan.cash import loses_anyway
from sim.analysis.plan.findings import Findings
from sim.analysis.plan.signposts import scale_words, stop_words
from sim.analysis.plan.study import PlanStudy
from sim.analysis.till import Till
from sim.analysis.words import quoted

DELAYED = "No: the firm itself loses money; extra cash only delays it."
NO_SIGN = "No early number tells good futures from bad ones."
CLOSED = "firms that ran dry closed there, so the true need is larger"


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
        Card("What do I watch?", *watched(study, found)),
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
        f"In half of the futures the till falls to {level(middle, 'USD')} or less at some time, in the worst 5 of 100 "
        f"to {level(deep, 'USD')} or less; it is usually lowest around month {worst.usual_month}. It stays within your "
        f"credit in {of_hundred(worst.within, ' futures')}; doing nothing: {per_hundred(without.within.value)}."
    )
    if not worst.buffer_usd:
        spare = f"In 95 of 100 futures at least {level(worst.spare_usd, 'USD')} of cash and credit is left then."
        return "Yes: your cash and credit hold.", f"{text} {spare}"
    headline, advice = _extra_cash(study, found)
    return headline, f"{text} {advice}"


def _extra_cash(study: PlanStudy, found: Findings) -> tuple[str, str]:
    """What extra cash would do: nothing lasting, an amount that is known, or one that is only the least."""
    needed, anyway = level(found.till.buffer_usd, "USD"), _anyway(found.till_without)
    if loses_anyway(study):
        ends = per_hundred(1 - found.till_without.within.value)
        return DELAYED, f"Doing nothing ends the same way in {ends} of 100 futures: the loss must be mended first."
    if found.till.is_least:
        return f"Not always: {needed} more may not be enough.", f"At least {needed} more; {CLOSED}{anyway}."
    headline = f"Not always: set aside {needed} more first."
    return headline, f"That much extra cash, kept for it, makes it 95 of 100{anyway}."


def _anyway(without: Till) -> str:
    """Whether doing nothing needs extra cash too."""
    least = "at least " if without.is_least else ""
    return f"; doing nothing would need {least}{level(without.buffer_usd, 'USD')} too" if without.buffer_usd else ""


def watched(study: PlanStudy, found: Findings) -> tuple[str, str]:
    """When to stop and when to scale up; where no early number tells, the months in which to look at the till."""
    stop, scale = found.signposts.stop, found.signposts.scale
    if stop is None and scale is None:
        when = f"The till, around month {found.till.usual_month}{_month_back(found)}."
        return when, f"{NO_SIGN} {look_again(study, found)}"
    seen = dict.fromkeys(post.reading for post in (stop, scale) if post)
    again = "" if stop and scale else f" {look_again(study, found)}"
    return f"{'; '.join(seen)}.", f"{stop_words(stop)} {scale_words(scale)}{again}"


def _month_back(found: Findings) -> str:
    """The month in which half of the futures have the money back, as the second to look in."""
    return f", and again in month {level(found.payback.middle, '')}" if np.isfinite(found.payback.middle) else ""


def look_again(study: PlanStudy, found: Findings) -> str:
    """The months that matter to whoever has no early sign: the lowest of the till, and the one of the payback."""
    low = f"Watch the till around month {found.till.usual_month}, where it is usually lowest"
    back = found.payback
    if np.isfinite(back.middle):
        return f"{low}; look again in month {level(back.middle, '')}, when half of the futures have the money back."
    if np.isnan(back.middle):
        return f"{low}; nothing was bought, so there is nothing else to watch."
    window = years(study.comparison.years)
    if np.isfinite(back.early):
        by = level(back.early, "")
        return f"{low}; the luckiest 10 of 100 futures have the money back by month {by}, most not within {window}."
    return f"{low}; in most futures the money is not back within {window}."


def luck_words(found: Findings) -> str:
    """How much of the spread is luck."""
    luck = found.drivers.luck_share
    if not np.isfinite(luck):
        return "There are too few futures to say how much of the spread is luck."
    known = "the things you are unsure about together foretell the rest"
    if luck > 0.95:
        known = "what you are unsure about foretells next to nothing of it"
    return f"Of the spread between futures, about {per_hundred(luck)} parts of 100 are luck; {known}."
