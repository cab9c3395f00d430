"""The catalogue of tools with some of its numbers changed, as a point of a design may ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sim.params.sector import STAGES, Catalogue
from sim.scenario.presets import COLUMNS, tools


def retooled(standing: Catalogue, changes: Mapping[str, Mapping[str, float]]) -> Catalogue:
    """The catalogue with other numbers (named as in the catalogue's file) of some families; what is on offer stays."""
    if not changes:
        return standing
    columns = {column: getattr(standing, column).copy() for column in (*COLUMNS, "hours_taken")}
    for family, numbers in changes.items():
        row = list(tools()).index(family)
        for column, key in COLUMNS.items():
            columns[column][row] = numbers.get(key, columns[column][row])
        for position, stage in enumerate(STAGES):
            hours = columns["hours_taken"][row]
            hours[position] = numbers.get(f"hours_taken_{stage}", hours[position])
    for values in columns.values():
        values.flags.writeable = False
    return replace(standing, **columns)
