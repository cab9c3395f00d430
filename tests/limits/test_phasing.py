"""Trying first: its option value, and buying the same thing later."""

from __future__ import annotations

import numpy as np
import pytest

from sim import numerics
from sim.formulas.phasing import belief_spread, believed_after, goes_on, option_value
from sim.scenario.arms_list import parse_arms
from tests.worlds import arm, everybody, focal_rows, live, make, planned, street

PRIOR, PILOT = np.array(0.6), np.array(0.3)


@pytest.mark.parametrize(("mean", "value"), [(0.0, 0.214), (0.5, 0.051)])
def test_the_option_value_is_that_of_the_known_answers(mean: float, value: float) -> None:
    assert float(option_value(np.array(mean), PRIOR, PILOT)) == pytest.approx(value, abs=5e-4)


def test_the_option_is_worth_most_where_the_owner_is_in_two_minds() -> None:
    means = np.linspace(-3.0, 3.0, 61)
    value = option_value(means, PRIOR, PILOT)

    assert value.argmax() == 30
    assert value == pytest.approx(value[::-1], abs=1e-12)
    assert value.max() == pytest.approx(float(belief_spread(PRIOR, PILOT)) / np.sqrt(2.0 * np.pi))
    assert value[[0, -1]] == pytest.approx([0.0, 0.0], abs=1e-6)


def test_a_pilot_that_shows_nothing_or_a_value_that_is_known_is_worth_nothing() -> None:
    assert float(option_value(np.array(0.3), PRIOR, np.array(1e6))) == pytest.approx(0.0, abs=1e-9)
    assert float(option_value(np.array(0.3), np.array(1e-6), PILOT)) == pytest.approx(0.0, abs=1e-9)


def test_belief_lies_between_what_was_thought_and_what_was_seen() -> None:
    assert float(believed_after(np.array(0.2), np.array(-0.4), PRIOR, np.array(0.0))) == pytest.approx(-0.4)
    assert float(believed_after(np.array(0.2), np.array(-0.4), PRIOR, np.array(1e9))) == pytest.approx(0.2)
    assert float(believed_after(np.array(0.2), np.array(-0.4), PRIOR, PRIOR)) == pytest.approx(-0.1)


@pytest.mark.parametrize("mean", [-0.5, 0.0, 0.3, 0.8])
def test_piloting_gains_the_option_value_over_deciding_at_once(mean: float) -> None:
    """N10: no cash limit, no dual running, no delay; many futures in which owners follow the rule."""
    draws = np.random.default_rng(10).uniform(size=(2, 400_000))
    true = mean + 0.6 * numerics.normal(draws[0])
    seen = true + 0.3 * numerics.normal(draws[1])
    phased = np.where(goes_on(believed_after(np.array(mean), seen, PRIOR, PILOT)), true, 0.0)
    at_once = true if mean > 0.0 else np.zeros_like(true)

    assert (phased - at_once).mean() == pytest.approx(float(option_value(np.array(mean), PRIOR, PILOT)), abs=3e-3)


def purchases(own: object, months: int = 30) -> list[list[tuple[int, int]]]:
    """Month and item of what each firm in focus buys."""
    world = make(street(focal={"cash_days": 400.0}, choosing={"noise": 0.0}), range(8), own)  # type: ignore[arg-type]
    world.ablated = frozenset({"finance.close_firms", "entry.open_new_firms", "overruns.settle_the_account"})
    live(world, months)
    return [
        [(note.month, int(item)) for note in world.journal if note.kind == "start"
         for firm, item in zip(note.rows, note.details["item"], strict=True) if firm == row]
        for row in focal_rows(world)
    ]


def test_a_plan_put_off_buys_the_same_so_many_months_later() -> None:
    plan = planned(("online_ordering", 3), ("crm", 9))
    (late,) = parse_arms("none+later6")
    later = plan.__class__(**{**vars(plan), "later_months": late.later_months})

    assert late.label.endswith("6 months later")
    assert [[(month + 6, item) for month, item in own] for own in purchases(plan)] == purchases(later)
    assert all(len(own) == 2 for own in purchases(later))


def test_owners_who_put_decisions_off_sit_down_in_the_same_months_so_much_later() -> None:
    """They may find another offer or picture by then; when they look is the same."""
    months: list[list[int]] = []
    for wait in (0, 7):
        world = everybody(make(street(choosing={"hurdle": 1e9}), [1, 2]), arm("npv", later_months=wait))
        world.ablated = frozenset({"finance.close_firms", "entry.open_new_firms"})
        live(world, 24 + wait)
        months.append([note.month - wait for note in world.journal if note.kind == "declined" for _ in note.rows])

    assert months[0] == months[1]
    assert len(months[0]) > 10
