"""`smbsim verify`: does a store hold what it says, and does its question give its answer again?"""

from __future__ import annotations

import json

from sim.recompute import chosen, differences
from sim.store import Store
from sim.verbs.progress import Bar


def verify(place: str, recompute: int, as_json: bool) -> tuple[str, bool]:
    """Check the store, computing so many runs again; returns what to say, in words or JSON, and whether it is sound.

    Raises InputError if there is no store there or it cannot be read at all.
    """
    with Store.open(place, create=False, read_only=True) as store:
        found = store.findings()
        counts, digest = store.counts(), store.digest()
        again = 0
        if not found:
            again, found = _again(store, recompute)
    if as_json:
        content = {"store": place, "sound": not found, "findings": found, "recomputed": again, "runs": counts}
        return json.dumps(content | {"digest": digest}, indent=2), not found
    return "\n".join(found or _sound(place, again, counts["done"], digest)), not found


def _again(store: Store, count: int) -> tuple[int, list[str]]:
    """How many runs were computed again, and a sentence for each that differs."""
    rows, done, found = chosen(store, count), 0, list[str]()
    bar = Bar("runs computed again")
    bar(0, len(rows))
    for number, sentences in differences(store, rows):
        done += number
        found += sentences
        bar(done, len(rows))
    return done, found


def _sound(place: str, again: int, done: int, digest: str) -> list[str]:
    lines = [f"{place} is sound: file, references, hashes and series of {done:,} runs are as they should be."]
    if again:
        lines.append(f"{again:,} of them were computed again and gave the same bits.")
    elif done:
        lines.append("None was computed again: no run was asked for, or all are of another version of the model.")
    return [*lines, f"content: {digest}"]
