"""Acceptance (M9): people use a tool that seems useful, easy and usual, the more if they have a say and no fear of it.

Perceived usefulness and ease explain use (Davis 1989), with what colleagues do (Venkatesh et al. 2003). Usefulness is
learned from results and results need use, so there are two ways for a good tool to end: above a threshold of
motivation use feeds itself, below it people go back to the old way (Repenning 2002).
"""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Floats
from sim.formulas.acceptance import towards, wanted_use
from sim.state import EXPANSION
from sim.users import Users, live_tools, mean_by_time, users
from sim.world import World, mechanism


def nobody_is_afraid(world: World) -> None:
    """Nobody feels threatened."""
    world.people.threat[:] = 0.0


@mechanism("people.threat", neutral=nobody_is_afraid, neutral_text="threat 0")
def feel_threat(world: World) -> None:
    """An announced tool threatens those whose work it could take; after go-live the threat fades."""
    firms, people, p = world.firms, world.people, world.params.acceptance
    fade = numerics.power(0.5, 1.0 / p.threat_half_life_months)[people.world]
    threat = np.where(people.employer >= 0, people.threat * fade, 0.0)
    announced = (firms.tool_family >= 0) & (firms.tool_family < EXPANSION) & (firms.tool_countdown > 0)
    expecting = np.logical_or.reduce(announced, axis=1)
    rows = np.nonzero((people.employer >= 0) & expecting[people.employer])[0]
    w, firm, exposed = people.world[rows], people.employer[rows], np.zeros(len(rows))
    for slot in range(announced.shape[1]):
        taken = world.params.catalogue.hours_taken[w, np.where(announced[firm, slot], firms.tool_family[firm, slot], 0)]
        exposed += np.where(announced[firm, slot], numerics.row_sum(taken * people.time_share[rows]), 0.0)
    calm = 1.0 - p.involvement_calms[w] * firms.involvement[firm]
    threat[rows] = np.maximum(threat[rows], p.threat_size[w] * exposed * calm)

    people.threat[:] = threat


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
    live = live_tools(world)
    use = np.repeat(p.first_use[people.world][:, None], live.shape[1], axis=1)
    usage = np.repeat(p.first_use[w][:, None], live.shape[1], axis=1)
    usefulness = np.repeat(p.promise[w][:, None], live.shape[1], axis=1)
    for slot in range(live.shape[1]):
        who = users(world, slot, live[:, slot])
        use[who.rows, slot] = _next_use(world, who, slot)
        # An owner without employees there uses what was bought.
        mean = mean_by_time(world, who, use[who.rows, slot], np.ones(len(w)))
        gain = mean * firms.tool_skill[:, slot]
        seen = towards(firms.tool_usefulness[:, slot], gain, p.noticing_month[w])
        usage[:, slot] = np.where(live[:, slot], mean, usage[:, slot])
        usefulness[:, slot] = np.where(live[:, slot], seen, usefulness[:, slot])

    people.tool_use[:] = use
    firms.tool_usage[:] = usage
    firms.tool_usefulness[:] = usefulness


def _next_use(world: World, who: Users, slot: int) -> Floats:
    """Each user's use of one tool after this month."""
    firms, people, p, w = world.firms, world.people, world.params.acceptance, world.people.world[who.rows]
    use = people.tool_use[who.rows, slot]
    peers = mean_by_time(world, who, use, np.zeros(len(firms.world)))[who.firm]
    motivation = (
        p.base[w]
        + p.usefulness_weight[w] * firms.tool_usefulness[who.firm, slot]
        + p.ease_weight[w] * people.tool_skill[who.rows, slot]
        + p.peers_weight[w] * peers
        + p.involvement_weight[w] * firms.involvement[who.firm]
        + p.culture_weight[w] * firms.culture[who.firm]
        - p.threat_weight[w] * people.threat[who.rows]
    )
    return towards(use, wanted_use(motivation, p.threshold[w]), p.habit_month[w])
