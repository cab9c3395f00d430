"""The claims of every shipped scenario and of its falsifier, one check each, on paired worlds."""

from __future__ import annotations

from functools import partial

from sim.analysis import Comparison
from sim.analysis.amounts import lowered
from sim.scenario.files import shipped_names
from sim.scenario.resolve import load
from sim.scenario.scenario import Claim, Scenario
from sim.validation.bench import WORLDS, Bench, names_of
from sim.validation.check import Check, Found, Status
from sim.verbs.claims import EXPECTED, bound, judge, measure, smallest_difference

SMALL_CHANNEL = (
    "The channel carries under a tenth of the orders. More of all orders go wrong and staff copy, but what it takes "
    "off the counter shortens waits, ratings stay, and more orders come in than without it; the harm is that it brings "
    "half of what the joined-up channel brings."
)
FEW_TOOLS = (
    "In eight years such a firm buys not quite two things, and hardly ever buys a newer version or takes one out: "
    "demand is what limits it in four months of five, so what a fading tool lacks does not look worth its price. What "
    "open interfaces save is then saved so seldom that both firms end alike, some 60 USD apart."
)
SMALL_SURCHARGE = (
    "The direction comes true, the size does not: about 110 USD, not 200, a tenth of the price of the one or two "
    "tools that such an owner buys."
)
SLOW_START = (
    "Nine in a hundred fewer, not ten, in the second year, in which people are still learning to use the machine; a "
    "quarter fewer by the fifth."
)
EXPLAINED: dict[str, str] = {
    "E-e_commerce_answers-s1": (
        "Buyers come for the shorter waits and fill the room: some 3% more orders come in and are delivered, but "
        "in the months before Christmas hands are short as well, and waits are what they were. Besides, half of the "
        "first year, against which the goal is held, has the room already."
    ),
    "E-e_commerce_duel-f2": (
        "Stores that are open have as many orders either way, within a thousandth. But robots cost money: three more "
        "of a hundred such stores have given up by then, and a closed store has no orders."
    ),
    "E-health_rules-s1": (
        "It has 1.7 of the two, nearly as many as without: rules add 360 USD a month for each tool, less "
        "than half a percent of what such a practice sells, and the estimate of what a tool brings is larger. The "
        "cost of rules rises and fines fall as claimed; adoption does not."
    ),
    "E-manufacturing_quality-f1": SLOW_START,
    "E-manufacturing_quality-s2": SLOW_START,
    "E-bakery_ovens-s1": (
        "It sells more, by less than 5%: demand exceeds the ovens in some months only, and in the fullest of them "
        "hands are short as well."
    ),
    "E-restaurant_ordering-s2": SMALL_CHANNEL,
    "E-restaurant_ordering-s3": SMALL_CHANNEL,
    "E-restaurant_ordering-s4": SMALL_CHANNEL,
    "E-agency_posting-s3": (
        "Insight rises by about 0.05 only: half of the staff come to use the two tools, which then do a twentieth of "
        "the work, not a fifth, and data of a source that is hardly used say little."
    ),
    "E-agency_posting-s4": (
        "About 0.8% more clients come, not 2%, and these worlds cannot tell that from none: insight is half of what "
        "was claimed, offers fit by as much less, and clients look around once in four years."
    ),
    "E-retail_inventory-s2": (
        "It is worse than no better: orders of the mean store are 4% fewer. The software, its edges and its fees cost "
        "13,000 USD in four years, more than the hours it takes over are worth, and four more of a hundred such "
        "stores have given up by the fourth year."
    ),
    "E-retail_explore-s1": (
        "It leaves about 24,000 USD less, in a calm trade as in this one: a prototype costs a twentieth of a month's "
        "sales, three in ten succeed, and what those draw is copied. Nothing makes a new offer worth more where tastes "
        "move, so turbulence does not turn the sign (docs/decisions/0113)."
    ),
    "E-software_modular-s1": FEW_TOOLS,
    "E-software_modular-s2": FEW_TOOLS,
    "E-software_modular-f1": SMALL_SURCHARGE,
    "E-software_modular-f2": SMALL_SURCHARGE,
}
"""Why a claim does not come true, by check; a miss that stands here is contradicted, any other one fails."""
ENOUGH: dict[str, int] = {
    "E-agency_posting-f1": 640,
    "E-agency_posting-s2": 640,
    "E-agency_posting-s4": 640,
    "E-bakery_crm-f2": 1600,
    "E-bakery_crm-s5": 640,
    "E-bakery_ordering-s3": 480,
    "E-bakery_ovens-s1": 480,
    "E-bakery_ovens-s4": 480,
    "E-e_commerce_answers-s1": 320,
    "E-e_commerce_answers-s3": 320,
    "E-e_commerce_answers-f1": 320,
    "E-e_commerce_duel-f1": 1600,
    "E-e_commerce_duel-f2": 1600,
    "E-e_commerce_duel-s1": 1600,
    "E-finance_menu-s2": 320,
    "E-finance_menu-s4": 320,
    "E-logistics_data-s4": 320,
    "E-logistics_data-f2": 320,
    "E-manufacturing_quality-f1": 1600,
    "E-manufacturing_quality-f2": 1600,
    "E-manufacturing_quality-s2": 1600,
    "E-manufacturing_quality-f3": 1600,
    "E-manufacturing_region-s3": 640,
    "E-manufacturing_region-s5": 640,
    "E-manufacturing_variety-f1": 640,
    "E-manufacturing_variety-f2": 640,
    "E-restaurant_ordering-s2": 640,
    "E-restaurant_ordering-s3": 640,
    "E-restaurant_ordering-s4": 640,
    "E-retail_inventory-s2": 240,
}
"""Paired worlds of the claims that the usual number leaves undecided (docs/decisions/0094)."""


