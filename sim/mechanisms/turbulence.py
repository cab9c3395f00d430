"""Turbulence (M20): now and then the work of an order moves to another stage, or customers weigh another attribute.

Jumps come by the world's own luck, the same for every arm, and hit all firms of a market alike (Dess and Beard 1984
call it dynamism). A jump starts from what is usual, not from the jump before, so nothing drifts away: all hours of an
order stay as many as they were, and one attribute at most weighs more than usual.
"""

from __future__ import annotations

import numpy as np

from sim import numerics
from sim.arrays import Bools, Floats, Ints
from sim.params.events import ATTRIBUTES
from sim.world import World, as_it_was, mechanism


def gathered(usual: Floats, chain: Bools, stage: Ints, moved: Floats) -> Floats:
    """Hours by stage when a part of the chain's is gathered at one of its stages; (worlds, stages), sum unchanged."""
    here = np.arange(usual.shape[1]) == stage[:, None]
    of_chain = numerics.row_sum(np.where(chain, usual, 0.0))
    kept = np.where(chain, (1.0 - moved)[:, None] * usual, usual)
    return kept + np.where(here, (moved * of_chain)[:, None], 0.0)


def nth_stage(chain: Bools, draw: Floats) -> Ints:
    """One stage of each chain, all alike; (worlds, stages) and (worlds,) -> (worlds,)."""
    nth = np.floor(draw * chain.sum(axis=1)).astype(np.int64)
    return (np.add.accumulate(chain, axis=1, dtype=np.int64) > nth[:, None]).argmax(axis=1)


@mechanism("worlds.hours_share firms.hand_hours_order", neutral=as_it_was, neutral_text="work stays where it is")
def shift_work(world: World) -> None:
    """Where the work has jumped, another stage takes more of an order's hours, in every firm."""
    worlds, firms, p = world.worlds, world.firms, world.params
    jumped = _jumped(world, "work", p.environment.work_jumps_year)
    if not jumped.any():
        return
    chain = p.sector.chain > 0.0
    stage = nth_stage(chain, world.draws("work.stage", worlds))
    share = gathered(p.sector.hours_share, chain, stage, p.environment.work_jump_share)
    rows = np.nonzero(jumped[firms.world])[0]
    hours = numerics.row_sum(firms.hand_hours_order[rows])

    worlds.hours_share[jumped] = share[jumped]
    firms.hand_hours_order[rows] = share[firms.world[rows]] * hours[:, None]
    _tell(world, "work moved", jumped, stage)


def tastes_stay(world: World) -> None:
    """Customers weigh what they usually weigh."""
    world.worlds.taste_lasting[:] = world.worlds.taste[:] = 1.0


@mechanism("worlds.taste_lasting worlds.taste", neutral=tastes_stay, neutral_text="tastes stay as usual: 1")
def shift_tastes(world: World) -> None:
    """Where tastes have jumped, customers weigh one attribute more than usual until the next jump."""
    worlds, p = world.worlds, world.params.environment
    jumped = _jumped(world, "taste", p.taste_jumps_year)
    attribute = np.floor(world.draws("taste.attribute", worlds) * len(ATTRIBUTES)).astype(np.int64)
    weighs_more = np.arange(len(ATTRIBUTES)) == attribute[:, None]
    new = np.where(weighs_more, numerics.exp(p.taste_jump)[:, None], 1.0)

    worlds.taste_lasting[jumped] = new[jumped]
    worlds.taste[:] = worlds.taste_lasting
    _tell(world, "taste moved", jumped, attribute)


def _jumped(world: World, what: str, jumps_year: Floats) -> Bools:
    """Worlds in which it jumps this month, (worlds,)."""
    return world.draws(f"{what}.jump", world.worlds) < jumps_year / 12.0


def _tell(world: World, kind: str, jumped: Bools, where: Ints) -> None:
    """Write down in every open firm's journal what has moved where."""
    w = world.firms.world
    rows = np.nonzero(world.firms.open & jumped[w])[0]
    world.note(kind, rows, where=where[w[rows]])
