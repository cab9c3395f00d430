"""Metrics of projects: what was bought, what was foreseen, whether a goal was reached."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from sim import numerics
from sim.arrays import Floats
from sim.formulas.explore import sales_due_to
from sim.observe.goal import goal_hit, goal_progress
from sim.observe.metrics.base import Lived, Month, Monthly, Overall, at_the_end, column, over
from sim.params.goal import Goal
from sim.state import FLOW


def _gain(run: Lived) -> Floats:
    return run.end("forecast_sales_usd") + run.end("forecast_labour_usd") - run.end("forecast_cost_usd")


def _goals(run: Lived, take: Callable[[Goal, Mapping[str, Floats]], float]) -> Floats:
    """How each run did by its own goal; NaN without one."""
    return np.array([
        take(goal, {name: run[name][number] for name in ("alive", goal.metric)}) if goal else np.nan
        for number, goal in enumerate(run.goals)
    ])


def _first(run: Lived) -> Floats:
    first = run.first_purchase.astype(np.float64)
    return np.where(first < run.months, first, np.nan)


def _new_sales(month: Month) -> Floats:
    return numerics.usd(month.own("flow_cents")[:, FLOW["sales"]]) * sales_due_to(month.own("novelty_young"))


SCALARS = (
    Overall("prototypes", "prototypes", "Prototypes of new offers started", "over the whole run",
            of=lambda run: run["prototypes"].max(axis=1)),
    Overall("time_to_market_months", "months", "Time from prototype to its end", "mean; missing where none was started",
            of=lambda run: over(run["months_to_market"].max(axis=1), run["prototypes"].max(axis=1))),
    Overall("sales_new_share", "share", "Sales from new offers", "on the market for under two years; last year", 1,
            of=lambda run: over(run.year_sum("sales_new_usd"), run.year_sum("flow_sales"))),
    Overall("forecast_gain_usd", "USD", "Gain foreseen at purchase", "forecasts of all projects, net of quoted cost",
            of=_gain),
    Overall("forecast_sales_usd", "USD", "Foreseen from more or better orders", "part of the forecast, discounted",
            of=at_the_end("forecast_sales_usd")),
    Overall("forecast_labour_usd", "USD", "Foreseen from saved wages", "part of the forecast, discounted",
            of=at_the_end("forecast_labour_usd")),
    Overall("forecast_cost_usd", "USD", "Cost quoted at purchase", "part of the forecast, discounted",
            of=at_the_end("forecast_cost_usd")),
    Overall("goal_hit", "share", "Goal reached in time", "1 or 0; missing where no goal is set", 1,
            of=lambda run: _goals(run, goal_hit)),
    Overall("goal_progress", "share", "Part of the goal that was reached",
            "of the change that was wanted; over 100% beyond it; missing where no goal is set", 1,
            of=lambda run: _goals(run, goal_progress)),
    Overall("projects", "projects", "Projects started", "tools, expansions and process improvements",
            of=lambda run: run["projects"].max(axis=1)),
    Overall("first_purchase_month", "month", "Month of the first purchase", "missing where nothing was bought",
            of=_first),
)

SERIES = (
    Monthly("prototypes", "prototypes", "Prototypes started so far", "of new offers", of=column("prototypes")),
    Monthly("months_to_market", "months", "Time that prototypes take", "summed so far", of=column("months_to_market")),
    Monthly("sales_new_usd", "USD/month", "Sales from new offers", "what offers under two years old draw", 1,
            of=_new_sales),
    Monthly("projects", "projects", "Projects started so far", "tools, expansions, improvements",
            of=column("projects")),
    Monthly("forecast_sales_usd", "USD", "Foreseen from more or better orders", "discounted, so far",
            of=column("forecast_sales_usd"), lasting=True),
    Monthly("forecast_labour_usd", "USD", "Foreseen from saved wages", "discounted, so far",
            of=column("forecast_labour_usd"), lasting=True),
    Monthly("forecast_cost_usd", "USD", "Cost quoted", "discounted, so far", of=column("forecast_cost_usd"),
            lasting=True),
)
