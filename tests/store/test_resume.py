"""A study can be stopped, resumed, extended and repeated, and never mixes two meanings."""

from __future__ import annotations

import pytest

from sim.errors import InputError
from sim.store import Store, canonical_json, read
from tests.store.samples import asked, result


def test_registering_twice_changes_nothing(store: Store) -> None:
    runs = [asked(number) for number in range(3)]

    assert store.register(runs) == 3
    before = store.runs()
    assert store.register(runs) == 0
    assert store.runs().equals(before)


def test_only_runs_without_results_are_missing(store: Store) -> None:
    done, failed, waiting = (asked(number) for number in range(3))
    store.register([done, failed, waiting])
    store.write([result(done.id)])
    store.fail(failed.id, "month 2", ValueError("negative stock"))

    assert store.missing([done.id, failed.id, waiting.id, "unknown"]) == {failed.id, waiting.id, "unknown"}
    assert store.counts() == {"registered": 1, "done": 1, "failed": 1}
    assert store.counts("another study") == {"registered": 0, "done": 0, "failed": 0}


def test_more_runs_than_fit_one_query_are_asked_for_in_portions(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "MOST_IN_ONE_QUERY", 2)
    runs = [asked(number) for number in range(5)]
    ids = [run.id for run in runs]
    store.register(runs)
    assert store.missing(ids) == set(ids)

    assert store.write([result(run) for run in ids]) == 5

    assert store.missing(ids) == set()
    assert list(store.scalars(ids=ids, metrics=["owner_value_usd"]).replicate) == [0, 1, 2, 3, 4]
    assert store.series(ids, "cash_usd").keys() == set(ids)


def test_a_failure_says_where_and_why(store: Store) -> None:
    store.register([asked()])
    try:
        raise ValueError("negative stock")
    except ValueError as error:
        store.fail(asked().id, "month 2", error)

    row = store.runs("bakery").iloc[0]
    assert (row.status, row.stage, row.error_type) == ("failed", "month 2", "ValueError")
    assert "negative stock" in row.traceback
    assert "test_a_failure_says_where_and_why" in row.traceback


def test_a_failed_run_can_succeed_later_but_a_finished_one_cannot_fail(store: Store) -> None:
    store.register([asked()])
    store.fail(asked().id, "month 2", MemoryError())

    assert store.write([result(asked().id)]) == 1
    store.fail(asked().id, "month 2", MemoryError())

    row = store.runs().iloc[0]
    assert (row.status, row.stage, row.traceback) == ("done", None, None)


def test_a_finished_run_is_not_written_again(store: Store) -> None:
    store.register([asked()])

    assert store.write([result(asked().id, 1.0), result(asked().id, 1.0)]) == 1
    assert store.write([result(asked().id, 2.0)]) == 0
    assert store.scalars(metrics=["owner_value_usd"]).value.tolist() == [1.0]


def test_two_arms_of_one_definition_share_a_run_and_keep_their_names(store: Store) -> None:
    twins = [asked(arm=arm, arm_definition="{}") for arm in ("A", "B")]

    assert store.register(twins) == 1
    store.write([result(twins[0].id)])

    assert list(store.scalars(metrics=["owner_value_usd"]).arm) == ["A", "B"]


def test_two_studies_share_a_run(store: Store) -> None:
    store.register([asked()])
    store.write([result(asked().id)])

    assert store.register([asked(study="another")]) == 0
    assert store.missing([asked(study="another").id]) == set()
    assert set(store.scalars("another").study) == {"another"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"months": 60}, "months 3, now 60"),
        ({"seed": 8}, "seed 7, now 8"),
        ({"model_version": "0.2.0"}, "model_version '0.1.0', now '0.2.0'"),
        ({"parameters": '{"adoption":{"setup_usd":20}}'}, "scenario.adoption.setup_usd 18.5, now 20"),
        ({"parameters": '{"adoption":{}}'}, "scenario.adoption.setup_usd 18.5, now nothing"),
        ({"arm_definition": canonical_json({"score": "npv"})}, 'arm.score "aligned", now "npv"'),
    ],
)
def test_a_study_that_means_something_else_is_refused_by_name(
    store: Store, change: dict[str, object], said: str
) -> None:
    store.register([asked()])

    with pytest.raises(InputError) as refused:
        store.register([asked(5), asked(**change)])  # type: ignore[arg-type]

    assert said in str(refused.value)
    assert len(store.runs()) == 1


def test_one_request_cannot_mean_two_things(store: Store) -> None:
    with pytest.raises(InputError, match="months 3, now 4"):
        store.register([asked(), asked(months=4)])

    assert store.runs().empty
