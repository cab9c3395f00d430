"""Made-up streets: parameters anywhere in their ranges, any strategy, any luck."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from hypothesis import strategies as st

from sim import population
from sim.arrays import Bools, Ints
from sim.params import Meaning, Params, meanings
from sim.params import groups as parameter_groups
from sim.schedule import MONTH
from sim.strategies.arms import SCORES, Arm
from sim.world import Note, World
from tests.worlds import FAMILIES, OFFERED, Columns, arm, busy, everybody, make, planned, snapshot, street, troubled

MONTHS = 8
FIXED = {"setup", "focal"}
NUMBERS: dict[tuple[str, str], Meaning] = {
    (group, name): meaning for group, values in parameter_groups().items() if group not in FIXED
    for name, meaning in meanings(values).items()
}
SECTOR = {
    "quits_month": (0.0, 0.3), "cash_days_median": (1.0, 90.0), "net_margin": (-0.15, 0.3), "waits_share": (0.0, 1.0),
    "peak_factor": (1.0, 2.0), "trough_factor": (0.4, 1.0), "materials_share": (0.02, 0.6),
    "order_value_usd": (1.0, 5e4),
}
FOCAL = {
    "employees": (1.0, 30.0), "cash_days": (0.0, 90.0), "faulty_share": (0.0, 0.3), "price_usd": (5.0, 40.0),
    "equipment_utilisation": (0.5, 1.4), "owner_quality": (-3.0, 3.0), "wage_usd_hour": (5.0, 60.0),
}
ITEMS = [*OFFERED, "expand:operations", "expand:inbound", "fix:operations", "fix:outbound"]


@dataclass(frozen=True)
class Month:
    """All columns before and after a month, and what the journal says of it."""

    before: Columns
    after: Columns
    placed: Columns
    journal: list[Note]

    def closed(self) -> Bools:
        """Firms that closed this month, those that opened in it included."""
        opened = np.isin(np.arange(len(self.before["firms.open"])), self.noted("enter"))
        return (self.before["firms.open"] | opened) & ~self.after["firms.open"]

    def noted(self, kind: str) -> list[int]:
        """Rows of the firms that a kind of note speaks of."""
        return [int(row) for note in self.journal if note.kind == kind for row in note.rows]

    def bought_from(self) -> Ints:
        """Whom customers bought from this month, firms that closed at its end included."""
        return self.placed["customers.supplier"]


@dataclass(frozen=True)
class Street:
    """What makes a world: its numbers (and those that differ, in words), two strategies and a seed."""

    params: Params = field(repr=False)
    differs: str
    focal: Arm
    others: Arm
    seed: int

    def made(self) -> World:
        """The world at month 0."""
        world = everybody(make(self.params, [self.seed]), self.others)
        population.assign(world, np.array([0]), self.focal, FAMILIES)
        return world

    def months(self) -> Iterator[Month]:
        """Live month by month."""
        world = self.made()
        after = snapshot(world)
        for _ in range(MONTHS):
            before, told = after, len(world.journal)
            placed: Columns = {}
            for mechanism in MONTH:
                mechanism(world)
                if mechanism.name == "demand.place_orders":
                    placed["customers.supplier"] = world.customers.supplier.copy()
            world.month += 1
            after = snapshot(world)
            yield Month(before, after, placed, world.journal[told:])


def within(low: float, default: float, high: float, level: float) -> float:
    """The number at a level between −1 (low), 0 (default) and 1 (high)."""
    return default + level * ((high - default) if level > 0.0 else (default - low))


LEVEL = st.floats(-1.0, 1.0, allow_nan=False)


@st.composite
def _street(draw: st.DrawFn) -> Street:
    changes: dict[str, dict[str, float]] = {"setup": {"spare_slots": 20.0}, "sector": {}, "focal": {}}
    for (group, name), level in draw(st.dictionaries(st.sampled_from(list(NUMBERS)), LEVEL, max_size=8)).items():
        number = NUMBERS[group, name]
        changes.setdefault(group, {})[name] = within(number.low, number.default, number.high, level)
    for group, ranges in (("sector", SECTOR), ("focal", FOCAL)):
        for name in draw(st.lists(st.sampled_from(list(ranges)), max_size=3, unique=True)):
            changes[group][name] = draw(st.floats(*ranges[name]))
    changes["setup"]["bottleneck_stage"] = draw(st.sampled_from([-1.0, 0.0, 1.0, 3.0]))
    base = draw(st.sampled_from([street, busy]))
    return Street(
        base(**changes), f"{base.__name__} with {changes}", draw(_arm()), draw(_arm()), draw(st.integers(0, 2**40))
    )


@st.composite
def _arm(draw: st.DrawFn) -> Arm:
    if draw(st.booleans()):
        when = draw(st.lists(st.tuples(st.sampled_from(ITEMS), st.integers(0, MONTHS)), max_size=4))
        return planned(*when)
    return arm(
        draw(st.sampled_from([s for s in SCORES if s != "planned"])),
        assessment_months=draw(st.sampled_from([0.0, 2.0, 24.0])), fix_first=draw(st.sampled_from([0.0, 1.0])),
        training=draw(st.sampled_from([0.0, 0.5, 1.0])), involvement=draw(st.sampled_from([0.0, 0.5, 1.0])),
        layoff=draw(st.sampled_from([0.0, 0.5, 1.0])), redeploy=draw(st.sampled_from([0.0, 0.5, 1.0])),
        integrate=draw(st.sampled_from([0.0, 1.0])), phased=draw(st.sampled_from([0.0, 1.0])),
        later_months=draw(st.sampled_from([0, 2])),
    )


streets = _street()
# One in which everything happens for certain.
BUSY = Street(busy(), "busy", arm("own_sake"), arm("npv"), seed=3)
# And one in which firms try, stop, roll out and lay off, wages move, and large firms answer at once.
TRYING = Street(
    busy(
        phasing={"pilot_months": 1.0}, overruns={"tail_subscription": 0.4, "reconsider_above": 0.2},
        rivals={"gain_seen": 0.02, "visible_share": 0.02, "lag_months": 1.0},
        sector={"quits_month": 0.01}, demand={"footfall_shock": 0.4},
        wages={"rent_sharing": 0.3, "vacancy_response": 1.0},
    ), "trying", arm("own_sake", layoff=1.0, redeploy=1.0),
    arm("npv", phased=1.0, layoff=1.0, assessment_months=1.0), seed=19,
)

# And one in which data are stolen, tools stop, and machines are fined for how they decide.
TROUBLED = Street(
    troubled(), "troubled", arm("own_sake", security=0.5, oversight=0.3, consent=0.5, partners=0.5),
    arm("npv", integrate=1.0), seed=4,
)


def staff(columns: Columns) -> Ints:
    """People employed by each firm."""
    employer = columns["people.employer"]
    return np.bincount(employer[employer >= 0], minlength=len(columns["firms.world"]))
