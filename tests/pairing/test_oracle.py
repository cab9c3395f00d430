"""The oracle has what others have, but for its knowledge: same fund, months and till; its advice hangs on its world."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim import oracle
from sim.errors import InputError
from sim.observe.observation import Observation
from sim.params import Params
from sim.run import Job, simulate
from sim.state import NO_TOOL
from tests.worlds import FAMILIES, arm, focal_rows, live, make, snapshot, street

TITLES = {name: name for name in FAMILIES}


GIFT = {"one_off": 0.0, "subscription": 0.0, "convenience": 1.0}


def often(gift: bool = True) -> Params:
    """A street whose owners decide every other month; one good tool may be a gift."""
    return street({"crm": GIFT} if gift else {}, choosing={"decision_month": 0.5, "fund_start_months": 30.0})


def job(score: str, replicate: int) -> Job:
    return Job(often(), TITLES, arm(score), arm("none"), "focal", 1, replicate, 16)


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two futures of less than a year."""
    monkeypatch.setattr(oracle, "FUTURES", 2)
    monkeypatch.setattr(oracle, "HORIZON_MONTHS", 10)


def told(seen: Observation) -> list[tuple[int, str]]:
    return [(event.month, event.text) for event in seen.events if event.kind == "start"]


def test_its_advice_is_the_same_alone_as_in_company() -> None:
    together = simulate([job("oracle", 0), job("npv", 1), job("oracle", 2)])
    alone = [simulate([job("oracle", n)])[0] for n in (0, 2)]

    assert [told(seen) for seen in alone] == [told(together[0]), told(together[2])]
    assert any(told(seen) for seen in alone)
    for one, other in zip(alone, (together[0], together[2]), strict=True):
        assert all(one.series[name].tobytes() == other.series[name].tobytes() for name in one.series)


def test_trying_out_leaves_the_true_world_as_it_was() -> None:
    world = live(make(often(), [5, 6], arm("oracle")), 3)
    before = snapshot(world)

    trials = oracle.tried(world, focal_rows(world), [1, 2], 4)

    after = snapshot(world)
    assert all(before[name].tobytes() == after[name].tobytes() for name in before)
    assert set(trials.rows.tolist()) == set(focal_rows(world).tolist())
    assert (trials.items == NO_TOOL).sum() == 2


def test_another_future_is_another_value_and_the_same_future_the_same() -> None:
    world = live(make(often(), [5], arm("oracle")), 3)
    first, again, other = (oracle.tried(world, focal_rows(world), [n], 4).value_usd for n in (1, 1, 2))

    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_it_buys_only_what_the_fund_and_the_till_carry() -> None:
    no_loans = {f"loan_chance_{band}": 0.0 for band in ("micro", "small", "medium", "large")}
    poor = often(gift=False).changed(choosing={"fund_start_months": 0.0, "fund_share": 0.0}, finance=no_loans)
    seen = simulate([replace(job("oracle", n), params=poor) for n in range(3)])

    assert [run.scalars["projects"] for run in seen] == [0.0, 0.0, 0.0]


@pytest.mark.parametrize(("asked", "others", "assignment"), [
    ("oracle", "none", "whole"), ("oracle", "none", "mixed"), ("none", "oracle", "focal")])
def test_only_the_firm_in_focus_may_ask_it(asked: str, others: str, assignment: str) -> None:
    with pytest.raises(InputError, match="--assignment focal"):
        Job(often(), TITLES, arm(asked), arm(others), assignment, 1, 0, 12)  # type: ignore[arg-type]
