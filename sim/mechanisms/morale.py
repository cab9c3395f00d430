"""Morale (part of M10): what the month does to people's wish to stay.

Morale rises where tools take tedium away and where people have a say, and falls with overload, threat and low pay;
overload is zero at normal load, otherwise quits run away. Insecurity drives people out before anybody is displaced
(Sverke et al. 2002).
"""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.kernels.people import Feelings, Staff, Workplace, move
from sim.state import EXPANSION
from sim.world import World, mechanism


def nobody_minds(world: World) -> None:
    """Morale is that of a normal job."""
    world.people.morale[:] = 0.0


@mechanism("people.morale", neutral=nobody_minds, neutral_text="morale 0")
def move_morale(world: World) -> None:
    """Each person's morale moves towards what last month's work and this month's worries make of it."""
    firms, people, p = world.firms, world.people, world.params.morale
    has_tools = np.logical_or.reduce((firms.tool_family >= 0) & (firms.tool_family < EXPANSION), axis=1)
    pay = numerics.log(firms.wage_usd_hour / world.market_wage_usd_hour[firms.world])
    workplace = Workplace(firms.automated_share, firms.overload, np.where(has_tools, firms.involvement, 0.0), pay)
    feelings = Feelings(
        p.tedium_weight, p.overload_weight, p.threat_weight, p.involvement_weight, p.pay_weight, p.change_month
    )
    move(people.morale, Staff(people.employer, people.world, people.time_share, people.threat), workplace, feelings)
