"""A replaced step of the month is noticed, and the model is whole again afterwards."""

from __future__ import annotations

import numpy as np
import pytest

from sim import schedule
from sim.schedule import MONTH
from sim.validation.bench import Bench
from sim.validation.check import Check, Found, none_of
from sim.validation.mutations import KINDS, Kind, constant, noticed, replaced
from sim.validation.registry import registry
from sim.world import Mechanism
from tests.worlds import make, street

STEPS = {step.name: step for step in MONTH}


def prices_move(bench: Bench) -> Found:
    """Fails where no price is ever changed."""
    world = make(street(), [1])
    first = world.firms.price_usd.copy()
    for _ in range(6):
        schedule.step(world)
    return none_of(float((first == world.firms.price_usd).all()))


PRICES = Check("K98", "known", "Prices move.", "0", "streets", prices_move)
ALWAYS = Check("K99", "known", "Always.", "0", "x", lambda bench: none_of(0))


def test_a_step_that_is_left_out_is_noticed_by_the_check_about_it() -> None:
    told: list[str] = []
    found = noticed(lambda step: [ALWAYS, PRICES], ["prices.reset_prices"], Bench, lambda one: told.append(one.step))

    assert found[0].noticed_by == "K98"
    assert found[0].tried == 2
    assert told == ["prices.reset_prices"] * len(KINDS)


def test_a_check_that_sees_nothing_notices_nothing() -> None:
    (left_out, one_number) = noticed(lambda step: [ALWAYS], ["prices.reset_prices"], Bench, lambda one: None)

    assert left_out.noticed_by is None
    assert one_number.noticed_by is None


def test_a_check_that_fails_on_the_sound_model_cannot_notice() -> None:
    broken = Check("K97", "known", "Never.", "0", "x", lambda bench: none_of(1))

    assert noticed(lambda step: [broken], ["prices.reset_prices"], Bench, lambda one: None)[0].tried == 0


def fail_within(step: Mechanism, kind: Kind) -> None:
    """Stop with an error while a step is replaced."""
    body = step.body
    with replaced(step, kind):
        assert step.body is not body
        raise ZeroDivisionError


@pytest.mark.parametrize("kind", KINDS)
def test_afterwards_the_model_is_whole_again(kind: Kind) -> None:
    step = STEPS["prices.reset_prices"]
    body = step.body
    with pytest.raises(ZeroDivisionError):
        fail_within(step, kind)
    assert step.body is body


def test_a_constant_is_one_number_for_all_rows_and_never_nothing() -> None:
    world = make(street(), [1])
    world.firms.quits[:] = 0
    constant(STEPS["prices.reset_prices"])(world)
    constant(STEPS["staffing.plan_posts"])(world)

    assert len(np.unique(world.firms.price_usd)) == 1
    assert len(np.unique(world.firms.posts)) == 1
    assert world.firms.posts[0] != 0


@pytest.mark.slow
@pytest.mark.parametrize("check", ["N10a", "N10b", "G1", "G2", "G3"])
def test_trying_first_and_going_live_are_as_expected(check: str) -> None:
    assert registry()[check].run(Bench(quick=True, workers=1)).found.status == "pass"
