"""Files of numbers: a sector, and the catalogue of tools; every number with unit, range, kind and source."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator

from sim.scenario.fields import Family, StageName, Strict

Filled = Annotated[str, Field(min_length=1, pattern=r"\S")]
Pair = Annotated[list[StageName], Field(min_length=2, max_length=2)]


class Number(Strict):
    """A value with its unit, plausible range and provenance."""

    value: float
    unit: Filled
    low: float
    high: float
    kind: Literal["measured", "derived", "calibrated", "assumed"]
    source: Filled
    seen: Literal["source", "recalled", "none"]

    @model_validator(mode="after")
    def _in_range(self) -> Number:
        if not self.low <= self.value <= self.high:
            raise ValueError(f"value {self.value} is outside its range {self.low} to {self.high}")
        return self


class Numbers(Strict):
    """A table of which some keys are asked for by name and every other one is a number for the record."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Number]


class Listed(Strict):
    """A list of names with its provenance."""

    kind: Literal["measured", "derived", "calibrated", "assumed"]
    source: Filled
    seen: Literal["source", "recalled", "none"]


class Chain(Listed):
    """The stages that an order passes through one by one; the others are overhead."""

    stages: list[StageName]


class DataPairs(Listed):
    """The stages that exchange data in this trade; a tool has to be joined to others only along these pairs."""

    pairs: list[Pair]


class UsualTools(Listed):
    """The tools that vendors offer to this trade, the most usual first."""

    names: Annotated[list[Family], Field(min_length=1)]


class SectorFile(Numbers):
    """A sector preset: the numbers the model reads, and others for the record."""

    title: str
    population: str
    employees_mean_under_100: Number
    revenue_per_employee: Number
    average_order_value: Number
    materials_share: Number
    rent_share: Number
    net_margin: Number
    hourly_labour_cost: Number
    hours_per_employee_year: Number
    cash_buffer_days: Number
    retention_per_year: Number
    price_elasticity: Number
    quits_per_month: Number
    exit_per_year: Number
    peak_month_factor: Number
    trough_month_factor: Number
    waits_share: Number
    quality_observed: Number
    regulation_intensity: Number
    chain: Chain
    data_pairs: DataPairs
    usual_tools: UsualTools
    stage_hours: dict[StageName, Number]
    error_weight: dict[StageName, Number]
    parameters: dict[str, dict[str, Number]] = Field({})
    conversion: dict[str, Number] = Field({})


class ToolFile(Numbers):
    """A tool family; `hours_taken_<stage>` numbers stand among the others."""

    title: str
    products: str
    stages: list[StageName]
    customer_facing: bool
    project: Literal["subscription", "equipment", "integration"]
    edges: list[Pair]
    hub: bool = False
    notes: str
    one_off: Number
    subscription: Number
    per_use: Number | None = None
    implementation_months: Number
    hype: Number
    breach_exposure: Number
    convenience: Number
    equipment_gain: Number
