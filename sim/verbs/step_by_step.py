"""Questions asked beside a comparison: what a placebo does, and what each project in turn is worth.

A placebo is handed out whenever the strategy in question would have bought: nothing is installed and nothing paid, but
the firm's people meet other luck from that day. What it does to the owner is luck, and every share of projects or firms
below zero is to be read against it.
"""

from __future__ import annotations

from dataclasses import replace

from sim.analysis.marginal import FEWEST_FUTURES, address
from sim.errors import InputError
from sim.experiment import Question
from sim.scenario.arms_list import parse_arms


def with_placebo(asked: Question, arm: str) -> Question:
    """The same question of doing nothing and of one placebo in place of an arm's first project."""
    return _of(asked, ["none", address(arm, 1, placebo=True)])


def project_by_project(asked: Question, arm: str, steps: int) -> Question:
    """The same question of at most one, two, … projects of an arm, and of as many placebos.

    Raises InputError with fewer futures than a project's value can be read from.
    """
    if asked.worlds < FEWEST_FUTURES:
        raise InputError(
            f"What a project is worth is the mean over at least {FEWEST_FUTURES} futures, one alone is mostly luck; "
            f"{asked.worlds} are asked for."
        )
    counts = range(1, steps + 1)
    return _of(asked, ["none", *(address(arm, count, placebo) for placebo in (False, True) for count in counts)])


def _of(asked: Question, names: list[str]) -> Question:
    return replace(asked, arms=parse_arms(",".join(names), asked.scenario))
