"""What a comparison cannot tell: said in the report itself, with its own numbers, not in a footnote
elsewhere."""

from __future__ import annotations

from sim.analysis.amounts import level, years
from sim.analysis.comparison import Comparison
from sim.analysis.effects import Effects

SEEN_ERRORS = 2.8  # standard errors of a difference that a two-sided 5% test sees in 8 of 10 cases

MODEL = (
    "What your firm will earn. These are futures of a model: they show what follows from its rules and "
    "numbers, and which of them decide the answer. They are no forecast of one firm."
)
MANY_MEASURES = (
    "Which of many measures matters. The chance of luck alone is corrected for the number of choices "
    "compared, not for the number of measures; among twenty measures one will look clear by chance."
)
WHOLE = (
    "What a firm gains by moving alone. Here all small firms make the same choice, so part of what one "
    "would win from the others is gone; the numbers are about the average small firm."
)
ALONE = (
    "What happens if everybody does the same. Here one firm chooses and the others carry on; what it wins "
    "from them would be gone if they all followed."
)

BY_LOT = (
    "What happens if everybody does the same, or nobody. Here a stated share of the firms of each market follows the "
    "one choice by lot and the others the other; the numbers set the two groups side by side, so what one takes from "
    "the other counts twice."
)
CHOSEN = (
    "What the choice causes. Here owners choose, and better owners choose it more often: the differences are what a "
    "survey would find, and part of them is the owner. What it causes is shown with lots instead."
)
SCOPE = {"focal": ALONE, "whole": WHOLE, "mixed": BY_LOT, "chosen": CHOSEN}


def limits(comparison: Comparison, found: Effects) -> tuple[str, ...]:
    """Honest sentences, the most important first."""
    gap = found.differences[comparison.main.name, comparison.reference.name, "owner_value_usd"]
    told = (
        MODEL,
        _assumed(comparison),
        f"Differences below about {level(SEEN_ERRORS * gap.mc_error, 'USD')}. A true difference smaller than "
        f"that would mostly go unseen in {comparison.worlds:,} futures; more futures make it smaller.",
        f"What comes after {years(comparison.years)}. Costs and benefits beyond the window are not counted.",
        SCOPE[comparison.assignment],
        MANY_MEASURES,
        _left_out(comparison),
    )
    return tuple(sentence for sentence in told if sentence)


def _assumed(comparison: Comparison) -> str:
    """How many of the numbers named in the report nobody has measured."""
    count = sum(assumption.kind == "assumed" for assumption in comparison.assumptions)
    if not count:
        return ""
    return (
        f"Whether the assumptions hold. {count} of the {len(comparison.assumptions)} numbers listed above "
        "are assumed, not measured."
    )


def _left_out(comparison: Comparison) -> str:
    """Futures that are missing because a run of theirs is."""
    if not comparison.incomplete:
        return ""
    listed = ", ".join(map(str, comparison.incomplete))
    return (
        f"What happened in {len(comparison.incomplete)} futures that are left out, because a run is missing: "
        f"numbers {listed}."
    )
