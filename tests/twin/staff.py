"""People and tools: what they learn and forget."""

from __future__ import annotations

from sim.numerics import power_
from tests.twin.agents import STAGES, Firm, Person, Tool, total


def time_at(firm: Firm, person: Person, tool: Tool) -> float:
    """Part of a person's time at the stages that a tool serves."""
    catalogue = firm.model.params.catalogue
    served = [s for s in STAGES if catalogue.hours_taken[tool.item][s] > 0.0]
    return total([person.time_share[s] for s in served or [int(catalogue.main_stage[tool.item])]])


def mean_by_time(times: list[float], values: list[float], nobody: float) -> float:
    """Mean of what users have, by the time they spend there."""
    whole = total(times)
    return total([time * value for time, value in zip(times, values, strict=True)]) / whole if whole > 0.0 else nobody


def learn_tools(firm: Firm) -> None:
    """Users learn each live tool, with training if it is given and still needed; what is not at work is not known."""
    p, people, trained = firm.model.params.skill, firm.staff(), 0.0
    for person in people:
        person.hours_away = 0.0
    for place, tool in enumerate(firm.tools):
        if tool is None or not tool.live:
            for person in people:
                person.tool_skill[place] = 0.0
            continue
        times = [time_at(firm, person, tool) for person in people]
        for person, time in zip(people, times, strict=True):
            lesson = firm.training if time > 0.0 and person.tool_skill[place] < p.training_until else 0.0
            person.hours_away += p.training_hours_month * lesson
            person.tool_skill[place] = skill_after(person, person.tool_skill[place], time > 0.0, lesson)
            trained += lesson
        tool.skill = mean_by_time(times, [person.tool_skill[place] for person in people], p.start)
    firm.hours_trained = p.training_hours_month * trained
    firm.book("tools_running", -(p.training_usd_month * trained))


def skill_after(person: Person, skill: float, used: bool, lesson: float) -> float:
    """Skill a month later, at least a beginner's."""
    p = person.model.params.skill
    months = p.half_life_weak_months + person.general_skill * (p.half_life_strong_months - p.half_life_weak_months)
    pace = 1.0 - power_(2.0, -(1.0 + p.training_effect * lesson) / months)
    after = skill + pace * (1.0 - skill) if used else skill - p.forgetting_month * skill
    return max(after, p.start)
