"""The assumptions a reader should know before believing a report: what the scenario changed, and what decides most."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.analysis import Assumption
from sim.params import groups
from sim.params.base import Meaning, meanings
from sim.params.sector import STAGE_LABELS
from sim.scenario.scenario import Scenario

DECISIVE = (
    ("choosing", "noise"), ("choosing", "informativeness"), ("choosing", "optimism"), ("choosing", "fund_share"),
    ("choosing", "hurdle"), ("choosing", "window_months"), ("choosing", "discount_month"),
    ("projects", "routine_share"), ("skill", "half_life_weak_months"), ("acceptance", "base"),
    ("throughput", "equipment_utilisation"), ("throughput", "pooled_share"), ("throughput", "rho"),
    ("errors", "systematic_share"), ("errors", "quality_mean"), ("demand", "attention_month"),
    ("demand", "price_sensitivity"), ("demand", "wait_weight"), ("finance", "overdraft_days"),
)


def assumptions(scenario: Scenario) -> tuple[Assumption, ...]:
    """Numbers that the scenario changed come first, then those on which most hangs."""
    changed, decisive = [], []
    for group_name, defaults in groups().items():
        group = getattr(scenario.params, group_name)
        for name, meaning in meanings(defaults).items():
            value, text = float(getattr(group, name)), f"{meaning.text} ({group_name}.{name})"
            if value != float(meaning.default):
                source = f"this scenario; otherwise {_words(name, meaning.default, meaning)}"
                changed.append(Assumption(text, _words(name, value, meaning), "assumed", source))
            elif (group_name, name) in DECISIVE:
                decisive.append(Assumption(text, _words(name, value, meaning), meaning.kind, meaning.source))
    return (*changed, *decisive, *_tools(scenario))


def _words(name: str, value: float, meaning: Meaning) -> str:
    """A value as it would be said: a stage by its words, the others with their unit."""
    if name == "bottleneck_stage":
        return STAGE_LABELS[int(value)] if value >= 0 else "drawn for each firm"
    return f"{value:g} {meaning.unit}"


def _tools(scenario: Scenario) -> list[Assumption]:
    """What the tools on offer cost and take over."""
    catalogue: Any = scenario.params.catalogue
    families = list(scenario.families)
    return [
        Assumption(
            f"{scenario.families[name]}: price once, subscription, largest share of routine hours it takes over",
            f"${catalogue.one_off_usd[i]:,.0f}, ${catalogue.subscription_usd_month[i]:,.0f} a month, "
            f"{np.max(catalogue.hours_taken[i]):.0%}",
            "assumed", "tool catalogue, near list prices of 2025; hours taken over are assumptions throughout",
        )
        for i, name in enumerate(families) if name in scenario.offered
    ]
