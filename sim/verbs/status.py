"""`smbsim status`: how far the studies in a store are, from another terminal, while they run."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sim.errors import InputError
from sim.store import Store
from sim.store.progress import StudyProgress

RESULTS = Path("results")
MINUTES_HOUR = 60


def status(place: str | None, as_json: bool) -> str:
    """Progress of every study in a store, or in all stores of results/; stores are only read."""
    places = [place] if place else [str(path) for path in sorted(RESULTS.glob("*.sqlite"))]
    if not places:
        raise InputError(f"There is no results store in {RESULTS}/ yet; name one: smbsim status STORE.")
    found = {one: _progress(one) for one in places}
    if as_json:
        return json.dumps({one: [_plain(study) for study in studies] for one, studies in found.items()}, indent=2)
    return "\n".join(line for one, studies in found.items() for line in (one, *map(_line, studies)))


def _progress(place: str) -> list[StudyProgress]:
    with Store.open(place, create=False, read_only=True) as store:
        return store.progress()


def _plain(study: StudyProgress) -> dict[str, Any]:
    return {
        "study": study.study, "registered": study.registered, "done": study.done, "failed": study.failed,
        "runs_minute": study.runs_minute, "minutes_left": study.minutes_left,
        "last_utc": study.last_utc.isoformat() if study.last_utc else None,
    }


def _line(study: StudyProgress) -> str:
    """A study in a line."""
    total = study.registered + study.done + study.failed
    said = f"  {study.study}: {study.done:,} of {total:,} runs done, {study.failed:,} failed"
    if not study.registered:
        return said
    if not study.runs_minute or study.minutes_left is None:
        return f"{said}, {study.registered:,} to go"
    pace = f"{study.runs_minute:,.0f} a minute, about {_lasting(study.minutes_left)} left"
    return f"{said}; {pace} (the last one {_ago(study.last_utc)})"


def _ago(moment: datetime | None) -> str:
    """How long ago a moment was, in words."""
    minutes = (datetime.now(UTC).replace(tzinfo=None) - moment).total_seconds() / 60 if moment else 0.0
    return "just now" if minutes < 1 else f"{_lasting(minutes)} ago"


def _lasting(minutes: float) -> str:
    if minutes < 1:
        return "less than a minute"
    return f"{minutes:.0f} min" if minutes < 2 * MINUTES_HOUR else f"{minutes / MINUTES_HOUR:.1f} hours"
