"""What a design file may say, what its points and arms come to, and what is said about mistakes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from sim.design import load_design
from sim.errors import InputError
from sim.run import Job, simulate
from sim.scenario.arms_list import parse_arm
from sim.scenario.resolve import load
from sim.verbs.check import check
from sim.verbs.schema import SHAPES, schema_of
from tests.sweep.conftest import FACTORS, Write

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "experiments").glob("*.toml"))
DIAL = """
[[factor]]
name = "times"
dial.calm = { "throughput.equipment_utilisation" = 0.7, "setup.bottleneck_stage" = "marketing_sales" }
dial.busy = { "throughput.equipment_utilisation" = 0.98, "tools.online_ordering.one_off" = 9000 }
"""


def refused(path: str) -> str:
    with pytest.raises(InputError) as problem:
        load_design(path)
    return str(problem.value)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_designs_are_right_and_say_what_would_surprise(path: Path) -> None:
    restated = " ".join(check(str(path)).sentences)

    assert "surprise" in restated
    assert "same luck at every point" in restated


def test_every_run_of_a_replicate_lives_in_the_same_world(written: Write) -> None:
    design = load_design(written(top='assignments = ["focal", "whole"]'))
    runs = design.runs(0, 3)

    assert len(runs) == 4 * 3 * 2 * 3
    for replicate in range(3):
        jobs = [job for _, job in runs if job.replicate == replicate]
        assert len({job.world_seed for job in jobs}) == 1
        assert len(jobs) == 4 * 3 * 2
    assert len({job.world_seed for _, job in runs}) == 3


def test_a_point_is_the_scenario_with_its_numbers_changed_by_hand(written: Write, street: str) -> None:
    design = load_design(written())
    row, job = next((row, job) for row, job in design.runs(1, 2)
                    if row.arm == "aligned" and row.scenario == "street · looking=2 · ovens=0.98")
    scenario = load(street)
    params = replace(scenario.params, throughput=replace(scenario.params.throughput, equipment_utilisation=0.98))
    arm = parse_arm("aligned+assess2", scenario)
    by_hand = Job(params, scenario.families, arm, parse_arm("none"), "focal", 7, 1, 6)

    assert simulate([job])[0].scalars == pytest.approx(simulate([by_hand])[0].scalars, rel=0, abs=0, nan_ok=True)
    assert row.seed == 7
    assert row.replicate == 1


def test_a_strategy_factor_changes_the_arms_it_names_and_no_other(written: Write) -> None:
    cells = load_design(written()).cells
    months = {cell.place: [arm.assessment_months for arm in cell.arms] for cell in cells}
    without = FACTORS.replace('arms = ["aligned"]\n', "")

    assert {tuple(found) for found in months.values()} == {(0.0, 0.0, 0.0), (0.0, 0.0, 2.0)}
    assert {cell.arms[1].assessment_months for cell in load_design(written(factors=without)).cells} == {0.0, 2.0}
    assert {cell.arms[0].assessment_months for cell in load_design(written(factors=without)).cells} == {0.0}


def test_arms_that_a_factor_leaves_alone_share_their_runs(written: Write) -> None:
    runs = load_design(written()).runs(0, 1)

    assert len(runs) == 12
    assert len({row.id for row, _ in runs}) == 2 * 2 + 4  # two arms at two levels of the ovens, one at four points


def test_modifiers_and_sectors_can_be_factors(written: Write) -> None:
    factors = """
[[factor]]
name = "way"
vary = "arm.modifiers"
levels = ["", "+fix", "+assess2+fix"]
arms = ["aligned"]

