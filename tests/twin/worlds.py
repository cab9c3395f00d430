"""Small worlds in which everything happens within three years: every score, loans, closures, entrants, backlogs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.params import Params
from sim.population import assign, create, let_entrants_follow
from sim.strategies.arms import Arm
from sim.world import World
from tests.worlds import FAMILIES, arm, planned, street

MONTHS = 40
PLAN = planned(("online_ordering", 1), ("expand:operations", 12), ("fix:operations", 20), ("crm", 26))
FOLLOWED = (
    (arm("aligned", assessment_months=2.0, fix_first=1.0, training=1.0, oversight=0.5, partners=0.5), arm("random"),
     arm("own_sake", involvement=1.0, integrate=1.0, phased=1.0, security=0.7), arm("tactical", consent=0.6),
     arm("npv", integrate=1.0, consent=1.0, partners=1.0)),
    (arm("npv", phased=1.0, upkeep=1.0, integrate=1.0), replace(PLAN, phased=1.0, measurement=1.0), arm("aligned"),
     arm("none", upkeep=0.5),
     arm("tactical", assessment_months=1.0)),
    (replace(PLAN, layoff=1.0), arm("aligned", assessment_months=1.0, redeploy=1.0),
     arm("own_sake", fix_first=1.0, layoff=0.5, later_months=5), arm("tactical", layoff=1.0),
     arm("aligned", weights=(0.2, 0.0, 0.5, 0.5, 1.0), vague=0.3, measurement=0.5)),
)


def eventful() -> list[Params]:
    """Three kinds of one size: a harsh street, one that grows on loans, a mild one where one stage is tight."""
    size = {"small_firms": 4, "large_firms": 1, "spare_slots": 9, "customers": 90}
    often = {"decision_month": 0.4, "hurdle": 0.0}
    checking = {"slips_found": 0.6, "errors_found": 0.3}
    harsh = street(
        {"online_ordering": checking | {"error_gap": 0.8}},
        setup=size, sector={"waits_share": 0.5, "regulation": 0.95},
        choosing=often | {"cash_gate_days": 0.0, "hurdle": 8.0},
        finance={"entry_year": 0.7, "outside_option": 0.03, "patience_months": 3},
        throughput={"equipment_utilisation": 0.95, "overload_start": 0.8},
        demand={"appeal_shock": 0.1, "footfall_shock": 0.1},
        overruns={"tail_subscription": 0.4, "tail_equipment": 0.4, "reconsider_above": 0.1},
        incidents={"breach_year": 1.0, "breach_churn": 0.3, "outage_year": 1.0, "fine_year": 4.0,
                   "rules_usd_month": 50.0},
        fairness={"worry": 0.1, "group_share": 0.4}, suppliers={"shock": 0.05, "power": 0.8},
    )
    growing = street(
        setup=size, choosing=often | {"fund_start_months": 4.0, "claimed_orders": 2.0},
        finance={"entry_year": 0.3, "loan_chance_micro": 0.9, "loan_chance_small": 0.8, "loan_months": 12.0},
        demand={"trend_year": 0.15}, data={"informativeness": 2.0, "personal_utility": 0.3},
        suppliers={"trend_year": 0.04},
        skill={"half_life_weak_months": 200.0, "half_life_strong_months": 100.0}, phasing={"prior_spread": 5.0},
        staffing={"fill_month": 0.5}, throughput={"equipment_utilisation": 0.9},
    )
    mild = street(
        {"crm": {"convenience_second": 0.4}, "online_ordering": {"convenience_second": 0.1}},
        setup=size | {"bottleneck_stage": 1}, choosing=often | {"noise": 0.3, "discount_month": 0.0},
        finance={"entry_year": 0.4, "loan_chance_micro": 1.0}, prices={"reset_month": 0.3}, rework={"fix_below": 0.8},
        focal={"employees": 0.0, "orders_month": 550.0, "faulty_share": 0.04, "owner_quality": 1.0, "cash_days": 6.5,
               "advertising": 1.6},
        segments={"second_share": 0.15}, satisfaction={"word_of_mouth": 0.3},
        throughput={"rho": -1000.0, "pooled_share_large": 0.2},
        environment={"work_jumps_year": 1.0, "taste_jumps_year": 1.5, "edge_density": 1.5},
    )
    return [harsh, growing, mild]


def batch(scenarios: list[Params], seeds: list[int], entrants: list[Arm]) -> World:
    """A batch at month 0 whose firms follow all scores, kind by kind; entrants follow theirs."""
    world = create(scenarios, seeds)
    for number in range(len(seeds)):
        for slot, followed in enumerate(FOLLOWED[number % len(FOLLOWED)]):
            assign(world, np.array([number * world.firm_slots + slot]), followed, FAMILIES)
        asked, others = entrants[number % len(entrants)], entrants[(number + 1) % len(entrants)]
        let_entrants_follow(world, number, asked, others, 0.6)
    return world
