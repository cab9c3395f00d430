"""A claim compares what both firms have: a closed firm sells nothing, and has no wait and no rating."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.analysis.comparison import Comparison
from sim.observe.metrics import SERIES, WHILE_OPEN
from sim.scenario.scenario import Claim
from sim.validation import examples
from sim.validation.bench import QUICK_WORLDS, WORLDS, Bench
from sim.verbs.claims import judge, smallest_difference
from tests.analysis import synthetic

MONTHS = 24


def half_of_the_others_close() -> Comparison:
    """Two arms in eight worlds; `none` waits 4 and sells 100, `aligned` waits 3 and sells 90; four `none` close."""
    made = synthetic.comparison((synthetic.NONE, synthetic.ALIGNED), worlds=8, months=MONTHS)
    for arm, wait, orders in (("none", 4.0, 100.0), ("aligned", 3.0, 90.0)):
        series = made.series[arm]
        series["alive"][:], series["wait_ratio"][:], series["orders_served"][:] = 1.0, wait, orders
    for name in ("alive", "wait_ratio", "orders_served"):
        made.series["none"][name][:4, MONTHS // 2 :] = 0.0
    return made


def claim(metric: str, months: tuple[int, int]) -> Claim:
    """Aligned has less of it than doing nothing, by a tenth."""
    return Claim("It is less.", metric, "aligned", "none", "less", 0.1, True, months)


@pytest.mark.parametrize("months", [(0, MONTHS), (MONTHS // 2, MONTHS)])
def test_a_closed_firm_has_no_short_wait(months: tuple[int, int]) -> None:
    made = half_of_the_others_close()
    result = judge(claim("wait_ratio", months), made, "signature")

    assert result.estimate == -1.0
    assert result.holds
    assert smallest_difference(claim("wait_ratio", months), made) == pytest.approx(0.4)


def test_what_is_expected_is_said_in_the_unit_of_what_is_found() -> None:
    made = half_of_the_others_close()
    orders = judge(claim("orders_served", (0, MONTHS)), made, "signature")
    points = judge(replace(claim("faulty_share", (0, MONTHS)), smallest=0.005, relative=False), made, "signature")

    assert orders.expected == "less, by at least 7.5 orders a month (10.0%)"
    assert points.expected == "less, by at least 0.50 points"


def test_a_closed_firm_sells_nothing_and_that_counts() -> None:
    result = judge(claim("orders_served", (MONTHS // 2, MONTHS)), half_of_the_others_close(), "signature")

    assert result.estimate == pytest.approx(np.mean([90.0] * 4 + [-10.0] * 4))


def test_what_a_closed_firm_has_none_of_is_neither_money_nor_a_count() -> None:
    assert set(SERIES) >= WHILE_OPEN
    assert not {name for name in WHILE_OPEN if SERIES[name].unit in ("USD/month", "orders/month", "people")}


def test_claims_that_need_many_worlds_ship_and_get_them() -> None:
    full, quick = Bench(), Bench(quick=True)

    assert set(examples.ENOUGH) <= {check.id for check in examples.checks()}
    assert min(examples.ENOUGH.values()) > WORLDS
    assert full.effort_of(480) == "480 paired worlds"
    assert quick.effort_of(480) == f"{QUICK_WORLDS} paired worlds only, for --quick; 480 in full"
