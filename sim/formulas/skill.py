"""How skill on a tool grows with use and fades without it."""

from __future__ import annotations

from sim import numerics
from sim.arrays import Floats


def half_life(general: Floats, weak_months: Floats, strong_months: Floats) -> Floats:
    """Months in which a learner of this general skill (0–1) closes half of what is missing; one shape."""
    return weak_months + general * (strong_months - weak_months)


def learning(half_life_months: Floats, training_boost: Floats) -> Floats:
    """Part of the missing skill that a month of use teaches; a boost of 1 halves the half-life; one shape."""
    kept: Floats = numerics.power(2.0, -(1.0 + training_boost) / half_life_months)
    return 1.0 - kept


def next_skill(skill: Floats, used: Floats, learning_month: Floats, forgetting_month: Floats) -> Floats:
    """Skill a month later: learned in the part of the month in which the tool was used, forgotten in the rest."""
    learned = used * learning_month * (1.0 - skill)
    forgotten = (1.0 - used) * forgetting_month * skill
    return skill + learned - forgotten
