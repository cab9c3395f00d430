"""Results of a study as people ask for them: tidy paired frames, a table with uncertainty, pictures by name.

A study is a scenario or a whole design; either way a row is one run, and every difference is taken against the
reference in the same world of the same point.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sim.analysis.comparison import Comparison
from sim.analysis.contrasts import contrasts
from sim.analysis.paired import paired_table
from sim.analysis.paired_view import PairedTable
from sim.analysis.pictures import picture
from sim.analysis.report import report_files
from sim.analysis.robustness import robustness
from sim.arrays import Floats
from sim.errors import InputError, nearest_name
from sim.observe.metrics import METRICS, Metric

SHOWN = ("owner_value_usd", "alive_share", "revenue_last_year_usd", "wait_ratio", "quits")
PLACE = ("scenario", "assignment")


@dataclass(frozen=True, eq=False)
class Results:
    """All runs of a study.

    `scalars` has one row per run: scenario, assignment, one column per factor, arm, replicate, then metrics. `labels`
    are the words for people of each arm, in order; `series_of(metric)` gives scenario, assignment, factors, arm,
    replicate, month (0 is the first) and value; `panel_of(column)` the same of every firm, with slot and birth.
    `comparison` holds everything the report needs; a design has none. `words` are the levels of factors that are not
    numbers, in the order of the file.
    """

    title: str
    labels: dict[str, str]
    reference: str
    factors: tuple[str, ...]
    months: int
    scalars: pd.DataFrame
    series_of: Callable[[str], pd.DataFrame]
    panel_of: Callable[[str], pd.DataFrame]
    comparison: Comparison | None = None
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def worlds(self) -> int:
        """How many worlds were lived through."""
        return int(self.scalars["replicate"].nunique())

    def frame(self, metric: str, arms: Sequence[str] | None = None) -> pd.DataFrame:
        """One row per run of the arms asked for: place, factors, arm, replicate, value, reference, difference.

        `reference` is the value of the reference in the same world and `difference` the value less it. Raises
        InputError for a metric or arm that is not there.
        """
        self._known(metric, [name for name in METRICS if name in self.scalars], "metric")
        for arm in arms or ():
            self._known(arm, list(self.labels), "strategy")
        place = [*PLACE, *self.factors]
        values = self.scalars[[*place, "arm", "replicate", metric]].rename(columns={metric: "value"})
        base = values[values["arm"] == self.reference].drop(columns="arm").rename(columns={"value": "reference"})
        paired = values.merge(base, on=[*place, "replicate"], how="left")
        wanted = paired[paired["arm"].isin(list(arms or self.labels))]
        return wanted.assign(difference=wanted["value"] - wanted["reference"]).reset_index(drop=True)

    def series(self, metric: str, arms: Sequence[str] | None = None) -> pd.DataFrame:
        """One row per run and month: place, factors, arm, replicate, month and value."""
        tidy = self.series_of(metric)
        return tidy[tidy["arm"].isin(list(arms or self.labels))].reset_index(drop=True)

    def panel(self, column: str, arms: Sequence[str] | None = None) -> pd.DataFrame:
        """One row per run, month and firm in business: place, factors, arm, replicate, month, firm, birth, value.

        Raises InputError for a column that the design's `[log]` does not ask for, and for a scenario.
        """
        tidy = self.panel_of(column)
        return tidy[tidy["arm"].isin(list(arms or self.labels))].reset_index(drop=True)

    def compare(self, metrics: Sequence[str] = SHOWN) -> PairedTable:
        """Every choice against the reference, at every point, with uncertainty on every number."""
        tables = [self._compared(metric) for metric in metrics]
        frame = pd.concat(tables, ignore_index=True)
        return PairedTable(self.title, self.labels[self.reference], self.worlds, self.factors, frame)

    def contrasts(self, metric: str, arm: str, order: int = 2) -> pd.DataFrame:
        """Main effects and interactions of a two-level design on what an arm gains over the reference.

        Raises InputError without factors, with more than two levels, and with several scenarios or assignments.
        """
        several = [name for name in PLACE if self.scalars[name].nunique() > 1]
        if several or not self.factors:
            found = f"has several of {', '.join(several)}" if several else "varies nothing"
            raise InputError(f"Contrasts are of factors in one scenario and assignment; this study {found}.")
        tidy = self.frame(metric, [arm])
        wide = tidy.pivot(index=list(self.factors), columns="replicate", values="difference").dropna(axis=1)
        levels = wide.index.to_frame(index=False)
        placed = {name: levels[name].map(list(words).index) for name, words in self.words.items()}
        return contrasts(levels.assign(**placed), wide.to_numpy(dtype=np.float64), order)

    def robustness(self, metric: str, goal: float) -> pd.DataFrame:
        """Regret, worst cases and how often the goal is met, over all worlds of all points."""
        wide = self._wide(self.frame(metric)).dropna()
        outcomes = {self.labels[arm]: wide[arm].to_numpy(dtype=np.float64) for arm in self.labels}
        return robustness(outcomes, goal, self.labels[self.reference], METRICS[metric].better or 1)

    def figure(self, name: str, metric: str = SHOWN[0], **options: object) -> Figure:
        """A picture by name (see `sim.analysis.pictures`); `arm`, `x`, `y` or `goal` where it needs them."""
        return picture(self, name, metric, options)

    def report(self, folder: str | Path) -> Path:
        """Write the report into a folder, and say where it is. Raises InputError for a design."""
        if self.comparison is None:
            raise InputError("A report tells of one scenario; take the pictures and tables of a design instead.")
        place = Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        for name, content in report_files(self.comparison).items():
            (place / name).write_text(content, encoding="utf-8")
        return place / "report.html"

    def _repr_html_(self) -> str:
        return self.compare()._repr_html_()

    def __repr__(self) -> str:
        return f"Results of {self.title!r}: {self.worlds} worlds, {', '.join(self.labels)}"

    def _compared(self, metric: str) -> pd.DataFrame:
        """The paired table of one metric at every point, as rows."""
        told: Metric = METRICS[metric]
        rows = []
        place = [*PLACE, *self.factors]
        for key, part in self.frame(metric).groupby(place, sort=False, dropna=False):
            wide = part.pivot(index="replicate", columns="arm", values="value")
            outcomes: dict[str, Floats] = {arm: wide[arm].to_numpy(dtype=np.float64) for arm in self.labels}
            table = paired_table(outcomes, self.reference, told.better or 1).reset_index(names="arm")
            known: list[tuple[str, Any]] = [*zip(place[::-1], key[::-1], strict=True), ("metric", metric)]
            for column, value in known:
                table.insert(0, column, value)
            after = 2 + len(place)
            table.insert(after, "choice", table["arm"].map(self.labels))
            table.insert(after + 1, "level", wide[self.reference].mean())
            rows.append(table)
        return pd.concat(rows, ignore_index=True)

    def _wide(self, tidy: pd.DataFrame) -> pd.DataFrame:
        """One row per world of a point, one column per arm."""
        return tidy.pivot(index=[*PLACE, *self.factors, "replicate"], columns="arm", values="value")

    def _known(self, name: str, there: Sequence[str], what: str) -> None:
        if name not in there:
            hint = nearest_name(name, there) or f"; there are {', '.join(there)}"
            raise InputError(f"No {what} is called {name!r}{hint}.")
