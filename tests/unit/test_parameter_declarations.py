"""A number is declared with unit, range, kind and source, or not at all; worlds of a batch may differ in every one."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pytest

from sim.params import Params, changed, meanings, par, stack_params
from sim.params import groups as parameter_groups
from sim.params.base import stacked
from sim.params.sector import STAGE_COUNT, Catalogue, Sector
from tests.worlds import FAMILIES, street

SOUND: dict[str, Any] = {"unit": "months", "low": 3.0, "high": 60.0, "kind": "assumed", "source": "assumption"}
EVERY = [(group, name, meaning) for group, value in parameter_groups().items()
         for name, meaning in meanings(value).items()]


@dataclass(frozen=True)
class Patience:
    """A group of parameters."""

    payback_limit_months: Any = par(18.0, "longest payback accepted", **SOUND)
    hurdle: Any = par(0.2, "return wanted", **SOUND | {"low": 0.0, "unit": "share"})


@pytest.mark.parametrize("missing", [{"source": ""}, {"source": "  "}, {"unit": ""}])
def test_a_number_without_source_or_unit_is_refused(missing: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="needs a text, a unit and a source"):
        par(18.0, "longest payback accepted", **SOUND | missing)


def test_a_number_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a text"):
        par(18.0, " ", **SOUND)


def test_an_unknown_kind_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'guessed', not measured, calibrated or assumed"):
        par(18.0, "longest payback accepted", **SOUND | {"kind": "guessed"})


@pytest.mark.parametrize("default", [2.999, 60.001, float("nan"), float("inf"), -float("inf")])
def test_a_default_out_of_its_range_is_refused(default: float) -> None:
    with pytest.raises(ValueError, match=r"outside 3.0…60.0 months"):
        par(default, "longest payback accepted", **SOUND)


def test_a_range_allows_its_ends_and_nothing_beyond() -> None:
    meaning = meanings(Patience())["payback_limit_months"]

    assert [meaning.allows(v) for v in (3.0, 60.0, 2.999, 60.001, float("nan"))] == [True, True, False, False, False]


def test_meanings_stand_in_the_order_declared() -> None:
    assert list(meanings(Patience())) == ["payback_limit_months", "hurdle"]


def test_a_change_leaves_the_original_alone_and_refuses_unknown_names() -> None:
    before = Patience()

    assert changed(before, {"hurdle": 0.5}).hurdle == 0.5
    assert before.hurdle == 0.2
    with pytest.raises(TypeError, match="hurdel"):
        changed(before, {"hurdel": 0.5})


def test_worlds_of_a_batch_stand_one_after_the_other() -> None:
    batch = stacked([Patience(), changed(Patience(), {"hurdle": 0.5}), Patience()])

    assert batch.hurdle.tolist() == [0.2, 0.5, 0.2]
    assert batch.hurdle.dtype == np.float64


@pytest.mark.parametrize(("group", "name", "meaning"), EVERY, ids=[f"{g}.{n}" for g, n, _ in EVERY])
def test_every_parameter_says_what_it_is(group: str, name: str, meaning: Any) -> None:
    assert meaning.low < meaning.high
    assert meaning.allows(meaning.default)
    assert min(map(len, (meaning.text, meaning.unit, meaning.source))) > 1


def test_no_value_of_a_group_goes_without_a_meaning() -> None:
    for group in parameter_groups().values():
        assert [f.name for f in fields(group)] == list(meanings(group))


def test_a_stacked_batch_has_one_value_per_world_whatever_the_shape() -> None:
    batch = stack_params([street(), street(demand={"looks": 5.0}), street()])

    for group in fields(Params):
        values = getattr(batch, group.name)
        for f in fields(values):
            assert getattr(values, f.name).shape[0] == 3, f"{group.name}.{f.name}"
    assert batch.demand.looks.tolist() == [3.0, 5.0, 3.0]
    assert batch.sector.hours_share.shape == (3, STAGE_COUNT)
    assert batch.catalogue.hours_taken.shape == (3, len(FAMILIES), STAGE_COUNT)


@pytest.mark.parametrize("preset", [Sector, Catalogue])
def test_every_preset_number_has_unit_and_words(preset: type) -> None:
    for f in fields(preset):
        assert f.metadata["unit"], f.name
        assert f.metadata["text"], f.name
