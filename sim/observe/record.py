"""Writing down a run: one number per metric, month and world, and the scalars that follow from them.

The firms watched are those of month 0 that the question is about. A closed firm counts as zero money, zero orders,
not as missing; its slot may since have gone to an entrant, who is not counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sim import numerics
from sim.arrays import Floats, Ints
from sim.observe.metrics import METRICS, SERIES, Monthly
from sim.observe.metrics.base import YEAR, Lived, Month, Watched
from sim.params.goal import Goal
from sim.state import FLOW
from sim.world import World

TOTALS = tuple(metric.name for metric in SERIES.values() if metric.lasting)


def watch(world: World, rows: Ints) -> Watched:
    """Watch the firms in these rows, (worlds, firms), each in the order of the slots."""
    flat = rows.reshape(-1)
    return Watched(flat, world.firms.birth[flat].copy(), rows.shape[1], np.zeros((len(TOTALS), len(flat))),
                   np.zeros((2 * YEAR, len(flat))))


def month_row(world: World, watched: Watched) -> Floats:
    """This month's value of every series metric for every world, (metrics, worlds)."""
    month = Month(world, watched)
    watched.sales_usd[(world.month - 1) % (2 * YEAR)] = month.flow(FLOW["sales"])
    values = np.empty((len(SERIES), len(watched.rows)))
    for position, metric in enumerate(SERIES.values()):
        values[position] = _kept(metric, month, watched) if metric.lasting else _now(metric, month)
    return numerics.row_sum(values.reshape(len(values), -1, watched.per_world)) / watched.per_world


def _now(metric: Monthly, month: Month) -> Floats:
    """A metric of this month, (rows,)."""
    value = np.asarray(metric.of(month), dtype=np.float64)
    return value if metric.closed is None else np.where(month.here, value, metric.closed)


def _kept(metric: Monthly, month: Month, watched: Watched) -> Floats:
    """What adds up over the run, (rows,): of a firm that is gone, the last value."""
    total: Floats = watched.totals[TOTALS.index(metric.name)]
    total[month.kept] = np.asarray(metric.of(month))[month.kept]
    return total


def scalars(
    series: Mapping[str, Floats], discount_month: float, firms: int, goal: Goal | None = None
) -> dict[str, float]:
    """Scalars of one run from its series, each (months,); see `METRICS` for what they mean."""
    return scalars_of({name: values[None, :] for name, values in series.items()}, [discount_month], firms, [goal])[0]


def scalars_of(
    series: Mapping[str, Floats], discount_month: Sequence[float], firms: int, goals: Sequence[Goal | None]
) -> list[dict[str, float]]:
    """Scalars of runs side by side from their series, each (runs, months)."""
    runs = Lived(series, discount_month, firms, goals)
    found = {name: metric.of(runs).tolist() for name, metric in METRICS.items()}
    return [dict(zip(found, values, strict=True)) for values in zip(*found.values(), strict=True)]
