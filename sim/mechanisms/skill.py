"""Skill (M7): people learn a tool by using it, forget it when they do not, and take what they know with them.

A tool does what it is rated for only in hands that know it. Skill belongs to people, so turnover keeps a firm's below
one: with ordinary quits it settles near .6. Training speeds learning and costs money and working hours.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import Floats
from sim.formulas.skill import half_life, learning, next_skill
from sim.state import FLOW
from sim.users import Users, live_tools, mean_by_time, users
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
    live = live_tools(world)
    skill, hours_away = np.zeros_like(people.tool_skill), np.zeros_like(people.hours_away)
    firm_skill, trained = np.zeros_like(firms.tool_skill), np.zeros_like(firms.hours_trained)
    for slot in range(live.shape[1]):
        who = users(world, slot, live[:, slot])
        training = _training(world, who, slot)
        skill[who.rows, slot] = _learned(world, who, slot, training)
        hours_away[who.rows] += p.skill.training_hours_month[people.world[who.rows]] * training
        trained += world.sum_by_firm(who.firm, training)
        mean = mean_by_time(world, who, skill[who.rows, slot], p.skill.start[firms.world])
        firm_skill[:, slot] = np.where(live[:, slot], mean, 0.0)

    people.tool_skill[:] = skill
    people.hours_away[:] = hours_away
    firms.tool_skill[:] = firm_skill
    firms.hours_trained[:] = p.skill.training_hours_month[firms.world] * trained
    # What training costs is part of what the tool costs to run.
    rows = np.nonzero(trained > 0.0)[0]
    world.pay(rows, FLOW["tools_running"], -(p.skill.training_usd_month[firms.world] * trained)[rows])


def _training(world: World, who: Users, slot: int) -> Floats:
    """Training of each user on one tool this month, 0–1: none for those who do not use it or know it well."""
    enough = world.params.skill.training_until[world.people.world[who.rows]]
    learner = (who.time > 0.0) & (world.people.tool_skill[who.rows, slot] < enough)
    return np.where(learner, world.firms.training[who.firm], 0.0)


def _learned(world: World, who: Users, slot: int, training: Floats) -> Floats:
    """Skill of each user after this month; nobody who is shown a tool is left with less than a beginner's."""
    people, p, w = world.people, world.params.skill, world.people.world[who.rows]
    months = half_life(people.general_skill[who.rows], p.half_life_weak_months[w], p.half_life_strong_months[w])
    pace = learning(months, p.training_effect[w] * training)
    used = np.where(who.time > 0.0, people.tool_use[who.rows, slot], 0.0)
    skill = next_skill(people.tool_skill[who.rows, slot], used, pace, p.forgetting_month[w])
    return np.maximum(skill, p.start[w])
