"""What goes in comes out, to the bit."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.store import Store
from tests.store.samples import METRICS, Described, asked, result


def test_scalars_come_back_tidy_and_sorted(store: Store) -> None:
    runs = [asked(1, "own_sake"), asked(0, "own_sake"), asked(1), asked(0)]
    store.register(runs)
    store.write([result(run.id, value=float(number)) for number, run in enumerate(runs)])

    frame = store.scalars("bakery", metrics=["owner_value_usd"])

    assert list(frame.columns) == [
        "study", "scenario", "arm", "assignment", "replicate", "run", "metric", "value",
    ]  # fmt: skip
    assert list(zip(frame.arm, frame.replicate, frame.value, strict=True)) == [
        ("aligned", 0, 3.0), ("aligned", 1, 2.0), ("own_sake", 0, 1.0), ("own_sake", 1, 0.0),
    ]  # fmt: skip


def test_scalars_can_be_asked_for_by_run(store: Store) -> None:
    runs = [asked(number) for number in range(3)]
    store.register(runs)
    store.write([result(run.id) for run in runs])

    frame = store.scalars(ids=[runs[2].id, runs[0].id], metrics=["owner_value_usd"])

    assert list(frame.replicate) == [0, 2]
    assert store.scalars(ids=[]).empty


def test_a_value_that_does_not_exist_is_null_in_the_file_and_nan_in_the_frame(
    store: Store, place: Path
) -> None:
    store.register([asked()])
    store.write([result(asked().id)])

    frame = store.scalars("bakery").set_index("metric")

    assert math.isnan(frame.loc["closed_month", "value"])
    with store._engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM scalar WHERE value IS NULL").scalar() == 1


def test_series_keep_every_bit(store: Store) -> None:
    bits = np.array(
        [0x7FF8000000000123, 0x8000000000000000, 0x0000000000000001, 0xFFF0000000000000], dtype=np.uint64
    )
    values = bits.view(np.float64)  # a NaN with a payload, -0.0, the smallest number, -infinity
    store.register([asked()])
    store.write([replace(result(asked().id), series={"cash_usd": values})])

    found = store.series([asked().id], "cash_usd")[asked().id]

    np.testing.assert_array_equal(found.view(np.uint64), bits)
    found[0] = 1.0  # the array is the reader's own


def test_series_of_another_byte_order_or_stride_are_the_same_numbers(store: Store) -> None:
    values = np.arange(6, dtype=">f8")[::2]
    store.register([asked()])
    store.write([replace(result(asked().id), series={"cash_usd": values})])

    np.testing.assert_array_equal(store.series([asked().id], "cash_usd")[asked().id], [0.0, 2.0, 4.0])


def test_a_series_is_not_a_column_of_the_panel(store: Store) -> None:
    store.register([asked()])

    with pytest.raises(ValueError, match=r"per month and firm slot; found an array of shape \(2,\)"):
        store.write([replace(result(asked().id), panel={"cash_usd": np.zeros(2)})])


def test_a_table_is_not_a_series(store: Store) -> None:
    store.register([asked()])

    with pytest.raises(ValueError, match=r"shape \(2, 2\)"):
        store.write([replace(result(asked().id), series={"cash_usd": np.ones((2, 2))})])


def test_events_come_back_in_the_order_they_were_told(store: Store) -> None:
    store.register([asked()])
    store.write([result(asked().id)])

    assert store.events(asked().id) == result(asked().id).events
    assert store.events(asked().id)[0].kind == "purchase"


def test_a_run_knows_its_scenario_its_arm_and_where_it_was_computed(store: Store) -> None:
    store.register([asked()])
    assert store.background(asked().id)["provenance"] is None

    store.write([result(asked().id)])
    found = store.background(asked().id)

    assert found["parameters"] == {"adoption": {"setup_usd": 18.5}}
    assert found["arm"] == {"score": "aligned"}
    assert found["provenance"]["packages"]["numpy"] == np.__version__
    assert found["provenance"]["cpu_features"]


def test_the_newest_description_of_a_metric_stands(store: Store) -> None:
    store.describe_metrics([Described("owner_value_usd", label="Worth to its owner")])

    with store._engine.connect() as connection:
        found = {name: label for name, label in connection.exec_driver_sql("SELECT name, label FROM metric")}
    assert len(found) == len(METRICS)
    assert found["owner_value_usd"] == "Worth to its owner"


def test_results_survive_closing_in_one_single_file(store: Store, place: Path) -> None:
    store.register([asked()])
    store.write([result(asked().id)])
    store.close()

    assert [file.name for file in place.parent.iterdir()] == [place.name]
    with Store.open(place, read_only=True) as again:
        assert len(again.scalars("bakery")) == 2
