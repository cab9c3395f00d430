"""Made-up plans with a planted truth: what the plan does to the owner is a stated function of what was drawn.

The firms come from `synthetic`; worth, cash and orders are then overwritten, so that the answer is known.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from synthetic import ALIGNED, NONE, comparison

from sim.analysis.comparison import Assumption
from sim.analysis.plan import Goal, PlanStudy, Project, Unsure

WORTH = "owner_value_usd"
PLAN = replace(ALIGNED, name="plan", label="Your plan", line="Buys online ordering in month 9.")
PHASED = replace(ALIGNED, name="plan_phased", label="Your plan, in two steps", month=14)
WAIT = replace(ALIGNED, name="wait_6", label="Your plan, half a year later", month=12)
CHOICES = (NONE, PLAN, PHASED, WAIT)
GOAL = Goal(
    name="orders", label="Orders delivered a month", unit="orders/month", metric="orders_served", number=2_000,
    by_month=18, at_least=True,
)  # fmt: skip
UNSURE = (
    Unsure(name="delay", label="Months until it works", unit="months", low=1, high=8, said_by="the vendor"),
    Unsure(name="trend", label="Change of demand a year", unit="share", low=-0.2, high=0.1, said_by="you"),
    Unsure(name="inert", label="Colour of the door", unit="", low=0, high=1, said_by="you"),
)


def study(worlds=200, months=24, seed=1, **changes) -> PlanStudy:
    """A study whose uncertain things were drawn evenly; none matters until a truth is planted, and no firm closes."""
    made = comparison(CHOICES, worlds=worlds, months=months, seed=seed)
    for series in made.series.values():
        series["alive"] = np.ones((worlds, months))
    luck = np.random.default_rng(seed)
    drawn = pd.DataFrame(
        {thing.name: luck.uniform(thing.low, thing.high, worlds) for thing in UNSURE}, index=made.scalars.index
    )
    parts = {
        "comparison": replace(made, title="Bakery: a quote for online ordering", command="smbsim plan bakery.toml"),
        "goal": GOAL,
        "unsure": UNSURE,
        "drawn": drawn,
        "firm": (("Kind of business", "bakery"), ("People", "7, at $17 an hour")),
        "projects": (
            Project(label="Online ordering", price_usd=8_500, subscription_usd_month=230, months_until_it_works=2,
                    promised="14% more orders"),
        ),
        "defaults": (Assumption("Materials per order", "$2.90", "assumed", "the preset"),),
    }  # fmt: skip
    return PlanStudy(**parts | changes)


def gaining(made: PlanStudy, gain_usd, arm="plan") -> PlanStudy:
    """The study with so much more (or less) for the owner under a choice than when nothing is done, (worlds,)."""
    scalars = made.comparison.scalars.copy()
    scalars[(arm, WORTH)] = scalars[("none", WORTH)] + gain_usd
    return with_comparison(made, scalars=scalars)


def seeing(made: PlanStudy, metric, values, arm="plan") -> PlanStudy:
    """The study with another series under a choice, (worlds, months)."""
    series = {name: dict(kept) for name, kept in made.comparison.series.items()}
    series[arm][metric] = values
    return with_comparison(made, series=series)


def with_comparison(made: PlanStudy, **changes) -> PlanStudy:
    """The study with a changed comparison."""
    return replace(made, comparison=replace(made.comparison, **changes))


def noise(made: PlanStudy, spread, seed=5):
    """Luck that nothing foretells, (worlds,)."""
    return np.random.default_rng(seed).normal(0, spread, made.comparison.worlds)
