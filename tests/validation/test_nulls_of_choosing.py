"""The nulls of sound processes, of forecasts and of looking can fail: something is broken, and the check says so."""

from __future__ import annotations

import numpy as np
import pytest

from sim.mechanisms import errors
from sim.scenario.resolve import load
from sim.validation import forecasts, looking, processes
from sim.validation.bench import Bench
from sim.validation.nulls import SCENARIO
from sim.validation.paired import line
from sim.world import World

QUICK = Bench(quick=True, workers=1)
WORLDS = np.linspace(-1.0, 1.0, 41)


def test_an_optimist_misses_more_often_than_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forecasts, "QUICK_STREETS", 20)

    found = forecasts.half_miss(QUICK, optimism=0.15)

    assert found.status == "fail"
    assert found.value > 0.7


def test_machines_that_repeat_errors_of_sound_processes_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    body = errors.make_errors.body

    def amplify(world: World) -> None:
        body(world)
        caught = world.params.errors.caught_share[world.firms.world]
        world.firms.fault_share[:] += 0.5 * caught * world.firms.automated_share.mean(axis=1)

    monkeypatch.setattr(processes, "SHORT_MONTHS", 12)
    object.__setattr__(errors.make_errors, "body", amplify)
    try:
        found = processes.nothing_amplified(QUICK)
    finally:
        object.__setattr__(errors.make_errors, "body", body)

    assert found.status == "fail"
    assert found.value > 0.0


@pytest.mark.parametrize(("shipped", "shuffled", "status"), [
    (10.0, (0.0, -1.0, 1.0), "contradicted"), (10.0, (5.0, 6.0, 7.0), "pass"), (0.5, (0.0, -1.0, 1.0), "pass"),
])
def test_a_table_is_lucky_where_it_alone_has_a_premium(
    shipped: float, shuffled: tuple[float, ...], status: str
) -> None:
    others = np.array([mean + WORLDS for mean in shuffled])

    assert looking.judged(shipped + 0.1 * WORLDS, others, "").status == status


def test_a_shuffled_tool_keeps_its_hours_and_carries_its_edges_along() -> None:
    table = load(SCENARIO).params.catalogue
    dealt = looking.dealt_anew(table, 1)
    tools = np.arange(len(table.main_stage))

    np.testing.assert_array_equal(np.sort(dealt.hours_taken, axis=1), np.sort(table.hours_taken, axis=1))
    assert (dealt.hours_taken != table.hours_taken).any()
    for one, other in ((table.hours_taken, dealt.hours_taken), (table.edges_at, dealt.edges_at)):
        was, now = (one[tools, table.main_stage.astype(int)], other[tools, dealt.main_stage.astype(int)])
        np.testing.assert_array_equal(was, now)


@pytest.mark.parametrize(("free", "per_price", "status"), [
    (1000.0, -500.0, "pass"), (-1000.0, -500.0, "contradicted"), (0.1, -500.0, "open"),
])
def test_looking_has_a_break_even_only_where_it_pays_free_of_charge(
    free: float, per_price: float, status: str
) -> None:
    found = looking.crossing(np.array([free + per_price * price + WORLDS for price in looking.PRICES]), "")

    assert found.status == status
    assert found.value == pytest.approx(-free / per_price)


def test_the_line_through_effects_meets_zero_where_their_mean_does() -> None:
    found = line((0.0, 1.0), np.array([2.0 + WORLDS, -2.0 + WORLDS]))

    assert found.zero == pytest.approx(0.5)
    assert found.interval[0] < 0.5 < found.interval[1]
