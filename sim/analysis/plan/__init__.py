"""One plan, stress-tested: the sentence, cash, payback, what decides, regret, where it breaks, what to watch."""

from sim.analysis.plan.study import Goal, PlanStudy, Project, Unsure

__all__ = ["Goal", "PlanStudy", "Project", "Unsure"]
