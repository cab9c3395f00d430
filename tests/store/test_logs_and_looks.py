"""A study may keep less than everything; what it saw on the way is kept as well."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from sim.store import Log, LookRow, RunResult, Store
from tests.store.samples import METRICS, asked, result

SPARSE = Log(frozenset({"owner_value_usd"}), frozenset({"cash_usd"}), every_months=3)
FULL = Log(frozenset({"owner_value_usd", "closed_month"}), frozenset({"cash_usd"}))


def yearly(run: str) -> RunResult:
    """A result with seven months of cash, the value being the month."""
    return replace(result(run), series={"cash_usd": np.arange(7.0)})


def test_a_coarse_series_keeps_the_last_of_every_so_many_months(store: Store) -> None:
    store.register([asked()])
    store.write([SPARSE.keep(yearly(asked().id))])

    assert store.series([asked().id], "cash_usd", every_months=3)[asked().id].tolist() == [2.0, 5.0]
    assert store.results([asked().id], every_months=3)[asked().id].scalars == {"owner_value_usd": 1.5}
    assert store.series([asked().id], "cash_usd") == {}, "it is not in the store month by month"


def test_a_fine_series_can_be_asked_for_in_coarse_steps(store: Store) -> None:
    store.register([asked()])
    store.write([yearly(asked().id)])

    assert store.results([asked().id], every_months=3)[asked().id].series["cash_usd"].tolist() == [2.0, 5.0]


def test_a_run_of_which_less_was_kept_is_still_missing_for_a_study_that_asks_for_more(store: Store) -> None:
    sparse, full, empty = (asked(number) for number in range(3))
    ids = [sparse.id, full.id, empty.id]
    store.register([sparse, full, empty])
    store.write([SPARSE.keep(yearly(sparse.id)), yearly(full.id)])

    assert store.missing(ids) == {empty.id}
    assert store.missing(ids, SPARSE) == {empty.id}
    assert store.missing(ids, FULL) == {sparse.id, empty.id}


def test_what_a_run_lacks_is_added_and_what_it_has_stands(store: Store) -> None:
    store.register([asked()])
    store.write([SPARSE.keep(yearly(asked().id))])
    finished = store.runs().finished_utc.tolist()

    assert store.write([replace(yearly(asked().id), scalars={"owner_value_usd": 9.0, "closed_month": 4.0})]) == 0
    assert store.write([SPARSE.keep(yearly(asked().id))]) == 0

    found = store.results([asked().id])[asked().id]
    assert found.scalars == {"owner_value_usd": 1.5, "closed_month": 4.0}
    assert found.series["cash_usd"].tolist() == list(range(7))
    assert store.missing([asked().id], FULL) == set()
    assert store.runs().finished_utc.tolist() == finished


def test_results_come_back_as_they_were_written(store: Store) -> None:
    done, waiting = asked(0), asked(1)
    store.register([done, waiting])
    store.write([result(done.id)])

    found = store.results([done.id, waiting.id, "unknown"])

    assert found.keys() == {done.id}
    assert math.isnan(found[done.id].scalars["closed_month"])
    assert found[done.id].events == result(done.id).events
    assert found[done.id].series["cash_usd"].tolist() == [1.5, 2.0, 3.0]
    assert store.results([done.id], series=())[done.id].series == {}


def test_looks_stand_once_they_are_stored(store: Store) -> None:
    early = LookRow("bakery", "b", "cash_usd", "aligned", "none", 10, 1.5, -2.0, 5.0, 0.3, 0.001, "continue")
    first = early._replace(worlds=1, low=math.nan, high=math.nan, p_value=math.nan)
    store.write_looks([early, first])
    store.write_looks([early._replace(decision="stop")])

    assert [look.worlds for look in store.looks("bakery")] == [1, 10]
    assert store.looks("bakery")[1] == early
    assert math.isnan(store.looks("bakery")[0].p_value)
    assert store.looks("another") == []


def test_the_digest_sees_every_result_and_not_when_or_in_which_order_it_came(store: Store) -> None:
    runs = [asked(number) for number in range(3)]
    with Store.open(":memory:") as other:
        for target, order in ((store, runs), (other, runs[::-1])):
            target.describe_metrics(METRICS)
            target.register(order)
            for run in order:
                target.write([result(run.id, value=float(run.replicate))])
        assert store.digest() == other.digest()
        assert store.digest("bakery") == other.digest("bakery") != store.digest("another")
        other.register([asked(3)])
        assert store.digest() != other.digest()
        store.register([asked(3)])
        store.write([result(asked(3).id, value=3.0)])
        other.write([result(asked(3).id, value=np.nextafter(3.0, 4.0))])
        assert store.digest() != other.digest()
