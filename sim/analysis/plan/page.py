"""The plan's page: one self-contained file whose first page answers four questions; all numbers come from the sheets.

Equal studies give equal bytes: no date, no randomness, no file or address from outside.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from matplotlib.figure import Figure

from sim.analysis import amounts, figures, twins, words
from sim.analysis.html import Picture, page
from sim.analysis.inner import of_the_model
from sim.analysis.limits import limits
from sim.analysis.people import hours
from sim.analysis.plan import figures as drawn
from sim.analysis.plan.breaks import LOSES, MISSES, corner_words
from sim.analysis.plan.cards import cards, luck_words
from sim.analysis.plan.cash import dip
from sim.analysis.plan.findings import Findings, findings
from sim.analysis.plan.regret import yardsticks
from sim.analysis.plan.study import PLAN, PlanStudy
from sim.analysis.returns import earned
from sim.analysis.story import story
from sim.analysis.till import SAFE_SHARE
from sim.analysis.twins import Table
from sim.analysis.words import NEGLIGIBLE_SHARE

EVERY = slice(None)
STOPPING = (
    "What stopping early would save. The signs were found in futures in which the plan was carried through; what is "
    "left of the price when it is broken off is a question for the contract."
)
RANGES = (
    "Whether your ranges hold. What you are unsure about was drawn evenly between the ends that were given, each "
    "without regard to the others; what lies beyond them never happened here."
)


def plan_files(study: PlanStudy) -> dict[str, str | bytes]:
    """The page and, under their own names, the pictures in it: file name -> content."""
    content = _content(study)
    pictures: dict[str, str | bytes] = {f"{name}.svg": picture.svg for name, picture in content["pictures"].items()}
    return {"report.html": page("plan.html.j2", s=study, c=study.comparison, **content), **pictures}


def _content(study: PlanStudy) -> dict[str, Any]:
    """Everything the page shows beside the study itself."""
    found = findings(study)
    return {
        "found": found,
        "lead": found.answer,
        "cards": cards(study, found),
        "pictures": dict(_pictures(study, found)),
        "sheets": {name: sheet.written() for name, sheet in found.sheets.items()},
        "luck": luck_words(found),
        "assumed": _assumed(found.sheets["assumptions"].written()),
        "yardsticks": yardsticks(found.regrets),
        "corners": tuple(corner_words(corner, fails) for fails, corner in found.corners.items()),
        "story": story(study.comparison),
        "limits": (*limits(found.pair, found.effects), RANGES, STOPPING),
        "words": _phrases(study),
    }


def _assumed(every: Table) -> tuple[Table, Table]:
    """The assumptions an owner can judge, and the numbers of the model itself."""
    own, inner = (tuple(row for row in every.rows if of_the_model(row[0]) is inside) for inside in (False, True))
    return Table(every.heads, own), Table(every.heads, inner)


def _phrases(study: PlanStudy) -> dict[str, str]:
    """Short phrases the page uses in several places."""
    comparison = study.comparison
    less_usd, month = dip(comparison)
    return {
        "negligible": amounts.percent(NEGLIGIBLE_SHARE),
        "hurdle": amounts.percent(comparison.hurdle_year),
        "asked": words.asked(comparison),
        "discount": amounts.percent(comparison.discount_month),
        "futures": amounts.futures(comparison.worlds),
        "years": amounts.years(comparison.years),
        "safe": amounts.per_hundred(SAFE_SHARE),
        "dip": _dip_words(less_usd, month),
    }


def _dip_words(less_usd: float, month: int) -> str:
    """How deep the plan digs into the till."""
    if not less_usd:
        return "In the middle future the plan never leaves you with less in the till than doing nothing."
    return (
        f"At its deepest, in month {month}, the plan leaves {amounts.level(less_usd, 'USD')} less in the till than "
        "doing nothing, in the middle future."
    )


SPOKEN = {
    "regret": "How much less than the best choice of the same future each choice leaves",
    "cash": "Money in the till over time, with the plan and without it",
    "open": "Of 100 firms, how many are still open, month by month",
    "payback": "Of 100 possible futures, when the money was back, never included",
    "earned": "Return a year on each dollar spent: a dot for every two of 100 possible futures",
    "decides": "What the plan leaves the owner when each uncertain thing is low or high",
    "loses": "Where the plan leaves the owner worse off than doing nothing",
    "misses": "Where the plan misses the goal",
    "stop": "The number to stop by, in futures that end well and in those that end badly",
    "scale": "The number to scale up by, in futures that end well and in those that end badly",
    "hours": "Hours a month the tools took over, and what became of them",
}


def _pictures(study: PlanStudy, found: Findings) -> Iterator[tuple[str, Picture]]:
    """Every figure of the page with the table that says the same, by name."""
    for name, figure, sheet, rows in _figures(study, found):
        table = found.sheets[sheet].written()
        yield name, Picture(figures.svg(figure, name, SPOKEN[name]), Table(table.heads, table.rows[rows]), sheet)
    pair, freed = found.pair, hours(found.pair, PLAN)
    for name, figure, table in (
        ("cash", figures.cash_fan(pair, PLAN), twins.cash_table(pair, PLAN)),
        ("open", figures.open_firms(pair), twins.open_table(pair)),
        ("hours", figures.hours_bars(freed), twins.hours_table(freed)),
    ):
        yield name, Picture(figures.svg(figure, name, SPOKEN[name]), table)


def _figures(study: PlanStudy, found: Findings) -> Iterator[tuple[str, Figure, str, slice]]:
    """(name, figure, sheet with its numbers, which rows); some are there only if there is something to show."""
    yield "regret", drawn.regret_bars(study, found.regrets), "regret", EVERY
    yield "payback", figures.payback_bars(study.comparison), "payback", EVERY
    yield "earned", figures.earned_dots(found.pair, {PLAN: earned(found.pair, PLAN)}), "returns", EVERY
    if found.drivers.found:
        yield "decides", drawn.drivers_bars(found.drivers, found.answer.gain.mean), "what_decides", EVERY
    row = 0
    for name, fails, bad in (("loses", LOSES, study.gain_usd < 0), ("misses", MISSES, ~study.reached(PLAN))):
        if found.corners[fails].limits:
            figure = drawn.corner_map(study, bad, found.corners[fails], fails)
            yield name, figure, "where_it_breaks", slice(row, row + 1)
            row += 1
    row = 0
    for name, post in (("stop", found.signposts.stop), ("scale", found.signposts.scale)):
        if post:
            yield name, drawn.signpost_dots(study, post), "signposts", slice(row, row + 1)
            row += 1
