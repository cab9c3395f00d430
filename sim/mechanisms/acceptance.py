"""Acceptance (M9): people use a tool that seems useful, easy and usual, the more if they have a say and no fear of it.

Perceived usefulness and ease explain use (Davis 1989), with what colleagues do (Venkatesh et al. 2003). Usefulness is
learned from results and results need use, so there are two ways for a good tool to end: above a threshold of
motivation use feeds itself, below it people go back to the old way (Repenning 2002).
"""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.formulas.acceptance import towards
from sim.kernels.tools import Motives, Opinion, Places, Takers, fear, take_up, use_now
from sim.params.acceptance import Acceptance
from sim.state import EXPANSION
from sim.users import mean_by_time, numbered, places
from sim.world import World, mechanism


def nobody_is_afraid(world: World) -> None:
    """Nobody feels threatened."""
    world.people.threat[:] = 0.0


@mechanism("people.threat", neutral=nobody_is_afraid, neutral_text="threat 0")
def feel_threat(world: World) -> None:
    """An announced tool threatens those whose work it could take; after go-live the threat fades."""
    firms, people, p = world.firms, world.people, world.params.acceptance
    under_way = (firms.tool_family >= 0) & (firms.tool_family < EXPANSION) & (firms.tool_countdown > 0)
    rows, slots = np.nonzero(under_way)
    rated = world.params.catalogue.hours_taken[firms.world[rows], firms.tool_family[rows, slots]]
    taken = np.minimum(rated, 1.0)  # nobody can lose more than all of the work
    staff = (people.employer, people.world, people.time_share)
    dread = (numerics.power(0.5, 1.0 / p.threat_half_life_months), p.threat_size, p.involvement_calms)
    fear(people.threat, staff, Places(numbered(under_way), taken), firms.involvement, dread)


def everybody_uses(world: World) -> None:
    """Everybody uses every tool wherever it can be used."""
    world.people.tool_use[:] = 1.0
    world.firms.tool_usage[:] = 1.0


@mechanism(
    "people.tool_use firms.tool_usage firms.tool_usefulness", neutral=everybody_uses, neutral_text="use 1"
)
def accept_tools(world: World) -> None:
    """Use moves towards what people want; a firm's use is the mean by hours of its users; results are noticed."""
    firms, people, p, w = world.firms, world.people, world.params.acceptance, world.firms.world
    at_work = places(world)
    live = at_work.tool >= 0
    takers = Takers(
        people.employer, people.world, people.threat, people.time_share, people.tool_skill, people.tool_use
    )
    time, used = use_now(takers, at_work)
    peers = mean_by_time(time, used, np.zeros_like(time))
    take_up(takers, at_work, Opinion(firms.tool_usefulness, peers, firms.involvement, firms.culture), _motives(p))
    # An owner without employees there uses what was bought.
    time, used = use_now(takers, at_work)
    usage = mean_by_time(time, used, np.ones_like(time))
    seen = towards(firms.tool_usefulness, usage * firms.tool_skill, p.noticing_month[w][:, None])

    firms.tool_usage[:] = np.where(live, usage, p.first_use[w][:, None])
    firms.tool_usefulness[:] = np.where(live, seen, p.promise[w][:, None])


def _motives(p: Acceptance) -> Motives:
    """What weighs how much in people's wish to use a tool."""
    return Motives(
        base=p.base, usefulness=p.usefulness_weight, ease=p.ease_weight, peers=p.peers_weight,
        involvement=p.involvement_weight, culture=p.culture_weight, threat=p.threat_weight, threshold=p.threshold,
        habit=p.habit_month, first_use=p.first_use,
    )
