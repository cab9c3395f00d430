"""Effects at every point of a design: each arm against the reference in the same worlds.

The rows are tidy (one column per factor, one row per point, arm and metric), so that any package can go on from here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from sim.analysis.columns import summary
from sim.analysis.effects import differences
from sim.arrays import Floats
from sim.design import Design
from sim.design.design_file import FactorFile
from sim.design.settle import Cell
from sim.execute import Asked
from sim.observe.metrics import METRICS
from sim.store import RunResult


@dataclass(frozen=True, eq=False)
class Outcomes:
    """What every arm came to in the same worlds of a point: `values[arm]` has shape (worlds, metrics)."""

    cell: Cell
    assignment: str
    metrics: tuple[str, ...]
    values: Mapping[str, Floats]

    def gap(self, arm: str, reference: str, metric: str) -> Floats:
        """Paired differences of one metric, (worlds,)."""
        column = self.metrics.index(metric)
        return self.values[arm][:, column] - self.values[reference][:, column]


def outcomes(design: Design, runs: Sequence[Asked], results: Mapping[str, RunResult]) -> list[Outcomes]:
    """Outcomes by point and assignment, in the order of the design; worlds that lack a run of any arm are left out."""
    metrics = tuple(name for name in METRICS if name in design.log.scalars)
    found: dict[tuple[str, str], dict[int, dict[str, list[float]]]] = {}
    for row, _ in runs:
        if row.id in results:
            values = [results[row.id].scalars[name] for name in metrics]
            world = found.setdefault((row.scenario, row.assignment), {}).setdefault(row.replicate, {})
            world[row.arm] = values
    out = []
    for cell in design.cells:
        for assignment in design.file.assignments:
            worlds = found.get((cell.place, assignment), {})
            whole = [world for _, world in sorted(worlds.items()) if len(world) == len(design.file.arms)]
            table = {arm: _table([world[arm] for world in whole], len(metrics)) for arm in design.file.arms}
            out.append(Outcomes(cell, assignment, metrics, table))
    return out


def point_effects(design: Design, found: Sequence[Outcomes]) -> pd.DataFrame:
    """One row per point, assignment, arm but the reference, and metric; points without a complete world have none.

    Columns: scenario, one per factor (empty where it is left alone), assignment, arm, reference, metric, unit,
    reference_mean, and those of `sim.analysis.effects.Difference`.
    """
    return pd.DataFrame([row for one in found for row in _rows(design, one)])


def _rows(design: Design, one: Outcomes) -> list[dict[str, object]]:
    """The rows of one point."""
    base = one.values[design.reference]
    if not len(base):
        return []
    others = [arm for arm in design.file.arms if arm != design.reference]
    better = np.array([METRICS[name].better for name in one.metrics])
    first = np.concatenate([one.values[arm] for arm in others], axis=1)
    told = differences(first, np.tile(base, len(others)), better, len(others))
    means = summary(base).mean.tolist() * len(others)
    named = [(arm, name) for arm in others for name in one.metrics]
    place = {"scenario": one.cell.scenario.name, **levels_of(design, one.cell), "assignment": one.assignment}
    return [
        {**place, "arm": arm, "reference": design.reference, "metric": name, "unit": METRICS[name].unit,
         "reference_mean": mean, **asdict(gap)}
        for (arm, name), mean, gap in zip(named, means, told, strict=True)
    ]


def levels_of(design: Design, cell: Cell) -> dict[str, object]:
    """Factor -> its level at a point: a number or word, the position of a dial, or nothing where it is left alone."""
    said = cell.point.levels
    return {
        factor.name: None if factor.name not in said else
        said[factor.name][0] if factor.dial else next(iter(said[factor.name][1].values()))
        for factor in design.file.factor
    }


def words_of(factor: FactorFile) -> list[str]:
    """Levels of a factor that are words or positions of a dial, in the order of the file; none if they are numbers."""
    return list(factor.dial) or (factor.levels if any(isinstance(one, str) for one in factor.levels) else [])


def _table(rows: Sequence[Sequence[float]], columns: int) -> Floats:
    return np.array(rows, dtype=np.float64).reshape(len(rows), columns)
