"""Looking over what was bought: who pays for it, what is judged, what is taken out, and what follows."""

from __future__ import annotations

import numpy as np
import pytest

from sim.buying import Terms, put_into_slot
from sim.look import look
from sim.mechanisms import management, reconfigure
from sim.offers import offers
from sim.review import judged, without_each
from sim.state import FLOW, NO_TOOL
from sim.world import World
from tests.worlds import FAMILIES, arm, make, street

CRM, OVEN = FAMILIES.index("crm"), FAMILIES.index("production_kitchen_equipment")
ROWS = np.array([0])
ALWAYS = {"review_month": 1.0}


def owning(family: int = CRM, fee_usd_month: float = 5000.0, **levers: float) -> World:
    """A street whose first firm has had a tool for a year, at this fee, and knows exactly how it stands."""
    world = make(street(reconfigure=ALWAYS, choosing={"noise": 0.0}), [1], arm("npv", dynamic=1.0, **levers))
    same, month = np.ones(1), np.ones(1, dtype=np.int64)
    put_into_slot(world, ROWS, np.array([family]), Terms(
        1000.0 * same, fee_usd_month * same, month, month, same, same, 0.0 * same))
    firms = world.firms
    firms.tool_countdown[0, 0], firms.tool_months_live[0, 0] = 0, 12
    firms.tool_skill[0, 0], firms.tool_usage[0, 0] = 0.6, 0.9
    firms.cash_cents[0], firms.fund_usd[0], firms.orders_served[0] = 10**8, 1e4, 400
    world.month = 12
    management.plan_the_owners_month(world)
    return world


@pytest.mark.parametrize("dynamic", [0.0, 1.0])
def test_an_eye_on_the_tools_costs_who_keeps_it_and_nobody_else(dynamic: float) -> None:
    world = make(street(), [1], arm("npv", dynamic=dynamic))
    management.plan_the_owners_month(world)
    reconfigure.sense(world)
    p = world.params.reconfigure

    assert world.firms.flow_cents[0, FLOW["assessment"]] == -round(100 * p.sensing_usd_month[0] * dynamic)
    hours = world.params.management.owner_hours_month[0] - world.firms.owner_hours[0]
    assert hours == pytest.approx(p.sensing_hours_month[0] * dynamic)
    assert not world.firms.flow_cents[1:].any()


def test_a_tool_that_costs_more_than_it_brings_is_taken_out_and_the_owner_chooses_anew() -> None:
    world = owning()
    reconfigure.look_over(world)
    firms = world.firms

    assert firms.tool_family[0, 0] == NO_TOOL
    assert firms.tool_fee_usd_month[0, 0] == 0.0
    assert firms.taken_out[0] == world.month + 1
    price = world.params.catalogue.one_off_usd[0, CRM] * firms.tool_units[0, 0] * 0.2
    assert firms.flow_cents[0, FLOW["tools_once"]] == -round(100 * price)
    assert [note.kind for note in world.journal] == ["take_out"]


@pytest.mark.parametrize("changes", [
    {"dynamic": 0.0}, {"tool_months_live": 5}, {"tool_held_back": 0.5}, {"cash_cents": 0}])
def test_what_is_new_or_on_trial_or_cannot_be_paid_stays_and_static_owners_never_look(
    changes: dict[str, float]
) -> None:
    world = owning()
    for name, value in changes.items():
        column = getattr(world.firms, name)
        column[0] = value
    reconfigure.look_over(world)

    assert world.firms.tool_family[0, 0] == CRM


def test_a_free_tool_that_takes_work_over_stays_and_equipment_is_not_judged() -> None:
    useful = owning(fee_usd_month=0.0)
    reconfigure.look_over(useful)

    assert useful.firms.tool_family[0, 0] == CRM
    assert not judged(owning(OVEN), ROWS).any()


def test_taking_out_is_a_purchase_with_every_sign_turned() -> None:
    world = owning()
    world.firms.tool_skill[0, 0] = world.firms.tool_usage[0, 0] = 1.0
    world.firms.tool_orders[0] = 1e6
    seen = look(world, ROWS, offers(world, ROWS))
    gone = without_each(world, ROWS, seen)
    fresh = make(street(reconfigure=ALWAYS, choosing={"noise": 0.0}), [1], arm("npv"))
    bought = look(fresh, ROWS, offers(fresh, ROWS))

    assert (-gone.takes_over[0, 0]).tolist() == pytest.approx(bought.takes_over[0, CRM].tolist())
    assert gone.running_usd_month[0, 0] == -5000.0
    assert not gone.takes_over[0, 1:].any()


@pytest.mark.parametrize(("level", "removal", "next_price"), [(0.0, 0.2, 1.0), (1.0, 0.0, 1.1 * 0.6)])
def test_open_interfaces_make_it_cheap_to_take_a_tool_out_and_to_have_another(
    level: float, removal: float, next_price: float
) -> None:
    world, other = owning(modular=level), FAMILIES.index("inventory_forecasting")
    plain = offers(make(street(), [1], arm("npv")), ROWS).one_off_usd[0, other]
    reconfigure.look_over(world)
    price = world.params.catalogue.one_off_usd[0, CRM] * world.firms.tool_units[0, 0]

    assert -world.firms.flow_cents[0, FLOW["tools_once"]] == round(100 * removal * price)
    assert offers(world, ROWS).one_off_usd[0, other] == pytest.approx(next_price * plain)
    world.month += 1
    assert offers(world, ROWS).one_off_usd[0, other] == pytest.approx((1.0 + 0.1 * level) * plain)
