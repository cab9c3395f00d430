"""A check: a statement, what is expected, and the computation that finds out."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from sim.validation.bench import Bench

Group = Literal["known", "nulls", "examples", "hypotheses", "facts"]
Status = Literal["pass", "fail", "contradicted", "open"]
GROUPS: dict[Group, str] = {
    "known": "Known answers: what algebra or a few lines of simulation say",
    "nulls": "Nulls: where nothing may differ, or only by a known amount",
    "examples": "Worked examples: each scenario's claims, and those of its falsifier",
    "hypotheses": "Hypotheses: direction and rule fixed before looking",
    "facts": "Facts: published figures that may be fitted",
}
STATUS_MEANS: dict[Status, str] = {
    "pass": "found as expected",
    "fail": "not as expected, and nobody has said why",
    "contradicted": "the evidence is against the statement; the reason is given",
    "open": "not decided by these runs, or a fact the model misses",
}


@dataclass(frozen=True)
class Found:
    """What a check found: a value with its 95% interval (NaN where there is none), the verdict and a remark."""

    value: float
    status: Status
    interval: tuple[float, float] = (math.nan, math.nan)
    remark: str = ""


@dataclass(frozen=True)
class Check:
    """A statement that can be wrong; `expected` is in words and in `unit`."""

    id: str
    group: Group
    statement: str
    expected: str
    unit: str
    find: Callable[[Bench], Found]

    @property
    def command(self) -> str:
        """The command that shows this check alone."""
        return f"smbsim validate --id {self.id}"

    def run(self, bench: Bench) -> Finding:
        """Find out; a check that stops with an error has failed, and its remark says where."""
        try:
            return Finding(self, self.find(bench))
        except Exception as error:
            return Finding(self, Found(math.nan, "fail", remark=f"stopped with {type(error).__name__}: {error}"))


@dataclass(frozen=True)
class Finding:
    """A check and what it found."""

    check: Check
    found: Found

    def as_dict(self) -> dict[str, Any]:
        """The finding as plain values; what is not a number is None."""
        check, found = self.check, self.found
        known = all(math.isfinite(end) for end in found.interval)
        return {
            "id": check.id, "group": check.group, "statement": check.statement, "expected": check.expected,
            "found": found.value if math.isfinite(found.value) else None, "unit": check.unit,
            "interval": list(found.interval) if known else None, "status": found.status,
            "command": check.command, "remark": found.remark,
        }


def decided(supported: bool, refuted: bool) -> Status:
    """The verdict on a statement that the evidence supports, refutes, or leaves open."""
    return "pass" if supported else "contradicted" if refuted else "open"


def near(value: float, expected: float, tolerance: float, error: float = 0.0, remark: str = "") -> Found:
    """Pass where the value is within `tolerance` and three standard errors of what is expected."""
    right = abs(value - expected) <= tolerance + 3.0 * error
    return Found(value, "pass" if right else "fail", (value - 1.96 * error, value + 1.96 * error), remark)


def none_of(count: float, remark: str = "") -> Found:
    """Pass where nothing was counted."""
    return Found(float(count), "pass" if count == 0 else "fail", (float(count), float(count)), remark)
