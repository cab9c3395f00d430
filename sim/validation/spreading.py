"""A known answer on diffusion: with every gate open, talk that spreads from owner to owner gives the curve of Bass."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim import population
from sim.arrays import Floats
from sim.formulas.diffusion import bass_share
from sim.mechanisms import choosing, diffusion, environment, finance
from sim.params import Params
from sim.scenario.presets import catalogue
from sim.strategies.arms import Arm
from sim.validation.bench import Bench, baseline
from sim.validation.check import Check, Found

FIRMS, WORLDS, MONTHS = 400, 24, 120
INNOVATION, IMITATION = 0.003, 0.05
"""A month: nearly everybody has the tool in the end, and half of them after five years."""
TOOL = "crm"


def gates_open() -> Params:
    """Many small firms, one tool that costs nothing, and owners who sit down every month and buy as the talk says."""
    free = {TOOL: {"one_off": 0.0, "subscription": 0.0, "hype": INNOVATION}}
    return replace(baseline("bakery"), catalogue=catalogue([TOOL], free)).changed(
        setup={"small_firms": FIRMS, "large_firms": 0, "spare_slots": 0, "customers": FIRMS},
        choosing={"decision_month": 1.0, "hype_memory_month": 0.0, "hype_shock": 0.0, "cash_gate_days": 0.0},
        diffusion={"contagion": IMITATION, "hesitation": 1.0},
    )


def adopted(seeds: list[int]) -> Floats:
    """Share of firms that own the tool at the start of each month, (months, worlds)."""
    world = population.create([gates_open()] * len(seeds), seeds)
    talkers = Arm("own_sake", "Own sake", "Buys what is talked about.", score="own_sake")
    population.assign(world, np.arange(len(world.firms.world)), talkers, [])
    shares = []
    for _ in range(MONTHS):
        shares.append(world.worlds.adopted.max(axis=1).copy())
        for step in (finance.open_the_books, environment.move_the_talk, choosing.decide, diffusion.count_owners):
            step(world)
        world.month += 1
    return np.stack(shares)


def bass_curve(bench: Bench) -> Found:
    """Largest distance in any month between the share of owners and the closed form."""
    worlds = WORLDS // 4 if bench.quick else WORLDS
    found = adopted([bench.world_seed(number) for number in range(worlds)])
    expected = np.array([bass_share(np.array(0.0), np.array(INNOVATION), np.array(IMITATION), float(month))
                         for month in range(MONTHS)])
    apart = np.abs(found.mean(axis=1) - expected)
    month = int(apart.argmax())
    error = float(found[month].std(ddof=1) / np.sqrt(worlds))
    remark = f"month {month}: {found[month].mean():.3f} against {expected[month]:.3f}; half own it in month " \
             f"{int((found.mean(axis=1) >= 0.5).argmax())}, in closed form in month {int((expected >= 0.5).argmax())}"
    right = float(apart[month]) <= 0.02 + 3.0 * error
    return Found(float(apart[month]), "pass" if right else "fail", remark=remark)


def checks() -> list[Check]:
    """The curve of Bass."""
    return [
        Check("K22", "known", "With gates open, talk from owner to owner spreads a tool as in Bass 1969: largest "
              "distance from the closed form.", "0 ± 0.02, within three standard errors", "share of firms", bass_curve),
    ]
