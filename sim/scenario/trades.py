"""The market of a trade: its sector's numbers, the tools that can be bought, and the parameters in which it differs.

What a sector's file says under `parameters` stands in for the model's own number wherever a scenario says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sim.params import Params
from sim.scenario.presets import catalogue, sector, sector_file

NEAREST = "take the trade whose work is most like yours: a salon health_practice, a repair shop light_manufacturing"


def market(trade: str, offered: list[str], tool_changes: Mapping[str, Mapping[str, float]] | None = None) -> Params:
    """A neighbourhood of this trade with these tools on offer; InputError if the sector's file is wrong."""
    pairs = {frozenset(pair) for pair in sector_file(trade).data_pairs.pairs}
    params = Params(sector(trade), catalogue(offered, tool_changes or {}, pairs))
    return params.changed(**own_parameters(trade))


def own_parameters(trade: str) -> dict[str, dict[str, float]]:
    """The parameters, by group, in which a trade differs from the model's own numbers."""
    parameters = sector_file(trade).parameters
    return {group: {name: entry.value for name, entry in entries.items()} for group, entries in parameters.items()}


def moved(params: Params, before: str, after: str) -> Params:
    """The same scenario in another trade; numbers that the scenario itself has set stay."""
    old, new = market(before, []), market(after, [])
    params = replace(params, sector=new.sector)
    for group in {*own_parameters(before), *own_parameters(after)}:
        was, now, standing = (getattr(each, group) for each in (old, new, params))
        names = {*own_parameters(before).get(group, {}), *own_parameters(after).get(group, {})}
        untouched = {name: getattr(now, name) for name in names if getattr(standing, name) == getattr(was, name)}
        params = params.changed(**{group: untouched})
    edges = {name: getattr(new.catalogue, name) for name in ("edges", "edges_at")}
    return replace(params, catalogue=replace(params.catalogue, **edges))
