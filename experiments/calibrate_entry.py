"""Fit which firms close, and how new firms fare, to closures a year (fact F04) and closures by age (fact F01).

    python experiments/calibrate_entry.py
    python experiments/calibrate_entry.py --sector software

Without a sector four numbers of the model are fitted in bakery worlds: the profit below which an owner gives up, the
passing appeal of a new firm, the cash it brings and how much ideas differ, to closures a year and to the share of
entrants closed within one, three and five years. With a sector that profit, the cash of a new firm and the overhead
it starts with are fitted to the same four, as near as three numbers come, and stand under `parameters` in its file.
Nobody automates in these worlds, and every step meets the same luck, so the Gauss-Newton method needs few.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

import numpy as np

from sim.arrays import Floats
from sim.params import Params
from sim.population import create
from sim.scenario.presets import sector_file
from sim.scenario.trades import market
from sim.schedule import step
from sim.validation.facts import facts
from sim.validation.survival import closed_by
from sim.world import World

BAKERY = "bakery"
MONTHS, BATCH = 96, 32
AGES = (12, 36, 60)
UNKNOWN = {  # name: (step, least, most)
    "outside_option": (0.01, -0.15, 0.15), "entrant_novelty": (0.2, 0.0, 5.0), "entrant_cash_days": (20.0, 30.0, 500.0),
    "entrant_idea_spread": (0.05, 0.02, 1.0), "startup_overhead": (0.1, 0.0, 1.5),
}
OF_ALL = ("outside_option", "entrant_novelty", "entrant_cash_days", "entrant_idea_spread")
OF_A_SECTOR = ("outside_option", "startup_overhead", "entrant_cash_days")
ROUNDS, FASTEST, PARTS = 5, 4.0, (1.0, 0.5, 0.25)
CLOSE = np.array([0.004, 0.02, 0.02, 0.02])
"""How near is near enough: one standard error of some two hundred worlds."""


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
    table = np.array(ages, dtype=np.float64)
    return 12.0 * closed / stock, table[:, 0], table[:, 1]


def closures(params: Params, worlds: int) -> Floats:
    """Closures a year, and the shares of entrants closed within one, three and five years, shape (4,)."""
    parts = [lives(create([params] * BATCH, range(first, first + BATCH))) for first in range(0, worlds, BATCH)]
    ages, closed = (np.concatenate([part[i] for part in parts]) for i in (1, 2))
    by_age = [closed_by(ages, closed > 0.0, age) for age in AGES]
    return np.array([np.mean([part[0] for part in parts]), *by_age])


@dataclass(frozen=True)
class Fit:
    """What is fitted in a trade: the unknown numbers, and which of the targets they are to meet."""

    trade: str
    names: tuple[str, ...]
    met: tuple[int, ...]
    worlds: int

    def start(self) -> Floats:
        """The numbers as they stand."""
        finance = market(self.trade, []).finance
        return np.array([getattr(finance, name) for name in self.names], dtype=np.float64)

    def targets(self) -> Floats:
        """Closures a year, and entrants closed by age, as published."""
        return np.array([sector_file(self.trade).exit_per_year.value, *facts()["F01"]["value"][:3]])

    def measured(self, at: Floats) -> Floats:
        """What these numbers give."""
        numbers = dict(zip(self.names, at.tolist(), strict=True))
        return closures(market(self.trade, []).changed(finance=numbers), self.worlds)

    def off(self, found: Floats) -> Floats:
        """Distances from the targets to be met, in distances that so few worlds can tell."""
        return ((found - self.targets()) / CLOSE)[list(self.met)]

    def best(self) -> Floats:
        """The Gauss-Newton method; steps that do not help are cut."""
        steps, least, most = np.array([UNKNOWN[name] for name in self.names]).T
        at, here = self.start(), self.measured(self.start())
        for _ in range(ROUNDS):
            print(f"{dict(zip(self.names, at.round(4).tolist(), strict=True))}: {here.round(3)}", flush=True)
            if np.abs(self.off(here)).max() < 1.0:
                break
            slopes = np.column_stack([self.off(self.measured(at + move)) - self.off(here) for move in np.diag(steps)])
            leap = np.linalg.lstsq(slopes, self.off(here), rcond=None)[0].clip(-FASTEST, FASTEST) * steps
            for part in PARTS:
                there = np.clip(at - part * leap, least, most)
                found = self.measured(there)
                if np.square(self.off(found)).sum() < np.square(self.off(here)).sum():
                    at, here = there, found
                    break
            else:
                break
        return at


def main() -> None:
    """Fit, then say what the fitted numbers give."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--worlds", type=int, default=256)
    parser.add_argument("--sector", help="fit this sector's own numbers")
    parser.add_argument("--only-measure", action="store_true", help="measure the numbers as they are, fit nothing")
    asked = parser.parse_args()
    names, met = (OF_A_SECTOR, (0, 1, 2, 3)) if asked.sector else (OF_ALL, (0, 1, 2, 3))
    fit = Fit(asked.sector or BAKERY, names, met, asked.worlds)
    found = fit.start() if asked.only_measure else fit.best()
    print(f"{fit.trade}: " + ", ".join(f"{name} {value:.4g}" for name, value in zip(names, found, strict=True)))
    told = zip(fit.measured(found), fit.targets(), strict=True)
    print("; ".join(f"{value:.3f} (target {target:g})" for value, target in told))


if __name__ == "__main__":
    main()
