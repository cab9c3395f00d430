"""Numbers of skill (M7): how fast people learn a tool, forget it, and what training costs."""

from dataclasses import dataclass

from sim.arrays import Floats
from sim.params.base import par


@dataclass(frozen=True)
class Skill:
    """Skill is a ratio: what somebody gets out of a tool over what it is rated for."""

    start: Floats = par(0.1, "skill of somebody who has just been shown a tool, at go-live or on the first day",
        unit="ratio", low=0.0, high=1.0, kind="assumed", source="assumption: a morning with the vendor")
    half_life_weak_months: Floats = par(20.0, "months in which the weakest learner closes half of what is missing",
        unit="months", low=1.0, high=120.0, kind="assumed",
        source="assumption; shape of learning with general skill from macro models of adoption")
    half_life_strong_months: Floats = par(4.0, "months in which the strongest learner closes half of what is missing",
        unit="months", low=0.5, high=120.0, kind="assumed", source="assumption, as above")
    general_mean: Floats = par(0.5, "mean general skill of people, from the weakest learner (0) to the strongest (1)",
        unit="index", low=0.0, high=1.0, kind="assumed", source="assumption")
    general_spread: Floats = par(0.2, "standard deviation of general skill, cut at 0 and 1",
        unit="index", low=0.0, high=1.0, kind="assumed", source="assumption")
    forgetting_month: Floats = par(0.02, "part of the skill on a tool that a month without using it takes away",
        unit="share/month", low=0.0, high=0.5, kind="assumed", source="assumption")
    training_effect: Floats = par(1.0, "learning that full training adds, over learning without",
        unit="ratio", low=0.0, high=10.0, kind="assumed",
        source="assumption: halves the half-life; what it does to output can be held against fact F35")
    training_until: Floats = par(0.8, "skill at which people are no longer sent to training",
        unit="ratio", low=0.0, high=1.0, kind="assumed", source="assumption")
    training_hours_month: Floats = par(6.0, "working hours that full training on a tool takes from a person",
        unit="hours/month", low=0.0, high=80.0, kind="assumed", source="assumption: an hour and a half a week")
    training_usd_month: Floats = par(40.0, "cost of full training on a tool for a person, besides the hours",
        unit="USD/month", low=0.0, high=2000.0, kind="assumed", source="assumption: a trainer's hour for a group")