def claims_of(scenario: Scenario) -> dict[str, tuple[str, int, Claim]]:
    """Every claim of a scenario by its check's name: signature (s) and falsifier (f), numbered from 1."""
    there = scenario.falsifier
    parts = (("signature", scenario.signature), ("falsifier", there.signature if there else ()))
    return {
        f"E-{scenario.name}-{of[0]}{position + 1}": (of, position, claim)
        for of, claims in parts for position, claim in enumerate(claims)
    }


def arms_of(scenario: Scenario) -> str:
    """The arms that the claims speak of."""
    return names_of([arm for _, _, claim in claims_of(scenario).values() for arm in (claim.a, claim.b)])


def claim_holds(name: str, scenario: Scenario, bench: Bench) -> Found:
    """Judge one claim on the scenario's paired worlds."""
    of, _, claim = claims_of(scenario)[name]
    comparison, worlds = _compared(name, scenario, bench)
    result = judge(claim, comparison, of)
    status = verdict(claim, result.holds, result.interval, smallest_difference(claim, comparison))
    remark = bench.effort_of(worlds)
    if status != "pass" and name in EXPLAINED:
        status = "contradicted" if status == "fail" else status
        remark = f"{EXPLAINED[name]} {remark}"
    return Found(result.estimate, status, result.interval, remark)


def _compared(name: str, scenario: Scenario, bench: Bench) -> tuple[Comparison, int]:
    """What a claim is judged on, and how many worlds that takes: all arms at once, or its own two in many worlds."""
    of, _, claim = claims_of(scenario)[name]
    reversed_, worlds = of == "falsifier", ENOUGH.get(name, WORLDS)
    if name in ENOUGH and not bench.quick:
        answer = bench.study(scenario, names_of((claim.a, claim.b)), in_full=worlds, flip=reversed_)
    else:
        answer = bench.study(scenario, arms_of(scenario))
    comparison = answer.comparison.falsifier if reversed_ else answer.comparison
    assert comparison is not None
    return comparison, worlds


def verdict(claim: Claim, holds: bool, interval: tuple[float, float], smallest: float) -> Status:
    """Pass where the claim holds, fail where the whole interval is against it, open where it is not decided."""
    low, high = interval
    against = {
        "more": high < smallest, "less": low > -smallest, "same": low > smallest or high < -smallest,
    }[claim.expect]
    return "pass" if holds else "fail" if against else "open"


def checks() -> list[Check]:
    """One check for every claim of every shipped scenario."""
    return [check for name in shipped_names() for check in _of_scenario(load(name))]


def _of_scenario(scenario: Scenario) -> list[Check]:
    listed = []
    for name, (of, _, claim) in claims_of(scenario).items():
        metric = measure(claim)
        where = f"{scenario.title}, reversed" if of == "falsifier" else scenario.title
        listed.append(Check(
            name, "examples",
            f"{where}: {claim.statement} ({lowered(metric.label)}, {claim.a} against {claim.b})",
            f"{EXPECTED[claim.expect]} {bound(claim)}", metric.unit, partial(claim_holds, name, scenario),
        ))
    return listed
