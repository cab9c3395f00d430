"""How fast a world lives; run with `pytest tests/benchmarks --benchmark-enable`. Otherwise each case runs once."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim import schedule
from sim.kernels.customers import look_around
from sim.mechanisms import demand
from sim.scenario.presets import catalogue, sector
from sim.state import OUTSIDE, SEARCHING
from tests.worlds import OFFERED, live, make, street

NEIGHBOURHOOD = {"small_firms": 10, "large_firms": 2, "spare_slots": 16, "customers": 1500}


@pytest.mark.parametrize("worlds", [1, 32])
def test_a_month_of_neighbourhoods_side_by_side(benchmark: Any, worlds: int) -> None:
    world = live(make(street(setup=NEIGHBOURHOOD), range(worlds)), 2)

    benchmark.pedantic(schedule.step, args=(world,), rounds=20, warmup_rounds=1)

    benchmark.extra_info["worlds"] = worlds
    assert world.month > 2


def test_every_customer_looks_around_in_a_large_market(benchmark: Any) -> None:
    """Two hundred firms, twenty thousand customers, all of whom look at five firms."""
    size = {"small_firms": 200, "large_firms": 5, "spare_slots": 20, "customers": 20_000}
    world = make(street(setup=size, demand={"attention_month": 1.0, "looks": 5.0}), [1])

    benchmark.pedantic(demand.choose_suppliers, args=(world,), rounds=10, warmup_rounds=1)

    benchmark.extra_info["customers"] = len(world.customers.world)
    assert not (world.customers.supplier == SEARCHING).any()
    assert (world.customers.supplier != OUTSIDE).any()
    assert look_around.signatures


def test_presets_are_read_once(benchmark: Any) -> None:
    """A sweep makes thousands of scenarios of one sector."""
    benchmark(lambda: (sector("bakery"), catalogue(OFFERED, {})))

    assert sector("bakery") is sector("bakery")
    assert np.isfinite(catalogue(OFFERED, {}).one_off_usd).all()
