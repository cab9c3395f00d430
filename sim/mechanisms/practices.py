"""Practices: keeping figures and bettering processes month by month, which cost hours and money whatever comes of it.

Management practices differ between firms and show in their processes (Bloom and Van Reenen 2007). Figures make the
owner's picture sharper at every decision (`sim/look.py`); small improvements close what processes lack.
"""

from __future__ import annotations

import numpy as np

from sim.state import FLOW
from sim.world import World, as_it_was, mechanism


@mechanism(
    "firms.owner_hours firms.flow_cents",
    neutral=as_it_was, neutral_text="figures cost 0 money and 0 of the owner's hours",
)
def measure(world: World) -> None:
    """Figures on the work cost money and the owner's hours every month."""
    p = world.params.practices
    world.keep_up(world.firms.measurement, p.measurement_hours_month, p.measurement_usd_month, FLOW["assessment"])


@mechanism(
    "firms.owner_hours firms.flow_cents firms.process_quality",
    neutral=as_it_was, neutral_text="0 improvement of processes between projects",
)
def better_processes(world: World) -> None:
    """Small improvements close part of what the processes of the chain lack; staff are paid for the hours."""
    firms, p = world.firms, world.params.practices
    rows = np.nonzero(firms.open & (firms.upkeep > 0.0))[0]
    w, level = firms.world[rows], firms.upkeep[rows]
    quality = firms.process_quality[rows]
    gained = (p.upkeep_gain_month[w] * level)[:, None] * (1.0 - quality)
    world.take_hours(rows, p.upkeep_owner_hours_month[w] * level)
    world.pay(rows, FLOW["assessment"], -p.upkeep_staff_hours_month[w] * level * firms.wage_usd_hour[rows])
    firms.process_quality[rows] = np.where(world.params.sector.chain[w] > 0.0, quality + gained, quality)
