"""Where a result was computed: everything outside the model that could have changed a bit of it.

`exp`, `log` and `pow` may differ in the last bit between processors and library versions, so both are
recorded.
"""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import distributions

import numpy as np

from sim.store.records import canonical_json


@cache
def provenance() -> str:
    """Return canonical JSON of Python, platform, processor features and the version of every installed
    package."""
    configuration = np.show_config(mode="dicts") or {}
    return canonical_json(
        {
            "python": platform.python_version(),
            "implementation": platform.python_implementation(),
            "system": platform.system(),
            "machine": platform.machine(),
            "cpu_features": configuration.get("SIMD Extensions", {}),
            "packages": {package["Name"]: package["Version"] for package in (one.metadata for one in distributions())},
        }
    )
