"""All checks, in the order they are shown; an id, once given, means the same statement for good."""

from __future__ import annotations

from collections.abc import Collection

from sim.errors import InputError, Problem, nearest_name
from sim.validation import (
    adaptation,
    answers,
    chain,
    choices,
    examples,
    facts,
    forecasts,
    golive,
    hypotheses,
    looking,
    nulls,
    payoffs,
    people,
    phased,
    processes,
    spreading,
    steps,
    switches,
    trust,
)
from sim.validation.check import GROUPS, Check

MODULES = (
    chain, answers, spreading, switches, steps, golive, nulls, processes, forecasts, looking, choices, phased,
    examples, hypotheses, adaptation, people, payoffs, trust, facts,
)


def registry() -> dict[str, Check]:
    """Every check by its id, group by group; ValueError where two share an id."""
    listed = [check for module in MODULES for check in module.checks()]
    ordered = [check for group in GROUPS for check in listed if check.group == group]
    by_id = {check.id: check for check in ordered}
    if len(by_id) != len(listed):
        raise ValueError("two checks share an id")
    return by_id


def selected(only: str | None, ids: str | None) -> list[Check]:
    """The checks of some groups or with some ids, comma-separated; InputError with every name that is none."""
    every = registry()
    groups, wanted = _names(only), _names(ids)
    problems = _unknown(groups, GROUPS, "group") + _unknown(wanted, every, "check")
    if problems:
        raise InputError(problems)
    return [
        check for check in every.values()
        if (not groups or check.group in groups) and (not wanted or check.id in wanted)
    ]


def _names(text: str | None) -> list[str]:
    return [name.strip() for name in text.split(",")] if text is not None else []


def _unknown(names: Collection[str], allowed: Collection[str], what: str) -> list[Problem]:
    """A sentence for every name that is not allowed."""
    hint = f"; there are {', '.join(allowed)}" if len(allowed) < 10 else "; docs/validation.md lists them"
    return [
        Problem(f"no {what} is called {name!r}{nearest_name(name, allowed) or hint}")
        for name in names if name not in allowed
    ]
