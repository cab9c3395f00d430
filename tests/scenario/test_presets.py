"""Shipped data: every number keeps its provenance, and the model's numbers follow from it."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from sim.errors import InputError
from sim.params.sector import STAGE_COUNT, STAGES, Catalogue, Sector
from sim.scenario import presets
from sim.scenario.files import shipped, shipped_names
from sim.scenario.preset_files import SectorFile
from sim.scenario.sentences import validated
from sim.scenario.toml_file import Document

SECTORS = shipped_names("sectors")


def numbers(table: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for key, value in table.items():
        if isinstance(value, dict) and "value" in value:
            yield f"{path}{key}", value
        elif isinstance(value, dict):
            yield from numbers(value, f"{path}{key}.")


def data(path: str) -> dict[str, Any]:
    return tomllib.loads((shipped() / path).read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", ["tools.toml", *(f"sectors/{name}.toml" for name in SECTORS)])
def test_every_number_has_unit_range_kind_and_source(path: str) -> None:
    found = dict(numbers(data(path)))
    assert len(found) > 20
    for name, number in found.items():
        assert number.keys() == {"value", "unit", "low", "high", "kind", "source", "seen"}, name
        assert number["low"] <= number["value"] <= number["high"], name
        assert number["unit"].strip(), name
        assert number["source"].strip(), name
        assert (number["kind"] != "measured") or number["seen"] != "none", name


def test_the_bakery_comes_out_of_its_file() -> None:
    sector, source = presets.sector("bakery"), dict(numbers(data("sectors/bakery.toml")))
    assert float(sector.orders_employee_month) == pytest.approx(75600 / 12 / 14)
    assert float(sector.hours_person_month) == pytest.approx(1450 / 12)
    assert float(sector.wage_usd_hour) == source["hourly_labour_cost"]["value"]
    chain = ["inbound", "operations", "outbound", "marketing_sales"]
    assert [STAGES[i] for i in np.flatnonzero(sector.chain)] == chain
    assert sector.hours_share.sum() == pytest.approx(1.0)
    assert sector.error_weight[sector.chain].sum() == pytest.approx(1.0)
    assert all(getattr(sector, f.name).shape in ((), (STAGE_COUNT,)) for f in dataclasses.fields(Sector))


def test_sixteen_tools_stand_in_the_order_of_the_file() -> None:
    tools = data("tools.toml")
    catalogue = presets.catalogue(["crm"], {})
    assert list(presets.tools()) == list(tools)
    assert len(tools) == 16
    assert catalogue.one_off_usd.tolist() == [tool["one_off"]["value"] for tool in tools.values()]
    assert catalogue.hours_taken.shape == (16, STAGE_COUNT)
    assert [name for name, on in zip(tools, catalogue.offered, strict=True) if on] == ["crm"]
    assert all(len(getattr(catalogue, f.name)) == 16 for f in dataclasses.fields(Catalogue))
    for row, tool in enumerate(tools.values()):
        taken = {STAGES[i] for i in np.flatnonzero(catalogue.hours_taken[row])}
        assert taken == set(tool["stages"])
        assert STAGES[int(catalogue.main_stage[row])] == tool["stages"][0]


def test_a_fee_per_case_is_not_read_as_a_share_of_the_order() -> None:
    row = list(presets.tools()).index("chat_ticket_service")
    assert presets.tools()["chat_ticket_service"].per_use.unit.startswith("USD per case")
    assert presets.catalogue([], {}).per_use_share[row] == 0.0


def test_presets_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        presets.sector("bakery").chain[0] = False


def test_a_preset_without_source_or_out_of_its_own_range_is_refused() -> None:
    text = (shipped("sectors") / "bakery.toml").read_text(encoding="utf-8")
    damaged = text.replace("value = 0.08,", "value = 0.8,")
    damaged = damaged.replace('kind = "measured", source = "JPM', 'source = "JPM')
    with pytest.raises(InputError) as refused:
        validated(SectorFile, Document("bakery.toml", damaged, tomllib.loads(damaged)))
    assert {problem.sentence for problem in refused.value.problems} == {
        "rent_share: value 0.8 is outside its range 0.05 to 0.12", "cash_buffer_days.kind is missing"}


def test_shares_that_do_not_add_up_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (shipped("sectors") / "bakery.toml").read_text(encoding="utf-8")
    lopsided = text.replace("operations = { value = 0.47,", "operations = { value = 0.57,")
    document = Document("bakery.toml", lopsided, tomllib.loads(lopsided))
    monkeypatch.setattr(presets, "find", lambda name, folder: document)
    with pytest.raises(InputError, match=r"stage_hours must sum to 1, not 1.1"):
        presets.sector.__wrapped__("lopsided")