[[factor]]
name = "trade"
vary = "sector"
levels = ["bakery", "restaurant"]
"""
    cells = load_design(written(factors=factors)).cells

    assert [(cell.arms[2].fix_first, cell.arms[2].assessment_months) for cell in cells[::2]] == [
        (0.0, 2.0), (1.0, 2.0), (1.0, 2.0)]
    assert all(cell.arms[2].name == "aligned" and cell.arms[0].fix_first == 0.0 for cell in cells)
    assert len({float(cell.scenario.params.sector.order_value_usd) for cell in cells}) == 2


def test_a_dial_moves_several_numbers_together(written: Write, street: str) -> None:
    calm, busy = load_design(written(factors=DIAL)).cells
    before, family = load(street).params, 0
    family = list(calm.scenario.families).index("online_ordering")

    assert float(calm.scenario.params.throughput.equipment_utilisation) == 0.7
    assert int(calm.scenario.params.setup.bottleneck_stage) == 3
    assert int(busy.scenario.params.setup.bottleneck_stage) == int(before.setup.bottleneck_stage)
    assert busy.scenario.params.catalogue.one_off_usd[family] == 9000
    assert calm.scenario.params.catalogue.one_off_usd[family] == before.catalogue.one_off_usd[family]
    assert (busy.scenario.params.catalogue.offered == before.catalogue.offered).all()


def test_every_mistake_is_said_at_once_with_its_place(written: Write) -> None:
    factors = """
[[factor]]
name = "a"
vary = "throughput.equipment_utilization"
levels = [0.5, 0.7]

[[factor]]
name = "b"
vary = "choosing.noise"
levels = [0.5, -3, "much"]

[[factor]]
name = "b"
vary = "strategy.score"
levels = ["aligned", "alinged"]
arms = ["alligned"]

[[factor]]
name = "c"
vary = "tools.crm.one_off"
levels = [1, 2]
"""
    said = refused(written(factors=factors))

    for sentence in (
        "throughput has no 'equipment_utilization' (did you mean 'equipment_utilisation'?)",
        "parameters.choosing.noise is -3; allowed: 0 to 3 log points",
        "parameters.choosing.noise is 'much'",
        "no arm of this design is called 'alligned' (did you mean 'aligned'?)",
        "two factors are called b",
        "'crm' is not on offer in street",
    ):
        assert sentence in said
    assert said.count("^") == said.count("\n    ") // 2


@pytest.mark.parametrize(("change", "said"), [
    (("levels = [0, 2]", "levels = [0, 2]\nlow = 1.0"), "give levels, or low and high, or a dial"),
    (("low = 0.7", "low = 0.99"), "low below high"),
    (("low = 0.7", "low = -1.0\nlog = true"), "log is for a range above zero"),
    (("levels = [0, 2]", "levels = [0, true]"), "a level is a number or a text in quotes"),
    (("levels = [0, 2]", "levels = [2, 2]"), "a level stands twice"),
    (('name = "looking"', 'name = "Looking"'), "lower case letters, digits and _"),
    (("high = 0.98", "hihg = 0.98"), "unknown key 'hihg' in factor[2] (did you mean 'high'?)"),
])
def test_a_factor_that_says_two_things_is_refused(written: Write, change: tuple[str, str], said: str) -> None:
    assert said in refused(written(factors=FACTORS.replace(*change)))


def test_an_assignment_that_does_not_exist_is_refused_by_name(written: Write) -> None:
    assert "no assignment of this name (did you mean 'whole'?)" in refused(written(top='assignments = ["hole"]'))


@pytest.mark.parametrize("shape", SHAPES)
def test_a_schema_says_what_is_needed_and_refuses_other_keys(shape: str) -> None:
    told = json.loads(schema_of(shape))

    assert told["additionalProperties"] is False
    assert set(told["required"]) == {name for name, field in SHAPES[shape].model_fields.items() if field.is_required()}
    assert all(entry.get("description") for name, entry in told["properties"].items() if name != "kind")


def test_the_page_shows_the_shipped_design_and_a_dial_that_works(written: Write) -> None:
    page = (ROOT / "docs/design-file.md").read_text(encoding="utf-8")
    shipped, dial = re.findall(r"^```toml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)

    assert shipped == (ROOT / "experiments/looking_first.toml").read_text(encoding="utf-8")
    assert [point.name for point in load_design(written(factors=dial)).points] == ["times=calm", "times=rough"]
