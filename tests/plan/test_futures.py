"""Futures are the same for every choice, spread evenly, and stay what they were when more are asked for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.run import simulate
from sim.scenario.plan.file import UnsureFile
from sim.scenario.plan.futures import BLOCK, drawn, strata, values_of
from sim.scenario.plan.plan import Plan, load_plan
from sim.verbs.plan_study import asked, study_name
from tests.plan.conftest import Write


def test_every_block_uses_every_part_of_a_range_once() -> None:
    places = strata("online.price_usd", 3 * BLOCK, seed=4)
    for block in places.reshape(3, BLOCK):
        assert sorted(np.floor(block * BLOCK)) == list(range(BLOCK))


def test_more_futures_change_none_of_the_earlier_ones() -> None:
    assert list(strata("wage_usd_hour", 250, seed=1)[:70]) == list(strata("wage_usd_hour", 70, seed=1))


def test_numbers_are_drawn_apart_from_one_another() -> None:
    one, other = strata("wage_usd_hour", 1000, seed=1), strata("cash_usd", 1000, seed=1)
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.1
    assert list(one) != list(strata("wage_usd_hour", 1000, seed=2))


def test_one_more_uncertain_number_leaves_the_others_as_they_are(plan: Plan) -> None:
    more = (*plan.file.unsure, UnsureFile(about="wage_usd_hour", low=19, high=25))
    before, after = drawn(plan.file.unsure, 30, 1), drawn(more, 30, 1)
    assert all(list(after[name]) == list(before[name]) for name in before)


def test_values_stay_within_their_ranges(plan: Plan) -> None:
    works = drawn(plan.file.unsure, 200, 3)["online.works_percent"]
    assert works.min() >= 30
    assert works.max() <= 110
    assert works.mean() == pytest.approx(70, abs=0.5)


def test_every_choice_meets_the_same_future(plan: Plan) -> None:
    runs = asked(plan, 4, seed=1)
    rows = {(row.arm, row.replicate): row for row, _ in runs}
    for arm in plan.choices:
        for future in range(4):
            assert rows[arm.name, future].parameters == rows["none", future].parameters
    assert len({rows["none", future].parameters for future in range(4)}) == 4


def test_a_future_is_the_plan_with_these_numbers_written_into_it(plan: Plan, write: Write) -> None:
    growth = float(drawn(plan.file.unsure, 2, 1)["demand_growth_percent_year"][1])
    text = f"[market]\ndemand_growth_percent_year = {growth!r}\n"
    written = load_plan(str(write(("[goal]", f"{text}\n[goal]"))))
    future = replace(plan.scenario, params=plan.params({"demand_growth_percent_year": growth}))
    assert future.fingerprint() == written.scenario.fingerprint()


def test_a_future_is_lived_with_its_own_numbers(plan: Plan) -> None:
    values = values_of(drawn(plan.file.unsure, 3, 1), 2)
    job = next(job for row, job in asked(plan, 3, 1) if row.arm == "none" and row.replicate == 2)
    alone = replace(job, params=plan.params(values))
    certain = replace(job, params=plan.scenario.params)
    cash = [list(simulate([one])[0].series["cash_usd"]) for one in (job, alone, certain)]
    assert cash[0] == cash[1]
    assert cash[0] != cash[2]


def test_a_changed_plan_is_another_study(plan: Plan, write: Write) -> None:
    again, changed = load_plan(str(write())), load_plan(str(write(("price_usd = 3800", "price_usd = 3900"))))
    assert study_name(again, 1) == study_name(plan, 1)
    assert study_name(changed, 1) != study_name(plan, 1)
    wider = load_plan(str(write(("high = 110", "high = 120"))))
    assert study_name(wider, 1) != study_name(plan, 1)
