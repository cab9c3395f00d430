"""The firm panel as people read it: a row per firm and month in which it was in business."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import reduce

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.store.records import OF_FIRMS
from sim.store.store import Store

BIRTH = "birth"
FIRM_MONTH = ["month", "firm"]
PLACE = ["study", "scenario", "arm", "assignment", "replicate", "run"]


def firm_months(columns: Mapping[str, NDArray[np.float64]], every_months: int) -> pd.DataFrame:
    """Return month (0 is the first), firm (its slot) and the columns, each (kept months, firm slots), as rows.

    Rows without any value, where no firm was in business, are left out.
    """
    months, slots = next(iter(columns.values())).shape
    frame = pd.DataFrame({
        "month": np.repeat(np.arange(1, months + 1) * every_months - 1, slots),
        "firm": np.tile(np.arange(slots), months),
        **{name: values.ravel() for name, values in columns.items()},
    })  # fmt: skip
    return frame.dropna(subset=list(columns), how="all", ignore_index=True)


def kept_columns(store: Store) -> list[str]:
    """Return the columns of the firm panel that a store has been asked for, the order of birth first."""
    names = [name.removeprefix(OF_FIRMS) for name in store.metrics()["name"] if name.startswith(OF_FIRMS)]
    return sorted(names, key=lambda name: (name != BIRTH, name))


def panel_frame(store: Store, study: str | None, ids: Collection[str], columns: Sequence[str]) -> pd.DataFrame:
    """Return the firm panel of runs: place in a study, run, month, firm, columns; NaN where one was not kept."""
    whole = [*PLACE, *FIRM_MONTH, *columns]
    by_run: dict[str, dict[int, dict[str, NDArray[np.float64]]]] = {}
    for one in store.stored_panel(ids):
        by_run.setdefault(one.run, {}).setdefault(one.every_months, {})[one.metric] = one.values
    types = dict.fromkeys(FIRM_MONTH, np.int64) | dict.fromkeys(columns, np.float64)
    if not by_run:
        return pd.DataFrame(columns=whole).astype(types | {"replicate": np.int64})
    rows = pd.concat([_of_run(kept).assign(run=run) for run, kept in by_run.items()])
    return store.runs(study)[PLACE].merge(rows, on="run").reindex(columns=whole).astype(types)


def _of_run(kept: Mapping[int, Mapping[str, NDArray[np.float64]]]) -> pd.DataFrame:
    """The columns of a run, those in coarser steps beside those in finer ones."""
    frames = [firm_months(columns, every) for every, columns in sorted(kept.items())]
    return reduce(lambda one, other: one.merge(other, on=FIRM_MONTH, how="outer"), frames)
