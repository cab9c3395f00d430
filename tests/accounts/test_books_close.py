"""Books close every month, to the cent and to the last person, customer and order, whatever the numbers and the luck.

A made-up street is lived once and held to every identity; the name of the one that breaks stands in the traceback.
"""

from __future__ import annotations

import numpy as np
from hypothesis import example, given, settings

from sim import luck, numerics
from sim.mechanisms import entry, finance
from sim.state import FLOW, FLOWS, JUST_LEFT, NO_TOOL, OUTSIDE, SEARCHING
from tests.accounts.made_up import BUSY, MONTHS, TROUBLED, TRYING, Month, Street, staff, streets
from tests.worlds import arm, busy, everybody, live, make, planned

NEVER_COMES_IN = ("refunds", "wages", "hiring", "materials", "overhead", "tools_running", "assessment",
                  "safeguards", "breaches", "fines", "interest")
COUNTED = ("new", "served", "lost", "backlog", "faulty", "harmed")
NEVER_GOES_OUT = ("sales", "written_off")


def cash_moves_by_the_months_payments(month: Month) -> None:
    """And by nothing else, to the cent, entrants and closures included."""
    moved = month.after["firms.cash_cents"] - month.before["firms.cash_cents"]
    assert np.array_equal(moved, month.after["firms.flow_cents"].sum(axis=1))


def debt_moves_by_loans_and_ends_with_the_firm(month: Month) -> None:
    """What is borrowed less what is repaid; a closed firm owes nothing any more."""
    going_on, debt = month.after["firms.open"], month.after["firms.debt_cents"]
    moved = debt - month.before["firms.debt_cents"]
    assert np.array_equal(moved[going_on], month.after["firms.flow_cents"][going_on, FLOW["loans"]])
    assert not debt[~going_on].any()
    assert not month.after["firms.repayment_cents"][debt == 0].any()


def every_account_has_its_direction(month: Month) -> None:
    """Sales come in, costs go out, and slots without a firm have no payments."""
    flow = month.after["firms.flow_cents"]
    assert [a for a in NEVER_COMES_IN if (flow[:, FLOW[a]] > 0).any()] == []
    assert [a for a in NEVER_GOES_OUT if (flow[:, FLOW[a]] < 0).any()] == []
    same_firm = month.after["firms.birth"] == month.before["firms.birth"]
    assert not flow[~month.before["firms.open"] & same_firm].any()


def every_order_is_served_lost_or_waiting(month: Month) -> None:
    """New orders and the old backlog go somewhere, in firms that close too."""
    firms = {name: month.after[f"firms.orders_{name}"] for name in COUNTED}
    came = firms["new"] + month.before["firms.orders_backlog"]
    assert np.array_equal(came, firms["served"] + firms["lost"] + firms["backlog"])
    assert (firms["faulty"] + firms["harmed"] <= firms["served"]).all()


def every_order_was_placed_by_a_customer(month: Month) -> None:
    """A firm gets what its customers want, rounded to whole orders customer by customer."""
    slots, supplier = len(month.after["firms.world"]), month.bought_from()
    buying = supplier >= 0
    calendar = month.after["worlds.season"] * month.after["worlds.growth"]
    mood = numerics.exp(month.after["firms.footfall"]) * calendar[month.after["firms.world"]]
    wanted = month.after["customers.orders_month"][buying] * mood[supplier[buying]]
    by_firm = np.bincount(supplier[buying], weights=wanted, minlength=slots)
    customers = np.bincount(supplier[buying], minlength=slots)
    going_on = month.after["firms.open"]
    off = np.abs(month.after["firms.orders_new"] - by_firm)
    assert (off <= customers + 1e-9 * by_firm)[going_on].all()


def people_work_for_an_open_firm_of_their_world_or_look_for_work(month: Month) -> None:
    """Nobody appears, vanishes or works for two."""
    employer = month.after["people.employer"]
    employed = employer >= 0
    assert np.array_equal(month.after["people.luck"], month.before["people.luck"])
    assert (employer[~employed] == -1).all()
    assert month.after["firms.open"][employer[employed]].all()
    assert np.array_equal(month.after["firms.world"][employer[employed]], month.after["people.world"][employed])
    assert set(month.after["people.tenure"][~employed].tolist()) <= {0, JUST_LEFT}
    assert np.abs(month.after["people.time_share"][employed].sum(axis=1) - 1.0).max(initial=0.0) < 1e-9


def whoever_leaves_looks_for_work_from_the_next_month_on(month: Month) -> None:
    """Nobody changes employer within a month, and nobody stays away from the market for longer."""
    before, after = month.before["people.employer"], month.after["people.employer"]
    assert (before[month.after["people.tenure"] == JUST_LEFT] >= 0).all()
    assert not ((before >= 0) & (after >= 0) & (before != after)).any()


def staff_moves_by_quits_layoffs_hires_and_closures(month: Month) -> None:
    """And by nothing else."""
    gone = month.after["firms.quits"] + month.after["firms.laid_off"]
    expected = staff(month.before) - gone + month.after["firms.hires"]
    assert np.array_equal(staff(month.after), np.where(month.after["firms.open"], expected, 0))


