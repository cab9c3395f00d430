"""A plan is held against doing nothing, other ways to carry it out, and what its owner names."""

from __future__ import annotations

import pytest

from sim.errors import InputError
from sim.params.sector import STAGES
from sim.scenario.plan.choices import MODIFIERS, built, modifiers
from sim.scenario.plan.file import RolloutFile
from sim.scenario.plan.plan import Plan, load_plan
from sim.strategies.arms import Arm
from tests.plan.conftest import Write

OVEN = """
[[project]]
name = "oven"
title = "A second oven"
what = "expand"
step = "operations"
price_usd = 9000
buy_in_month = 5
"""


def by_name(plan: Plan) -> dict[str, Arm]:
    return {arm.name: arm for arm in plan.choices}


def bought(arm: Arm) -> list[tuple[str, int]]:
    return [(purchase.item, purchase.month) for purchase in arm.purchases]


def test_months_of_a_plan_are_counted_from_one(plan: Plan) -> None:
    assert bought(by_name(plan)["plan"]) == [("online", 2)]
    assert by_name(plan)["plan"].line == "Buy: Online ordering in month 3."


def test_waiting_is_the_same_plan_half_a_year_later(plan: Plan) -> None:
    assert bought(by_name(plan)["wait_6"]) == [("online", 8)]


def test_a_plan_that_could_not_wait_is_not_held_against_waiting(write: Write) -> None:
    assert "wait_6" not in by_name(load_plan(str(write(("buy_in_month = 3", "buy_in_month = 13")))))


def test_mending_comes_first_and_the_plan_follows_when_it_is_done(plan: Plan) -> None:
    months = int(plan.scenario.params.rework.fix_months) + 1
    assert bought(by_name(plan)["fix_first"]) == [("fix:marketing_sales", 2), ("online", 2 + months)]


def test_each_project_alone_is_a_choice_where_there_are_several(plan: Plan, write: Write) -> None:
    assert not any(name.startswith("only_") for name in by_name(plan))
    two = by_name(load_plan(str(write(more=OVEN))))
    assert bought(two["only_online"]) == [("online", 2)]
    assert bought(two["only_oven"]) == [("expand:operations", 4)]
    assert two["only_oven"].label == "A second oven alone"


def test_the_proposal_looks_at_the_whole_firm_and_has_no_list_of_its_own(plan: Plan) -> None:
    proposal = by_name(plan)["proposal"]
    assert (proposal.score, proposal.assessment_months, proposal.purchases) == ("aligned", 2, ())


def test_an_alternative_may_buy_projects_tools_and_equipment(write: Write) -> None:
    items = '[{ item = "online", month = 9 }, { item = "crm", month = 3 }, { item = "expand:operations", month = 4 }]'
    table = f'[[alternative]]\nname = "other"\nlabel = "Another way"\npurchases = {items}\nmodifiers = ["fix"]\n'
    other = by_name(load_plan(str(write(more=table))))["other"]
    assert bought(other) == [("online", 8), ("crm", 2), ("expand:operations", 3)]
    assert (other.label, other.fix_first) == ("Another way", 1.0)


def test_an_alternative_without_purchases_is_the_plan_done_otherwise(write: Write) -> None:
    table = '[[alternative]]\nname = "careful"\nlabel = "Mend when it is poor"\nmodifiers = ["fix"]\n'
    careful = by_name(load_plan(str(write(more=table))))["careful"]
    assert (bought(careful), careful.fix_first) == ([("online", 2)], 1.0)


def test_a_rollout_comes_to_the_modifiers_of_its_words() -> None:
    rollout = RolloutFile(mode="phased", training=True, freed_hours="lay_off")
    assert modifiers(rollout) == ["phased", "train", "layoff"]
    assert modifiers(RolloutFile()) == []


@pytest.mark.parametrize(("key", "value", "modifier"), [(*said, modifier) for said, modifier in MODIFIERS.items()])
def test_a_way_is_carried_out_where_the_model_has_it_and_refused_where_not(
    write: Write, key: str, value: object, modifier: str
) -> None:
    written = str(value).lower() if isinstance(value, bool) else f'"{value}"'
    path = str(write(more=f"[rollout]\n{key} = {written}\n"))
    if built(modifier):
        arm = by_name(load_plan(path))["plan"]
        assert arm != by_name(load_plan(str(write())))["plan"]
    else:
        with pytest.raises(InputError, match="is not in the model yet"):
            load_plan(path)


def test_a_pilot_first_does_not_read_like_the_plan(plan: Plan) -> None:
    assert by_name(plan)["plan_phased"].line == "Buy: Online ordering in month 3, first in a small part."
    assert len({arm.line for arm in plan.choices}) == len(plan.choices)


def test_what_no_quote_is_about_is_told_with_its_price(write: Write) -> None:
    items = '[{ item = "expand:operations", month = 3 }, { item = "online", month = 9 }]'
    table = f'[[alternative]]\nname = "other"\nlabel = "Another way"\npurchases = {items}\n'
    plan = load_plan(str(write(more=table)))
    p = plan.scenario.params
    share = float(p.sector.hours_share[STAGES.index("operations")])
    price = 12 * 950 * 52 / 12 * 14 * share * float(p.projects.expansion_price * p.projects.expansion_gain)
    assert by_name(plan)["other"].line == (
        f"Buy: more equipment for making ({price:,.0f} USD once) in month 3, Online ordering in month 9.")
