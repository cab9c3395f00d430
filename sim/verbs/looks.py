"""`smbsim sweep --precision`: add futures look by look until every difference is known well enough.

The looks are planned beforehand and share the promised chance of error by the boundary of O'Brien and Fleming, so that
the interval at which one stops is as good as one looked at only once. What was seen and decided is stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

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


@dataclass(frozen=True)
class Looks:
    """The looks at a design, planned for so many futures in all."""

    design: Design
    precision: Precision
    replicates: int

    @cached_property
    def plan(self) -> tuple[int, ...]:
        """Futures at each look; the last look has all."""
        return tuple(sorted({-(-self.replicates * number // LOOKS) for number in range(1, LOOKS + 1)}))

    @cached_property
    def levels(self) -> dict[int, float]:
        """The p-value to beat at each look; its interval has one minus this much confidence."""
        return dict(zip(self.plan, levels(self.plan).tolist(), strict=True))

    def refuse_others(self, store: Store) -> None:
        """InputError if looks were stored that this plan does not have: looking more often than planned misleads."""
        for row in store.looks(self.design.study):
            if row.metric == self.precision.metric and abs(self.levels.get(row.worlds, 0.0) - row.level) > 1e-9:
                raise InputError(
                    f"The store holds a look at {row.metric} after {row.worlds} futures, which is not in the plan for "
                    f"{self.replicates}; keep to the earlier number, or give another --store."
                )

    def rows(self, found: Sequence[Outcomes], worlds: int) -> list[LookRow]:
        """What was seen at a look, one row per point and arm, and whether it is enough: then each row says "stop"."""
        seen = list(self._seen(found, worlds))
        enough = all(one.half_width <= self.precision.half_width for _, _, one in seen)
        return [
            LookRow(
                self.design.study, place, self.precision.metric, arm, self.design.reference, worlds, one.mean, one.low,
                one.high, one.p_value, one.level, "stop" if enough else "continue",
            )
            for place, arm, one in seen
        ]

    def _seen(self, found: Sequence[Outcomes], worlds: int) -> Iterator[tuple[str, str, Look]]:
        """Every difference from the reference, at the level of this look."""
        several = len(self.design.file.assignments) > 1
        for one in found:
            place = f"{one.cell.place} · {one.assignment}" if several else one.cell.place
            for arm in self.design.file.arms[1:]:
                gap = one.gap(arm, self.design.reference, self.precision.metric)
                yield place, arm, look(gap, self.levels[worlds])
