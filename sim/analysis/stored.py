"""From stored runs, or a comparison in memory, to results: tidy frames with a column per factor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import pandas as pd

from sim.analysis.comparison import Comparison
from sim.analysis.points import levels_of, words_of
from sim.analysis.results import Results
from sim.arrays import Floats
from sim.design import Design
from sim.errors import InputError
from sim.execute import Asked
from sim.observe.metrics import METRICS
from sim.observe.panel import BIRTH
from sim.store import RunRow, Store
from sim.store.panel import firm_months

AS_IT_IS = "as it is"
Placed = tuple[Mapping[str, object], Mapping[str, Floats]]


def of_comparison(comparison: Comparison) -> Results:
    """The results of one scenario."""
    stacked = comparison.scalars.stack(level="arm", future_stack=True).reset_index()
    place = {"scenario": comparison.scenario, "assignment": comparison.assignment}
    scalars = pd.DataFrame(place, index=stacked.index).join(stacked[["arm", "replicate", *METRICS]])

    def series_of(metric: str) -> pd.DataFrame:
        arms = [arm.name for arm in comparison.arms]
        parts = [_long(comparison.series[arm][metric], place | {"arm": arm}) for arm in arms]
        return pd.concat(parts, ignore_index=True)

    return Results(
        title=comparison.title, labels={arm.name: arm.label for arm in comparison.arms},
        reference=comparison.reference.name, factors=(), months=comparison.months, scalars=scalars,
        series_of=series_of, panel_of=_no_panel, comparison=comparison,
    )


def _no_panel(column: str) -> pd.DataFrame:
    raise InputError(f"Only a design can keep {column} of every firm; say so in its [log].")


def of_design(design: Design, runs: Sequence[Asked], store: Store) -> Results:
    """The results of those of a design's runs that are done; InputError if none is."""
    found = store.results([row.id for row, _ in runs], design.log.series, design.log.every_months)
    done = [(row, found[row.id]) for row, _ in runs if row.id in found]
    if not done:
        raise InputError(f"The store holds no finished run of {design.name}; sweep it first.")
    places = [_place(design, row) for row, _ in done]
    firms = store.panel(list(found), design.log.panel, design.log.every_months)
    panels = [(place, firms.get(row.id, {})) for place, (row, _) in zip(places, done, strict=True)]
    table = [place | dict(result.scalars) for place, (_, result) in zip(places, done, strict=True)]

    def series_of(metric: str) -> pd.DataFrame:
        if metric not in design.log.series:
            kept = ", ".join(sorted(design.log.series)) or "none"
            raise InputError(f"{design.name} kept no series of {metric}, of others: {kept}; add it to [log].")
        step = design.log.every_months
        kept_of = [result.series[metric][None, :] for _, result in done]
        parts = [_long(values, place, step) for values, place in zip(kept_of, places, strict=True)]
        return pd.concat(parts, ignore_index=True)

    return Results(
        title=design.file.title, labels={arm.name: arm.label for arm in design.cells[0].arms},
        reference=design.reference, factors=tuple(factor.name for factor in design.file.factor),
        months=max(job.months for _, job in runs), scalars=pd.DataFrame(table), series_of=series_of,
        panel_of=partial(_panel, design, panels), words=_words(design),
    )


def _words(design: Design) -> dict[str, list[str]]:
    """Levels that are no numbers, by factor."""
    return {factor.name: words_of(factor) for factor in design.file.factor if words_of(factor)}


def _place(design: Design, row: RunRow) -> dict[str, object]:
    """Where a run stands in its design: scenario, assignment, the value of each factor, arm and replicate."""
    cell = next(cell for cell in design.cells if cell.place == row.scenario)
    levels = {name: AS_IT_IS if level is None else level for name, level in levels_of(design, cell).items()}
    place = {"scenario": cell.scenario.name, "assignment": row.assignment}
    return place | levels | {"arm": row.arm, "replicate": row.replicate}


def _panel(design: Design, panels: Sequence[Placed], column: str) -> pd.DataFrame:
    """A column of the firm panel as rows; InputError if the design did not ask for it."""
    asked = sorted(design.log.panel - {BIRTH})
    if column not in asked:
        kept = ", ".join(asked) or "nothing"
        raise InputError(f"{design.name} kept no {column} of every firm, but {kept}; add it to panel in [log].")
    parts = [
        _beside(place, firm_months({BIRTH: firms[BIRTH], "value": firms[column]}, design.log.every_months))
        for place, firms in panels
    ]
    return pd.concat(parts, ignore_index=True)


def _beside(place: Mapping[str, object], rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with the place of their run in front."""
    return pd.concat([pd.DataFrame(dict(place), index=rows.index), rows], axis=1)


def _long(values: Floats, place: Mapping[str, object], every_months: int = 1) -> pd.DataFrame:
    """A series per world, (worlds, kept months), as rows; without a replicate in its place, worlds are numbered."""
    worlds, kept = values.shape
    months = np.arange(every_months - 1, every_months * kept, every_months)
    content = dict(place) | {"month": np.tile(months, worlds), "value": values.ravel()}
    return pd.DataFrame({"replicate": np.repeat(np.arange(worlds), kept)} | content)
