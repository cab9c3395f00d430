"""The claims of every shipped scenario and of its falsifier, one check each, on paired worlds."""

from __future__ import annotations

from functools import partial

from sim.scenario.files import shipped_names
from sim.scenario.resolve import load
from sim.scenario.scenario import Claim, Scenario
from sim.validation.bench import Bench, names_of
from sim.validation.check import Check, Found, Status
from sim.verbs.claims import EXPECTED, judged, smallest_difference

SMALL_CHANNEL = (
    "The channel carries under a tenth of the orders, so what goes wrong in it is outweighed by what it takes off the "
    "counter and by the ease it gives: against nothing it is a wash, and the harm shows against the joined-up channel."
)
DIP = (
    "New ovens first slow the step that is fullest, by an eighth in the month of go-live, and customers who leave then "
    "come back slowly: with disruption.settle_in switched off the oven sells 4% more than nothing where ovens are "
    "full, and as much as nothing where they are ample (80 worlds, 36 months)."
)
CLOSURES = (
    "Nothing more is earned, but a few shops close or stay open for the price of the station, and that alone moves "
    "the mean by more than the bound."
)
EXPLAINED: dict[str, str] = {
    "E-bakery_ovens-s1": DIP,
    "E-bakery_ovens-s2": DIP,
    "E-bakery_ovens-f1": DIP,
    "E-manufacturing_quality-f2": CLOSURES,
    "E-manufacturing_quality-f3": CLOSURES,
    "E-restaurant_ordering-s2": SMALL_CHANNEL,
    "E-restaurant_ordering-s3": (
        "Ratings do fall, by about half of what is claimed: guests who sit down see little of the channel."
    ),
    "E-restaurant_ordering-s4": SMALL_CHANNEL,
}
"""Why a claim does not come true, by check; a miss that stands here is contradicted, any other one fails."""


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
    of, position, claim = claims_of(scenario)[name]
    comparison = bench.study(scenario, arms_of(scenario)).comparison
    layer = scenario
    if of == "falsifier":
        assert scenario.falsifier is not None
        assert comparison.falsifier is not None
        layer, comparison = scenario.falsifier, comparison.falsifier
    result = judged(layer, comparison, of)[position]
    status = verdict(claim, result.holds, result.interval, smallest_difference(claim, comparison))
    remark = bench.effort
    if status != "pass" and name in EXPLAINED:
        status = "contradicted" if status == "fail" else status
        remark = f"{EXPLAINED[name]} {bench.effort}"
    return Found(result.estimate, status, result.interval, remark)


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
        unit = "share" if claim.relative else ""
        bound = f"{claim.smallest:.1%}" if claim.relative else f"{claim.smallest:g} {unit}".strip()
        where = f"{scenario.title}, reversed" if of == "falsifier" else scenario.title
        listed.append(Check(
            name, "examples", f"{where}: {claim.statement} ({claim.a} against {claim.b})",
            f"{EXPECTED[claim.expect]} {bound}", claim.metric, partial(claim_holds, name, scenario),
        ))
    return listed
