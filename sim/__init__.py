"""smbsim: when does automating pay for a small business, and is it alignment, luck, selection or optimism?

`from sim import Study` asks a question in three lines; `from sim import SmbModel` is the Mesa model of one market; the
command is `smbsim`.
"""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"
MODEL_VERSION = "3"
"""Raised whenever the same job may give another result; part of every run's identity in the store."""

__all__ = ["MODEL_VERSION", "SmbModel", "Study", "__version__"]


def __getattr__(name: str) -> Any:
    """Load what is heavy only when it is asked for."""
    if name == "SmbModel":
        from sim.model import SmbModel

        return SmbModel
    if name == "Study":
        from sim.study import Study

        return Study
    raise AttributeError(f"module 'sim' has no attribute {name!r}")
