"""Fit which firms close, and how new firms fare, to closures a year (fact F04) and closures by age (fact F01).

    python experiments/calibrate_entry.py
    python experiments/calibrate_entry.py --sector software

Without a sector four numbers of the model are fitted in bakery worlds: the profit below which an owner gives up, the
passing appeal of a new firm, the cash it brings and how much ideas differ, to closures a year and to the share of
entrants closed within one, three and five years. With a sector the first two are fitted, as they stand under
`parameters` in its file, to its closures a year and to the three-year share. Nobody automates in these worlds, and
every step meets the same luck, so Newton's method with damping needs few.
"""

from __future__ import annotations

import argparse
from dataclasses import replace

import numpy as np

from sim.arrays import Floats
from sim.params import Params, changed
from sim.population import create
from sim.scenario.presets import sector_file
from sim.scenario.trades import market
from sim.schedule import step
from sim.validation.facts import facts
from sim.world import World

BAKERY = "bakery"
MONTHS, BATCH = 96, 32
AGES = (12, 36, 60)
UNKNOWN = ("outside_option", "entrant_novelty", "entrant_cash_days", "entrant_idea_spread")
STEPS = np.array([0.01, 0.2, 20.0, 0.05])
LEAST, MOST = np.array([-0.15, 0.0, 30.0, 0.02]), np.array([0.15, 5.0, 500.0, 1.0])
ROUNDS, FASTEST = 6, 3.0


def lives(world: World) -> tuple[float, Floats, Floats]:
    """Closures per firm and year, and for every entrant its age in months at the end and whether it closed."""
    firms = world.firms
    opened, closed, stock = np.full(len(firms.world), -1), 0, 0
    ages: list[tuple[int, bool]] = []
    for month in range(MONTHS):
        noted = len(world.journal)
        step(world)
        for note in world.journal[noted:]:
            if note.kind == "close":
                closed += len(note.rows)
                ages += [(month - opened[row], True) for row in note.rows if opened[row] >= 0]
            elif note.kind == "enter":
                opened[note.rows] = month
        stock += int((firms.open & ~firms.large).sum())
    ages += [(MONTHS - opened[row], False) for row in np.nonzero(firms.open & (opened >= 0))[0]]
    return 12.0 * closed / stock, *(np.array(column, dtype=np.float64) for column in zip(*ages, strict=True))


def closed_by(age: Floats, closed: Floats) -> Floats:
    """Share of entrants closed within so many months: Kaplan and Meier's estimate (1958), shape (ages,)."""
    alive, shares = 1.0, np.zeros(MONTHS + 1)
    for month in range(MONTHS + 1):
        there = (age >= month).sum()
        alive *= 1.0 - ((age == month) & (closed > 0.0)).sum() / max(there, 1)
        shares[month] = 1.0 - alive
    return shares[np.array(AGES)]


def measured(params: Params, worlds: int) -> Floats:
    """Closures a year, and the shares of entrants closed within one, three and five years, shape (4,)."""
    parts = [
        lives(create([params] * BATCH, range(first, first + BATCH))) for first in range(0, worlds, BATCH)
    ]
    ages, closed = (np.concatenate([part[i] for part in parts]) for i in (1, 2))
    return np.array([np.mean([part[0] for part in parts]), *closed_by(ages, closed)])


def with_numbers(trade: str, at: Floats) -> Params:
    """A neighbourhood of this trade with these numbers for as many of the unknown."""
    base = market(trade, [])
    return replace(base, finance=changed(base.finance, dict(zip(UNKNOWN, at.tolist(), strict=False))))


def targets(trade: str) -> Floats:
    """What is to be met, in the order of what is measured."""
    return np.array([sector_file(trade).exit_per_year.value, *facts()["F01"]["value"][:3]])


def fit(trade: str, start: Floats, met: list[int], worlds: int) -> Floats:
    """Damped Newton's method on the targets `met`, as many as there are numbers in `start`."""
    at, count = start, len(start)
    for _ in range(ROUNDS):
        here = measured(with_numbers(trade, at), worlds)
        print(f"{dict(zip(UNKNOWN, at.round(4).tolist(), strict=False))}: {here.round(3)}", flush=True)
        off = (here - targets(trade))[met]
        if (np.abs(off) < (0.003 if count == 2 else 0.006) + 0.01 * (np.array(met) > 0)).all():
            break
        slopes = np.column_stack([
            (measured(with_numbers(trade, at + move), worlds) - here)[met] for move in np.diag(STEPS[:count])
        ])
        leap = np.linalg.lstsq(slopes, off, rcond=None)[0].clip(-FASTEST, FASTEST) * STEPS[:count]
        at = np.clip(at - leap, LEAST[:count], MOST[:count])
    return at


def main() -> None:
    """Fit, then say what the fitted numbers give."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--worlds", type=int, default=256)
    parser.add_argument("--sector", help="fit this sector's own numbers")
    parser.add_argument("--only-measure", action="store_true", help="measure the numbers as they are, fit nothing")
    asked = parser.parse_args()
    trade, count = asked.sector or BAKERY, 2 if asked.sector else len(UNKNOWN)
    finance = market(trade, []).finance
    start = np.array([getattr(finance, name) for name in UNKNOWN[:count]], dtype=np.float64)
    met = [0, 2] if asked.sector else [0, 1, 2, 3]
    found = start if asked.only_measure else fit(trade, start, met, asked.worlds)
    print(f"{trade}: " + ", ".join(f"{name} {value:.4g}" for name, value in zip(UNKNOWN, found, strict=False)))
    told = zip(measured(with_numbers(trade, found), asked.worlds), targets(trade), strict=True)
    print("; ".join(f"{value:.3f} (target {target:g})" for value, target in told))


if __name__ == "__main__":
    main()
