"""Framework lenses, candidate by candidate."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.twin import scores, shop
from tests.twin.agents import STAGES, total

if TYPE_CHECKING:
    from tests.twin.owners import Candidate, Picture

Values = list[float]


def by_dear_activities(seen: Picture, allowed: list[Candidate]) -> Values:
    """Relief of activities, in full at the one with most work by hand, less what the candidate costs."""
    cap, demand, work = seen.firm.model.params.throughput.automatable_cap, seen.demand, seen.firm.hand_hours_order
    p, wage = seen.firm.model.params.choosing, seen.firm.wage_usd_hour
    by_hand = [(1.0 - shop.share_by_tools(demand, seen.tools[s], cap)) * work[s] for s in STAGES]
    values = []
    for c in allowed:
        saved, mended = scores.hours_saved(seen, c), scores.faults_mended_at(seen, c)
        parts = []
        for s in STAGES:
            relief = saved[s] + mended[s] * (work[s] * demand)
            parts.append(by_hand[s] / max(max(by_hand), 1e-9) * relief)
        values.append(total(parts) * (wage * p.window_months) - scores.on_the_map(seen, c).cost_usd)
    return values


def by_points(seen: Picture, allowed: list[Candidate]) -> Values:
    """Openings want orders and room, threats low costs and sound work."""
    rivals, entrants, _, leaving, elsewhere = seen.forces
    threat = (rivals + entrants + leaving) / 3.0
    opening = elsewhere / max(elsewhere + threat, 1e-9)
    hours, growth, faults, ease, _ = parts_of(seen, allowed)
    return [
        0.5 * (opening * (ease[n] + growth[n]) + (1.0 - opening) * (hours[n] + faults[n])) for n in range(len(allowed))
    ]


def by_forces(seen: Picture, allowed: list[Candidate]) -> Values:
    """Each force has its answer."""
    hours, growth, faults, ease, _ = parts_of(seen, allowed)
    whole, values = max(total(list(seen.forces)), 1e-9), []
    for n in range(len(allowed)):
        answers = (hours[n], growth[n], faults[n], 0.5 * ease[n] + 0.5 * faults[n], ease[n])
        values.append(total([answer * (force / whole) for answer, force in zip(answers, seen.forces, strict=True)]))
    return values


def by_impact_and_ease(seen: Picture, allowed: list[Candidate]) -> Values:
    """Gain over the best, less where it is heavy or slow."""
    sales = seen.firm.price_usd * seen.demand
    gains = scores.relative([scores.on_the_map(seen, c).gain_usd for c in allowed])
    return [
        gain * (sales / (sales + c.one_off_usd)) * (1.0 / max(c.months, 1.0))
        for gain, c in zip(gains, allowed, strict=True)
    ]


def parts_of(seen: Picture, allowed: list[Candidate]) -> list[Values]:
    """Wages, growth, faults, ease and the second kind of customer, each over the best."""
    return [scores.relative([scores.wanted(seen, c)[part] for c in allowed]) for part in range(5)]


def through(value: Callable[[Picture, list[Candidate]], Values], reason: str) -> Callable[..., scores.Choice]:
    """Buy what ranks first, if it has any rank at all."""

    def look(seen: Picture, payable: list[Candidate]) -> scores.Choice:
        allowed = [c for c in payable if scores.clears_hurdle(seen, scores.on_the_map(seen, c))]
        ranked = dict(zip([c.number for c in allowed], value(seen, allowed), strict=True))
        worth = [c for c in allowed if ranked[c.number] > 0.0]
        return scores.chosen(seen, scores.first_best(worth, lambda c: ranked[c.number]), reason, scores.on_the_map)

    return look


RULES = {
    "value_chain": through(by_dear_activities, "activity"), "swot": through(by_points, "points"),
    "five_forces": through(by_forces, "forces"), "impact_feasibility": through(by_impact_and_ease, "easy"),
}
