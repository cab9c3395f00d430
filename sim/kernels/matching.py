"""Who takes which post: a compiled loop over posts and people of one world at a time."""

from __future__ import annotations

import numpy as np

from sim import luck
from sim.arrays import Ints, Keys
from sim.compiled import compiled
from sim.numerics import key_
from sim.state import People

_MATCH = luck.label("match")
_FURTHEST = np.uint64(0xFFFFFFFFFFFFFFFF)


def match_posts(posts: Ints, worlds: Ints, firm_luck: Keys, people: People, month: np.uint64) -> Ints:
    """Firm that hires each person (−1: none), given the firm, world and firm's luck key of every post to fill.

    Posts choose in turn; each takes the looking person of its world whose key with the firm is the smallest, so a
    person more or less on the market changes nothing for the others unless that person is taken. Somebody who left this
    month (tenure below 0) is not looking yet.
    """
    if len(posts) == 0:
        return np.full(len(people.world), -1)
    per_world = int(np.searchsorted(people.world, 1)) if people.world[-1] > 0 else len(people.world)
    return _match(posts, worlds, firm_luck, people.employer, people.tenure, people.luck, (month, per_world))


@compiled
def _match(posts, worlds, firm_luck, employer, tenure, luck_, when):  # type: ignore[no-untyped-def]
    """Loop over posts in their order; see `match_posts`."""
    month, per_world = when
    hired = np.full(len(employer), -1, dtype=np.int64)
    for i in range(len(posts)):
        start = worlds[i] * per_world
        label = key_(key_(_MATCH, firm_luck[i]), month)
        nearest, chosen = _FURTHEST, -1
        for person in range(start, start + per_world):
            if employer[person] == -1 and tenure[person] >= 0 and hired[person] == -1:
                distance = key_(luck_[person], label)
                if distance < nearest:
                    nearest, chosen = distance, person
        if chosen >= 0:
            hired[chosen] = posts[i]
    return hired
