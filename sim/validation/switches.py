"""What does a switch do? One month from one common state, once with a step of the month and once with it switched off.

At the end of the step itself only columns that it declares may differ; by the end of the month the difference has
spread to whatever depends on them. A step without a switch is left out instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from hashlib import blake2b

import numpy as np

from sim.schedule import MONTH
from sim.state import columns
from sim.validation.bench import Bench
from sim.validation.check import Check, Found, none_of
from sim.validation.common_state import grown, street
from sim.world import TABLES, Mechanism, World

Marks = dict[str, bytes]
WORLDS = 4
"""Worlds of each kind and way in the common state of the checks."""


@dataclass(frozen=True)
class Effect:
    """Columns that differ at the end of a step and at the end of its month, and in how many of the states tried."""

    step: Mechanism
    at_once: frozenset[str]
    by_month_end: frozenset[str]
    seen: int
    tried: int

    @property
    def undeclared(self) -> frozenset[str]:
        """Columns that differ at the end of the step though it does not declare them: there must be none."""
        return self.at_once - self.step.writes

    def __add__(self, other: Effect) -> Effect:
        """What was seen of the same step in more states."""
        return Effect(self.step, self.at_once | other.at_once, self.by_month_end | other.by_month_end,
                      self.seen + other.seen, self.tried + other.tried)


def marks(world: World) -> Marks:
    """A fingerprint of every column, by "table.column"."""
    return {
        f"{table}.{name}": blake2b(column.data, digest_size=16).digest()
        for table in TABLES for name, column in columns(getattr(world, table)).items()
    }


def differing(first: Marks, second: Marks) -> frozenset[str]:
    """Names of the columns whose bits differ."""
    return frozenset(name for name, mark in first.items() if second[name] != mark)


def effects(world: World) -> list[Effect]:
    """What each step does in the month to come; the world itself stays where it is."""
    with_ = _month_with_everything(_again(world))
    out = []
    for step, here in zip(MONTH, with_, strict=True):
        after, end = _month_without(step, _again(world))
        at_once = differing(here, after)
        out.append(Effect(step, at_once, differing(with_[-1], end), int(bool(at_once)), 1))
    return out


def _again(world: World) -> World:
    """The same state once more."""
    return world.copies(world.params, np.arange(len(world.worlds.luck)))


def _month_with_everything(world: World) -> list[Marks]:
    """Fingerprints after every step of a month."""
    out = []
    for step in MONTH:
        step(world)
        out.append(marks(world))
    return out


def _month_without(off: Mechanism, world: World) -> tuple[Marks, Marks]:
    """Fingerprints at the place of a step that is switched off, or left out, and at the end of the month."""
    world.ablated = frozenset({off.name})
    place = MONTH.index(off)
    for step in MONTH[:place] if off.neutral is None else MONTH[:place + 1]:
        step(world)
    here = marks(world)
    for step in MONTH[place + 1:]:
        step(world)
    return here, marks(world)


def over(states: Iterable[Sequence[Effect]]) -> list[Effect]:
    """What each step does in several states taken together."""
    return [reduce(Effect.__add__, of_one_step) for of_one_step in zip(*states, strict=True)]


def common_state(seed: int) -> World:
    """Streets of bakeries as they usually are and some where everything happens: every step has something to do."""
    return grown([street(restless=False), street(restless=True)], range(WORLDS * seed, WORLDS * (seed + 1)))


def beyond_declared(bench: Bench) -> Found:
    """Columns that differ at the end of a step that is switched off and that it does not declare."""
    found = [one for one in effects(common_state(bench.seed)) if one.undeclared]
    return none_of(sum(len(one.undeclared) for one in found), _named(found))


def without_effect(bench: Bench) -> Found:
    """Steps that can be switched off, or left out, and nothing differs."""
    found = [one for one in effects(common_state(bench.seed)) if not one.at_once]
    return none_of(len(found), _named(found))


def _named(found: Iterable[Effect]) -> str:
    return ", ".join(one.step.name for one in found)


def checks() -> list[Check]:
    """A step keeps to its columns, and each does something."""
    return [
        Check("K25a", "known", "A step of the month that is switched off changes, in its place, only columns that it "
              "declares: one month from one common state.", "0", "columns", beyond_declared),
        Check("K25b", "known", "No step of the month can be switched off without a difference: one month from the same "
              "state.", "0", "steps", without_effect),
    ]
