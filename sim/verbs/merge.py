"""`smbsim merge`: the results of several stores become one store."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from sim.errors import InputError
from sim.store import Merged, Store


def merge(into: str, sources: Sequence[str], as_json: bool) -> str:
    """Take over the results of the sources, one after the other; returns what was taken over, in words or JSON.

    Raises InputError if a source is not a sound store, is the receiving store itself, or contradicts it; what was
    taken over from the sources before it stays.
    """
    itself = [source for source in sources if "://" not in source and Path(source).resolve() == Path(into).resolve()]
    if itself:
        raise InputError(f"{itself[0]} cannot be merged into itself.")
    done: list[tuple[str, Merged]] = []
    with Store.open(into) as receiver:
        for place in sources:
            with Store.open(place, create=False, read_only=True) as source:
                done.append((place, receiver.merge(source)))
        counts, digest = receiver.counts(), receiver.digest()
    if as_json:
        sources_told = [{"store": place, **asdict(merged)} for place, merged in done]
        return json.dumps({"store": into, "sources": sources_told, "runs": counts, "digest": digest}, indent=2)
    lines = [_told(place, merged) for place, merged in done]
    lines.append(f"{into}: {counts['done']:,} runs done, {counts['failed']:,} failed, {counts['registered']:,} to do")
    return "\n".join([*lines, f"content: {digest}"])


def _told(place: str, merged: Merged) -> str:
    failed = f", {merged.failed:,} failed" if merged.failed else ""
    return f"{place}: {merged.taken:,} runs taken over, {merged.known:,} known already{failed}"
