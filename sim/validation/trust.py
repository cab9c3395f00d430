"""Trust: nothing laid open, nothing stolen; looking on without need only costs; what oversight and consent pay through.

The numbers of the last were set before it was first run: rules reach every decision of the ordering tool, which gets
one order in ten more wrong with a group when all its work is automated, and customers mind a little not being asked.
H21a was added when H21 had been seen to fail, before it was run itself.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from sim.arrays import Floats
from sim.run import simulate
from sim.scenario.presets import offering, row_numbers, tools
from sim.scenario.resolve import load
from sim.scenario.scenario import Scenario
from sim.validation.bench import Bench
from sim.validation.check import Check, Found, none_of
from sim.validation.hypotheses import directed
from sim.validation.nulls import SCENARIO, SHORT_MONTHS

TOOL = "online_ordering"
CARELESS, LOOKING_ON, CAREFUL = "quote", "quote+oversee", "quote+oversee+consent"


def changed_tool(scenario: Scenario, **numbers: float) -> Scenario:
    """The scenario with other numbers of the ordering tool."""
    row = list(tools()).index(TOOL)
    standing = scenario.params.catalogue
    new = offering(standing, TOOL, {**row_numbers(standing, row), **numbers})
    return replace(scenario, params=replace(scenario.params, catalogue=new))


def with_numbers(scenario: Scenario, **groups: dict[str, Any]) -> Scenario:
    """The scenario with other parameters, by group."""
    return replace(scenario, params=scenario.params.changed(**groups))


def nothing_laid_open(bench: Bench) -> Found:
    """Thefts of data and fines in a dangerous street where the tool holds no data and no rules reach it."""
    worlds = 6 if bench.quick else 24
    closed = changed_tool(load(SCENARIO), breach_exposure=0.0)
    dangers = {"breach_year": 5.0, "fine_year": 100.0}
    runs, risky = (
        simulate(bench.jobs(with_numbers(scenario, incidents=dangers), "quote", worlds, SHORT_MONTHS))
        for scenario in (closed, load(SCENARIO))
    )
    events = sum(run.series[name].sum() for run in runs for name in ("breaches", "fined"))
    seen = sum(run.series["breaches"].sum() for run in risky)
    found = none_of(float(events), f"{seen:.0f} thefts where it does hold data; {worlds} runs of {SHORT_MONTHS} months")
    return found if seen else replace(found, status="fail")


def looking_on_in_vain(bench: Bench) -> Found:
    """Months in which orders differ because somebody looks at what a machine decides that treats all alike."""
    worlds = 6 if bench.quick else 24
    solid = with_numbers(load(SCENARIO), finance={"overdraft_days": 360.0, "outside_option": -10.0})
    alone, watched = (
        simulate(bench.jobs(solid, arm, worlds, SHORT_MONTHS)) for arm in ("quote", "quote+oversee")
    )
    pairs = list(zip(alone, watched, strict=True))
    differing = sum(int((a.series["orders_demanded"] != b.series["orders_demanded"]).sum()) for a, b in pairs)
    usd = float(np.mean([b.scalars["safeguards_usd"] for _, b in pairs]))
    found = none_of(differing, f"it cost {usd:,.0f} USD in {SHORT_MONTHS} months")
    return found if usd > 0.0 else replace(found, status="fail")


def through_fines_and_the_group(careful_arm: str, bench: Bench) -> Found:
    """Fines avoided and margin on sales to the group, less margin on more sales to the others, present value."""
    harsh = with_numbers(
        changed_tool(load(SCENARIO), error_gap=0.1), sector={"regulation": 1.0},
        incidents={"fine_year": 0.5}, fairness={"worry": 0.05},
    )
    runs = [simulate(bench.jobs(harsh, arm, bench.worlds, harsh.months)) for arm in (CARELESS, careful_arm)]
    weight = (1.0 + float(harsh.params.choosing.discount_month)) ** -np.arange(float(harsh.months))
    fines, sales, group = (
        np.array([careful.series[name] @ weight - careless.series[name] @ weight
                  for careless, careful in zip(*runs, strict=True)])
        for name in ("flow_fines", "flow_sales", "sales_group_usd")
    )
    margin = 1.0 - float(harsh.params.sector.materials_share)
    others: Floats = margin * (sales - group)
    told = (f"fines {fines.mean():+,.0f}, the group {margin * group.mean():+,.0f}, others {others.mean():+,.0f} USD; "
            f"{bench.effort}")
    return directed(fines + margin * group - others, told)


def checks() -> list[Check]:
    """Two nulls, and a hypothesis with one half of it apart."""
    return [
        Check("N26", "nulls", "Where tools hold no data nothing is stolen; where no rules reach them nobody is fined.",
              "0", "events", nothing_laid_open),
        Check("N27", "nulls", "Where machines treat all alike, looking on changes no order and only costs.", "0",
              "months", looking_on_in_vain),
        Check("H21", "hypotheses", "Oversight and consent pay through fines avoided and a harmed group that stays more "
              "than through sales to others.", "more than 0", "USD", partial(through_fines_and_the_group, CAREFUL)),
        Check("H21a", "hypotheses", "Oversight alone pays through fines avoided and a harmed group that stays more "
              "than through sales to others.", "more than 0", "USD", partial(through_fines_and_the_group, LOOKING_ON)),
    ]
