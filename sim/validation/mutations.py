"""Would anybody notice? Every step of the month is replaced, and some check must then fail.

A step is replaced twice: by its neutral form (by nothing where it has none), and by a constant: every column it writes
gets one number for all rows, the mean it had when the step was first reached, or 1 if that was nothing. A check that
passes on the model as it is and does not pass on the replaced one has noticed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from textwrap import shorten
from typing import Any, Literal

import numpy as np

from sim.schedule import MONTH
from sim.validation.bench import Bench
from sim.validation.check import Check, Finding
from sim.world import Mechanism, Step, World, as_it_was

Kind = Literal["neutral", "constant"]
KINDS: dict[Kind, str] = {"neutral": "left out", "constant": "one number for all"}
BAD = ("fail", "contradicted")
MOST_LETTERS = 160


@dataclass(frozen=True)
class Mutation:
    """A replaced step and the check that noticed, None where none did; `tried` counts the checks run."""

    step: str
    kind: Kind
    noticed_by: str | None
    found: str
    tried: int

    def as_dict(self) -> dict[str, Any]:
        """The same as plain values."""
        return {"step": self.step, "replaced_by": KINDS[self.kind], "noticed_by": self.noticed_by,
                "found": self.found, "checks_tried": self.tried}


def constant(step: Mechanism) -> Step:
    """A stand-in that writes one number per column, its level when the step is first reached."""
    means: dict[str, Any] = {}

    def write_constants(world: World) -> None:
        for name in sorted(step.writes):
            table, column = name.split(".")
            values = getattr(getattr(world, table), column)
            mean = means.setdefault(name, _level(values))
            values[:] = mean if values.dtype.kind == "f" else np.rint(mean).astype(values.dtype)

    return write_constants


def _level(values: np.ndarray[Any, Any]) -> Any:
    """Mean over rows, 1 where that is nothing: for some columns nothing is the right answer."""
    mean = values.mean(axis=0)
    return np.where(mean == 0.0, 1.0, mean)


@contextmanager
def replaced(step: Mechanism, kind: Kind) -> Iterator[None]:
    """The model with one step replaced, for as long as the block lasts and in this process only."""
    kept = step.body
    stand_in = constant(step) if kind == "constant" else step.neutral or as_it_was
    object.__setattr__(step, "body", stand_in)  # a step is frozen: nothing but this may touch it
    try:
        yield
    finally:
        object.__setattr__(step, "body", kept)


def noticed(
    checks: Callable[[str], Sequence[Check]], steps: Sequence[str], bench: Callable[[], Bench],
    told: Callable[[Mutation], None],
) -> list[Mutation]:
    """Replace each of some steps (all where none is named) and run its checks until one notices; each is told.

    `bench` makes a fresh bench: what was computed for one model must not be read for another.
    """
    sound = bench()
    passing: dict[str, bool] = {}
    out = []
    for step in MONTH:
        if steps and step.name not in steps:
            continue
        for kind in KINDS:
            out.append(_notice(step, kind, checks(step.name), (sound, bench(), passing)))
            told(out[-1])
    return out


def _notice(
    step: Mechanism, kind: Kind, checks: Sequence[Check], benches: tuple[Bench, Bench, dict[str, bool]]
) -> Mutation:
    """Run checks on the replaced model until one that passes on the sound one does not."""
    sound, other, passing = benches
    tried = 0
    for check in checks:
        if check.id not in passing:
            passing[check.id] = check.run(sound).found.status == "pass"
        if not passing[check.id]:
            continue
        tried += 1
        with replaced(step, kind):
            finding = check.run(other)
        if finding.found.status in BAD:
            return Mutation(step.name, kind, check.id, _said(finding), tried)
    return Mutation(step.name, kind, None, "", tried)


def _said(finding: Finding) -> str:
    """What a check found, in a few words."""
    found = finding.found
    value = f"{found.value:.4g} {finding.check.unit}, expected {finding.check.expected}"
    value = "" if np.isnan(found.value) else value
    return shorten("; ".join(filter(None, (value, found.remark))), MOST_LETTERS, placeholder=" …")
