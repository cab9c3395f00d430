"""One world told: what happened to a firm, as dated sentences with their reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from sim.arrays import Floats, Ints
from sim.observe.metrics.base import Watched
from sim.observe.observation import Event
from sim.params.events import ATTRIBUTES, KINDS, WEIGHED, lasts, told
from sim.params.sector import STAGE_LABELS, STAGES
from sim.state import EXPANSION, FIX
from sim.strategies.choice import PLANNED, REASONS
from sim.world import Note

QUIET_AFTER_MONTHS = 6


def item_name(code: int, titles: Sequence[str]) -> str:
    """Words for what can be bought."""
    if code >= FIX:
        return f"a better process for {STAGE_LABELS[code - FIX]}"
    if code >= EXPANSION:
        return f"more equipment for {STAGE_LABELS[code - EXPANSION]}"
    return titles[code]


def _usd(value: float) -> str:
    return f"${abs(value):,.0f}"


def _rounded(value: float) -> str:
    """Dollars that somebody expects: three digits that matter."""
    return _usd(float(f"{value:.3g}"))


def _start(detail: dict[str, float], titles: Sequence[str]) -> str:
    item, gain, reason = item_name(int(detail["item"]), titles), detail["gain_usd"], int(detail["reason"])
    bought = f"Bought {item} for {_usd(detail['price_usd'])}"
    if reason == PLANNED:
        word = f"would {'bring' if gain >= 0 else 'lose'} about {_rounded(gain)}"
        return f"{bought}: {REASONS[reason]}; taken at its word the quote {word}."
    foreseen = f"expecting to gain {_rounded(gain)}" if gain >= 0 else f"though expecting to lose {_rounded(gain)}"
    return f"{bought}, {foreseen}: {REASONS[reason]}."


def _live(detail: dict[str, float], titles: Sequence[str]) -> str:
    return f"{item_name(int(detail['item']), titles).capitalize()}: in place and in use."


def _stop(detail: dict[str, float], titles: Sequence[str]) -> str:
    item, bill = item_name(int(detail["item"]), titles), _usd(detail["bill_usd"])
    why = "the till could not carry" if detail["unpayable"] else "was more than it still promised to bring"
    return f"Stopped {item}: it would have cost {bill} more than quoted, which {why}. What was paid is gone."


def _pilot_stop(detail: dict[str, float], titles: Sequence[str]) -> str:
    why = "the till could not carry the rest" if detail["unpayable"] else "the pilot spoke against it"
    return f"Stopped {item_name(int(detail['item']), titles)} after trying it: {why}. What was paid is gone."


def _rollout(detail: dict[str, float], titles: Sequence[str]) -> str:
    item = item_name(int(detail["item"]), titles)
    return f"The pilot spoke for {item}: rolled out to the whole firm for another {_usd(detail['price_usd'])}."


def _overrun(detail: dict[str, float], titles: Sequence[str]) -> str:
    item, months = item_name(int(detail["item"]), titles).capitalize(), int(detail["delay"])
    return f"{item}: {_usd(detail['bill_usd'])} dearer than quoted and {months} month{'s' * (months > 1)} late."


def _support_end(detail: dict[str, float], titles: Sequence[str]) -> str:
    item = item_name(int(detail["item"]), titles).capitalize()
    return f"{item}: its maker stopped supporting this version; it does less from month to month."


def _renew(detail: dict[str, float], titles: Sequence[str]) -> str:
    return f"{item_name(int(detail['item']), titles).capitalize()}: the new version took over from the old one."


def _take_out(detail: dict[str, float], titles: Sequence[str]) -> str:
    item, gain = item_name(int(detail["item"]), titles), _usd(detail["gain_usd"])
    return f"Took {item} out again for {_usd(detail['price_usd'])}, expecting to be better off without it by {gain}."


def _prototype(detail: dict[str, float], titles: Sequence[str]) -> str:
    return f"Began to try out something new, for {_usd(detail['price_usd'])}."


def _offer(detail: dict[str, float], titles: Sequence[str]) -> str:
    return "Something new came to market that customers like, until others have copied it."


def _declined(detail: dict[str, float], titles: Sequence[str]) -> str:
    return "Looked at the offers and bought nothing: nothing that could be paid promised enough."


def _close(detail: dict[str, float], titles: Sequence[str]) -> str:
    if detail["broke"]:
        return "Closed: cash and overdraft were used up."
    return "Closed: for half a year the firm had earned less than its owner could elsewhere."


def _layoff(detail: dict[str, float], titles: Sequence[str]) -> str:
    people = int(detail["people"])
    return f"Laid off {people} {'person' if people == 1 else 'people'} whose work the tools had taken over."


def _breach(detail: dict[str, float], titles: Sequence[str]) -> str:
    left = int(detail["customers"])
    gone = f"; {left} customer{'s' * (left != 1)} left" if left else ""
    return f"Customer data were stolen, which cost {_usd(detail['usd'])}{gone}."


def _outage(detail: dict[str, float], titles: Sequence[str]) -> str:
    days = max(round(detail["days"]), 1)
    return f"{item_name(int(detail['item']), titles).capitalize()} stood still for {days} day{'s' * (days > 1)}."


def _fine(detail: dict[str, float], titles: Sequence[str]) -> str:
    return f"Fined for how machines decided: {_usd(detail['usd'])}."


def _work_moved(detail: dict[str, float], titles: Sequence[str]) -> str:
    return f"The trade changed: {STAGE_LABELS[int(detail['where'])]} now takes more of the work of every order."


def _taste_moved(detail: dict[str, float], titles: Sequence[str]) -> str:
    return f"Customers changed: {WEIGHED[ATTRIBUTES[int(detail['where'])]]} now count for more than they used to."


def _event(detail: dict[str, float], titles: Sequence[str]) -> str:
    kind = KINDS[int(detail["what"])]
    said = told(kind, detail["size"], int(detail["about"]), titles)
    return f"{said[0].upper()}{said[1:]}{lasts(kind, detail['months'])}."


SENTENCES: dict[str, Callable[[dict[str, float], Sequence[str]], str]] = {
    "start": _start, "stop": _stop, "overrun": _overrun, "rollout": _rollout, "pilot_stop": _pilot_stop,
    "live": _live, "declined": _declined, "close": _close,
    "layoff": _layoff, "support_end": _support_end, "renew": _renew, "take_out": _take_out,
    "prototype": _prototype, "offer": _offer,
    "work moved": _work_moved, "taste moved": _taste_moved, "event": _event,
    "breach": _breach, "outage": _outage, "fine": _fine,
}


def from_journal(journal: Sequence[Note], watched: Watched, titles: Sequence[Sequence[str]]) -> list[list[Event]]:
    """Events of each world's first watched firm, from what mechanisms wrote down; titles of families by world."""
    worlds = {int(row): i for i, row in enumerate(watched.rows[:: watched.per_world])}
    closed: set[int] = set()
    told: list[list[Event]] = [[] for _ in worlds]
    for note in journal:
        for position, row in enumerate(note.rows):
            world = worlds.get(int(row))
            if world is None or note.kind not in SENTENCES or world in closed:
                continue
            detail = {name: float(values[position]) for name, values in note.details.items()}
            told[world].append(Event(note.month, note.kind, SENTENCES[note.kind](detail, titles[world])))
            if note.kind == "close":
                closed.add(world)
    return told


