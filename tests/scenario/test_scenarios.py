"""Shipped scenarios and strategies load, say what they mean, and differ only where they say so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.errors import InputError
from sim.observe.metrics import METRICS, SERIES
from sim.params.sector import STAGES
from sim.scenario.arms_list import parse_arms
from sim.scenario.changes import TOOL_NUMBERS
from sim.scenario.files import shipped, shipped_names
from sim.scenario.presets import COLUMNS, catalogue, row_numbers, tools
from sim.scenario.resolve import load
from sim.scenario.scenario_file import MOST_PURCHASES
from sim.scenario.trades import market
from sim.scenario.words import changes, restated
from sim.state import TOOL_SLOTS
from sim.strategies.arms import SCORES

MINIMAL = 'title = "Plain"\nwhy = "Nothing is changed."\nsector = "bakery"\ncatalogue = ["crm"]\n'


def written(tmp_path: Path, text: str) -> str:
    path = tmp_path / "plain.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_scenario_loads_and_its_claims_can_be_measured(name: str) -> None:
    scenario = load(name)
    assert scenario.name == name
    claims = scenario.signature + (scenario.falsifier.signature if scenario.falsifier else ())
    assert all(claim.metric in (SERIES if claim.months else METRICS) for claim in claims)
    assert all(claim.months[1] <= scenario.months for claim in claims if claim.months)
    assert all(len(parse_arms(f"{claim.a},{claim.b}", scenario)) == 2 for claim in claims)
    assert restated(scenario)[0].startswith(scenario.title)


def test_the_bakerys_falsifier_moves_the_bottleneck_and_nothing_else() -> None:
    scenario = load("bakery_ordering")
    assert scenario.falsifier is not None
    (change,) = changes(scenario.falsifier.params, scenario.params)
    assert "taking orders (marketing_sales) instead of making (operations)" in change
    assert STAGES[int(scenario.params.setup.bottleneck_stage)] == "operations"
    assert scenario.falsifier.why != scenario.why
    assert scenario.falsifier.arms == scenario.arms


def test_a_plain_scenario_has_the_defaults_of_the_code(tmp_path: Path) -> None:
    scenario = load(written(tmp_path, MINIMAL))
    assert changes(scenario.params, market(scenario.trade, [])) == []
    assert scenario.offered == ("crm",)
    assert scenario.falsifier is None


def test_words_do_not_enter_the_fingerprint_and_numbers_do(tmp_path: Path) -> None:
    plain = load(written(tmp_path, MINIMAL)).fingerprint()
    assert load(written(tmp_path, MINIMAL.replace("Plain", "Other"))).fingerprint() == plain
    for change in (
        "[parameters.demand]\nlooks = 4", "[setup]\nsmall_firms = 11", "[focal]\nemployees = 9",
        "[tools.crm]\nconvenience = 0.01", 'background = "aligned"',
    ):
        top, table = (change, "") if change.startswith("background") else ("", change)
        assert load(written(tmp_path, f"{top}\n{MINIMAL}{table}\n")).fingerprint() != plain, change


def test_a_number_written_whole_or_with_a_point_is_the_same(tmp_path: Path) -> None:
    texts = [f"{MINIMAL}[parameters.demand]\nwait_weight = {weight}\n" for weight in ("1", "1.0")]
    assert len({load(written(tmp_path, text)).fingerprint() for text in texts}) == 1


@pytest.mark.parametrize("key", TOOL_NUMBERS)
def test_every_number_of_a_tool_can_be_changed(tmp_path: Path, key: str) -> None:
    scenario = load(written(tmp_path, f"{MINIMAL}[tools.crm]\n{key} = 0.375\n"))
    row = list(tools()).index("crm")
    before, after = row_numbers(catalogue([], {}), row), row_numbers(scenario.params.catalogue, row)
    assert {name for name in after if after[name] != before[name]} == {key}
    assert after[key] == 0.375
    others = [i for i in range(len(tools())) if i != row]
    for column in (*COLUMNS, "hours_taken"):
        plain = getattr(catalogue([], {}), column)
        assert np.array_equal(getattr(scenario.params.catalogue, column)[others], plain[others])


def test_shipped_strategies_differ_in_what_they_look_at_and_in_nothing_else() -> None:
    arms = {arm.name: arm for arm in parse_arms(",".join(shipped_names("strategies")))}
    assert set(arms) == set(SCORES) - {"planned"}
    assert all(arm.score == name for name, arm in arms.items())
    at_once = {"none", "own_sake", "tactical", "largest_hours", "loudest_complaint"}
    assert {name for name, arm in arms.items() if arm.assessment_months == 0} == at_once
    assert {arm.assessment_months for arm in arms.values()} == {0, 2}
    plain = {replace(arm, name="", label="", line="", score="none", assessment_months=0) for arm in arms.values()}
    assert len(plain) == 1
    assert len({arm.label for arm in arms.values()}) == len({arm.line for arm in arms.values()}) == len(arms)


def test_arms_are_found_modified_and_told_apart() -> None:
    scenario = load("bakery_ordering")
    arms = parse_arms("none, aligned,aligned+assess0,quote+fix+edges,aligned", scenario)
    assert [arm.name for arm in arms] == ["none", "aligned#1", "aligned+assess0", "quote+fix+edges", "aligned#2"]
    assert [arm.assessment_months for arm in arms] == [0, 2, 0, 0, 2]
    assert [arm.fix_first for arm in arms] == [0, 0, 0, 1, 0]
    assert [arm.integrate for arm in arms] == [0, 0, 0, 1, 0]
    assert arms[3].purchases == scenario.arms["quote"].purchases
    assert len({arm.label for arm in arms}) == len(arms)
    thrice = parse_arms("aligned#1,aligned,aligned")
    assert [arm.name for arm in thrice] == ["aligned#1", "aligned#2", "aligned#3"]


def test_a_scenarios_own_arm_is_found_before_a_shipped_one(tmp_path: Path) -> None:
    own = '[arms.aligned]\nlabel = "Ours"\nline = "Looks longer."\nscore = "aligned"\nassessment_months = 5\n'
    scenario = load(written(tmp_path, MINIMAL + own))
    assert parse_arms("aligned", scenario)[0].assessment_months == 5
    assert parse_arms("aligned")[0].assessment_months == 2


def test_a_strategy_can_be_a_users_own_file(tmp_path: Path) -> None:
    text = (shipped("strategies") / "aligned.toml").read_text(encoding="utf-8")
    path = tmp_path / "mine.toml"
    path.write_text(text.replace("assessment_months = 2", "assessment_months = 3"), encoding="utf-8")
    (arm,) = parse_arms(f"{path}+fix")
    assert (arm.assessment_months, arm.fix_first) == (3, 1)


@pytest.mark.parametrize(("arms", "said"), [
    ("none,alined", r"no arm is called 'alined' \(did you mean 'aligned'\?\)"),
    ("aligned+asses2", r"'\+asses2' does not change an arm; allowed: assess0 to assess24"),
    ("aligned+assess25", r"'\+assess25' does not change an arm"),
    ("none,,aligned", "'' is not an arm"),
    (",".join(["none"] * 21), "21 arms are asked for; at most 20"),
])
def test_a_misspelt_arm_is_refused(arms: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        parse_arms(arms)


def test_a_users_plan_for_a_tool_not_on_offer_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    plan = '[{ item = "warehouse_robots", month = 1 }]'
    path.write_text(f'label = "P"\nline = "L."\nscore = "planned"\npurchases = {plan}\n')
    with pytest.raises(InputError, match="warehouse_robots, which is not on offer"):
        parse_arms(str(path), load("bakery_ordering"))
    assert parse_arms(str(path))[0].purchases[0].item == "warehouse_robots"


def test_a_plan_has_as_many_places_as_a_firm_has_for_tools() -> None:
    assert MOST_PURCHASES == TOOL_SLOTS
