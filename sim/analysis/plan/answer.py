"""Should I? The answer in a sentence, in natural frequencies, about money and about the goal.

Five set forms: it pays, it makes things worse, it makes no difference, money and goal disagree, it cannot be told.
Where the goal is missed in most futures although the plan pays, or met although it does not, the form says that too;
a plan that cannot be paid for in most futures is answered by that alone.
The bound below which a difference in money is not worth speaking of is that of `sim.analysis.words`; for the goal it
is two of 100 futures.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from sim.analysis.amounts import amount_beside, change_range, futures, hundred_range, level, lowered, per_hundred
from sim.analysis.effects import Difference, differences
from sim.analysis.payback import payback_month
from sim.analysis.plan.study import NOTHING, PLAN, PlanStudy
from sim.analysis.resample import mean_interval
from sim.analysis.returns import Share, share
from sim.analysis.words import NEGLIGIBLE_SHARE, verdict_kind

Kind = Literal["pays", "worse", "same", "open", "mixed"]
WORTH = "owner_value_usd"
MOST = 0.5  # of the futures
FEW_FUTURES = 0.02  # a smaller difference in how often the goal is met is not worth speaking of; assumed


@dataclass(frozen=True)
class Answer:
    """The verdict, the frequencies and the money behind it, and what they were taken from."""

    kind: Kind
    verdict: str
    frequencies: str
    money: str
    reached: Share
    reached_without: Share
    ahead: Share
    behind: Share
    gain: Difference

    def __str__(self) -> str:
        return " ".join((self.verdict, self.frequencies, self.money))


def answer(study: PlanStudy) -> Answer:
    """The answer about the plan against doing nothing."""
    gain = gained(study, PLAN)
    reached, without = share(study.reached(PLAN)), share(study.reached(NOTHING))
    ahead, behind = share(study.gain_usd > 0), share(study.gain_usd < 0)
    money, goal = verdict_kind(gain, negligible_usd(study)), _goal_moves(study)
    kind = _together(money, goal)
    verdict = _unpaid(study, kind) or _goal_too(_verdict(kind, money, goal, behind.value), reached.value)
    return Answer(
        kind, f"{verdict}.", _frequencies(study, reached, without), _money(gain, ahead, behind), reached, without,
        ahead, behind, gain,
    )  # fmt: skip


def bought(study: PlanStudy) -> Share:
    """In how many futures the plan was begun: something was spent on it, or something came of it."""
    return share(~np.isnan(payback_month(study.comparison, PLAN)) | (study.gain_usd != 0))


@lru_cache(maxsize=16)
def gained(study: PlanStudy, arm: str) -> Difference:
    """What a choice leaves the owner beyond doing nothing, paired by future; worked out once for each."""
    worth, without = (study.comparison.scalar(name, WORTH)[:, None] for name in (arm, NOTHING))
    return differences(worth, without, np.array([1]), 1)[0]


def negligible_usd(study: PlanStudy) -> float:
    """A difference in dollars too small to speak of: a share of what the firm is worth when nothing is done."""
    return NEGLIGIBLE_SHARE * abs(float(study.comparison.scalar(NOTHING, WORTH).mean()))


def goal_words(study: PlanStudy) -> str:
    """The goal within a sentence: "sales: at least $24,000 a month over months 7 to 18"."""
    goal = study.goal
    bound = "at least" if goal.at_least else "at most"
    first, last = (0, 0) if goal.at_the_end else study.goal_months
    when = "at the end" if not last else f"by month {last}" if first == last else f"over months {first} to {last}"
    return f"{lowered(goal.label)}: {bound} {amount_beside(goal.label, goal.number, goal.unit)} {when}"


def _goal_moves(study: PlanStudy) -> int:
    """1 if the plan meets the goal clearly more often than doing nothing, -1 if less often, else 0."""
    gap = study.reached(PLAN).astype(np.float64) - study.reached(NOTHING)
    low, high = mean_interval(gap[:, None])
    return int(low[0] > 0 and gap.mean() > FEW_FUTURES) - int(high[0] < 0 and gap.mean() < -FEW_FUTURES)


def _together(money: str, goal: int) -> Kind:
    """One verdict from what happens to the money and to the goal."""
    if (money == "pays" and goal < 0) or (money == "worse" and goal > 0):
        return "mixed"
    kinds: dict[str, Kind] = {"pays": "pays", "worse": "worse", "same": "same", "open": "open"}
    return "mixed" if money == "same" and goal != 0 else kinds[money]


MIXED = {
    "pays": "Your plan earns money, but it meets your goal less often than doing nothing",
    "worse": "Your plan meets your goal more often, but it costs you money",
    "same": "Your plan moves the goal, but not the money",
}
VERDICTS = {
    "pays": "Yes: on these numbers your plan pays",
    "worse": "No: your plan makes things worse here",
    "same": "Your plan makes no difference here",
    "open": "Whether your plan pays cannot be told from these futures",
}
RARELY = "Your plan pays on average, though not in most futures"
LIKELIER = "Your plan meets your goal more often, but whether it pays cannot be told"
MISSED = {
    VERDICTS["pays"]: ", but your goal stays out of reach in {n} of 100",
    VERDICTS["same"]: "; with it or without, your goal stays out of reach in {n} of 100",
    **dict.fromkeys((VERDICTS["open"], RARELY, LIKELIER), "; your goal stays out of reach in {n} of 100"),
}
MET = {VERDICTS["worse"]: ", although your goal is met in {n} of 100"}


def _verdict(kind: Kind, money: str, goal: int, behind: float) -> str:
    """The set form."""
    if kind == "mixed":
        return MIXED[money]
    if kind == "pays" and behind > 0.5:
        return RARELY
    if kind == "open" and goal > 0:
        return LIKELIER
    return VERDICTS[kind]


def _goal_too(verdict: str, reached: float) -> str:
    """What a set form leaves out: a goal missed in most futures, or met in most although things get worse."""
    form = (MET if reached >= MOST else MISSED).get(verdict, "")
    return verdict + form.format(n=per_hundred(reached if reached >= MOST else 1 - reached))


def _unpaid(study: PlanStudy, kind: Kind) -> str:
    """Said instead where the plan cannot be paid for in most futures; else empty."""
    begun = bought(study)
    if begun.value >= MOST:
        return ""
    if not begun.hits:
        return "No: in none of these futures could you pay for it"
    how_often = f"in only {per_hundred(begun.value)} of 100 futures could you pay for it"
    return f"No: {how_often}" if kind != "pays" else f"It pays where it is bought, but {how_often}"


def _frequencies(study: PlanStudy, reached: Share, without: Share) -> str:
    """How often the goal is met, of 100, with its range, and how often when doing nothing."""
    return (
        f"In {futures(study.comparison.worlds)} your plan meets its goal ({goal_words(study)}) in "
        f"{of_hundred(reached)}; doing nothing: {per_hundred(without.value)}."
    )


def of_hundred(found: Share, what: str = "") -> str:
    """A share with its likely range: "62 of 100 (59-65)", "62 of 100 futures (59-65)"."""
    return f"{per_hundred(found.value)} of 100{what} ({hundred_range(found.low, found.high)})"


def _money(gain: Difference, ahead: Share, behind: Share) -> str:
    """What it leaves the owner, on average and how often."""
    if gain.mean == gain.low == gain.high == 0:
        return "In every one of them you end up exactly where doing nothing leads."
    more = "more" if gain.mean >= 0 else "less"
    return (
        f"On average it leaves you {level(abs(gain.mean), 'USD')} {more} than doing nothing would "
        f"({change_range(gain.low, gain.high, 'USD')}): you are better off in {per_hundred(ahead.value)} of 100 "
        f"futures and worse off in {per_hundred(behind.value)}."
    )
