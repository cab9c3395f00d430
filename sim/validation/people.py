"""What tools do to people: a say in them (H9), fear of them (H10), and how many are employed afterwards (H12).

Written before the first run: smallest effects are two hundredths of use, half a month of delay, one quit in a hundred
firms, and a twentieth of one post.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from sim.arrays import Floats
from sim.observe.observation import Observation
from sim.run import simulate
from sim.scenario.resolve import load
from sim.scenario.scenario import Scenario
from sim.validation.bench import Bench
from sim.validation.check import Check, Found
from sim.validation.nulls import SCENARIO
from sim.validation.paired import beyond, numbers, played
from sim.validation.trust import changed_tool

USE, DELAY_MONTHS, QUITS, POSTS = 0.02, 0.5, 0.01, 0.05
ANNOUNCED, FEAR_MONTHS, LIVED_MONTHS = 6, 12, 36
FEAR_WORLDS = 960
AMPLE = 0.4
"""Normal orders over the tightest equipment where nothing but demand is a limit."""


def _under(bench: Bench, scenario: Scenario, arms: str) -> list[list[Observation]]:
    """Runs of each arm, with the books of projects."""
    runs = simulate(bench.jobs(scenario, arms, bench.worlds, LIVED_MONTHS))
    return [runs[first:first + bench.worlds] for first in range(0, len(runs), bench.worlds)]


def _use(run: Observation) -> float:
    """Mean use of tools at work over the months since one is, NaN where none ever is."""
    live = float(run.series["tools_live"].sum())
    return float(run.series["tools_used"].sum()) / live if live else float("nan")


def _live_month(run: Observation) -> float:
    """Month in which the tool went live, NaN where it never did."""
    months = [project.live_month for project in run.projects if project.live_month >= 0]
    return float(months[0]) if months else float("nan")


def say_and_use(bench: Bench) -> Found:
    """Use of a quoted tool where people have a say in it, less use where they have none."""
    quoted, involved = _under(bench, load(SCENARIO), "quote,quote+involve")
    gap = np.array([_use(b) - _use(a) for a, b in zip(quoted, involved, strict=True)])
    used = np.nanmean([_use(run) for run in quoted])
    return beyond(gap, USE, f"{used:.2f} without a say; {bench.effort}")


def say_and_delay(bench: Bench) -> Found:
    """Months by which go-live is later where people have a say."""
    quoted, involved = _under(bench, load(SCENARIO), "quote,quote+involve")
    gap = np.array([_live_month(b) - _live_month(a) for a, b in zip(quoted, involved, strict=True)])
    return beyond(gap, DELAY_MONTHS, f"the talks themselves take a month; {bench.effort}")


def fear_and_quits(bench: Bench) -> Found:
    """Quits in the year from the announcement on, less those in the same firm where nobody is afraid."""
    scenario, worlds = load(SCENARIO), 4 * bench.worlds if bench.quick else FEAR_WORLDS
    jobs = bench.jobs(scenario, "quote", worlds, ANNOUNCED + FEAR_MONTHS)
    calm = [replace(job, switched_off=frozenset({"acceptance.feel_threat"})) for job in jobs]
    afraid, unafraid = played(jobs), played(calm)
    quits: list[Floats] = [
        np.array([run.series["quits"][ANNOUNCED:].sum() for run in runs]) for runs in (afraid, unafraid)]
    displaced = sum(run.series["laid_off"].sum() for run in afraid)
    told = f"{quits[1].mean():.2f} without fear; {displaced:.0f} laid off; {worlds} paired worlds"
    return beyond(quits[0] - quits[1], QUITS, told)


def limited_by(what: str) -> Scenario:
    """The bakery with an ordering tool that draws nobody: full counters that it relieves, or orders the only limit."""
    scenario = load(SCENARIO)
    if what == "orders":
        return changed_tool(numbers(scenario, throughput={"equipment_utilisation": AMPLE}), convenience=0.0)
    assert scenario.falsifier is not None
    return changed_tool(scenario.falsifier, convenience=0.0)


def posts(what: str, sign: float, bench: Bench) -> Found:
    """People employed in the third year with the tool less without, where this is the limit, times the sign."""
    without, quoted = _under(bench, limited_by(what), "none,quote")
    gap = np.array([
        b.series["employees"][-12:].mean() - a.series["employees"][-12:].mean()
        for a, b in zip(without, quoted, strict=True)
    ])
    staff = np.mean([run.series["employees"][-12:].mean() for run in without])
    return beyond(sign * gap, POSTS, f"{gap.mean():+.3f} of {staff:.1f} people; {bench.effort}")


def checks() -> list[Check]:
    """Direction, rule and smallest effect fixed beforehand."""
    return [
        Check("H9a", "hypotheses", "People who have a say in a tool use it more.", f"more than {USE:g}", "share of use",
              say_and_use),
        Check("H9b", "hypotheses", "A say in it delays go-live.", f"more than {DELAY_MONTHS:g}", "months",
              say_and_delay),
        Check("H10", "hypotheses", "Fear of an announced tool raises quits though nobody is displaced.",
              f"more than {QUITS:g}", "quits/firm in a year", fear_and_quits),
        Check("H12a", "hypotheses", "Who lacked room and buys it with a tool employs more people.",
              f"more than {POSTS:g}", "people", partial(posts, "room", 1.0)),
        Check("H12b", "hypotheses", "Who lacked orders and buys the same tool employs fewer.",
              f"more than {POSTS:g} fewer", "people fewer", partial(posts, "orders", -1.0)),
    ]
