"""A store on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.store import Store
from tests.store.samples import METRICS


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Path of a store that does not exist yet."""
    return tmp_path / "results.sqlite"


@pytest.fixture
def store(place: Path) -> Iterator[Store]:
    """An empty store that knows the metrics."""
    with Store.open(place) as opened:
        opened.describe_metrics(METRICS)
        yield opened
