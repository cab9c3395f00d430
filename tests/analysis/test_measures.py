"""What only runs side by side tell: returns as sums over sums, projects one by one, a placebo beside them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.analysis.marginal import address, placebo_share, steps
from sim.analysis.measures import measures
from sim.analysis.people import hours
from sim.analysis.report import compare_report
from sim.analysis.to_json import as_json
from sim.errors import InputError
from sim.observe.metrics import CHOICES
from sim.scenario.resolve import load
from sim.verbs.compare import CompareRequest, question, sides
from tests.analysis.synthetic import ALIGNED, NONE, comparison


@pytest.fixture(scope="module")
def made():
    return comparison(worlds=60, months=48)


@pytest.fixture(scope="module")
def one_by_one():
    """Two projects in turn and their placebos, made up: the second adds cost and little else."""
    second = replace(ALIGNED, name="aligned+most2", assessment_usd=ALIGNED.assessment_usd + 500)
    arms = (
        NONE, replace(ALIGNED, name="aligned+most1"), second,
        *(replace(NONE, name=f"aligned+placebo+most{count}") for count in (1, 2)),
    )
    found = comparison(arms, worlds=40, months=36)
    for arm in arms[2:]:
        found.scalars[arm.name, "projects"] = 2.0
    for count, usd in ((1, 800.0), (2, 1_300.0)):
        name = f"aligned+placebo+most{count}"
        swing = np.where(np.arange(40) % 2 == 0, usd, -usd)
        found.scalars[name, "owner_value_usd"] = found.scalar("none", "owner_value_usd") + swing
    return found


def test_every_metric_of_a_choice_is_taken_and_has_a_range_around_it(made) -> None:
    found = measures(made, "aligned")

    assert list(found) == list(CHOICES)
    for name, one in found.items():
        assert np.isnan(one.low) or one.low <= one.value <= one.high, name
    assert np.isnan(found["placebo_worse_off"].value)


def test_returns_are_sums_over_sums_and_each_view_counts_its_own(made) -> None:
    found = measures(made, "aligned")
    cost = made.scalar("aligned", "automation_cost_usd").sum()

    assert found["npv_usd"].value == pytest.approx(made.gap("aligned", "owner_value_usd").mean())
    assert found["causal_return"].value == pytest.approx(made.gap("aligned", "owner_value_usd").sum() / cost)
    vendor = made.scalar("aligned", "ledger_gain_usd") + made.scalar("aligned", "refunds_avoided_usd")
    assert found["ledger_return"].value == pytest.approx(vendor.sum() / cost)


def test_the_uses_of_freed_hours_add_up_to_them(made) -> None:
    found = measures(made, "aligned")
    uses = [found[name].value for name in ("hours_to_orders", "hours_to_work", "hours_unpaid", "hours_to_idle",
                                           "hours_ended")]

    assert sum(uses) == pytest.approx(found["hours_freed"].value)
    assert found["hours_freed"].value == hours(made, "aligned").freed.mean


def test_projects_in_turn_add_up_to_all_of_them(one_by_one) -> None:
    first, second, every = steps(one_by_one, "aligned")
    value = {name: one_by_one.scalar(name, "owner_value_usd") for name in ("none", "aligned+most1", "aligned+most2")}
    bought = one_by_one.scalar("aligned+most1", "projects") >= 1

    assert first.worth_usd == pytest.approx((value["aligned+most1"] - value["none"])[bought].mean())
    assert second.worth_usd == pytest.approx((value["aligned+most2"] - value["aligned+most1"]).mean())
    assert second.worth_usd < 0.0 < second.cost_usd
    total = first.worth_usd * first.below.of + second.worth_usd * second.below.of
    assert every.worth_usd * every.below.of == pytest.approx(total)
    assert every.low_usd < every.worth_usd < every.high_usd


def test_a_placebo_stands_beside_every_share_below_zero(one_by_one, made) -> None:
    first, *_ = steps(one_by_one, "aligned")

    assert first.placebo_below.value == 0.5
    assert first.placebo_spread_usd == pytest.approx(800.0, rel=0.05)
    beside = replace(made, placebo=_placebo(one_by_one), marginal=one_by_one)
    given, worse = placebo_share(beside.placebo)
    assert (given, worse.value) == (40, 0.5)
    assert measures(beside, "aligned")["placebo_worse_off"].value == 0.5
    written = as_json(beside)
    assert [bridge["projects"]["placebo_below_zero"] for bridge in written["bridges"]] == [0.5] * 3
    assert [step["project"] for step in written["marginal"]] == [1, 2, "all"]
    page = compare_report(beside)
    assert "A placebo: nothing bought, other luck" in page
    assert "What was each project worth?" in page
    assert "What was each project worth?" not in compare_report(made)


def _placebo(found):
    arms = tuple(arm for arm in found.arms if arm.name in ("none", "aligned+placebo+most1"))
    return replace(found, arms=arms, scalars=found.scalars.assign(**{}))


def test_too_few_futures_tell_nothing_of_a_project() -> None:
    request = CompareRequest("bakery_ordering", arms="none,aligned", worlds=15, marginal=2)

    with pytest.raises(InputError, match="at least 16 futures"):
        sides(question(request, load("bakery_ordering")), "aligned", 2)


def test_what_is_asked_beside_a_comparison_names_its_arms() -> None:
    request = CompareRequest("bakery_ordering", arms="none,aligned", worlds=20, marginal=2)
    asked = sides(question(request, load("bakery_ordering")), "aligned#2", 2)

    assert [arm.name for arm in asked["placebo"].arms] == ["none", "aligned+placebo+most1"]
    assert [arm.name for arm in asked["marginal"].arms] == [
        "none", "aligned+most1", "aligned+most2", "aligned+placebo+most1", "aligned+placebo+most2"]
    assert address("own_sake+fix#3", 2) == "own_sake+fix+most2"
