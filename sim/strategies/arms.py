"""An arm: a strategy as a composition of separate factors.

Arms differ in what is chosen, how much is assessed and how it is rolled out, and in nothing else: the same
opportunities, prices, optimism, budget, decision months, initial states and luck.
"""

from __future__ import annotations

from dataclasses import dataclass

LEVERS = (
    "assessment_months", "fix_first", "integrate", "phased", "later_months", "training", "involvement", "layoff",
    "redeploy", "weights", "targets", "vague", "measurement", "upkeep", "modular", "dynamic", "security", "oversight",
    "consent", "explore", "partners", "most_projects", "placebo",
)
"""Factors of an arm that firms and entrants carry in columns of the same name."""
OBJECTIVES = ("cost", "growth", "quality", "retention", "new_segment")
"""What an owner may want; `weights` hold one number for each. All 0: the owner's money, whatever brings it.

`targets` hold the change on the first year at which each is reached and gives its weight to the others; 0: never."""
NO_WEIGHTS = (0.0,) * len(OBJECTIVES)
SCORES = (
    "none", "random", "own_sake", "tactical", "aligned", "npv", "planned", "largest_hours", "loudest_complaint",
    "value_chain", "swot", "five_forces", "impact_feasibility", "oracle",
)


@dataclass(frozen=True)
class Purchase:
    """An item of a plan: a tool family, "expand:<stage>" or "fix:<stage>", and the month it is bought."""

    item: str
    month: int


@dataclass(frozen=True)
class Arm:
    """A strategy: its name as addressed, words for people, and its factors."""

    name: str
    label: str
    line: str
    score: str = "none"
    assessment_months: float = 0.0
    fix_first: float = 0.0
    integrate: float = 0.0
    phased: float = 0.0
    later_months: int = 0
    training: float = 0.0
    involvement: float = 0.0
    layoff: float = 0.0
    redeploy: float = 0.0
    weights: tuple[float, ...] = NO_WEIGHTS
    targets: tuple[float, ...] = NO_WEIGHTS
    vague: float = 0.0
    measurement: float = 0.0
    upkeep: float = 0.0
    modular: float = 0.0
    dynamic: float = 0.0
    security: float = 0.0
    oversight: float = 0.0
    consent: float = 0.0
    explore: float = 0.0
    partners: float = 0.0
    most_projects: int = 0
    placebo: float = 0.0
    purchases: tuple[Purchase, ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError for a score that does not exist."""
        if self.score not in SCORES:
            raise ValueError(f"score {self.score!r} is not one of {', '.join(SCORES)}")