def from_series(series: dict[str, Floats]) -> list[Event]:
    """What the figures of a firm tell: its first red month, turned-away customers, a change of bottleneck, people."""
    events = _turned_away(series) + _in_the_red(series) + _limits(series) + _people(series)
    return sorted(events, key=lambda event: event.month)


def _rarely(months: Ints) -> list[int]:
    """Months at which a condition holds, leaving out repeats within half a year."""
    kept: list[int] = []
    for month in months:
        if not kept or month - kept[-1] >= QUIET_AFTER_MONTHS:
            kept.append(int(month))
    return kept


def _turned_away(series: dict[str, Floats]) -> list[Event]:
    lost = series["orders_lost"] / np.maximum(series["orders_demanded"], 1.0)
    return [
        Event(m, "lost", f"Turned away {lost[m]:.0%} of orders: {_limit(series['bottleneck'][m])} was full.")
        for m in _rarely(np.nonzero((lost > 0.03) & (series["bottleneck"] < len(STAGES)))[0])
    ]


def _in_the_red(series: dict[str, Floats]) -> list[Event]:
    red = np.nonzero(series["cash_usd"] < 0.0)[0]
    return [Event(m, "overdraft", f"In overdraft by {_usd(series['cash_usd'][m])}.") for m in _rarely(red)]


def _limits(series: dict[str, Floats]) -> list[Event]:
    """Months in which what limits sales changes for at least a quarter."""
    limit, events, current = series["bottleneck"], [], None
    for month in range(len(limit) - 2):
        steady = limit[month] == limit[month + 1] == limit[month + 2]
        if steady and limit[month] >= 0 and limit[month] != current:
            if current is not None:
                events.append(Event(month, "limit", f"Now {_limit(limit[month])} set the pace."))
            current = limit[month]
    return events


def _people(series: dict[str, Floats]) -> list[Event]:
    months = _rarely(np.nonzero(series["quits"] >= 2.0)[0])
    return [
        Event(m, "quits", f"{int(series['quits'][m])} people left in one month"
              + (", after weeks of overload." if series["overload"][max(m - 1, 0)] > 0.0 else "."))
        for m in months
    ]


def _limit(code: float) -> str:
    """Words for what limits sales."""
    return "demand" if code >= len(STAGES) else STAGE_LABELS[int(code)]

