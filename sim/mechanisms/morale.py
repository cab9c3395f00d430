"""Morale (part of M10): what the month does to people's wish to stay.

Morale rises where tools take tedium away and where people have a say, and falls with overload, threat and low pay;
overload is zero at normal load, otherwise quits run away. Insecurity drives people out before anybody is displaced
(Sverke et al. 2002).
"""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.formulas.acceptance import towards
from sim.state import EXPANSION
from sim.world import World, mechanism


def nobody_minds(world: World) -> None:
    """Morale is that of a normal job."""
    world.people.morale[:] = 0.0


@mechanism("people.morale", neutral=nobody_minds, neutral_text="morale 0")
def move_morale(world: World) -> None:
    """Each person's morale moves towards what last month's work and this month's worries make of it."""
    firms, people, p = world.firms, world.people, world.params.morale
    rows = np.nonzero(people.employer >= 0)[0]
    firm, w = people.employer[rows], people.world[rows]
    has_tools = np.logical_or.reduce((firms.tool_family >= 0) & (firms.tool_family < EXPANSION), axis=1)
    pay = numerics.log(firms.wage_usd_hour[firm] / world.params.sector.wage_usd_hour[w])
    relieved = numerics.row_sum(people.time_share[rows] * firms.automated_share[firm])
    goal = (
        p.tedium_weight[w] * relieved
        - p.overload_weight[w] * firms.overload[firm]
        - p.threat_weight[w] * people.threat[rows]
        + p.involvement_weight[w] * np.where(has_tools[firm], firms.involvement[firm], 0.0)
        + p.pay_weight[w] * pay
    )
    morale = np.zeros_like(people.morale)
    morale[rows] = towards(people.morale[rows], goal, p.change_month[w])

    people.morale[:] = morale
