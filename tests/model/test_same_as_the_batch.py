"""One world through Mesa and the same world in a batch are one and the same."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from sim import SmbModel
from sim.observe.metrics import SERIES
from sim.observe.observation import Observation
from sim.run import Job, simulate
from sim.state import columns
from sim.world import TABLES

pytestmark = [
    pytest.mark.filterwarnings(f"error::{kind}")
    for kind in ("UserWarning", "DeprecationWarning", "PendingDeprecationWarning", "FutureWarning")
]


def in_a_batch(job: Job) -> Observation:
    """The job's observation from a batch in which it is the second of three."""
    return simulate([replace(job, replicate=7), job, replace(job, replicate=8)])[1]


def assert_same_bits(one: dict[str, NDArray[np.float64]], other: dict[str, NDArray[np.float64]]) -> None:
    assert list(one) == list(other) == list(SERIES)
    assert [name for name in SERIES if one[name].tobytes() != other[name].tobytes()] == []


@pytest.mark.parametrize(("scenario", "arm", "assignment"), [
    ("lively", "none", "focal"), ("lively", "aligned", "whole"), ("bakery_ordering", "quote", "focal"),
])
def test_a_run_equals_its_job_in_the_batch_in_every_bit(
    lively: str, scenario: str, arm: str, assignment: str
) -> None:
    reference = lively if scenario == "lively" else scenario
    model = SmbModel(reference, arm, assignment, replicate=2, months=24, seed=3)

    model.run_model()

    own, batch = model.observation(), in_a_batch(model.job)
    assert_same_bits(own.series, batch.series)
    assert own.events == batch.events
    np.testing.assert_array_equal(list(own.scalars.values()), list(batch.scalars.values()), strict=True)
    assert (own.arm, own.replicate, list(own.scalars)) == (batch.arm, batch.replicate, list(batch.scalars))


def test_the_shipped_scenario_with_default_parameters_equals_the_batch() -> None:
    model = SmbModel()

    model.run_model()

    assert (model.job.arm.name, model.job.assignment, model.job.seed, model.job.months) == ("aligned", "focal", 1, 60)
    assert_same_bits(model.observation().series, in_a_batch(model.job).series)


def test_the_collector_holds_the_series_of_the_batch(lively: str) -> None:
    model = SmbModel(lively, "quote", months=12)

    model.run_model()

    table = model.datacollector.get_model_vars_dataframe()
    assert_same_bits({name: table[name].to_numpy() for name in table}, in_a_batch(model.job).series)


def test_a_run_half_way_shows_the_months_lived_so_far(lively: str) -> None:
    model = SmbModel(lively, "aligned", months=24)

    for _ in range(9):
        model.step()

    whole = in_a_batch(model.job).series
    assert_same_bits(model.observation().series, {name: whole[name][:9] for name in SERIES})
    assert model.latest("cash_usd") == whole["cash_usd"][8]


def test_a_pickled_model_goes_on_as_if_nothing_had_happened(lively: str) -> None:
    model = SmbModel(lively, "aligned", months=30)
    for _ in range(11):
        model.step()

    woken = pickle.loads(pickle.dumps(model))
    woken.run_model()
    model.run_model()

    assert_same_bits(woken.observation().series, in_a_batch(model.job).series)
    assert woken.observation().events == model.observation().events
    for table in TABLES:
        ours, theirs = columns(getattr(model.world, table)), columns(getattr(woken.world, table))
        assert all(ours[name].tobytes() == theirs[name].tobytes() for name in ours)
    assert woken.agents.get("unique_id") == model.agents.get("unique_id")
    assert len(woken.datacollector.get_model_vars_dataframe()) == 30


def test_the_dynamics_leave_mesas_random_numbers_alone(lively: str) -> None:
    model = SmbModel(lively, months=6)
    numbers, words = model.rng.bit_generator.state, model.random.getstate()

    model.run_model()

    assert model.rng.bit_generator.state == numbers
    assert model.random.getstate() == words


def test_a_user_may_draw_mesas_random_numbers_without_changing_the_run(lively: str) -> None:
    model = SmbModel(lively, months=6)

    while model.running:
        model.rng.random(5)
        model.agents.shuffle_do("step")
        model.step()

    assert_same_bits(model.observation().series, in_a_batch(model.job).series)
