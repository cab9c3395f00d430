"""People and their tools: compiled loops over people and the tools at work in their firm."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.arrays import Floats, Ints
from sim.compiled import compiled, ufunc
from sim.formulas.acceptance import towards_, wanted_use_
from sim.formulas.skill import half_life_, learning_, next_skill_
from sim.state import EXPANSION, NO_TOOL


class Places(NamedTuple):
    """Some of the tools: which of them stands in each slot, (firms, slots), −1 none; something of each by stage."""

    tool: Ints
    stages: Floats         # (tools, stages): 1 where a tool serves, or hours that it takes


@compiled
def _with_tools(tool):  # type: ignore[no-untyped-def]
    """Firms that have any of the tools, (firms,): most have none, and their people are passed over."""
    some = np.zeros(len(tool), dtype=np.bool_)
    for firm in range(len(tool)):
        for slot in range(tool.shape[1]):
            some[firm] |= tool[firm, slot] >= 0
    return some


@compiled
def at_work_(family: int, countdown: int) -> bool:
    """Whether a slot holds a tool in use or open to use: no project of another kind, none under way."""
    return (family != NO_TOOL) & (family < EXPANSION) & (countdown == 0)


at_work = ufunc(at_work_, "boolean", "int64", "int64")


class Learners(NamedTuple):
    """People: (people,), then (people, stages) and (people, slots); `tool_skill` and `hours_away` are written."""

    employer: Ints
    world: Ints
    general_skill: Floats
    time_share: Floats
    tool_use: Floats
    tool_skill: Floats
    hours_away: Floats


class School(NamedTuple):
    """How people learn: training and slower (firms,), the rest by world."""

    training: Floats
    until: Floats          # skill above which nobody is trained
    effect: Floats
    hours_month: Floats
    weak_months: Floats
    strong_months: Floats
    forgetting: Floats
    start: Floats
    slower: Floats         # (firms,) how much longer learning takes where outside hands do part of the work


# One loop in one piece: each of its lines is a step of the same person's month.
@compiled
def learn(learners, places, school):  # type: ignore[no-untyped-def]
    """Let everybody learn the tools at work in their firm, forget all others, and be away for training.

    Returns sums over the users of each tool, (firms, slots) each: their time there, time x skill, and training.
    """
    employer, world, general, time_share, tool_use, tool_skill, hours_away = learners
    tool, served = places
    firm_training, until, effect, hours_month, weak, strong, forgetting, start, slower = school
    times, skilled, trained = np.zeros(tool.shape), np.zeros(tool.shape), np.zeros(tool.shape)
    some = _with_tools(tool)
    for i in range(len(employer)):
        firm, w, hours_away[i] = employer[i], world[i], 0.0
        if firm < 0 or not some[firm]:
            for slot in range(tool.shape[1]):
                tool_skill[i, slot] = 0.0
            continue
        for slot in range(tool.shape[1]):
            row = tool[firm, slot]
            if row < 0:
                tool_skill[i, slot] = 0.0
                continue
            time = time_share[i, 0] * served[row, 0]
            for stage in range(1, time_share.shape[1]):
                time += time_share[i, stage] * served[row, stage]
            used, training = 0.0, 0.0
            if time > 0.0:
                used = tool_use[i, slot]
                training = firm_training[firm] if tool_skill[i, slot] < until[w] else 0.0
            half_life = slower[firm] * half_life_(general[i], weak[w], strong[w])
            pace = learning_(half_life, effect[w] * training)
            # Nobody who is shown a tool is left with less than a beginner's skill.
            skill = max(next_skill_(tool_skill[i, slot], used, pace, forgetting[w]), start[w])
            tool_skill[i, slot] = skill
            hours_away[i] += hours_month[w] * training
            times[firm, slot] += time
            skilled[firm, slot] += time * skill
            trained[firm, slot] += training
    return times, skilled, trained


# One loop in one piece: each of its lines is a step of the same person's month.
@compiled
def fear(threat, staff, announced, involvement, dread):  # type: ignore[no-untyped-def]
    """Let people's sense of threat fade, or rise to what announced tools make of it; (people,), in place.

    `staff` are the people's employers, worlds and division of time, `announced` the work that announced tools take,
    `involvement` the say that people have in them (firms,), `dread` by world what is left of threat after a month, its
    size, and how far a say calms it.
    """
    employer, world, time_share = staff
    tool, taken = announced
    fade, size, calms = dread
    expecting = _with_tools(tool)
    for i in range(len(employer)):
        firm, w = employer[i], world[i]
        threat[i] = threat[i] * fade[w] if firm >= 0 else 0.0
        if firm >= 0 and expecting[firm]:
            exposed = 0.0
            for slot in range(tool.shape[1]):
                row = tool[firm, slot]
                if row >= 0:
                    at_risk = taken[row, 0] * time_share[i, 0]
                    for stage in range(1, time_share.shape[1]):
                        at_risk += taken[row, stage] * time_share[i, stage]
                    exposed += at_risk
            threat[i] = max(threat[i], size[w] * exposed * (1.0 - calms[w] * involvement[firm]))


class Takers(NamedTuple):
    """People: (people,), then (people, stages) and (people, slots); `tool_use` is written."""

    employer: Ints
    world: Ints
    threat: Floats
    time_share: Floats
    tool_skill: Floats
    tool_use: Floats


# One loop in one piece: each of its lines is a step of the same person's month.
@compiled
def use_now(takers, places):  # type: ignore[no-untyped-def]
    """Sums over the users of each tool, (firms, slots): their time at the stages it serves, and time x use."""
    employer, time_share, tool_use = takers.employer, takers.time_share, takers.tool_use
    tool, served = places
    times, used, some = np.zeros(tool.shape), np.zeros(tool.shape), _with_tools(tool)
    for i in range(len(employer)):
        firm = employer[i]
        if firm < 0 or not some[firm]:
            continue
        for slot in range(tool.shape[1]):
            row = tool[firm, slot]
            if row >= 0:
                time = time_share[i, 0] * served[row, 0]
                for stage in range(1, time_share.shape[1]):
                    time += time_share[i, stage] * served[row, stage]
                times[firm, slot] += time
                used[firm, slot] += time * tool_use[i, slot]
    return times, used


class Opinion(NamedTuple):
    """What speaks for a tool: by firm and slot its usefulness and what colleagues do, by firm say and culture."""

    usefulness: Floats
    peers: Floats
    involvement: Floats
    culture: Floats


class Motives(NamedTuple):
    """What the wish to use a tool is made of, and how soon use follows; (worlds,)."""

    base: Floats
    usefulness: Floats
    ease: Floats
    peers: Floats
    involvement: Floats
    culture: Floats
    threat: Floats
    threshold: Floats
    habit: Floats
    first_use: Floats


# One loop in one piece: each of its lines is a step of the same person's month.
@compiled
def take_up(takers, places, opinion, motives):  # type: ignore[no-untyped-def]
    """Move everybody's use of each tool at work towards what the person wants; of all others, back to the first."""
    employer, world, threat, _, tool_skill, tool_use = takers
    usefulness, peers, involvement, culture = opinion
    base, of_usefulness, of_ease, of_peers, of_involvement, of_culture, of_threat, threshold, habit, first = motives
    tool, some = places.tool, _with_tools(places.tool)
    for i in range(len(employer)):
        firm, w = employer[i], world[i]
        if firm < 0 or not some[firm]:
            for slot in range(tool.shape[1]):
                tool_use[i, slot] = first[w]
            continue
        for slot in range(tool.shape[1]):
            if tool[firm, slot] < 0:
                tool_use[i, slot] = first[w]
                continue
            motivation = (
                base[w]
                + of_usefulness[w] * usefulness[firm, slot]
                + of_ease[w] * tool_skill[i, slot]
                + of_peers[w] * peers[firm, slot]
                + of_involvement[w] * involvement[firm]
                + of_culture[w] * culture[firm]
                - of_threat[w] * threat[i]
            )
            tool_use[i, slot] = towards_(tool_use[i, slot], wanted_use_(motivation, threshold[w]), habit[w])
