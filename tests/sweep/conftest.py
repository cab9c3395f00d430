"""A design over a small street, quick to run: two factors, three arms, a few futures of a few months."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

STREET = """
title = "A small street"
why = "To sweep over quickly."
sector = "bakery"
months = 6
catalogue = ["online_ordering", "production_kitchen_equipment"]
background = "none"

[setup]
small_firms = 5
large_firms = 1
spare_slots = 6
customers = 120

[arms.quote]
label = "Buys the ordering tool"
line = "Buys it in the second month."
score = "planned"
purchases = [{ item = "online_ordering", month = 1 }]
"""

HEAD = """
title = "A test"
question = "Does it work?"
scenarios = [{scenario!r}]
months = {months}
seed = 7
replicates = {replicates}
arms = ["none", "quote", "aligned"]
{top}
[design]
{design}
{factors}
{log}
"""

FACTORS = """
[[factor]]
name = "looking"
vary = "strategy.assessment_months"
levels = [0, 2]
arms = ["aligned"]

[[factor]]
name = "ovens"
vary = "throughput.equipment_utilisation"
low = 0.7
high = 0.98
"""

Write = Callable[..., str]


@pytest.fixture(scope="session")
def street(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Path of a small scenario."""
    path = tmp_path_factory.mktemp("scenario") / "street.toml"
    path.write_text(STREET, encoding="utf-8")
    return str(path)


@pytest.fixture
def written(tmp_path: Path, street: str) -> Write:
    """Write a design file over the street and return its path."""

    def write(
        design: str = 'kind = "full_factorial"', factors: str = FACTORS, name: str = "small", top: str = "",
        log: str = "", replicates: int = 3, months: int = 6,
    ) -> str:
        text = HEAD.format(
            scenario=street, months=months, replicates=replicates, top=top, design=design, factors=factors, log=log,
        )
        path = tmp_path / f"{name}.toml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write
