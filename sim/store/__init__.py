"""What was computed, kept so that it can be resumed, mailed, merged and trusted."""

from sim.store.records import EventRow, Log, LookRow, RunResult, RunRow, canonical_json, content_hash
from sim.store.store import Store

__all__ = ["EventRow", "Log", "LookRow", "RunResult", "RunRow", "Store", "canonical_json", "content_hash"]
