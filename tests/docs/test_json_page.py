"""The JSON shown in docs/json.md has the shape of the JSON that is written."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from sim.analysis.to_json import as_json
from tests.analysis.synthetic import comparison

PAGE = Path(__file__).parents[2] / "docs/json.md"


def shape(value: Any) -> Any:
    """Keys and kinds; of lists and of metrics, what their first entry looks like."""
    match value:
        case {"metrics": {**metrics}, **rest}:
            return {**shape(rest), "metrics": shape(next(iter(metrics.values())))}
        case dict():
            return {key: shape(entry) for key, entry in value.items()}
        case list():
            return [shape(value[0])]
    return "text" if isinstance(value, str) else "number"


def test_the_page_shows_what_is_written() -> None:
    shown = re.search(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    written = as_json(comparison(worlds=3, months=24))

    assert shown is not None
    assert shape(json.loads(shown[1])) == shape(json.loads(json.dumps(written)))
