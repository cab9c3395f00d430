"""Pictures of results by name: which frame each one takes from a study, and what it must be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sim.analysis.figures.curves import diffusion, fan, survival
from sim.analysis.figures.premium import premium_map
from sim.analysis.figures.rows import contrast_plot, effect_plot, regret_plot
from sim.analysis.figures.spread import return_spread
from sim.analysis.premium import premium_cells
from sim.errors import InputError, nearest_name
from sim.observe.metrics import METRICS, SERIES

if TYPE_CHECKING:
    from sim.analysis.results import Results

YEAR = 12
HURDLE_YEAR = 0.2


def picture(results: Results, name: str, metric: str, options: Mapping[str, Any]) -> Figure:
    """Draw a picture; InputError for a name that is not there or an option that is missing or unknown."""
    if name not in PICTURES:
        hint = nearest_name(name, PICTURES) or f"; there are {', '.join(PICTURES)}"
        raise InputError(f"No picture is called {name!r}{hint}.")
    draw, takes = PICTURES[name]
    if set(options) - set(takes):
        raise InputError(f"{name} takes {', '.join(takes) or 'no options'}; found {', '.join(options)}.")
    return draw(results, metric, **options)


def _effects(results: Results, metric: str) -> Figure:
    one = METRICS[metric]
    table = results.compare([metric]).frame.set_index("choice")
    if results.factors:
        table = table.assign(note=[_point(row, results.factors) for row in table.to_dict("records")])
    return effect_plot(table, one.unit, one.label, results.labels[results.reference])


def _fan(results: Results, metric: str) -> Figure:
    one = SERIES[metric if metric in SERIES else "cash_usd"]
    arms = [results.reference, list(results.labels)[-1]]
    return fan(_worded(results, results.series(one.name, arms)), one.unit, one.label, results.labels[results.reference])


def _survival(results: Results, metric: str) -> Figure:
    return survival(_worded(results, results.series("alive")), results.labels[results.reference])


def _diffusion(results: Results, metric: str) -> Figure:
    return diffusion(_worded(results, results.series("projects")), results.labels[results.reference])


def _returns(results: Results, metric: str, hurdle: float = HURDLE_YEAR) -> Figure:
    gain, cost = (results.frame(name) for name in ("owner_value_usd", "automation_cost_usd"))
    years = results.months / YEAR
    spent = cost["difference"].where(cost["difference"] > 0)
    told = gain.assign(value=gain["difference"] / spent / years, choice=gain["arm"].map(results.labels))
    return return_spread(told[told["arm"] != results.reference], hurdle)


def _regret(results: Results, metric: str, goal: float = 0.0) -> Figure:
    return regret_plot(results.robustness(metric, goal), METRICS[metric].unit)


def _contrasts(results: Results, metric: str, arm: str | None = None) -> Figure:
    chosen = arm or list(results.labels)[-1]
    one = METRICS[metric]
    found = results.contrasts(metric, chosen)
    named = found.set_index(found.index.str.replace("_", " ")).assign(also=found["also"].str.replace("_", " "))
    return contrast_plot(named, one.unit, f"{one.label}: gain of “{results.labels[chosen]}”")


def _map(results: Results, metric: str, x: str | None = None, y: str | None = None) -> Figure:
    chosen = (x, y) if x and y else results.factors[:2]
    if len(chosen) < 2 or not set(chosen) <= set(results.factors):
        raise InputError(f"A map needs two factors, x and y; this study has {', '.join(results.factors) or 'none'}.")
    tidy = results.frame(metric)
    others = [name for name in results.factors if name not in chosen]
    world = tidy[["scenario", "assignment", *others, "replicate"]].astype(str).agg(" · ".join, axis=1)
    cells = tidy.assign(x=tidy[chosen[0]], y=tidy[chosen[1]], choice=tidy["arm"].map(results.labels), replicate=world)
    told = premium_cells(cells, METRICS[metric].better or 1)
    labels = (chosen[0].replace("_", " "), chosen[1].replace("_", " "))
    return premium_map(told, labels, METRICS[metric].unit, results.labels[results.reference])


def _worded(results: Results, tidy: pd.DataFrame) -> pd.DataFrame:
    """The frame with words for people, and a world of its own for every replicate of every point."""
    world = tidy.groupby(["scenario", "assignment", *results.factors, "replicate"], dropna=False, sort=False).ngroup()
    order = pd.Categorical(tidy["arm"], list(results.labels)).codes
    told = tidy.assign(choice=tidy["arm"].map(results.labels), replicate=world)
    return told.iloc[np.argsort(order, kind="stable")]


def _point(row: Mapping[Any, Any], factors: tuple[str, ...]) -> str:
    """The point of a row in words."""
    levels = {name: f"{row[name]:g}" if isinstance(row[name], float | int) else str(row[name]) for name in factors}
    return ", ".join(f"{name.replace('_', ' ')} {level}" for name, level in levels.items())


PICTURES: dict[str, tuple[Callable[..., Figure], tuple[str, ...]]] = {
    "effects": (_effects, ()),
    "fan": (_fan, ()),
    "survival": (_survival, ()),
    "diffusion": (_diffusion, ()),
    "returns": (_returns, ("hurdle",)),
    "regret": (_regret, ("goal",)),
    "contrasts": (_contrasts, ("arm",)),
    "map": (_map, ("x", "y")),
}
