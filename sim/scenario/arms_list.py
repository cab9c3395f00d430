"""Arms as people address them: "none,aligned,aligned+assess0", a strategy file by path, the same arm twice.

A name is looked up among the scenario's own arms first, then among the shipped strategies. `+assess<months>`
changes the assessment, a switch such as `+fix`, `+edges` or `+train` sets a lever, `+later<months>` puts every
decision off, `#<k>` tells equal arms apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from sim.errors import InputError, Problem, nearest_name
from sim.scenario.fields import number
from sim.scenario.files import find, is_path, shipped_names
from sim.scenario.scenario import Scenario
from sim.scenario.scenario_file import StrategyFile
from sim.scenario.sentences import shown, validated
from sim.scenario.toml_file import Document
from sim.strategies.arms import LEVERS, OBJECTIVES, Arm, Purchase

MOST_ARMS = 20
LONGEST_ASSESSMENT = 24
SWITCHES = {
    "fix": ("fix_first", "mending first"), "edges": ("integrate", "joined up"),
    "phased": ("phased", "trying first"), "train": ("training", "training the users"),
    "involve": ("involvement", "involving people"), "layoff": ("layoff", "laying off"),
    "redeploy": ("redeploy", "retraining people"), "vague": ("vague", "with vague goals"),
    "measure": ("measurement", "measuring the work"), "upkeep": ("upkeep", "bettering processes"),
    "modular": ("modular", "with open interfaces"), "dynamic": ("dynamic", "looking over what was bought"),
    "secure": ("security", "with security"), "oversee": ("oversight", "with a person looking on"),
    "consent": ("consent", "asking customers"), "explore": ("explore", "exploring"),
    "partner": ("partners", "with partners"), "placebo": ("placebo", "with placebos instead"),
}
"""Modifiers that set a lever to 1: the lever, and words for the label."""
AIMS = {
    "cost": "lower cost", "growth": "growth", "quality": "quality", "retention": "customers that stay",
    "new_segment": "a new kind of customer",
}
"""Words for each objective: `+aim_growth` and the like make it the only one."""

_ADDRESS = re.compile(r"(?P<base>[^+#]+)(?P<modifiers>(?:\+[^+#]+)*)(?:#(?P<copy>[1-9]\d{0,2}))?")
_ASSESS = re.compile(r"assess(\d{1,4})")
_AIM = re.compile(f"aim_({'|'.join(OBJECTIVES)})")
_EXPLORE = re.compile(r"explore([1-9]\d?)")
_LATER = re.compile(r"later([1-9]\d{0,2})")
_MOST = re.compile(r"most([1-9]\d?)")


def parse_arms(text: str, scenario: Scenario | None = None) -> list[Arm]:
    """The arms of a comma-separated list, in a scenario or by themselves; InputError with all bad names."""
    addresses = [address.strip() for address in text.split(",")]
    if len(addresses) > MOST_ARMS:
        raise InputError(f"{len(addresses)} arms are asked for; at most {MOST_ARMS} can be compared at once")
    arms: list[Arm] = []
    problems: list[Problem] = []
    for address in _told_apart(addresses):
        try:
            arms.append(parse_arm(address, scenario))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return arms


def parse_arm(address: str, scenario: Scenario | None = None) -> Arm:
    """The arm at one address; InputError if there is none, or if it plans to buy what the scenario lacks."""
    arm = _arm(address, scenario.arms if scenario else {})
    missing = not_offered(arm, scenario.offered) if scenario else []
    if missing:
        raise InputError(Problem(sentence) for sentence in missing)
    return arm


def strategy_arm(document: Document, name: str) -> Arm:
    """The arm of a strategy file; InputError if the file is wrong."""
    return arm_of(validated(StrategyFile, document), name)


def arm_of(strategy: StrategyFile, name: str) -> Arm:
    """The arm of a strategy under a name."""
    purchases = tuple(Purchase(purchase.item, purchase.month) for purchase in strategy.purchases)
    return Arm(
        name=name, label=strategy.label, line=strategy.line, score=strategy.score,
        purchases=purchases, **{lever: getattr(strategy, lever) for lever in LEVERS},
    )


def not_offered(arm: Arm, offered: Collection[str]) -> list[str]:
    """Sentences on tools that an arm plans to buy and that a scenario does not offer."""
    return [
        f"{arm.name} plans to buy {purchase.item}, which is not on offer; add it to the scenario's catalogue"
        for purchase in arm.purchases if ":" not in purchase.item and purchase.item not in offered
    ]


def _told_apart(addresses: list[str]) -> list[str]:
    """Number the addresses that stand more than once: aligned, aligned -> aligned#1, aligned#2."""
    times, taken, apart = Counter(addresses), set(addresses), []
    for address in addresses:
        if times[address] > 1:
            copy = next(k for k in range(1, 2 * MOST_ARMS) if f"{address}#{k}" not in taken)
            address = f"{address}#{copy}"
            taken.add(address)
        apart.append(address)
    return apart


