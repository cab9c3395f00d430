"""What was computed, kept so that it can be resumed, mailed, merged and trusted."""

from sim.store.merge import Merged
from sim.store.records import (
    EventRow,
    Log,
    LookRow,
    RunResult,
    RunRow,
    SeriesRow,
    canonical_json,
    content_hash,
    of_firms,
    thinned,
)
from sim.store.store import Store

__all__ = [
    "EventRow", "Log", "LookRow", "Merged", "RunResult", "RunRow", "SeriesRow", "Store",
    "canonical_json", "content_hash", "of_firms", "thinned",
]
