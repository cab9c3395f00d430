"""Messages name key, value, range, unit and nearest name, and point under the value."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import InputError, Problem
from sim.params import groups
from sim.params.base import meanings
from sim.scenario.changes import LOWEST_GIVEN
from sim.scenario.resolve import load

EXAMPLE = """
title = "An example"
why = "To be damaged."
sector = "bakery"
months = 60
catalogue = ["online_ordering", "crm", "ai_assistant"]
background = "none"
[setup]
bottleneck_stage = "operations"
[parameters.skill]
forgetting_month = 0.04
[arms.quote]
label = "Buys the tool"
line = "Buys it in month 6."
score = "planned"
purchases = [{ item = "online_ordering", month = 6 }]
[[signature]]
statement = "More orders come in."
metric = "orders_demanded_month"
a = "quote"
b = "none"
expect = "more"
smallest = 0.01
[[signature]]
statement = "Sales stay."
metric = "revenue_last_year_usd"
a = "quote"
b = "none"
expect = "same"
smallest = 0.02
relative = true
[falsifier]
why = "Reversed."
[falsifier.setup]
bottleneck_stage = "marketing_sales"
"""


def problems(tmp_path: Path, text: str) -> tuple[Problem, ...]:
    path = tmp_path / "s.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load(str(path))
    return refused.value.problems


def changed(old: str, new: str) -> str:
    assert old in EXAMPLE
    return EXAMPLE.replace(old, new)


def pointed_at(problem: Problem) -> str:
    """The rest of the line from the caret on."""
    *_, line, caret = str(problem).split("\n")
    return line[caret.index("^") :]


@pytest.mark.parametrize(("old", "new", "sentence", "at"), [
    ("months = 60", "months = 6000", "months is 6,000; allowed: 1 to 600 months", "6000"),
    ("months = 60", "months = '6'", "months is '6'; allowed: a whole number from 1 to 600 months", "'6'"),
    ("= 60", "=\t true", "months is true; allowed: a whole number from 1 to 600 months", "true"),
    ("months = 60", "mnths = 60", "unknown key 'mnths' (did you mean 'months'?)", "mnths = 60"),
    ("months = 60", "months = 60.0", "months is 60.0; allowed: a whole number from 1 to 600 months", "60.0"),
    ("months = 60", "months = nan", "months is nan; allowed: a whole number from 1 to 600 months", "nan"),
    ('"bakery"', '"bakry"', "sector is 'bakry': no sector of this name (did you mean 'bakery'?)", '"bakry"'),
    ('"crm", "a', '"crn", "a', "catalogue[2] is 'crn': no tool of this name (did you mean 'crm'?)", '"crn"'),
    ('"crm", "a', '"crm", "crm", "a', "crm stands twice in the catalogue", '"crm", "ai_assistant"]'),
    ('"operations"', '"overns"', "setup.bottleneck_stage is 'overns': no stage of this name", '"overns"'),
    ('"operations"', '"service"', "orders do not pass after-sales service one by one", '"service"'),
    ('"operations"', "1", "setup.bottleneck_stage is 1: no stage of this name", "1"),
    ("forgetting_month = 0.04", "forgetting_month = 1.4",
     "parameters.skill.forgetting_month is 1.4; allowed: 0 to 0.5 share/month", "1.4"),
    ("forgetting_month", "forgeting_month",
     "unknown key 'forgeting_month' in parameters.skill (did you mean 'forgetting_month'?)", "forgeting"),
    ("[parameters.skill]", "[parameters.skil]", "unknown key 'skil' in parameters", "skil]"),
    ("month = 6 }", "month = -6 }", "arms.quote.purchases[1].month is -6; allowed: 0 to 600 months", "-6"),
    ('item = "online', 'item = "expand:online', "arms.quote.purchases[1].item is 'expand:online_ordering'",
     '"expand:online_ordering"'),
    ('score = "planned"', 'score = "plan"', "arms.quote.score is 'plan': no score of this name", '"plan"'),
    ('"planned"', '"aligned"', "arms.quote: purchases are for the score planned", "[arms.quote]"),
    ('"same"', '"sane"', "signature[2].expect is 'sane'; allowed: more, less, same", '"sane"'),
    ('b = "none"', 'b = "nome"', "no arm is called 'nome' (did you mean 'none'?)", '"nome"'),
    ('b = "none"', 'b = "none,quote"', "no arm is called 'none,quote'", '"none,quote"'),
    ("smallest = 0.01", "smallest = 0.01\nmonths = [12, 61]", "the claim needs 61 months, a run has 60", "[12, 61]"),
    ("smallest = 0.01", "smallest = 0.01\nmonths = [12]", "signature[1].months is a list; allowed: two months", "[1"),
    ('"marketing_sales"', '"operations"', "the falsifier changes no number of the scenario", "[falsifier]"),
    ('background = "none"', 'background = "al"', "no arm is called 'al'", '"al"'),
    ('title = "An example"', 'title = " "', "title is ' '; allowed: a text of 1 to 120 characters",
     '" "'),
    ("[falsifier.setup]", "[falsifier.tools.chat_ticket_service]\nconvenience = 1\n[falsifier.setup]",
     "chat_ticket_service is not on offer", "chat_ticket_service]"),
    ("[setup]", "[tools.crn]\nconvenience = 1\n[setup]", "tools.crn is 'crn': no tool of this name", "crn]"),
])
def test_the_caret_stands_under_the_fault(tmp_path: Path, old: str, new: str, sentence: str, at: str) -> None:
    problem = problems(tmp_path, changed(old, new))[0]
    assert problem.sentence.startswith(sentence)
    assert pointed_at(problem).startswith(at)
    assert problem.file.endswith("s.toml")


def test_a_missing_key_says_what_it_is_for(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, EXAMPLE.replace('metric = "orders_demanded_month"\n', ""))
    assert problem.sentence == "signature[1].metric is missing: what is measured"
    assert pointed_at(problem) == "[[signature]]"


def test_a_plan_to_buy_what_is_not_on_offer_is_refused(tmp_path: Path) -> None:
    (problem, *_) = problems(tmp_path, changed('["online_ordering", ', "["))
    assert "quote plans to buy online_ordering, which is not on offer" in problem.sentence


def test_all_problems_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = EXAMPLE.replace("months = 60", "months = 0").replace("= 0.04", "= 4").replace('"planned"', '"plan"')
    found = problems(tmp_path, text)
    assert len(found) == 3
    assert [problem.line for problem in found] == sorted(problem.line for problem in found)


def test_a_very_long_line_is_shown_around_the_caret(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, changed("months = 60", 'months = "' + "x" * 3000 + '"'))
    assert len(problem.source_line) <= 100
    (problem,) = problems(tmp_path, changed('"crm"', '"crm"' + " " * 3000 + ', "crn"'))
    assert pointed_at(problem).startswith('"crn"')


@pytest.mark.parametrize("key", sorted(LOWEST_GIVEN))
def test_the_models_sign_for_not_given_is_refused_in_a_file(tmp_path: Path, key: str) -> None:
    sign = meanings(groups()["focal"])[key].default
    (problem,) = problems(tmp_path, f"{EXAMPLE}\n[focal]\n{key} = {sign}\n")
    assert problem.sentence.startswith(f"focal.{key} is {sign:g}; allowed: ")


def test_every_parameter_can_be_set_to_its_bounds_and_no_further(tmp_path: Path) -> None:
    text = 'title = "t"\nwhy = "w"\nsector = "bakery"\ncatalogue = []\n'
    stage = 'bottleneck_stage = "outbound"\n'
    for name, group in groups().items():
        table = f"[{name}]" if name in ("setup", "focal") else f"[parameters.{name}]"
        numbers = {key: m for key, m in meanings(group).items() if m.unit != "stage number"}
        whole = {key: f"{m.high:.0f}" if m.unit in ("firms", "customers") else repr(float(m.high))
                 for key, m in numbers.items()}
        path = tmp_path / "s.toml"
        path.write_text(f"{text}{table}\n" + "\n".join(f"{key} = {value}" for key, value in whole.items())
                        + f"\n{stage if name in ('setup', 'focal') else ''}")
        resolved = getattr(load(str(path)).params, name)
        assert all(float(getattr(resolved, key)) == m.high for key, m in numbers.items())
        beyond = problems(tmp_path, f"{text}{table}\n" + "\n".join(
            f"{key} = {m.high * 2 + 1:.0f}" for key, m in list(numbers.items())[:15]))
        assert len(beyond) == len(list(numbers)[:15])
        assert all(m.unit in problem.sentence for problem, m in zip(beyond, numbers.values(), strict=False))