def customers_buy_from_an_open_firm_of_their_world_or_from_none(month: Month) -> None:
    """Those whose supplier has just closed search; nobody searches for longer than a month."""
    supplier = month.after["customers.supplier"]
    buying = supplier >= 0
    assert month.after["firms.open"][supplier[buying]].all()
    assert np.array_equal(month.after["firms.world"][supplier[buying]], month.after["customers.world"][buying])
    assert set(supplier[~buying].tolist()) <= {OUTSIDE, SEARCHING}
    assert month.closed().any() or month.after["firms.breaches"].any() or SEARCHING not in supplier
    assert np.array_equal(month.after["customers.luck"], month.before["customers.luck"])


def a_firm_that_closes_leaves_nothing_behind(month: Month) -> None:
    """No money, no people, no customers, no tools; and the journal says so."""
    rows = np.nonzero(month.closed())[0]
    assert sorted(month.noted("close")) == rows.tolist()
    for column in ("cash_cents", "debt_cents", "repayment_cents", "orders_backlog", "posts", "fund_usd"):
        assert not month.after[f"firms.{column}"][rows].any(), column
    assert (month.after["firms.tool_family"][rows] == NO_TOOL).all()
    assert not staff(month.after)[rows].any()
    assert not np.isin(month.after["customers.supplier"], rows).any()
    assert not month.after["firms.large"][rows].any()


MONEY = (cash_moves_by_the_months_payments, debt_moves_by_loans_and_ends_with_the_firm, every_account_has_its_direction)
ORDERS = (every_order_is_served_lost_or_waiting, every_order_was_placed_by_a_customer)
PEOPLE = (people_work_for_an_open_firm_of_their_world_or_look_for_work, staff_moves_by_quits_layoffs_hires_and_closures,
          whoever_leaves_looks_for_work_from_the_next_month_on,
          customers_buy_from_an_open_firm_of_their_world_or_from_none)


@settings(max_examples=50)
@given(streets)
@example(BUSY)
@example(TRYING)
@example(TROUBLED)
def test_money_orders_people_and_customers_are_conserved(street: Street) -> None:
    for month in street.months():
        for identity in (*MONEY, *ORDERS, *PEOPLE, a_firm_that_closes_leaves_nothing_behind):
            identity(month)


def test_an_entrants_first_payment_is_the_owners_money() -> None:
    world = live(make(busy(finance={"entry_year": 1.0}), range(8)), 1)
    births = world.firms.birth.copy()
    finance.open_the_books(world)
    entry.open_new_firms(world)
    firms, new = world.firms, np.nonzero(world.firms.birth != births)[0]

    brought = firms.flow_cents[new, FLOW["owner"]]
    assert len(new) > 0
    assert not firms.cash_cents[new].any()
    finance_numbers = world.params.finance
    savings = numerics.normal(luck.draws(firms.luck[new], "birth.savings", 0))
    days = finance_numbers.entrant_cash_days[0] * numerics.exp(finance_numbers.entrant_cash_spread[0] * savings)
    assert np.array_equal(brought, numerics.cents(days / 30.0 * firms.outflow_usd[new]))
    assert np.array_equal(firms.flow_cents[new].sum(axis=1), brought)


def test_a_loan_is_repaid_in_the_agreed_months() -> None:
    """Nobody buys after the fifth month, so that after half a year of repaying nobody owes anything."""
    poor = busy(finance={"loan_months": 6.0, "loan_share": 0.9, "entry_year": 0.0}, choosing={"fund_share": 0.002})
    world = everybody(make(poor, range(6)), arm("own_sake"))
    world.ablated = frozenset({"finance.close_firms"})
    world.worlds.last_purchase_month[:] = 4
    debts = []
    for _ in range(12):
        live(world, 1)
        debts.append(world.firms.debt_cents.copy())
    borrowed = debts[4] > 0

    assert borrowed.sum() > 3
    assert (np.diff(np.array(debts)[4:9, borrowed], axis=0) <= 0).all()
    assert not debts[11].any()


def test_busy_streets_see_every_kind_of_event_and_use_every_account() -> None:
    """Or the accounts above would close over nothing."""
    accounts, happened = np.zeros(len(FLOWS), dtype=np.bool_), set()
    for street in (BUSY, TRYING, TROUBLED):
        world = street.made()
        for _ in range(MONTHS):
            live(world, 1)
            accounts |= (world.firms.flow_cents != 0).any(axis=0)
        happened |= {note.kind for note in world.journal}

    assert happened == {
        "start", "declined", "stop", "overrun", "live", "pilot_stop", "rollout", "layoff", "imitate", "cut price",
        "bill", "enter", "close", "breach", "fine", "outage",
    }
    assert [name for name in FLOWS if not accounts[FLOW[name]]] == []


def test_books_close_in_a_market_whose_firms_all_follow_one_strategy() -> None:
    """Two years of one long run, so that slots are used again."""
    world = everybody(make(busy(finance={"entry_year": 0.9}), range(4)), planned())
    cash = world.firms.cash_cents.copy()
    for _ in range(30):
        live(world, 1)
        assert np.array_equal(world.firms.cash_cents - cash, world.firms.flow_cents.sum(axis=1))
        cash = world.firms.cash_cents.copy()
    assert sum(len(note.rows) for note in world.journal if note.kind == "close") > 4
