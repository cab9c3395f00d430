"""Skill (M7): people learn a tool by using it, forget it when they do not, and take what they know with them.

A tool does what it is rated for only in hands that know it. Skill belongs to people, so turnover keeps a firm's below
one: with ordinary quits it settles near .6. Training speeds learning and costs money and working hours.
"""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.kernels.tools import Learners, School, learn
from sim.state import FLOW
from sim.users import mean_by_time, places
from sim.world import World, mechanism


def everybody_knows(world: World) -> None:
    """Everybody gets out of a tool what it is rated for."""
    world.people.tool_skill[:] = 1.0
    world.firms.tool_skill[:] = 1.0
    world.people.hours_away[:] = 0.0
    world.firms.hours_trained[:] = 0.0


@mechanism(
    "people.tool_skill people.hours_away firms.tool_skill firms.hours_trained firms.flow_cents",
    neutral=everybody_knows, neutral_text="skill 1, nobody is trained",
)
def learn_tools(world: World) -> None:
    """People learn the tools they use and forget the others; a firm's skill is the mean by hours of its users."""
    firms, people, p = world.firms, world.people, world.params
    at_work, level = places(world), np.maximum(firms.training, world.worlds.programme[firms.world])
    learners = Learners(
        people.employer, people.world, people.general_skill, people.time_share, people.tool_use, people.tool_skill,
        people.hours_away,
    )
    school = School(
        level, p.skill.training_until, p.skill.training_effect, p.skill.training_hours_month,
        p.skill.half_life_weak_months, p.skill.half_life_strong_months, p.skill.forgetting_month, p.skill.start,
        1.0 + p.partners.slower_learning[firms.world] * firms.partners,
    )
    time, skilled, training = learn(learners, at_work, school)
    trained = numerics.row_sum(training)
    mean = mean_by_time(time, skilled, p.skill.start[firms.world][:, None])
    firms.tool_skill[:] = np.where(at_work.tool >= 0, mean, 0.0)
    firms.hours_trained[:] = p.skill.training_hours_month[firms.world] * trained
    # What training costs is part of what the tool costs to run; what a programme adds to it is paid by others.
    rows = np.nonzero(trained > 0.0)[0]
    own = trained[rows] * (firms.training[rows] / level[rows])
    world.pay(rows, FLOW["tools_running"], -(p.skill.training_usd_month[firms.world[rows]] * own))

