"""Whether what an owner wanted has come about."""

from __future__ import annotations

from sim.arrays import Bools, Floats


def reached(target: Floats, first: Floats, last: Floats) -> Bools:
    """Where the last year has changed on the first by the target, up or down; nowhere without target or first year."""
    wanted = first * (1.0 + target)
    there = ((target > 0.0) & (last >= wanted)) | ((target < 0.0) & (last <= wanted))
    return there & (first > 0.0)
