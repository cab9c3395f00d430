"""A run is named by what decides its outcome and by nothing else."""

from __future__ import annotations

import pytest

from sim.store import canonical_json
from tests.store.samples import asked


@pytest.mark.parametrize(
    "change",
    [
        {"model_version": "0.1.1"},
        {"parameters": canonical_json({"adoption": {"setup_usd": 18.500000000000004}})},
        {"arm_definition": canonical_json({"score": "random"})},
        {"assignment": "whole"},
        {"replicate": 1},
        {"seed": 8},
        {"months": 4},
    ],
)
def test_whatever_decides_the_outcome_changes_the_name(change: dict[str, object]) -> None:
    assert asked(**change).id != asked().id  # type: ignore[arg-type]


@pytest.mark.parametrize("label", ["study", "scenario", "arm"])
def test_labels_do_not_change_the_name(label: str) -> None:
    same = asked(arm_definition="{}", **{label: "called otherwise"})  # type: ignore[arg-type]

    assert same.id == asked(arm_definition="{}").id


def test_the_name_is_the_same_in_every_process_and_version() -> None:
    assert asked().id == "6ca785bcad3658a0bc4e88578d447634"


def test_the_order_of_keys_does_not_change_the_text() -> None:
    assert (
        canonical_json({"b": 0.1, "a": [1, 2]})
        == '{"a":[1,2],"b":0.1}'
        == canonical_json({"a": [1, 2], "b": 0.1})
    )


def test_numbers_that_json_does_not_know_are_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical_json({"elasticity": float("inf")})
