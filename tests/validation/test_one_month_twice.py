"""A switch changes what its step declares, and the committed tables speak of the month as it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.schedule import MONTH
from sim.validation.bench import Bench
from sim.validation.common_state import grown, street
from sim.validation.mutations import replaced
from sim.validation.registry import registry
from sim.validation.switches import effects, marks, over
from sim.world import World
from tests.validation import mutations, switches

STEPS = {step.name: step for step in MONTH}
NAMED = re.compile(r"^\| `?([a-z_]+\.[a-z_]+)`? \|", re.MULTILINE)


@pytest.fixture(scope="module")
def common() -> World:
    """A small common state."""
    return grown([street(restless=True)], [1])


@pytest.mark.parametrize("check", ["K25a", "K25b", "K26", "K27", "K28"])
def test_steps_keep_to_their_columns_and_each_does_something(check: str) -> None:
    assert registry()[check].run(Bench(quick=True)).found.status == "pass"


def test_the_common_state_stays_where_it_is(common: World) -> None:
    before, month = marks(common), common.month
    effects(common)

    assert (marks(common), common.month) == (before, month)


def test_a_step_that_writes_what_it_does_not_declare_is_found(common: World) -> None:
    step = STEPS["prices.reset_prices"]
    body = step.body

    def takes_money_besides(world: World) -> None:
        body(world)
        world.firms.cash_cents[:] -= 1

    with replaced(step, "neutral"):  # so that the body comes back afterwards
        object.__setattr__(step, "body", takes_money_besides)
        found = {one.step.name: one for one in effects(common)}
    assert found[step.name].undeclared == {"firms.cash_cents"}
    assert not found["prices.adapt_markups"].undeclared


def test_a_step_that_does_nothing_is_found_and_nothing_differs_later(common: World) -> None:
    step = STEPS["prices.reset_prices"]
    with replaced(step, "neutral"):
        found = {one.step.name: one for one in effects(common)}[step.name]

    assert (found.at_once, found.by_month_end, found.seen) == (frozenset(), frozenset(), 0)


def test_what_differs_at_once_in_the_last_step_is_all_that_differs_at_the_end(common: World) -> None:
    last = effects(common)[-1]

    assert last.at_once == last.by_month_end == {"worlds.adopted"}


def test_states_are_added_up_step_by_step(common: World) -> None:
    found = effects(common)
    together = over([found, found])

    assert [one.step for one in together] == list(MONTH)
    assert [one.tried for one in together] == [2] * len(MONTH)
    assert [one.seen for one in together] == [2 * one.seen for one in found]


@pytest.mark.parametrize("page", [mutations.PAGE, switches.PAGE], ids=lambda page: page.stem)
def test_the_committed_table_has_every_step_of_the_month_in_its_order(page: Path) -> None:
    named = NAMED.findall((Path(__file__).parents[2] / page).read_text(encoding="utf-8"))

    assert list(dict.fromkeys(named)) == [step.name for step in MONTH], f"run `python -m tests.validation.{page.stem}`"


def test_no_replaced_step_and_no_switch_goes_unnoticed_in_the_committed_tables() -> None:
    texts = [(Path(__file__).parents[2] / page).read_text(encoding="utf-8") for page in (mutations.PAGE, switches.PAGE)]

    assert "**nobody**" not in texts[0]
    assert "that it does not declare: none." in texts[1]
    assert "no difference in any state: none." in texts[1]
