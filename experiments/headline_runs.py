"""Plays the designs behind the headline figures, trade by trade: one row per run, or per run and group of firms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd

from sim.analysis.comparison import Comparison
from sim.analysis.headline import lived
from sim.analysis.points import levels_of
from sim.design import Design, load_design
from sim.design.settle import Cell
from sim.execute import executed
from sim.experiment import Question, read_back
from sim.observe.observation import Observation
from sim.run import Assignment, batches
from sim.verbs.compare import CompareRequest, setting
from sim.verbs.places import opened
from sim.verbs.progress import bar
from sim.workers import local_pool

HERE = Path(__file__).parent
DESIGNS = (
    "alignment", "alignment_growth", "alignment_growth_rivals", "spillover", "spillover_all", "headline_settings",
    "headline_settings_growth", "alignment_lenses",
)


def played(name: str, futures: int | None, seed: int | None, workers: int | None) -> pd.DataFrame:
    """The rows of a design; `futures` and `seed` stand in for the file's own in a pilot."""
    design = load_design(str(HERE / f"{name}.toml"))
    changes = {key: value for key, value in (("replicates", futures), ("seed", seed)) if value is not None}
    design = replace(design, file=design.file.model_copy(update=changes))
    trades = {str(levels_of(design, cell)["trade"]): None for cell in design.cells}
    parts = [part for trade in trades for part in _rows_of(design, trade, workers)]
    return pd.concat(parts, ignore_index=True)


def _rows_of(design: Design, trade: str, workers: int | None) -> Iterator[pd.DataFrame]:
    """The rows of one trade, point by point."""
    for cell, assignment, seen in _seen(design, trade, workers):
        rows = lived(_comparison(design, cell, seen)) if assignment == "focal" else pd.DataFrame(
            [{"assignment": assignment, "arm": one.arm, "replicate": one.replicate, **one.scalars} for one in seen])
        yield rows.assign(**levels_of(design, cell))


def _seen(
    design: Design, trade: str, workers: int | None
) -> Iterator[tuple[Cell, Assignment, list[Observation]]]:
    """What every run of a trade gave, by point and assignment."""
    cells = {cell.place: cell for cell in design.cells if levels_of(design, cell)["trade"] == trade}
    runs = [asked for asked in design.runs(0, design.file.replicates) if asked[0].scenario in cells]
    with opened(":memory:") as store:
        with local_pool(workers, len(list(batches([job for _, job in runs])))) as pool:
            _, fresh = executed(runs, store, pool, bar, design.log)
        for place, cell in cells.items():
            for assignment in design.file.assignments:
                own = [(row, job) for row, job in runs if (row.scenario, row.assignment) == (place, assignment)]
                yield cell, assignment, list(read_back(store, own, design.log, fresh))


def _comparison(design: Design, cell: Cell, seen: list[Observation]) -> Comparison:
    """The runs of one point, arranged."""
    file = design.file
    asked = Question(cell.scenario, cell.arms, cell.background, "focal", file.replicates, file.months or 0, file.seed)
    return Comparison.from_observations(seen, setting(CompareRequest(cell.scenario.name), asked))
