"""A small study to put into a store."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.store import RunResult, RunRow, canonical_json


@dataclass(frozen=True)
class Described:
    """A metric as the registry describes it."""

    name: str
    unit: str = "USD"
    label: str = "What the firm was worth"
    line: str = "Cash and discounted profit."


METRICS = [Described("owner_value_usd"), Described("closed_month", unit="months"), Described("cash_usd")]


def asked(replicate: int = 0, arm: str = "aligned", **changes: object) -> RunRow:
    """Return a run of a study about a bakery, changed in the fields that are named."""
    fields: dict[str, object] = {
        "study": "bakery",
        "scenario": "bakery_ordering",
        "arm": arm,
        "assignment": "focal",
        "replicate": replicate,
        "seed": 7,
        "months": 3,
        "model_version": "0.1.0",
        "parameters": canonical_json({"adoption": {"setup_usd": 18.5}}),
        "arm_definition": canonical_json({"score": arm}),
    }
    return RunRow(**(fields | changes))  # type: ignore[arg-type]


def result(run: str, value: float = 1.5) -> RunResult:
    """Return what a run could have produced."""
    return RunResult(
        id=run,
        scalars={"owner_value_usd": value, "closed_month": float("nan")},
        series={"cash_usd": np.array([value, 2.0, 3.0])},
        events=[(2, "purchase", "The owner bought a tool."), (1, "start", "The shop opened.")],
    )
