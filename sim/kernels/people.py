"""What a month does to people at work: compiled loops over people, most of them one pass."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim import luck
from sim.arrays import Floats, Ints, Keys
from sim.compiled import compiled
from sim.formulas.acceptance import towards_
from sim.formulas.staffing import quit_hazard_, speed_
from sim.numerics import exp_, joined_, key_, spread_, unit_
from sim.state import JUST_LEFT

_QUIT = luck.label("quit")


class Staff(NamedTuple):
    """Where people work and what they do there: (people,), the division of their time (people, stages)."""

    employer: Ints
    world: Ints
    time_share: Floats
    threat: Floats


class Workplace(NamedTuple):
    """What people find at work: part of it done by tools (firms, stages), then (firms,)."""

    automated_share: Floats
    overload: Floats
    involvement: Floats    # the say that people have in the tools there are
    pay: Floats            # log points above the trade's


class Feelings(NamedTuple):
    """How much each thing weighs in morale, and how soon it does; (worlds,)."""

    tedium: Floats
    overload: Floats
    threat: Floats
    involvement: Floats
    pay: Floats
    change: Floats


@compiled
def move(morale, staff, workplace, feelings):  # type: ignore[no-untyped-def]
    """Move the morale of everybody at work towards what work makes of it; who has none is as in a normal job."""
    employer, world, time_share, threat = staff
    automated, overload, involvement, pay = workplace
    tedium_weight, overload_weight, threat_weight, involvement_weight, pay_weight, change = feelings
    for i in range(len(employer)):
        firm, w = employer[i], world[i]
        if firm < 0:
            morale[i] = 0.0
            continue
        relieved = time_share[i, 0] * automated[firm, 0]
        for stage in range(1, time_share.shape[1]):
            relieved += time_share[i, stage] * automated[firm, stage]
        goal = (
            tedium_weight[w] * relieved
            - overload_weight[w] * overload[firm]
            - threat_weight[w] * threat[i]
            + involvement_weight[w] * involvement[firm]
            + pay_weight[w] * pay[firm]
        )
        morale[i] = towards_(morale[i], goal, change[w])


class Jobs(NamedTuple):
    """Who works where and for how long, (people,); `employer` and `tenure` are written."""

    employer: Ints
    tenure: Ints
    world: Ints
    luck: Keys
    morale: Floats
    threat: Floats


class Reasons(NamedTuple):
    """Why people leave: by world the usual hazard and three weights, by firm pay and overload in log points."""

    usual: Floats
    morale: Floats
    overload: Floats
    threat: Floats
    pay: Floats            # (firms,) weighted
    overloaded: Floats     # (firms,)


# Nearly everybody stays, and needs no exponential: e to the x is at most 1/(1 − x), and 1 − e to the −x at most x.
@compiled
def leave(jobs, reasons, month, quits):  # type: ignore[no-untyped-def]
    """Let people leave by lot and count them by firm in `quits`; who stays grows older in the job."""
    employer, tenure, world, luck_, morale, threat = jobs
    usual, morale_weight, overload_weight, threat_weight, pay, overloaded = reasons
    this_month, nobody = spread_(key_(_QUIT, month)), spread_(np.uint64(0))
    quits[:] = 0
    for i in range(len(employer)):
        firm, w = employer[i], world[i]
        if firm < 0:
            tenure[i] = 0
            continue
        tenure[i] += 1
        draw = unit_(joined_(joined_(luck_[i], this_month), nobody))
        unhappy = -morale_weight[w] * morale[i]
        busy, afraid = overload_weight[w] * overloaded[firm], threat_weight[w] * threat[i]
        if draw * (1.0 - (pay[firm] + unhappy + busy + afraid)) > usual[w] * 1.000001:
            continue
        if draw < 1.0 - exp_(-quit_hazard_(usual[w], pay[firm], unhappy, busy, afraid)):
            quits[firm] += 1
            employer[i], tenure[i] = -1, JUST_LEFT


@compiled
def shift(time_share, staff, wanted, pace):  # type: ignore[no-untyped-def]
    """Move people's time towards what their firm wants, (firms, stages), in place; `pace` (worlds,)."""
    employer, world = staff
    for i in range(len(employer)):
        firm = employer[i]
        if firm >= 0:
            for stage in range(time_share.shape[1]):
                time_share[i, stage] += pace[world[i]] * (wanted[firm, stage] - time_share[i, stage])


class Hours(NamedTuple):
    """How people bring hours: (people,) and (people, stages), then by world a month's hours and the ramp."""

    employer: Ints
    world: Ints
    tenure: Ints
    away: Floats
    time_share: Floats
    month: Floats
    ramp_months: Floats


@compiled
def bring(hours, people_hours):  # type: ignore[no-untyped-def]
    """Add up the hours that people bring to each stage of their firm, (firms, stages), in place."""
    employer, world, tenure, away, time_share, month, ramp_months = hours
    people_hours[:] = 0.0
    for i in range(len(employer)):
        firm, w = employer[i], world[i]
        if firm >= 0:
            brought = max(month[w] * speed_(float(tenure[i]), ramp_months[w]) - away[i], 0.0)
            for stage in range(time_share.shape[1]):
                people_hours[firm, stage] += brought * time_share[i, stage]
