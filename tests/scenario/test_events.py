"""Events in files: wrong ones are refused at their place, right ones restated, and part of what a run is called."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.errors import InputError
from sim.params.events import KINDS
from sim.scenario.plan.plan import load_plan
from sim.scenario.plan.words import restated_plan
from sim.scenario.resolve import load
from sim.scenario.scenario import from_fingerprint
from sim.scenario.words import restated

HEAD = 'title = "A"\nwhy = "B"\nsector = "bakery"\nmonths = 24\ncatalogue = ["crm", "online_ordering"]\n'
WAGE = 'kind = "wage"\nmonth = 6\nsize = 0.08'


@pytest.fixture
def written(tmp_path: Path) -> Any:
    """Write a scenario with these events; the path."""
    def write(*events: str, after: str = "") -> str:
        path = tmp_path / "shaken.toml"
        path.write_text(HEAD + "".join(f"[[event]]\n{event}\n" for event in events) + after)
        return str(path)
    return write


@pytest.mark.parametrize(("event", "said"), [
    ('kind = "wages"\nmonth = 6\nsize = 0.1', "event[1].kind is 'wages': no kind of event of this name (did you"),
    ('kind = "wage"\nmonth = 6\nsize = 3', "size is 3; allowed for wage: -0.3 to 1 share"),
    ('kind = "wage"\nsize = 0.1', "say either month or between"),
    ('kind = "wage"\nmonth = 6\nbetween = [2, 3]\nsize = 0.1', "say either month or between"),
    ('kind = "wage"\nbetween = [4, 3]\nsize = 0.1', "the first month must not come after the last"),
    ('kind = "wage"\nmonth = 24\nsize = 0.1', "an event may begin in months 0 to 23 of this run"),
    ('kind = "wage"\nmonth = 3\nsize = 0.1\ntool = "crm"', "tool is not for the kind wage"),
    ('kind = "taste"\nmonth = 3\nsize = 0.1', "taste needs an attribute: wait, quality, price"),
    ('kind = "taste"\nmonth = 3\nsize = 0.1\nattribute = "prise"', "did you mean 'price'"),
    ('kind = "rule"\nmonth = 3\nsize = 10\ntool = "crn"', "event[1].tool is 'crn': no tool of this name (did"),
    ('kind = "rival_entry"\nmonth = 3\nsize = 1\nmonths = 3', "rival_entry does not pass; leave months out"),
    ('kind = "wage"\nmonth = 3\nsize = nan', "event[1].size is nan"),
])
def test_a_wrong_event_is_refused_in_a_sentence(written: Any, event: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        load(written(event))

    assert said in str(caught.value)
    assert caught.value.problems[0].line > 5


def test_events_are_restated_in_words(written: Any) -> None:
    lines = restated(load(written(
        WAGE, 'kind = "demand"\nbetween = [3, 9]\nmonths = 1\nsize = -0.3',
        'kind = "rule"\nmonth = 1\nsize = 25\ntool = "crm"', 'kind = "interest"\nmonth = 2\nsize = 0.02',
        after='[falsifier]\nwhy = "calm"\nevent = []\n',
    )))

    assert "In month 6 wages rise by 8% everywhere, for good." in lines
    assert "In a month drawn from 3 to 9 customers order 30% less everywhere, for 1 month." in lines
    assert any("a rule makes Customer relationship management 25 USD a month dearer to run" in line for line in lines)
    assert "In month 2 loans and overdrafts cost 2 points a year more, for good." in lines
    assert lines[-1] == "No event comes."


def test_an_event_changes_what_a_run_is_called_and_survives_its_storing(written: Any) -> None:
    calm, shaken = load(written()), load(written(WAGE))
    params, _ = from_fingerprint(shaken.fingerprint())

    assert calm.fingerprint() != shaken.fingerprint()
    assert params.events.kind.tolist() == [KINDS.index("wage")]
    assert params.events.months.tolist() == [600.0]
    assert len(from_fingerprint(calm.fingerprint())[0].events.kind) == 0


def test_a_plan_counts_its_months_from_one_and_may_mean_its_own_tool(tmp_path: Path) -> None:
    shipped = Path(__file__).parents[2] / "scenarios/plans/bakery_online_orders.toml"
    path = tmp_path / "plan.toml"
    text = shipped.read_text().replace("months_csv", "# months_csv")
    name = next(line.split('"')[1] for line in text.split("[[project]]")[1].splitlines() if line.startswith("name"))
    event = f'[[event]]\nkind = "subsidy"\nmonth = 1\nsize = 0.5\ntool = "{name}"\n'
    path.write_text(f"{text}\n{event}")
    plan = load_plan(str(path))
    row = list(plan.scenario.families).index(name)

    assert plan.scenario.params.events.about.tolist() == [row]
    assert plan.scenario.params.events.earliest.tolist() == [0.0]
    assert any(line.startswith("In month 1 a subsidy pays 50%") for line in restated_plan(plan))
    assert len(plan.params({}).events.kind) == 1

    path.write_text(f"{text}\n{event.replace('month = 1', 'month = 0')}")
    with pytest.raises(InputError, match="an event may begin in months 1 to"):
        load_plan(str(path))
