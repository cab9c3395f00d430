"""Books close every month, to the cent and to the last person, customer and order, whatever the numbers and the luck."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings

from sim import numerics
from sim.mechanisms import entry, finance
from sim.state import FLOW, FLOWS, NO_TOOL, OUTSIDE, SEARCHING
from tests.accounts.made_up import BUSY, MONTHS, Street, staff, streets
from tests.worlds import busy, everybody, live, make, planned

many = settings(max_examples=40)
NEVER_COMES_IN = ("refunds", "wages", "hiring", "materials", "overhead", "tools_running", "assessment",
                  "interest")
NEVER_GOES_OUT = ("sales", "written_off")


@many
@given(streets)
@example(BUSY)
def test_cash_moves_by_the_months_payments_and_by_nothing_else(street: Street) -> None:
    for before, after, _ in street.months():
        moved = after["firms.cash_cents"] - before["firms.cash_cents"]
        assert np.array_equal(moved, after["firms.flow_cents"].sum(axis=1))


@many
@given(streets)
@example(BUSY)
def test_debt_moves_by_loans_and_ends_with_the_firm(street: Street) -> None:
    for before, after, _ in street.months():
        going_on = after["firms.open"]
        moved = after["firms.debt_cents"] - before["firms.debt_cents"]
        assert np.array_equal(moved[going_on], after["firms.flow_cents"][going_on, FLOW["loans"]])
        assert not after["firms.debt_cents"][~going_on].any()
        assert not after["firms.repayment_cents"][after["firms.debt_cents"] == 0].any()


@many
@given(streets)
@example(BUSY)
def test_every_account_has_its_direction_and_closed_firms_have_no_payments(street: Street) -> None:
    for before, after, _ in street.months():
        flow = after["firms.flow_cents"]
        for account in NEVER_COMES_IN:
            assert (flow[:, FLOW[account]] <= 0).all(), account
        for account in NEVER_GOES_OUT:
            assert (flow[:, FLOW[account]] >= 0).all(), account
        assert not flow[~before["firms.open"] & (after["firms.birth"] == before["firms.birth"])].any()


@many
@given(streets)
@example(BUSY)
def test_every_order_is_served_lost_or_still_waiting(street: Street) -> None:
    for before, after, _ in street.months():
        came = after["firms.orders_new"] + before["firms.orders_backlog"]
        went = after["firms.orders_served"] + after["firms.orders_lost"] + after["firms.orders_backlog"]
        assert np.array_equal(came, went)
        assert (after["firms.orders_faulty"] <= after["firms.orders_served"]).all()


@many
@given(streets)
@example(BUSY)
def test_every_order_was_placed_by_a_customer(street: Street) -> None:
    """No firm sells more than its customers want in whole orders, nor less."""
    for _, after, world in street.months():
        slots = len(after["firms.world"])
        supplier = after["customers.supplier"]
        bought = supplier >= 0
        busy_ = numerics.exp(after["firms.footfall"]) * world.worlds.season[world.firms.world]
        wanted = after["customers.orders_month"][bought] * busy_[supplier[bought]]
        wanted_by_firm = np.bincount(supplier[bought], weights=wanted, minlength=slots)
        placed = after["firms.orders_new"][after["firms.open"]]
        of_open = wanted_by_firm[after["firms.open"]]
        count = np.bincount(supplier[bought], minlength=slots)[after["firms.open"]]
        assert (np.abs(placed - of_open) <= count + 1e-6 * of_open).all()


@many
@given(streets)
@example(BUSY)
def test_people_work_for_one_open_firm_of_their_own_world_or_look_for_work(street: Street) -> None:
    for before, after, _ in street.months():
        employer = after["people.employer"]
        employed = employer >= 0
        assert np.array_equal(after["people.luck"], before["people.luck"])
        assert (employer[~employed] == -1).all()
        assert after["firms.open"][employer[employed]].all()
        assert np.array_equal(after["firms.world"][employer[employed]], after["people.world"][employed])
        assert not after["people.tenure"][~employed].any()
        assert after["people.time_share"][employed].sum(axis=1) == pytest.approx(1.0, abs=1e-9)


@many
@given(streets)
@example(BUSY)
def test_staff_moves_by_quits_hires_and_closures(street: Street) -> None:
    for before, after, _ in street.months():
        expected = staff(before) - after["firms.quits"] + after["firms.hires"]
        assert np.array_equal(staff(after), np.where(after["firms.open"], expected, 0))


@many
@given(streets)
@example(BUSY)
def test_customers_buy_from_an_open_firm_of_their_own_world_or_from_none(street: Street) -> None:
    for before, after, _ in street.months():
        supplier = after["customers.supplier"]
        buying = supplier >= 0
        assert after["firms.open"][supplier[buying]].all()
        assert np.array_equal(after["firms.world"][supplier[buying]], after["customers.world"][buying])
        assert set(supplier[~buying].tolist()) <= {OUTSIDE, SEARCHING}
        closed = (before["firms.open"] & ~after["firms.open"]).any()
        assert closed or SEARCHING not in supplier
        assert np.array_equal(after["customers.luck"], before["customers.luck"])


@many
@given(streets)
@example(BUSY)
def test_a_firm_that_closes_leaves_nothing_behind(street: Street) -> None:
    for before, after, world in street.months():
        closed = before["firms.open"] & ~after["firms.open"]
        rows = np.nonzero(closed)[0]
        noted = [row for note in world.journal if note.kind == "close" and note.month == world.month - 1
                 for row in note.rows]
        assert sorted(noted) == rows.tolist()
        for column in ("cash_cents", "debt_cents", "repayment_cents", "orders_backlog", "posts", "fund_usd"):
            assert not after[f"firms.{column}"][rows].any(), column
        assert (after["firms.tool_family"][rows] == NO_TOOL).all()
        assert not staff(after)[rows].any()
        assert not np.isin(after["customers.supplier"], rows).any()
        assert not after["firms.large"][rows].any()


def test_an_entrants_first_payment_is_the_owners_money() -> None:
    world = live(make(busy(finance={"entry_year": 1.0}), range(8)), 1)
    births = world.firms.birth.copy()
    finance.open_the_books(world)
    entry.open_new_firms(world)
    firms, new = world.firms, np.nonzero(world.firms.birth != births)[0]

    brought = firms.flow_cents[new, FLOW["owner"]]
    assert len(new) > 0
    assert not firms.cash_cents[new].any()
    assert np.array_equal(brought, numerics.cents(firms.buffer_days[new] / 30.0 * firms.outflow_usd[new]))
    assert np.array_equal(firms.flow_cents[new].sum(axis=1), brought)


def test_a_loan_is_repaid_in_the_agreed_months() -> None:
    world = make(
        busy(sector={"net_margin": 0.2}, choosing={"fund_start_months": 1.0}, focal={"cash_days": 60.0},
             finance={"loan_months": 6.0, "entry_year": 0.0}),
        range(12), planned(("production_kitchen_equipment", 1)),
    )
    world.ablated = frozenset({"finance.close_firms"})
    rows = np.arange(12) * world.firm_slots
    debts = []
    for _ in range(11):
        live(world, 1)
        debts.append(world.firms.debt_cents[rows].copy())
    borrowed = debts[1] > 0

    assert borrowed.any()
    assert (np.diff(np.array(debts)[1:7], axis=0)[:, borrowed] < 0).all()
    assert not debts[8][borrowed].any()


def test_a_busy_street_sees_every_kind_of_event() -> None:
    """Or the accounts above would close over nothing."""
    happened: set[str] = set()
    accounts = np.zeros(len(FLOWS), dtype=np.bool_)
    world = BUSY.made()
    for _ in range(MONTHS):
        live(world, 1)
        accounts |= (world.firms.flow_cents != 0).any(axis=0)
    happened = {note.kind for note in world.journal}

    assert happened == {"start", "declined", "stop", "overrun", "live", "enter", "close"}
    assert [name for name in FLOWS if not accounts[FLOW[name]]] in ([], ["assessment"])


def test_books_close_in_a_market_whose_firms_all_follow_one_strategy() -> None:
    """Two years of one long run, so that slots are used again."""
    world = everybody(make(busy(finance={"entry_year": 0.9}), range(4)), planned())
    cash = world.firms.cash_cents.copy()
    for _ in range(30):
        live(world, 1)
        assert np.array_equal(world.firms.cash_cents - cash, world.firms.flow_cents.sum(axis=1))
        cash = world.firms.cash_cents.copy()
    assert sum(len(note.rows) for note in world.journal if note.kind == "close") > 4
