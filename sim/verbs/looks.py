"""`smbsim sweep --precision`: add futures look by look until every difference is known well enough.

The looks are planned beforehand and share the promised chance of error by the boundary of O'Brien and Fleming, so that
the interval at which one stops is as good as one looked at only once. What was seen and decided is stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.analysis.points import Outcomes
from sim.analysis.sequential import Look, levels, look
from sim.design import Design
from sim.errors import InputError, nearest_name
from sim.store import LookRow, Store

LOOKS = 5


@dataclass(frozen=True)
class Precision:
    """Which metric is to be known to within what half width of its 95% interval, in its unit."""

    metric: str
    half_width: float

    @classmethod
    def parse(cls, text: str, design: Design) -> Precision:
        """Read "metric:half_width"; InputError if it is none or the design does not keep the metric."""
        metric, _, width = text.partition(":")
        kept = sorted(design.log.scalars)
        if metric not in kept:
            hint = nearest_name(metric, kept)
            raise InputError(f"--precision {text:.80}: no measure kept by this design is called {metric:.40}{hint}")
        try:
            half_width = float(width)
        except ValueError:
            half_width = 0.0
        if not 0 < half_width < float("inf"):
            raise InputError(f"--precision {text:.80}: write METRIC:HALFWIDTH, such as owner_value_usd:2000")
        return cls(metric, half_width)


def planned(replicates: int) -> list[int]:
    """Futures at each look; the last look has all."""
    return sorted({-(-replicates * number // LOOKS) for number in range(1, LOOKS + 1)})


def refuse_other_looks(store: Store, design: Design, precision: Precision, replicates: int) -> None:
    """InputError if looks were stored that this plan does not have: looking more often than planned misleads."""
    plan = planned(replicates)
    allowed = dict(zip(plan, levels(plan).tolist(), strict=True))
    for row in store.looks(design.study):
        if row.metric == precision.metric and abs(allowed.get(row.worlds, 0.0) - row.level) > 1e-9:
            raise InputError(
                f"The store holds a look at {row.metric} after {row.worlds} futures that was not planned for "
                f"{replicates} in all; keep to the earlier number, or use another --store."
            )


def look_at(design: Design, precision: Precision, found: Sequence[Outcomes], plan: Sequence[int], at: int) -> bool:
    """Whether every difference is known well enough at a look; see `rows_of` for what is stored."""
    return all(one.half_width <= precision.half_width for _, _, one in _seen(design, precision, found, plan, at))


def rows_of(
    design: Design, precision: Precision, found: Sequence[Outcomes], plan: Sequence[int], at: int
) -> list[LookRow]:
    """What was seen at a look and whether it ended the study, one row per point and arm."""
    decision = "stop" if look_at(design, precision, found, plan, at) else "continue"
    several = len(design.file.assignments) > 1
    return [
        LookRow(
            design.study, f"{one.cell.place} · {one.assignment}" if several else one.cell.place, precision.metric, arm,
            design.reference, plan[at], seen.mean, seen.low, seen.high, seen.p_value, seen.level, decision,
        )
        for one, arm, seen in _seen(design, precision, found, plan, at)
    ]


def _seen(
    design: Design, precision: Precision, found: Sequence[Outcomes], plan: Sequence[int], at: int
) -> list[tuple[Outcomes, str, Look]]:
    """Every difference from the reference, at the level of this look."""
    level = float(levels(plan)[at])
    others = [arm for arm in design.file.arms if arm != design.reference]
    return [
        (one, arm, look(one.gap(arm, design.reference, precision.metric), level)) for one in found for arm in others
    ]
