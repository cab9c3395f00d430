"""Forecasts held to the books: half miss where nobody chose, more where owners could decline (N11), and plans (H19).

Every firm of many streets is offered one office tool in its first month. The hours that it takes are in proportion to
orders, which alone are seen with noise; what else could come between forecast and outcome is off, and the outcome is
that of the books after three years. What must come out is derived in docs/decisions/0156.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from scipy.special import ndtr

from sim.analysis.projects import SHORT
from sim.analysis.resample import world_counts
from sim.arrays import Floats
from sim.look import look, noise
from sim.observe.observation import Project
from sim.offers import offers
from sim.params import Params
from sim.run import Job, prepare, simulate
from sim.scenario.presets import tools
from sim.scenario.resolve import load
from sim.scenario.trades import market
from sim.strategies.arms import Arm
from sim.strategies.forecasts import map_forecast
from sim.validation.bench import NOTHING_HAPPENS, Bench
from sim.validation.check import Check, Found, decided, near
from sim.validation.hypotheses import STEPS
from sim.validation.nulls import SCENARIO

TOOL, CAP, PRICE_USD, HURDLE, WHATEVER = "accounts_payable_invoicing", 0.1, 1_500.0, 0.2, -1e9
"""The tool; the share of work that may be taken over, low enough to bind; its price; what owners ask of it, or not."""
AMPLE = 0.5
"""Normal orders over what hands and equipment can do: lost orders would make less of a tool than was foreseen."""
STREETS, QUICK_STREETS, WINDOW, TOLERANCE = 480, 40, 36, 0.02
Firm = tuple[int, int]
"""A street and a firm of it."""
OFF = NOTHING_HAPPENS | {
    "overruns.settle_the_account", "skill.learn_tools", "acceptance.feel_threat", "acceptance.accept_tools",
    "disruption.settle_in",
}
BUYS = Arm("buys", "Buys", "Buys what is offered if it promises enough.", score="npv", integrate=1.0)
DEARER_THINGS = (
    "By its books losing money does not fall at all: aligned owners buy fewer and dearer things, a third of them stock "
    "control, which the books never show to pay, while nearly all miss a forecast that takes full skill and use for "
    "granted."
)
"""What the model does instead of H19."""
DIFFERENCE = 0.02
"""Smallest difference of H19, a share of projects."""


def street(hurdle: float, optimism: float = 0.0) -> Params:
    """Bakeries that can have one tool and nothing else, in the first month."""
    offered = market("bakery", [TOOL], {TOOL: {"one_off": PRICE_USD, "subscription": 0.0}})
    return offered.changed(
        choosing={"optimism": optimism, "hurdle": hurdle, "decision_month": 1.0, "cash_gate_days": 0.0},
        throughput={"automatable_cap": CAP, "equipment_utilisation": AMPLE, "normal_utilisation": AMPLE},
        projects={"expansion_price": 1e6}, rework={"fix_staff_hours": 1e9},
        staffing={"hire_cost_years": 0.0}, sector={"cash_days_median": 360.0}, integration={"edge_price_share": 0.0},
    )


def jobs_of(bench: Bench, params: Params) -> list[Job]:
    """A run of every street, all of whose firms may buy."""
    streets = QUICK_STREETS if bench.quick else STREETS
    families = {name: tool.title for name, tool in tools().items()}
    return [
        Job(params, families, BUYS, BUYS, "whole", bench.seed, replicate, WINDOW, OFF) for replicate in range(streets)
    ]


def bought(jobs: Sequence[Job]) -> dict[Firm, Project]:
    """Projects of the first month by their books: who declined may think again, with less of a window left."""
    return {
        (run.replicate, project.firm): project
        for run in simulate(jobs) for project in run.projects if project.start_month == 0
    }


def missed(projects: Iterable[Project]) -> float:
    """Share of projects whose outcome is below their forecast."""
    return float(np.mean([SHORT["forecast"](project) for project in projects]))


def half_miss(bench: Bench, optimism: float = 0.0) -> Found:
    """Share that misses where everybody buys, whatever is foreseen."""
    projects = bought(jobs_of(bench, street(WHATEVER, optimism)))
    error = 0.5 / float(np.sqrt(len(projects)))
    return near(missed(projects.values()), 0.5, TOLERANCE, error, f"{len(projects):,} projects")


def chances(bench: Bench) -> tuple[Floats, Floats]:
    """Chance that each firm buys, and that it buys and misses, (firms,): blurred orders must reach what pays the price
    and the hurdle, and what the same firm really had once it bought whatever was foreseen."""
    jobs = jobs_of(bench, street(WHATEVER))
    blurred, sharp = prepare(jobs), prepare([
        replace(job, params=job.params.changed(choosing={"noise": 0.0})) for job in jobs])
    own = bought(jobs)
    rows = np.nonzero(sharp.firms.open & ~sharp.firms.large)[0]
    rows = np.array([row for row in rows.tolist() if divmod(row, sharp.firm_slots) in own])
    lived = [own[divmod(row, sharp.firm_slots)].outcome_usd for row in rows.tolist()]
    family = list(tools()).index(TOOL)
    true = map_forecast(look(sharp, rows, offers(sharp, rows)))
    cost, gain = true.cost_usd[:, family], true.gain_usd[:, family]
    sigma = noise(blurred, rows) * blurred.params.choosing.demand_noise_share[blurred.firms.world[rows]]
    buys, misses = (
        ndtr(np.log((gain + cost) / (wanted + cost)) / sigma) for wanted in (HURDLE * cost, np.array(lived)))
    return np.asarray(buys), np.minimum(buys, misses)


def more_miss(bench: Bench) -> Found:
    """Share of those who bought that misses, less the share that a choice between one tool and none makes miss."""
    projects = bought(jobs_of(bench, street(HURDLE)))
    buys, misses = chances(bench)
    share, expected = missed(projects.values()), float(misses.sum() / buys.sum())
    error = float(np.sqrt(share * (1.0 - share) / len(projects)))
    told = f"{share:.1%} miss, {expected:.1%} expected; {len(projects):,} of {len(buys):,} bought, {buys.sum():,.0f} "
    return near(share - expected, 0.0, TOLERANCE, error, f"{told}expected")


def _short(projects: dict[int, tuple[Project, ...]]) -> Floats:
    """Projects, those below their forecast and those below zero, by world, (worlds, 3)."""
    return np.array([
        [len(own), *(sum(SHORT[way](one) for one in own) for way in ("forecast", "zero"))] for own in projects.values()
    ], dtype=np.float64)


def plans_and_losses(bench: Bench) -> Found:
    """How much less often aligned projects end below zero than own-sake ones, less the same for their own forecasts."""
    comparison = bench.study(load(SCENARIO), STEPS).comparison
    counted = [_short(comparison.projects[arm]) for arm in ("own_sake", "aligned")]
    drawn = [world_counts(len(one)) @ one for one in counted]
    (plan, loss), (plans, losses) = _falls(*(one.sum(axis=0)[None, :] for one in counted)), _falls(*drawn)
    low, high = (float(end) for end in np.nanquantile(losses - plans, (0.025, 0.975)))
    told = f"missing the plan falls by {plan[0]:+.1%}, losing money by {loss[0]:+.1%} of projects; {bench.effort}"
    status = decided(low > DIFFERENCE, high < DIFFERENCE)
    told = f"{DEARER_THINGS} {told}" if status == "contradicted" else told
    return Found(float(loss[0] - plan[0]), status, (low, high), told)


def _falls(own_sake: Floats, aligned: Floats) -> tuple[Floats, Floats]:
    """Fall from the first to the second of the shares below forecast and below zero, from counts (draws, 3)."""
    first, second = (one[:, 1:] / np.where(one[:, :1] > 0.0, one[:, :1], np.nan) for one in (own_sake, aligned))
    return first[:, 0] - second[:, 0], first[:, 1] - second[:, 1]


def checks() -> list[Check]:
    """Two nulls by algebra, and a hypothesis."""
    return [
        Check("N11a", "nulls", "Without optimism and trouble, half of the projects miss their forecast where everybody "
              "buys one tool whose worth moves with what is seen blurred.",
              f"0.5 ± {TOLERANCE:g} and three standard errors", "share of projects", half_miss),
        Check("N11b", "nulls", "Where the same tool may be declined, more of those who buy miss, by as much as a "
              "choice between one and none makes: found less expected.",
              f"0 ± {TOLERANCE:g} and three standard errors", "share of projects", more_miss),
        Check("H19", "hypotheses", "From own sake to aligned, losing money falls by more than missing one's own "
              "forecast does.", f"more than {DIFFERENCE:g}", "share of projects", plans_and_losses),
    ]
