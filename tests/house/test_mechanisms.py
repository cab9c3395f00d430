"""Mechanisms keep their word: they write what they declare, all of it and nothing else."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields, replace
from hashlib import blake2b

import numpy as np
import pytest

from sim.mechanisms import entry
from sim.params.events import KINDS
from sim.schedule import MONTH
from sim.state import columns
from sim.validation.switches import differing, marks
from sim.world import Mechanism, World
from tests.worlds import (
    OFFERED,
    arm,
    busy,
    coming,
    everybody,
    live,
    make,
    planned,
    snapshot,
    troubled,
)

SWITCHES = [mechanism for mechanism in MONTH if mechanism.neutral is not None]
MONTHS = 24
EVENTS = [
    {"kind": kind, "month": 3, "size": 0.3, **({} if kind == "rival_entry" else {"months": 6}),
     **({"attribute": "wait"} if kind == "taste" else {})} for kind in KINDS
]
MOVING = {"rent_sharing": 0.15, "vacancy_response": 0.2}
TURBULENT = {"work_jumps_year": 3.0, "taste_jumps_year": 3.0}
# Written, but with the value that stands there already: who looks for work has no tenure, a large firm tries nothing.
ALREADY_SO = {
    "staffing.fill_posts": {"people.tenure"}, "satisfaction.let_friends_talk": {"worlds.word_of_mouth"},
    "rivals.react": {"firms.tool_held_back", "firms.tool_rest_usd"},
}


def numbers(world: World) -> bytes:
    """A fingerprint of all parameters."""
    mark = blake2b()
    for group in fields(world.params):
        for f in fields(getattr(world.params, group.name)):
            mark.update(getattr(getattr(world.params, group.name), f.name).tobytes())
    return mark.digest()


def written(world: World, months: int) -> dict[str, set[str]]:
    """Columns that changed in each mechanism over some months."""
    found: dict[str, set[str]] = defaultdict(set)
    before = marks(world)
    for _ in range(months):
        for mechanism in MONTH:
            month, told, given = world.month, len(world.journal), numbers(world)
            mechanism(world)
            after = marks(world)
            found[mechanism.name] |= differing(before, after)
            before = after
            assert (world.month, numbers(world)) == (month, given), mechanism.name
            assert all(note.month == month for note in world.journal[told:]), mechanism.name
        world.month += 1
    return found


def runs() -> list[World]:
    """Streets that between them do everything a month can bring."""
    serving = {family: {"slips_found": 0.5, "errors_found": 0.5, "convenience_second": 0.1} for family in OFFERED}
    plan = planned(("online_ordering", 1), ("expand:operations", 4), ("fix:operations", 7), ("crm", 10))
    poor = busy(choosing={"fund_share": 0.002}, finance={"loan_share": 0.9, "loan_months": 6.0})
    trying = busy(choosing={"fund_share": 0.1}, overruns={"tail_subscription": 0.5, "most": 3.0},
                  phasing={"prior_spread": 2.0}, wages=MOVING)
    aging = busy(
        {"crm": {"equipment_gain": 0.1}}, choosing={"fund_share": 0.1, "decision_month": 0.8},
        finance={"outside_option": -10.0, "overdraft_days": 300.0},
        frontier={"support_months": 6.0, "quality_rise_year": 0.2}, reconfigure={"review_month": 0.7},
        explore={"prototype_price": 0.01, "time_to_market_months": 2.0},
    )
    caring = arm("npv", integrate=1.0, security=0.2, oversight=0.3, consent=0.3)
    worlds = [
        make(busy(serving, focal={"advertising": 1.5}), [1, 2], replace(plan, measurement=1.0, upkeep=1.0)),
        everybody(
            make(busy(demand={"trend_year": 0.05}, environment=TURBULENT), [3, 4]),
            arm("npv", assessment_months=2.0, training=1.0),
        ),
        everybody(make(busy(events=coming(*EVENTS)), [13, 14]), arm("npv")),
        everybody(make(poor, [5, 6]), arm("own_sake", layoff=1.0, explore=0.5)),
        everybody(
            make(busy(choosing={"fund_share": 0.1}), [7, 8]),
            arm("aligned", fix_first=1.0, redeploy=1.0, layoff=1.0),
        ),
        everybody(make(trying, [9, 10]), arm("own_sake", phased=1.0, integrate=1.0)),
        everybody(make(trying, [11, 12]), arm("own_sake", placebo=1.0)),
        everybody(make(aging, [13, 14]), arm("own_sake", dynamic=1.0, modular=0.5, explore=0.5)),
        everybody(make(troubled(), [15, 16]), replace(caring, targets=(0.0, 0.1, 0.0, 0.0, 0.0))),
    ]
    worlds[3].worlds.last_purchase_month[:] = 8  # so that loans are repaid
    return worlds


@pytest.fixture(scope="module")
def changes() -> dict[str, set[str]]:
    """Columns that each mechanism was seen to change."""
    found: dict[str, set[str]] = defaultdict(set)
    for world in runs():
        for name, columns_ in written(world, MONTHS).items():
            found[name] |= columns_
    return found


@pytest.mark.parametrize("mechanism", MONTH, ids=lambda m: m.name)
def test_a_mechanism_changes_no_column_that_it_does_not_declare(
    mechanism: Mechanism, changes: dict[str, set[str]]
) -> None:
    assert changes[mechanism.name] - mechanism.writes == set()


@pytest.mark.parametrize("mechanism", [m for m in MONTH if m.name != "entry.open_new_firms"], ids=lambda m: m.name)
def test_a_mechanism_changes_every_column_that_it_declares(
    mechanism: Mechanism, changes: dict[str, set[str]]
) -> None:
    assert mechanism.writes - changes[mechanism.name] == ALREADY_SO.get(mechanism.name, set())


def test_a_founding_writes_every_column_that_entry_declares_whatever_stood_in_the_slot() -> None:
    """And what it writes does not depend on who had the slot before."""
    fresh, used = (live(make(busy(finance={"entry_year": 1.0}), range(8)), 2) for _ in range(2))
    free = np.nonzero(~used.firms.open)[0]
    for name, column in columns(used.firms).items():
        if name not in ("world", "birth", "open"):
            column[free] = ~column[free] if column.dtype == np.bool_ else 77
    before = snapshot(used)
    for world in (fresh, used):
        world.month += 1
        entry.open_new_firms(world)
    new = np.nonzero(used.firms.open & ~before["firms.open"])[0]
    after = snapshot(used)

    assert len(new) > 1
    changed = {name for name in after if not np.array_equal(after[name], before[name])}
    assert entry.open_new_firms.writes - changed == set()
    for name, column in columns(fresh.firms).items():
        assert column[new].tobytes() == getattr(used.firms, name)[new].tobytes(), name


@pytest.mark.parametrize("mechanism", SWITCHES, ids=lambda m: m.name)
def test_a_mechanism_switched_off_still_writes_only_what_it_declares(mechanism: Mechanism) -> None:
    world = everybody(make(busy(), [11, 12]), arm("npv"))
    world.ablated = frozenset({mechanism.name})

    assert written(world, 6)[mechanism.name] - mechanism.writes == set()


def test_every_declared_column_exists() -> None:
    every = set(marks(make(busy(), [1])))

    assert {name for mechanism in MONTH for name in mechanism.writes} <= every
