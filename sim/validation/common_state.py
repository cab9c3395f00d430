"""Common states from which a month is lived twice: worlds two years old, owned in two ways.

One of them is a street in which whatever can happen does, beside the same street as it usually is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from sim import population, schedule
from sim.params import Params
from sim.params.events import KINDS
from sim.scenario.arms_list import parse_arms
from sim.scenario.events import EventFile, events_of
from sim.scenario.presets import tools
from sim.scenario.trades import market
from sim.world import World

AGE_MONTHS = 24
NEVER = 500
"""A month that no state lives to see."""
WAYS = (
    "npv+phased+edges+train+involve+redeploy+measure+upkeep+dynamic+secure+oversee+consent+explore30+partner",
    "own_sake+fix+layoff+modular+dynamic+explore30",
)
"""Owners of two kinds: one takes every care and has a target, one hardly any; between them they use every lever that
has a step."""
TARGETS = (0.0, 0.05, 0.0, 0.0, 0.0)
RESTLESS = {
    "setup": {"bottleneck_stage": 1.0}, "sector": {"regulation": 1.0, "quits_month": 0.08},
    "choosing": {"decision_month": 0.6, "fund_share": 0.05}, "diffusion": {"contagion": 0.2},
    "environment": {"work_jumps_year": 6.0, "taste_jumps_year": 6.0}, "demand": {"trend_year": 0.05},
    "finance": {"entry_year": 1.0}, "suppliers": {"shock": 0.05},
    "frontier": {"support_months": 8.0, "price_fall_year": 0.1, "quality_rise_year": 0.2},
    "incidents": {"breach_year": 12.0, "breach_churn": 0.3, "outage_year": 12.0, "fine_year": 200.0},
    "fairness": {"worry": 0.1}, "data": {"personal_utility": 0.2},
    "wages": {"rent_sharing": 0.15, "vacancy_response": 0.2},
}
SEEN_BY_MACHINES = {"slips_found": 0.5, "errors_found": 0.5, "error_gap": 0.5, "convenience_second": 0.1}


def street(restless: bool) -> Params:
    """Bakeries to which every tool is offered, as they usually are, or where everything happens."""
    offered = [name for name, tool in tools().items() if not tool.hub]
    params = market("bakery", offered, {name: SEEN_BY_MACHINES for name in offered})
    events = events_of(_coming(AGE_MONTHS if restless else NEVER), list(tools()))
    return replace(params.changed(**RESTLESS) if restless else params, events=events)


def _coming(month: int) -> list[EventFile]:
    """An event of every kind in this month, and less demand since a while before."""
    special: dict[str, dict[str, Any]] = {"rival_entry": {}, "taste": {"months": 6, "attribute": "wait"}}
    slump = {"kind": "demand", "month": month - 4, "months": 12, "size": -0.3}
    events = [{"kind": kind, "month": month, "size": 0.3, **special.get(kind, {"months": 6})} for kind in KINDS]
    return [EventFile.model_validate(event) for event in (slump, *events)]


def grown(kinds: Sequence[Params], seeds: Sequence[int]) -> World:
    """After two years: the worlds of these seeds in each kind, for each way to own a firm, side by side."""
    careful, careless = parse_arms(",".join(WAYS))
    arms = (replace(careful, targets=TARGETS), careless)
    cases = [(params, arm, seed) for params in kinds for arm in arms for seed in seeds]
    world = population.create([params for params, _, _ in cases], [seed for _, _, seed in cases])
    small = np.nonzero(world.firms.open & ~world.firms.large)[0]
    for number, (_, arm, _) in enumerate(cases):
        population.assign(world, small[world.firms.world[small] == number], arm, list(tools()))
        population.let_entrants_follow(world, np.array([number]), (arm, arm), 1.0)
    for _ in range(AGE_MONTHS):
        schedule.step(world)
    return world
