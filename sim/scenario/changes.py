"""What a scenario may change: any parameter of any group, and any number of a tool on offer.

The fields are made from the parameters' own declarations, so that ranges, units and texts stand in one place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic import BaseModel, Field, create_model

from sim.params import groups
from sim.params.base import Meaning, meanings
from sim.params.sector import STAGES
from sim.scenario.fields import StageNumber, Strict, quantity, stage

COUNTED = ("firms", "customers")
# In the model -1 (-100 for the owner) stands for "not given"; a file leaves the key out, and what it gives
# starts here.
LOWEST_GIVEN = {
    "employees": 1, "orders_month": 1, "price_usd": 0.01, "materials_share": 0, "wage_usd_hour": 0.1,
    "cash_days": 0, "cash_usd": 0, "overhead_usd_month": 0, "credit_usd": 0, "faulty_share": 0,
    "equipment_utilisation": 0.1, "advertising": 0, "owner_quality": -3,
}
TOOL_NUMBERS = {
    "one_off": ("price of a unit, once", "USD", 0, 10_000_000),
    "subscription": ("price of a unit, every month", "USD/month", 0, 1_000_000),
    "per_use": ("fee on every order that goes through the tool", "share of order value", 0, 0.9),
    "implementation_months": ("months from order to routine use", "months", 0, 60),
    "hype": ("vendor push and talk", "index 0-1", 0, 1),
    "convenience": ("what customers gain from dealing with the firm through it", "utility", -2, 2),
    "convenience_second": ("what customers of the second kind gain besides", "utility", -2, 2),
    "equipment_gain": ("equipment limit it adds at its first stage", "share", 0, 5),
    "slips_found": ("slips made up to its first stage that it finds", "share of slips", 0, 1),
    "errors_found": ("systematic errors up to its first stage that it finds", "share of systematic errors", 0, 1),
    "breach_exposure": ("data and access that a thief would find in it", "index 0-1", 0, 1),
    "error_gap": ("errors it makes besides with customers of the group", "share of orders", 0, 1),
    "works": ("what comes true of what it is rated to do", "share of the rating", 0, 2),
} | {
    f"hours_taken_{stage}": (f"routine work at {stage} it can take over", "share of routine hours", 0, 1)
    for stage in STAGES
}


def _parameter(name: str, meaning: Meaning, group: str) -> tuple[Any, Any]:
    """Type and field of one parameter."""
    if meaning.unit == "stage number":
        return StageNumber, stage(meaning.text)
    low = LOWEST_GIVEN.get(name, meaning.low) if group == "focal" else meaning.low
    kind = int if meaning.unit in COUNTED else float
    return kind, quantity(meaning.text, unit=meaning.unit, low=low, high=meaning.high, default=None)


def _group(name: str) -> type[Strict]:
    """A table whose keys are the parameters of a group."""
    numbers: dict[str, Any] = {key: _parameter(key, m, name) for key, m in meanings(groups()[name]).items()}
    return create_model(name.title(), __base__=Strict, **numbers)


if TYPE_CHECKING:
    Parameters: TypeAlias = Strict
    Setup: TypeAlias = Strict
    Focal: TypeAlias = Strict
    ToolChange: TypeAlias = Strict
else:
    Setup, Focal = _group("setup"), _group("focal")
    Parameters = create_model("Parameters", __base__=Strict, **{
        name: (_group(name), Field(None, description=f"numbers of {name}"))
        for name in groups() if name not in ("setup", "focal")
    })
    ToolChange = create_model("ToolChange", __base__=Strict, **{
        name: (float, quantity(text, unit=unit, low=low, high=high, default=None))
        for name, (text, unit, low, high) in TOOL_NUMBERS.items()
    })


def given(table: BaseModel) -> dict[str, Any]:
    """The keys that a file gives, without those it leaves out."""
    return table.model_dump(exclude_unset=True)
