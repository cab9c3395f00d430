"""How skill on a tool grows with use and fades without it."""

from __future__ import annotations

from sim.compiled import compiled
from sim.numerics import power_


@compiled
def half_life_(general: float, weak_months: float, strong_months: float) -> float:
    """Months in which a learner of this general skill (0–1) closes half of what is missing."""
    return weak_months + general * (strong_months - weak_months)


@compiled
def learning_(half_life_months: float, training_boost: float) -> float:
    """Part of the missing skill that a month of use teaches; a boost of 1 halves the half-life."""
    return 1.0 - power_(2.0, -(1.0 + training_boost) / half_life_months)


@compiled
def next_skill_(skill: float, used: float, learning_month: float, forgetting_month: float) -> float:
    """Skill a month later: learned in the part of the month in which the tool was used, forgotten in the rest."""
    learned = used * learning_month * (1.0 - skill)
    forgotten = (1.0 - used) * forgetting_month * skill
    return skill + learned - forgotten
