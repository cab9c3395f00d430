"""What a quote leaves out is listed, and no number is put into the mouth of somebody who did not say it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.analysis.plan.assumed import FIRM, assumptions_sheet
from sim.run import simulate
from sim.scenario.firm_file import FirmNumbers
from sim.scenario.plan.file import MarketFile
from sim.scenario.plan.plan import Plan, load_plan
from sim.scenario.plan.template import plan_template
from sim.scenario.plan.words import firm_words, restated_plan
from sim.verbs.plan_study import asked, study_of
from tests.plan.conftest import Write

QUOTE = "price_usd = 3800"


def listed(plan: Plan) -> dict[str, tuple[str, str, str]]:
    """Rows of the page's assumptions, by what they are about: how much, kind, and who said it."""
    observations = simulate([job for _, job in asked(plan, 2, 1)])
    return {str(row[0]): (str(row[1]), str(row[2]), str(row[3]))
            for row in assumptions_sheet(study_of(plan, observations, 2, 1, "")).rows}


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str, str]]:
    """The rows of a plan that leaves the mean order, the credit line and the vendor's months out."""
    from tests.plan.conftest import TEXT

    text = TEXT.replace("mean_order_usd = 14\n", "").replace("months_until_it_works = 2\n", "")
    path = tmp_path_factory.mktemp("plan") / "corner.toml"
    path.write_text(text, encoding="utf-8")
    return listed(load_plan(str(path)))


def test_what_the_owner_left_to_defaults_is_not_put_into_the_owners_mouth(
    rows: dict[str, tuple[str, str, str]]
) -> None:
    assert rows["Cash"][1:] == ("stated", "you")
    assert rows["Orders"][1] == "in part a default"
    assert rows["Orders"][2].startswith("you; bakery: ")
    assert rows["Credit line"][1:] == ("a default", "the model")
    assert rows["Where the work is"][1:] == ("a default", "the model")
    assert rows["Market"][2] == "the example or trade the plan is based on"
    assert rows["Online ordering: price"][1:] == ("quoted", "the vendor")
    assert rows["Online ordering: works after"][2].startswith("tool catalogue: ")


def test_what_the_quote_replaces_is_not_listed_as_on_offer(rows: dict[str, tuple[str, str, str]]) -> None:
    offers = [text for text in rows if text.endswith("largest share of routine hours it takes over")]
    assert len(offers) == 15
    assert not any(text.startswith("Online ordering and own delivery channel") for text in offers)


def test_rows_about_the_firm_rest_on_numbers_that_can_be_left_out(plan: Plan) -> None:
    declared = {str(field.description) for shape in (FirmNumbers, MarketFile) for field in shape.model_fields.values()}
    assert {words for numbers in FIRM.values() for words in numbers} <= declared
    assert set(FIRM) == {label for label, _ in firm_words(plan)}


def test_a_fee_that_was_quoted_is_the_fee_that_is_paid(write: Write) -> None:
    free = load_plan(str(write((QUOTE, f"{QUOTE}\nfee_percent_of_orders = 0"))))
    dear = load_plan(str(write((QUOTE, f"{QUOTE}\nfee_percent_of_orders = 12"))))
    usual = load_plan(str(write()))
    assert [float(p.scenario.params.catalogue.per_use_share[-1]) for p in (free, usual, dear)] == [0.0, 0.031, 0.12]
    assert any("12% of what is ordered through it" in line for line in restated_plan(dear))
    paid = [np.sum(simulate([job for row, job in asked(p, 1, 1) if row.arm == "plan"])[0].series["flow_tools_running"])
            for p in (free, usual, dear)]
    assert paid[0] > paid[1] > paid[2]


def test_what_no_quote_holds_is_listed_as_inherited(write: Write) -> None:
    left = {default.text: default.value for default in load_plan(str(write())).defaults}
    assert left["Online ordering: fee on every order that goes through it, of the order's value"] == "3.1 percent"
    assert left["Online ordering: how often the final bill is above 1.5 times the quote"] == "3 percent"
    assert "Online ordering: data and access that a thief would find in it" in left
    told = load_plan(str(write((QUOTE, f"{QUOTE}\nfee_percent_of_orders = 0"))))
    assert not any("fee on every order" in default.text for default in told.defaults)


def test_the_ranges_of_a_new_plan_are_the_presets_until_they_are_changed(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(plan_template("bakery", "plan"), encoding="utf-8")
    assert {one.who_said for one in load_plan(str(path)).file.unsure} == {"the preset"}
