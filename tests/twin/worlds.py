"""Small worlds in which everything happens within three years: every score, loans, closures, entrants, backlogs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.params import STAGES, Catalogue, Params, Sector, changed
from sim.population import assign, create
from sim.state import EXPANSION, FIX
from sim.strategies.arms import SCORES, Arm, Purchase
from sim.world import World

FAMILIES = ("ordering", "ovens", "office", "advice", "costly")
MONTHS = 40
PLAN = (Purchase("ordering", 1), Purchase("expand:operations", 12), Purchase("fix:operations", 20), Purchase("ovens", 26))


def toy_params() -> Params:
    """A trade of four chain stages that is short of hands and equipment, with five tools that differ in kind."""
    sector = Sector(
        order_value_usd=40.0, materials_share=0.3, rent_share=0.05, net_margin=0.07, wage_usd_hour=20.0,
        hours_person_month=120.0, employees_mean=5.0, orders_employee_month=150.0, cash_days_median=30.0,
        quits_month=0.05, peak_factor=1.25, trough_factor=0.8, waits_share=0.5,
        hours_share=np.array([0.08, 0.4, 0.1, 0.22, 0.05, 0.03, 0.01, 0.03, 0.08]),
        chain=np.array([1.0, 1, 1, 1, 0, 0, 0, 0, 0]), error_weight=np.array([0.1, 0.5, 0.1, 0.3, 0, 0, 0, 0, 0]),
    )  # fmt: skip
    hours_taken = np.zeros((len(FAMILIES), len(STAGES)))
    for family, stage, share in ((0, 3, 0.4), (0, 0, 0.1), (1, 1, 0.15), (2, 8, 0.5), (3, 1, 0.1), (3, 3, 0.2), (4, 1, 0.6)):
        hours_taken[family, stage] = share
    catalogue = Catalogue(
        one_off_usd=np.array([900.0, 4000, 300, 50, 14000]), subscription_usd_month=np.array([60.0, 0, 40, 90, 100]),
        per_use_share=np.array([0.01, 0, 0, 0.002, 0]), months=np.array([1.5, 3, 1, 2, 5]), hours_taken=hours_taken,
        hype=np.array([0.6, 0.3, 0.4, 0.7, 0]), convenience=np.array([0.1, 0, 0, 0.03, 0]),
        equipment_gain=np.array([0, 0.2, 0, 0, 0.3]), main_stage=np.array([3.0, 1, 8, 1, 1]),
        offered=np.array([1.0, 1, 1, 1, 1]),
    )  # fmt: skip
    return Params(sector, catalogue)


def with_changes(params: Params, **groups: dict[str, float]) -> Params:
    """The parameters with some values of some groups changed."""
    return replace(params, **{name: changed(getattr(params, name), values) for name, values in groups.items()})


def eventful() -> list[Params]:
    """Three worlds of one size: a harsh market, one that grows and builds on loans, and a mild one with one bottleneck."""
    size = {"small_firms": 4, "large_firms": 1, "spare_slots": 4, "customers": 90}
    common = {"decision_month": 0.4, "hurdle": 0.0}
    harsh = with_changes(
        toy_params(), setup=size, choosing=common | {"cash_gate_days": 0.0},
        finance={"entry_year": 0.7, "outside_option": 0.03, "patience_months": 3},
        throughput={"equipment_utilisation": 0.95, "overload_start": 0.8}, demand={"appeal_shock": 0.1, "footfall_shock": 0.1},
    )  # fmt: skip
    growing = with_changes(
        toy_params(), setup=size, choosing=common | {"fund_start_months": 4.0, "claimed_orders": 2.0},
        finance={"entry_year": 0.3, "loan_chance_micro": 0.9, "loan_chance_small": 0.8, "loan_months": 12.0},
        demand={"trend_year": 0.15}, staffing={"fill_month": 0.5},
    )  # fmt: skip
    mild = with_changes(
        toy_params(), setup=size | {"bottleneck_stage": 1}, choosing=common | {"noise": 0.3, "discount_month": 0.0},
        finance={"entry_year": 0.4}, focal={"orders_month": 800.0, "faulty_share": 0.04, "owner_quality": 1.0, "price_usd": 41.0},
        throughput={"rho": -1000.0, "pooled_share_large": 0.2}, prices={"reset_month": 0.3},
    )  # fmt: skip
    return [harsh, growing, mild]


def assigned(scenarios: list[Params], seeds: list[int], background: list[list[Arm]]) -> World:
    """A batch at month 0 in which the n-th firm of a world follows the n-th arm of its list."""
    world = create(scenarios, seeds)
    for number, arms in enumerate(background):
        for slot, arm in enumerate(arms):
            assign(world, np.array([number * world.firm_slots + slot]), arm, FAMILIES)
    for number in range(len(seeds)):
        world.worlds.entrant_score[number] = 1 + number % (len(SCORES) - 2)
        world.worlds.entrant_assessment_months[number] = number % 3
        world.worlds.entrant_fix_first[number] = number % 2
    return world
