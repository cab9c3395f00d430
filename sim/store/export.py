"""Tidy tables out of a store, portion by portion, so that a store larger than memory can be written too."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.errors import InputError
from sim.store.panel import kept_columns, panel_frame
from sim.store.records import LookRow
from sim.store.store import Store

RUNS_AT_ONCE = 1_000
TABLES = {
    "runs": "one row per run and place in a study: what was asked, whether it is done, why it failed",
    "scalars": "one row per run, place in a study, and metric; empty where a value does not exist",
    "series": "one row per run, metric and month (0 is the first)",
    "panel": "one row per run, place in a study, month (0 is the first) and firm in business, where a design asked for "
             "it; firm is a slot, birth tells a firm from an entrant that has its slot later",
    "events": "one row per thing that happened in a run, in order, in words; kind books: a project as JSON",
    "looks": "what was seen of a difference before all worlds were in, and what was decided",
    "metrics": "name, unit and definition of every metric",
    "parameters": "every number of every resolved scenario, under the hash that `runs` refers to",
    "arms": "every factor of every strategy, under the hash that `runs` refers to",
}
Frames = Iterable[pd.DataFrame]
Writer = Callable[[Path, Frames], None]


def tables(store: Store, study: str | None) -> Iterator[tuple[str, Frames]]:
    """Yield the tables of a store, or of one of its studies, by name; each in one or more portions."""
    runs = store.runs(study)
    ids = list(dict.fromkeys(runs["run"]))
    portions = [ids[start : start + RUNS_AT_ONCE] for start in range(0, len(ids), RUNS_AT_ONCE)]
    yield "runs", [runs]
    yield "scalars", (store.scalars(study, ids=portion) for portion in portions or [[]])
    yield "series", (_series(store, portion) for portion in portions or [[]])
    columns = kept_columns(store)
    if columns:
        yield "panel", (panel_frame(store, study, portion, columns) for portion in portions or [[]])
    yield "events", (_events(store, portion) for portion in portions or [[]])
    yield "looks", [pd.DataFrame(store.looks(study), columns=LookRow._fields)]
    yield "metrics", [store.metrics()]
    asked = store.rows(study)
    yield "parameters", [_numbers("parameters_hash", {row.parameters_hash: row.parameters for row in asked})]
    yield "arms", [_numbers("arm_hash", {row.arm_hash: row.arm_definition for row in asked})]


def write_csv(file: Path, frames: Frames) -> None:
    """Write portions below one another, floats to the last bit."""
    for number, frame in enumerate(frames):
        frame.to_csv(file, mode="a" if number else "w", header=not number, index=False)


def write_parquet(file: Path, frames: Frames) -> None:
    """Write portions as groups of rows; InputError if pyarrow is not installed."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise InputError("Parquet needs the package pyarrow: pip install 'smbsim[parquet]'.") from None
    writer = None
    for frame in frames:
        table = pyarrow.Table.from_pandas(frame, schema=writer and writer.schema, preserve_index=False)
        writer = writer or parquet.ParquetWriter(file, table.schema)
        writer.write_table(table)
    if writer is not None:
        writer.close()


def _series(store: Store, ids: list[str]) -> pd.DataFrame:
    """Every value of every series with its month."""
    kept = store.stored_series(ids)
    lengths = [len(one.values) for one in kept]
    months = [np.arange(1, len(one.values) + 1) * one.every_months - 1 for one in kept]
    return pd.DataFrame({
        "run": np.repeat([one.run for one in kept], lengths),
        "metric": np.repeat([one.metric for one in kept], lengths),
        "month": np.concatenate([np.empty(0, np.int64), *months]),
        "value": np.concatenate([np.empty(0), *(one.values for one in kept)]),
    })  # fmt: skip


def _events(store: Store, ids: list[str]) -> pd.DataFrame:
    rows = [(run, *event) for run, events in store.events_of(ids).items() for event in events]
    return pd.DataFrame(rows, columns=["run", "month", "kind", "text"])


def _numbers(key: str, texts: dict[str, str]) -> pd.DataFrame:
    """Every number or word of JSON texts under its dotted name."""
    rows = [(name, path, value) for name, text in sorted(texts.items()) for path, value in _flat(json.loads(text))]
    return pd.DataFrame(rows, columns=[key, "name", "value"])


def _flat(content: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Leaves of a JSON value with their dotted names, as JSON."""
    inner = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for name, value in inner:
        yield from _flat(value, f"{path}.{name}" if path else str(name))
    if not isinstance(content, dict | list):
        yield path, json.dumps(content)
