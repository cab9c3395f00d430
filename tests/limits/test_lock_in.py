"""A process is dearer to mend once tools do its work: in the quote, in the owner's hours, and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest

from sim.look import look
from sim.mechanisms import choosing
from sim.offers import offers
from sim.params import STAGES
from sim.state import FIX, FLOW
from sim.world import World
from tests.worlds import FAMILIES, make, planned, street

OPERATIONS, OUTBOUND = STAGES.index("operations"), STAGES.index("outbound")
ROW = np.array([0])
MENDING = len(FAMILIES) + len(STAGES)


def deciding(lock_in: float, share: float = 0.6) -> World:
    """A street in its first month whose firm in focus means to mend making, tools doing a share of the work there."""
    world = make(street(rework={"lock_in": lock_in}, focal={"cash_days": 200.0}), [1],
                 planned(("fix:operations", 0)))
    world.firms.owner_hours[:] = world.params.management.owner_hours_month[0]
    world.firms.automated_share[0, OPERATIONS] = share
    return world


def test_mending_is_quoted_dearer_in_proportion_to_what_tools_do_there() -> None:
    plain, locked = (offers(deciding(lock_in), ROW) for lock_in in (0.0, 1.5))
    ratio = locked.one_off_usd[0] / plain.one_off_usd[0]

    assert ratio[MENDING + OPERATIONS] == pytest.approx(1.0 + 1.5 * 0.6)
    assert np.delete(ratio, MENDING + OPERATIONS).tolist() == [1.0] * (len(ratio) - 1)


def test_work_done_by_hand_is_mended_at_the_same_price_whatever_the_lock_in() -> None:
    plain, locked = (offers(deciding(lock_in, share=0.0), ROW).one_off_usd for lock_in in (0.0, 5.0))

    assert plain.tobytes() == locked.tobytes()


def test_the_owner_sees_the_quote_and_pays_it_in_money_and_hours() -> None:
    paid, hours, seen = [], [], []
    for lock_in in (0.0, 1.5):
        world = deciding(lock_in)
        seen.append(look(world, ROW, offers(world, ROW)).one_off_usd[0, MENDING + OPERATIONS])
        before = world.firms.owner_hours[0]
        choosing.decide(world)
        assert world.firms.tool_family[0].tolist().count(FIX + OPERATIONS) == 1
        paid.append(-int(world.firms.flow_cents[0, FLOW["tools_once"]]))
        hours.append(before - world.firms.owner_hours[0])

    assert paid == pytest.approx([100.0 * usd for usd in seen], abs=1.0)
    assert paid[1] == pytest.approx(1.9 * paid[0], abs=1.0)
    assert hours == pytest.approx([40.0, 76.0])
