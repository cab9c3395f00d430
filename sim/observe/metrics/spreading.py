"""Metrics of spreading: which part of a market's firms owns each tool of the catalogue, month by month."""

from __future__ import annotations

from collections.abc import Callable

from sim.arrays import Floats
from sim.observe.metrics.base import Month, Monthly, Overall
from sim.scenario.files import catalogue_document


def _owned(family: int) -> Callable[[Month], Floats]:
    """Takes the share of open firms that own a tool family."""
    return lambda month: month.world.worlds.adopted[month.w, family]


SCALARS: tuple[Overall, ...] = ()

SERIES = tuple(
    Monthly(f"adopted_{name}", "share of firms", f"Firms that own: {tool['title']}",
            "of all open firms of the market, bought or in use", of=_owned(family), closed=None)
    for family, (name, tool) in enumerate(catalogue_document().data.items())
)
