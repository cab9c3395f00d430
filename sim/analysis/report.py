"""The report: one self-contained page with the answer first, how it comes about and what it cannot tell.

Equal comparisons give equal bytes: no date, no randomness, no file or address from outside.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from sim.analysis import amounts, figures, twins, words, written
from sim.analysis.bridge import bridge
from sim.analysis.comparison import Comparison
from sim.analysis.effects import Effects, effects
from sim.analysis.golive import FEWEST, live_months
from sim.analysis.html import Picture, page
from sim.analysis.limits import limits
from sim.analysis.people import hours
from sim.analysis.ratios import growth_table
from sim.analysis.returns import Earned, earned
from sim.analysis.square import square_table
from sim.analysis.story import story
from sim.analysis.twins import Table


def compare_report(comparison: Comparison) -> str:
    """The report as one HTML page."""
    return report_files(comparison)["report.html"]


def report_files(comparison: Comparison) -> dict[str, str]:
    """The report and, under their own names, the pictures in it: file name -> content."""
    content = _content(comparison)
    pictures = {f"{name}.svg": picture.svg for name, picture in content["pictures"].items()}
    return {"report.html": page("report.html.j2", c=comparison, **content), **pictures}


def _content(comparison: Comparison) -> dict[str, Any]:
    """Everything the page shows beside the setting itself."""
    found = effects(comparison)
    returns = {arm.name: earned(comparison, arm.name) for arm in comparison.choices}
    said = {arm: words.sentence(comparison, arm, found, returns[arm]) for arm in returns}
    main, reference = comparison.main.name, comparison.reference.name
    return {
        "lead": said.pop(main),
        "beside": list(said.values()),
        "pictures": pictures(comparison, found, returns),
        "missed": twins.missed_table(comparison, returns),
        "kinds": twins.kinds_table(comparison, main),
        "steps": twins.steps_table(comparison.marginal, main) if comparison.marginal else None,
        "choices": twins.choices_table(comparison),
        "people": twins.people_table(comparison, found),
        "story": story(comparison),
        "square": square_table(comparison.square) if comparison.square else None,
        "growth": growth_table(comparison),
        "claims": {of: written.claims(comparison, of) for of in ("signature", "falsifier")},
        "falsifier_said": _said_there(comparison),
        "measures": written.measures(comparison, found),
        "worth": twins.worth_table(comparison, found),
        "limits": limits(comparison, found),
        "pairing": found.differences[main, reference, "owner_value_usd"].pairing_gain,
        "words": _phrases(comparison),
    }


def _phrases(comparison: Comparison) -> dict[str, str]:
    """Short phrases the page uses in several places."""
    return {
        "negligible": amounts.percent(words.NEGLIGIBLE_SHARE),
        "hurdle": amounts.percent(comparison.hurdle_year),
        "asked": words.asked(comparison),
        "discount": amounts.percent(comparison.discount_month),
        "futures": amounts.futures(comparison.worlds),
        "years": amounts.years(comparison.years),
        "other": words.other(comparison),
        "firm": words.firm(comparison),
    }


def _said_there(comparison: Comparison) -> str:
    """The sentence about the claimed choice in the setting that takes the reason away; empty without one."""
    there = comparison.falsifier
    if there is None:
        return ""
    claimed = [claim.a for claim in comparison.claims if claim.of == "falsifier"]
    arm = next((arm.name for arm in there.choices if arm.name in claimed), there.main.name)
    return str(words.sentence(there, arm, effects(there), earned(there, arm)))


def pictures(comparison: Comparison, found: Effects, returns: dict[str, Earned]) -> dict[str, Picture]:
    """Every figure of the report with its table, by name."""
    main = comparison.main.name
    steps, freed = bridge(comparison, main), hours(comparison, main)
    drawn: dict[str, tuple[Figure, Table]] = {
        "earned": (figures.earned_dots(comparison, returns), twins.earned_table(comparison, returns)),
        "worth": (figures.worth_effects(comparison, found), twins.worth_table(comparison, found)),
        "cash": (figures.cash_fan(comparison, main), twins.cash_table(comparison, main)),
        "open": (figures.open_firms(comparison), twins.open_table(comparison)),
        "payback": (figures.payback_bars(comparison), twins.payback_table(comparison)),
        "bridge": (figures.bridge_steps(steps), twins.bridge_table(steps)),
        "hours": (figures.hours_bars(freed), twins.hours_table(freed)),
    }
    if not comparison.averaged:
        if np.isfinite(live_months(comparison, main)).sum() >= FEWEST:
            drawn["golive"] = (figures.go_live(comparison, main), twins.go_live_table(comparison, main))
        stages = figures.bottleneck_shares(comparison, main)
        drawn["bottleneck"] = (stages, twins.bottleneck_table(comparison, main))
    return {name: Picture(figures.svg(figure, name, SPOKEN[name]), table) for name, (figure, table) in drawn.items()}


SPOKEN = {
    "earned": "Return a year on each dollar spent: a dot for every two of 100 possible futures, by choice",
    "worth": "What each choice added to the owner's worth, with likely ranges",
    "cash": "Money in the till over time, with the choice and without it",
    "open": "Of 100 firms, how many are still open, month by month",
    "payback": "Of 100 possible futures, when the money was back, never included",
    "bottleneck": "Of 100 firms, what held them back, month by month",
    "golive": "What changed around the month in which a project went to work",
    "bridge": "From the expected gain, step by step, to what came of it",
    "hours": "Hours a month the tools took over, and what became of them",
}
