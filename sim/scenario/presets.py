"""From preset files to the plain numbers of `sim.params.sector`; shares and weights must add up."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError
from sim.params.sector import PROJECT_KINDS, STAGES, Catalogue, Sector
from sim.scenario.fields import number
from sim.scenario.files import catalogue_document, find
from sim.scenario.preset_files import Number, SectorFile, ToolFile
from sim.scenario.sentences import validated
from sim.scenario.toml_file import Document

MONTHS_YEAR = 12
# Catalogue column -> the number of tools.toml it is read from.
COLUMNS = {
    "one_off_usd": "one_off", "subscription_usd_month": "subscription", "per_use_share": "per_use",
    "months": "implementation_months", "hype": "hype", "convenience": "convenience",
    "convenience_second": "convenience_second", "equipment_gain": "equipment_gain",
    "slips_found": "slips_found", "errors_found": "errors_found", "exposure": "breach_exposure",
    "error_gap": "error_gap", "works": "works",
}
# What a number is where no file gives it; the others are 0.
UNSAID = {"works": 1.0}


@cache
def sector_file(name: str) -> SectorFile:
    """The file of a sector, checked: every number with its provenance."""
    return validated(SectorFile, find(name, "sectors"))


@cache
def sector(name: str) -> Sector:
    """Numbers of a sector preset; InputError if the file is wrong or its shares do not add up."""
    document, preset = find(name, "sectors"), sector_file(name)
    revenue_month = preset.revenue_per_employee.value / MONTHS_YEAR
    return Sector(
        order_value_usd=_scalar(preset.average_order_value.value),
        materials_share=_scalar(preset.materials_share.value),
        net_margin=_scalar(preset.net_margin.value),
        wage_usd_hour=_scalar(preset.hourly_labour_cost.value),
        hours_person_month=_scalar(preset.hours_per_employee_year.value / MONTHS_YEAR),
        employees_mean=_scalar(preset.employees_mean_under_100.value),
        orders_employee_month=_scalar(revenue_month / preset.average_order_value.value),
        cash_days_median=_scalar(preset.cash_buffer_days.value),
        quits_month=_scalar(preset.quits_per_month.value),
        peak_factor=_scalar(preset.peak_month_factor.value),
        trough_factor=_scalar(preset.trough_month_factor.value),
        waits_share=_scalar(preset.waits_share.value),
        quality_observed=_scalar(preset.quality_observed.value),
        regulation=_scalar(preset.regulation_intensity.value),
        hours_share=_over_stages(document, "stage_hours", preset.stage_hours),
        chain=_frozen(np.isin(STAGES, preset.chain.stages)),
        error_weight=_over_stages(document, "error_weight", preset.error_weight),
    )


@cache
def tools() -> dict[str, ToolFile]:
    """The tool families in the order of the catalogue file."""
    document = catalogue_document()
    return {
        name: validated(ToolFile, Document(f"{document.name} [{name}]", document.text, table))
        for name, table in document.data.items()
    }


def catalogue(
    offered: list[str], changes: Mapping[str, Mapping[str, float]], exchanged: Collection[frozenset[str]] | None = None
) -> Catalogue:
    """Every family's numbers, some changed by a scenario, and which of them can be bought.

    A tool has to exchange data along its own pairs of stages, as far as they are among those `exchanged` (None: all).
    """
    numbers = [
        {**{key: entry.value for key, entry in tool_entries(tool).items()}, **changes.get(name, {})}
        for name, tool in tools().items()
    ]
    ends = _edge_ends(exchanged)
    columns = {column: [row.get(key, UNSAID.get(key, 0.0)) for row in numbers] for column, key in COLUMNS.items()}
    return Catalogue(
        **{column: _frozen(np.array(values)) for column, values in columns.items()},
        hours_taken=_frozen(np.array([[row.get(_taken(stage), 0.0) for stage in STAGES] for row in numbers])),
        main_stage=_frozen(np.array([float(STAGES.index(tool.stages[0])) for tool in tools().values()])),
        kind=_frozen(np.array([float(PROJECT_KINDS.index(tool.project)) for tool in tools().values()])),
        customer_facing=_frozen(np.array([float(tool.customer_facing) for tool in tools().values()])),
        edges=_frozen(ends.sum(axis=1) / 2.0), edges_at=_frozen(ends),
        hub=_frozen(np.array([float(tool.hub) for tool in tools().values()])),
        offered=_frozen(np.isin(list(tools()), offered)),
    )


def _edge_ends(exchanged: Collection[frozenset[str]] | None) -> NDArray[np.float64]:
    """How many edges of each family end at each stage; a hub's edges are those of the tools that use it."""
    own = [
        [pair for pair in tool.edges if not tool.hub and (exchanged is None or frozenset(pair) in exchanged)]
        for tool in tools().values()
    ]
    return np.array([[float(sum(stage in pair for pair in pairs)) for stage in STAGES] for pairs in own])


def offering(standing: Catalogue, family: str, numbers: Mapping[str, float]) -> Catalogue:
    """The catalogue with one family on offer, at other numbers."""
    row = list(tools()).index(family)
    columns = {column: getattr(standing, column).copy() for column in (*COLUMNS, "offered")}
    columns["offered"][row] = True
    for column, key in COLUMNS.items():
        columns[column][row] = numbers.get(key, columns[column][row])
    return replace(standing, **{column: _frozen(values) for column, values in columns.items()})


def row_numbers(standing: Catalogue, row: int) -> dict[str, float]:
    """One family's numbers, by their names in the catalogue file."""
    numbers = {key: float(getattr(standing, column)[row]) for column, key in COLUMNS.items()}
    return numbers | {_taken(stage): float(standing.hours_taken[row, i]) for i, stage in enumerate(STAGES)}


def _taken(stage: str) -> str:
    return f"hours_taken_{stage}"


def tool_entries(tool: ToolFile) -> dict[str, Number]:
    """A tool's numbers with their provenance; a fee that is no share of the order's value is left out."""
    entries = {**dict(tool), **(tool.model_extra or {})}
    if tool.per_use and not tool.per_use.unit.startswith("share"):
        del entries["per_use"]
    return {name: entry for name, entry in entries.items() if isinstance(entry, Number)}


def _over_stages(document: Document, key: str, table: dict[str, Number]) -> NDArray[np.float64]:
    """A table's values as an array over stages; InputError unless they sum to one."""
    values = np.array([table[stage].value if stage in table else 0.0 for stage in STAGES])
    if abs(values.sum() - 1.0) > 1e-6:
        raise InputError(document.problem((key,), f"{key} must sum to 1, not {number(float(values.sum()))}"))
    return _frozen(values)


def _scalar(value: float) -> NDArray[np.float64]:
    return _frozen(np.array(value))


def _frozen(array: Any) -> NDArray[Any]:
    """The array, not to be written to: presets are shared."""
    array.flags.writeable = False
    return np.asarray(array)
