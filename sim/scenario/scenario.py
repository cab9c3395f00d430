"""A scenario, resolved: every number in place, ready to run, and the claims that a run can prove wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, get_type_hints

import numpy as np

from sim.errors import InputError
from sim.params import Params
from sim.params.goal import Goal
from sim.strategies.arms import Arm


@dataclass(frozen=True)
class Claim:
    """A statement about the mean of metric(a) - metric(b) over paired worlds.

    `smallest` is the smallest difference that counts, in the metric's unit or, if `relative`, a share of b.
    With `months` the metric is a monthly one and its mean from the first month up to the second counts.
    """

    statement: str
    metric: str
    a: str
    b: str
    expect: Literal["more", "less", "same"]
    smallest: float
    relative: bool
    months: tuple[int, int] | None = None


@dataclass(frozen=True, eq=False)
class Scenario:
    """A resolved scenario; `trade` is its sector's name.

    `families` are titles by name, in the order of the catalogue's arrays.
    """

    name: str
    title: str
    why: str
    months: int
    background: str
    params: Params
    families: Mapping[str, str]
    arms: Mapping[str, Arm]
    signature: tuple[Claim, ...]
    falsifier: Scenario | None
    path: str
    text: str
    asks_for: tuple[str, ...] = ()
    goal: Goal | None = None
    trade: str = "bakery"

    @property
    def offered(self) -> tuple[str, ...]:
        """Names of the tool families on offer."""
        offered = self.params.catalogue.offered
        return tuple(name for name, on in zip(self.families, offered, strict=True) if on)

    def fingerprint(self) -> str:
        """Canonical JSON of all that can change a run, without words, arms, length and seed."""
        return next(self.fingerprints([self.params]))

    def fingerprints(self, futures: Sequence[Params]) -> Iterator[str]:
        """The same with other parameters, one after the other; what several of them share is written once."""
        known: dict[int, str] = {}
        content = {"background": _text(self.background), "families": _text(list(self.families))}
        if self.goal:
            content["goal"] = _text(asdict(self.goal))
        for params in futures:
            groups = {group.name: getattr(params, group.name) for group in fields(params)}
            for group in groups.values():
                known[id(group)] = known.get(id(group)) or _text(_numbers(group))
            yield _object(content | {"params": _object({name: known[id(group)] for name, group in groups.items()})})


def from_fingerprint(text: str) -> tuple[Params, list[str]]:
    """The parameters and tool families that a fingerprint holds.

    Raises InputError if it comes from a version with other parameters.
    """
    content = json.loads(text)
    kinds = get_type_hints(Params)
    try:
        groups = {name: kinds[name](**_arrays(numbers)) for name, numbers in content["params"].items()}
        return Params(**groups), list(content["families"])
    except (KeyError, TypeError) as error:
        raise InputError(f"These parameters are of another version of smbsim ({error}).") from None


def goal_in(text: str) -> Goal | None:
    """The goal that a fingerprint holds."""
    goal = json.loads(text).get("goal")
    return Goal(**goal) if goal else None


def _arrays(numbers: dict[str, Any]) -> dict[str, Any]:
    """The values of a group as they are in a scenario: numbers, and arrays where there are several."""
    return {name: np.array(value) if isinstance(value, list) else value for name, value in numbers.items()}


def _text(content: Any) -> str:
    """Canonical JSON."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _object(members: Mapping[str, str]) -> str:
    """A JSON object of members that are JSON already, in alphabetical order."""
    return "{" + ",".join(f'"{name}":{members[name]}' for name in sorted(members)) + "}"


def _numbers(group: Any) -> dict[str, Any]:
    """The values of a group as plain lists and floats, so that 3 and 3.0 read the same."""
    return {f.name: np.asarray(getattr(group, f.name), dtype=np.float64).tolist() for f in fields(group)}
