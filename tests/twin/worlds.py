"""Small worlds in which everything happens within three years: every score, loans, closures, entrants, backlogs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.params import Params
from sim.params.events import KINDS, Events
from sim.population import assign, create, let_entrants_follow
from sim.strategies.arms import Arm
from sim.world import World
from tests.worlds import FAMILIES, arm, planned, street

MONTHS = 40
PLAN = planned(("online_ordering", 1), ("expand:operations", 12), ("fix:operations", 20), ("crm", 26))
AIMING = arm("aligned", weights=(0.2, 0.0, 0.5, 0.5, 1.0), targets=(-0.05, 0.0, -0.1, 0.02, 0.2), vague=0.3)
FOLLOWED = (
    (arm("aligned", assessment_months=2.0, fix_first=1.0, training=1.0, oversight=0.5, partners=0.5),
     arm("random", dynamic=1.0),
     arm("own_sake", involvement=1.0, integrate=1.0, phased=1.0, security=0.7, explore=0.3),
     arm("tactical", consent=0.6, placebo=1.0),
     arm("npv", integrate=1.0, modular=0.5, most_projects=2, consent=1.0, partners=1.0, explore=1.0)),
    (arm("npv", phased=1.0, upkeep=1.0, integrate=1.0, dynamic=1.0, explore=0.5),
     replace(PLAN, phased=1.0, measurement=1.0),
     arm("aligned"),
     arm("none", upkeep=0.5),
     arm("tactical", modular=1.0, assessment_months=1.0)),
    (replace(PLAN, layoff=1.0, most_projects=3, dynamic=1.0), arm("aligned", assessment_months=1.0, redeploy=1.0),
     arm("own_sake", fix_first=1.0, layoff=0.5, later_months=5, dynamic=1.0, modular=0.5),
     arm("tactical", layoff=1.0, dynamic=1.0),
     replace(AIMING, measurement=0.5)),
    (arm("largest_hours", redeploy=1.0), arm("loudest_complaint", assessment_months=1.0), arm("value_chain"),
     arm("swot", phased=1.0), arm("five_forces")),
    (arm("impact_feasibility", training=1.0), arm("five_forces"), arm("value_chain", redeploy=1.0),
     arm("oracle"), arm("swot")),
    (arm("five_forces", measurement=1.0), replace(PLAN, score="oracle"), arm("swot", assessment_months=1.0),
     arm("impact_feasibility", fix_first=1.0), arm("value_chain")),
)


def eventful() -> list[Params]:
    """Three kinds of one size: a harsh street, one that grows on loans, a mild one where one stage is tight."""
    size = {"small_firms": 4, "large_firms": 1, "spare_slots": 9, "customers": 90, "size_spread": 0.35}
    keen = {"gain_seen": 0.05, "lag_months": 2.0, "visible_share": 0.05}
    often = {"decision_month": 0.4, "hurdle": 0.0}
    checking = {"slips_found": 0.6, "errors_found": 0.3}
    harsh = street(
        {"online_ordering": checking | {"error_gap": 0.8, "works": 0.9}},
        setup=size, sector={"waits_share": 0.5, "regulation": 0.95},
        choosing=often | {"cash_gate_days": 0.0, "hurdle": 8.0},
        rivals=keen, errors={"copied_downstream": 1.5},
        finance={"entry_year": 0.7, "outside_option": 0.03, "patience_months": 3, "entry_deterrence": 6.0},
        throughput={"equipment_utilisation": 0.95, "overload_start": 0.8},
        diffusion={"contagion": 0.4, "elsewhere": 0.5, "hesitation": 0.6},
        demand={"appeal_shock": 0.1, "footfall_shock": 0.1},
        overruns={"tail_subscription": 0.4, "tail_equipment": 0.4, "reconsider_above": 0.1},
        incidents={"breach_year": 1.0, "breach_churn": 0.3, "outage_year": 1.0, "fine_year": 4.0,
                   "rules_usd_month": 50.0},
        fairness={"worry": 0.1, "group_share": 0.4}, suppliers={"shock": 0.05, "power": 0.8},
        wages={"rent_sharing": 0.15, "vacancy_response": 0.5},
    )
    growing = street(
        {"crm": {"works": 1.3}, "online_ordering": {"works": 0.6}},
        setup=size, rivals=keen, choosing=often | {"fund_start_months": 4.0, "claimed_orders": 2.0},
        finance={"entry_year": 0.3, "startup_overhead": 0.6, "loan_chance_micro": 0.9, "loan_chance_small": 0.8,
                 "loan_months": 12.0},
        demand={"trend_year": 0.15},
        data={"informativeness": 2.0, "personal_utility": 0.3}, suppliers={"trend_year": 0.04},
        skill={"half_life_weak_months": 200.0, "half_life_strong_months": 100.0}, phasing={"prior_spread": 5.0},
        staffing={"fill_month": 0.5}, throughput={"equipment_utilisation": 0.9},
        wages={"rent_sharing": 0.4, "adjust_month": 0.3, "most_moved": 0.05, "vacancy_memory_month": 0.5},
        overruns={"tail_subscription": 0.5, "tail_equipment": 0.5, "reconsider_above": 0.05},
        frontier={"support_months": 10.0, "fading_month": 0.1, "price_fall_year": 0.1, "quality_rise_year": 0.3},
    )
    mild = street(
        {"crm": {"convenience_second": 0.4}, "online_ordering": {"convenience_second": 0.1},
         "marketing_automation": {"works": 0.5}},
        setup=size | {"bottleneck_stage": 1}, choosing=often | {"noise": 0.3, "discount_month": 0.0},
        finance={"entry_year": 0.4, "loan_chance_micro": 1.0}, prices={"reset_month": 0.3},
        rework={"fix_below": 0.8, "lock_in": 3.0}, errors={"copied_downstream": 0.5},
        focal={"employees": 0.0, "orders_month": 550.0, "faulty_share": 0.04, "owner_quality": 1.0, "cash_days": 6.5,
               "advertising": 1.6},
        rivals=keen, segments={"second_share": 0.15}, satisfaction={"word_of_mouth": 0.3},
        reconfigure={"review_month": 0.6, "settled_months": 2.0},
        throughput={"rho": -1000.0, "pooled_share_large": 0.2},
        environment={"work_jumps_year": 1.0, "taste_jumps_year": 1.5, "edge_density": 1.5},
    )
    return [replace(scenario, events=happening(number)) for number, scenario in enumerate((harsh, growing, mild))]


def happening(number: int) -> Events:
    """Events of every kind, the same number in each scenario; in the mild one in months that luck draws."""
    late = 0 if number < 2 else 4
    crm = FAMILIES.index("crm")
    rows = [
        ("demand", 4, 5, -0.3, -1), ("taste", 6, 9, 0.8, number), ("supply", 8, 6, 0.4, -1), ("wage", 3, 12, 0.2, -1),
        ("interest", 5, 20, 0.12, -1), ("rule", 9, 25, 60.0, -1), ("rival_entry", 2 + number, 600, 1.5, -1),
        ("subsidy", 1, 30, 0.5, crm), ("training_programme", 10, 15, 0.7, -1), ("breach", 8, 12, 6.0, -1),
    ]
    kind, month, months, size, about = (np.array(column) for column in zip(*rows, strict=True))
    position = np.array([KINDS.index(name) for name in kind], dtype=np.float64)
    return Events(position, month.astype(float), month + float(late), months.astype(float), size.astype(float),
                  about.astype(float))


def batch(scenarios: list[Params], seeds: list[int], entrants: list[Arm]) -> World:
    """A batch at month 0 whose firms follow all scores, kind by kind; entrants follow theirs."""
    world = create(scenarios, seeds)
    for number in range(len(seeds)):
        for slot, followed in enumerate(FOLLOWED[number % len(FOLLOWED)]):
            assign(world, np.array([number * world.firm_slots + slot]), followed, FAMILIES)
        asked, others = entrants[number % len(entrants)], entrants[(number + 1) % len(entrants)]
        let_entrants_follow(world, np.array([number]), (asked, others), 0.6, 0.5 * (number % 2))
    return world
