"""How many of those who open have closed by some age, though some were watched for a shorter time than others."""

from __future__ import annotations

from sim.arrays import Bools, Ints


def closed_by(age: Ints, closed: Bools, months: int) -> float:
    """Share closed at ages below `months`, by the product-limit estimate (Kaplan and Meier 1958).

    `age` is that at closure, or when last seen.
    """
    alive = 1.0
    for month in range(months):
        there = int((age >= month).sum())
        alive *= 1.0 - int(((age == month) & closed).sum()) / there if there else 1.0
    return 1.0 - alive
