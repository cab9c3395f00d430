"""Is a result what its question gives? Runs are computed again from what the store holds of them, and compared.

Every bit of every number counts; words for people do not. Nothing but the store is asked: a scenario file may have
changed or be gone since.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, get_args

from sim import MODEL_VERSION
from sim.observe.observation import BOOKS, Observation
from sim.run import Assignment, Job, batches, simulate
from sim.scenario.presets import tools
from sim.scenario.scenario import from_fingerprint, goal_in
from sim.store import RunResult, RunRow, SeriesRow, Store, thinned
from sim.strategies.arms import Arm, Purchase

ASSIGNMENTS: dict[str, Assignment] = {name: name for name in get_args(Assignment)}


def job_of(row: RunRow) -> Job:
    """The job that a stored run was; InputError if its parameters are of another version."""
    params, families = from_fingerprint(row.parameters)
    titles = {name: tool.title for name, tool in tools().items()}
    arms = json.loads(row.arm_definition)
    return Job(
        params, {family: titles.get(family, family) for family in families}, _arm(row.arm, arms["arm"]),
        _arm("others", arms["others"]), ASSIGNMENTS[row.assignment], row.seed, row.replicate, row.months,
        frozenset(arms.get("switched_off", ())), goal_in(row.parameters),
        others=arms.get("watched") == "others",
    )


def _arm(name: str, factors: dict[str, Any]) -> Arm:
    """An arm out of its factors; its words are not stored and decide nothing."""
    purchases = tuple(Purchase(**purchase) for purchase in factors["purchases"])
    return Arm(name, name, "", **(factors | {"purchases": purchases, "weights": tuple(factors["weights"])}))


def chosen(store: Store, count: int) -> list[RunRow]:
    """So many runs that are done, in the order of their names, which is no order at all: names are hashes.

    Runs of another version of the model cannot be computed again and are left out.
    """
    rows = {row.id: row for row in store.rows() if row.model_version == MODEL_VERSION}
    done = rows.keys() - store.missing(rows.keys())
    return [rows[run] for run in sorted(done)[:count]]


def differences(store: Store, rows: Sequence[RunRow]) -> Iterator[tuple[int, list[str]]]:
    """Compute the runs again, batch by batch; gives how many were done and a sentence for each that differs."""
    columns = _panel_columns(store, [row.id for row in rows])
    jobs = [replace(job_of(row), panel=frozenset(columns.get(row.id, ()))) for row in rows]
    for positions in batches(jobs):
        ids = [rows[position].id for position in positions]
        results = store.results(ids, series=())
        curves: dict[str, list[SeriesRow]] = {run: [] for run in ids}
        for one in store.stored_series(ids) + store.stored_panel(ids):
            curves[one.run].append(one)
        again = simulate([jobs[position] for position in positions])
        found = (_difference(results[run], curves[run], new) for run, new in zip(ids, again, strict=True))
        yield len(ids), [sentence for sentence in found if sentence]


def _panel_columns(store: Store, ids: Sequence[str]) -> dict[str, set[str]]:
    """Which columns of the firm panel the store holds, by run."""
    found: dict[str, set[str]] = {}
    for one in store.stored_panel(ids):
        found.setdefault(one.run, set()).add(one.metric)
    return found


def _difference(stored: RunResult, curves: Sequence[SeriesRow], again: Observation) -> str:
    """A sentence on the first thing that differs, or nothing."""
    for name, old in sorted(stored.scalars.items()):
        new = again.scalars.get(name, math.nan)
        if old != new and not (math.isnan(old) and math.isnan(new)):
            return f"Run {stored.id}: {name} is {old!r} in the store and {new!r} when it is computed again."
    for curve in curves:
        values = (again.series if curve.values.ndim == 1 else again.panel).get(curve.metric)
        if values is None or thinned(values, curve.every_months).tobytes() != curve.values.tobytes():
            return f"Run {stored.id}: the series {curve.metric} differs when it is computed again."
    happened = [(event.month, event.kind) for event in again.events]
    if any(kind == BOOKS for _, kind, _ in stored.events):  # not every study reckons every project
        happened += [(project.start_month, BOOKS) for project in again.projects]
    if stored.events and [event[:2] for event in stored.events] != happened:  # a sparse log keeps no events
        return f"Run {stored.id}: other events happen when it is computed again."
    return ""