def _arm(address: str, own: Mapping[str, Arm]) -> Arm:
    """The arm at one address."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise InputError(f"{shown(address)} is not an arm; write name, name+assess2, name+fix or name#2")
    arm = _base(match["base"], own)
    for modifier in match["modifiers"].split("+")[1:]:
        arm = _modified(arm, modifier)
    label = f"{arm.label} ({match['copy']})" if match["copy"] else arm.label
    return replace(arm, name=address, label=label)


def _base(name: str, own: Mapping[str, Arm]) -> Arm:
    """The arm of this name before modifiers: the scenario's own, a shipped strategy, or a file."""
    if name in own:
        return own[name]
    if is_path(name):
        return strategy_arm(find(name), Path(name).stem)
    allowed = [*own, *shipped_names("strategies")]
    if name not in allowed:
        hint = nearest_name(name, allowed) or f"; there are {', '.join(allowed)}"
        raise InputError(Problem(f"no arm is called {shown(name)}{hint}"))
    return strategy_arm(find(name, "strategies"), name)


def _modified(arm: Arm, modifier: str) -> Arm:
    """The arm with one factor changed, and its words with it."""
    if modifier in SWITCHES:
        lever, words = SWITCHES[modifier]
        return replace(arm, **{lever: 1.0}, label=f"{arm.label}, {words}")  # type: ignore[arg-type]
    if match := _LATER.fullmatch(modifier):
        words = "a month" if match[1] == "1" else f"{match[1]} months"
        return replace(arm, later_months=int(match[1]), label=f"{arm.label}, {words} later")
    if match := _MOST.fullmatch(modifier):
        words = "one project" if match[1] == "1" else f"{match[1]} projects"
        return replace(arm, most_projects=int(match[1]), label=f"{arm.label}, at most {words}")
    if match := _EXPLORE.fullmatch(modifier):
        return replace(arm, explore=int(match[1]) / 100.0, label=f"{arm.label}, exploring with {match[1]}%")
    if match := _AIM.fullmatch(modifier):
        aim = tuple(float(name == match[1]) for name in OBJECTIVES)
        return replace(arm, weights=aim, label=f"{arm.label}, aiming at {AIMS[match[1]]}")
    match = _ASSESS.fullmatch(modifier)
    months = int(match[1]) if match else LONGEST_ASSESSMENT + 1
    if months > LONGEST_ASSESSMENT:
        allowed = f"assess0 to assess{LONGEST_ASSESSMENT} (whole months), {', '.join(SWITCHES)}, "
        allowed += "later1 to later999, most1 to most99, explore1 to explore99 (percent), "
        allowed += ", ".join(f"aim_{aim}" for aim in AIMS)
        raise InputError(f"{shown('+' + modifier)} does not change an arm; allowed: {allowed}")
    words = f"{number(months)} months of assessment" if months else "no assessment"
    return replace(arm, assessment_months=float(months), label=f"{arm.label}, {words}")
