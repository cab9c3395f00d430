"""Trying first: its option value, and buying the same thing later."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim import numerics
from sim.formulas.phasing import belief_spread, believed_after, goes_on, option_value, skill_to_come
from sim.scenario.arms_list import parse_arms
from sim.state import FLOW, NO_TOOL
from sim.strategies.arms import Arm, Purchase
from sim.world import World
from tests.worlds import FAMILIES, arm, differing, everybody, focal_rows, live, make, planned, snapshot, street

PRIOR, PILOT = np.array(0.6), np.array(0.3)


@pytest.mark.parametrize(("mean", "value"), [(0.0, 0.214), (0.5, 0.051)])
def test_the_option_value_is_that_of_the_known_answers(mean: float, value: float) -> None:
    assert float(option_value(np.array(mean), PRIOR, PILOT)) == pytest.approx(value, abs=5e-4)


def test_the_option_is_worth_most_where_the_owner_is_in_two_minds() -> None:
    means = np.linspace(-3.0, 3.0, 61)
    value = option_value(means, PRIOR, PILOT)

    assert value.argmax() == 30
    assert value == pytest.approx(value[::-1], abs=1e-12)
    assert value.max() == pytest.approx(float(belief_spread(PRIOR, PILOT)) / np.sqrt(2.0 * np.pi))
    assert value[[0, -1]] == pytest.approx([0.0, 0.0], abs=1e-6)


def test_a_pilot_that_shows_nothing_or_a_value_that_is_known_is_worth_nothing() -> None:
    assert float(option_value(np.array(0.3), PRIOR, np.array(1e6))) == pytest.approx(0.0, abs=1e-9)
    assert float(option_value(np.array(0.3), np.array(1e-6), PILOT)) == pytest.approx(0.0, abs=1e-9)


def test_belief_lies_between_what_was_thought_and_what_was_seen() -> None:
    assert float(believed_after(np.array(0.2), np.array(-0.4), PRIOR, np.array(0.0))) == pytest.approx(-0.4)
    assert float(believed_after(np.array(0.2), np.array(-0.4), PRIOR, np.array(1e9))) == pytest.approx(0.2)
    assert float(believed_after(np.array(0.2), np.array(-0.4), PRIOR, PRIOR)) == pytest.approx(-0.1)


def foreseen(skill: float, at_first: float, tried: float, left: float) -> float:
    """Mean skill over the months left, as an owner carries a trial on."""
    return float(skill_to_come(*(np.array([number]) for number in (skill, at_first, tried, left)))[0])


def test_beginners_are_carried_on_at_the_pace_of_the_trial() -> None:
    """What is lacking falls by a tenth a month: by hand for two months, and for good in the end."""
    lacking = 0.9 * 0.9**3

    assert foreseen(1.0 - lacking, 0.1, 3.0, 2.0) == pytest.approx(1.0 - lacking * (0.9 + 0.81) / 2.0)
    assert foreseen(1.0 - lacking, 0.1, 3.0, 1e6) == pytest.approx(1.0, abs=1e-4)
    assert foreseen(0.3, 0.1, 3.0, 24.0) < foreseen(0.4, 0.1, 3.0, 24.0) < foreseen(0.4, 0.1, 2.0, 24.0)


@pytest.mark.parametrize("skill", [0.0, 0.25, 1.0])
def test_who_learned_nothing_on_trial_is_not_expected_to(skill: float) -> None:
    assert foreseen(skill, skill, 3.0, 30.0) == skill
    assert foreseen(skill, 1.0, 3.0, 30.0) == skill


def test_who_knows_it_all_after_the_trial_is_reckoned_to_know_it() -> None:
    assert foreseen(1.0, 0.1, 3.0, 30.0) == 1.0


@pytest.mark.parametrize("mean", [-0.5, 0.0, 0.3, 0.8])
def test_piloting_gains_the_option_value_over_deciding_at_once(mean: float) -> None:
    """N10: no cash limit, no dual running, no delay; many futures in which owners follow the rule."""
    draws = np.random.default_rng(10).uniform(size=(2, 400_000))
    true = mean + 0.6 * numerics.normal(draws[0])
    seen = true + 0.3 * numerics.normal(draws[1])
    phased = np.where(goes_on(believed_after(np.array(mean), seen, PRIOR, PILOT)), true, 0.0)
    at_once = true if mean > 0.0 else np.zeros_like(true)

    assert (phased - at_once).mean() == pytest.approx(float(option_value(np.array(mean), PRIOR, PILOT)), abs=3e-3)


CALM = frozenset({"finance.close_firms", "entry.open_new_firms", "overruns.settle_the_account", "disruption.settle_in"})
# Quoted at one month, so live by the end of the month after; a pilot is over three months later.
BOUGHT, LIVE, OVER = 3, 4, 7
PLAN = planned(("online_ordering", BOUGHT))
FIRST = replace(PLAN, phased=1.0)
NO_BANK = {f"loan_chance_{size}": 0.0 for size in ("micro", "small", "medium", "large")}


# Hands that hardly learn get little out of any tool.
SLOW = {"start": 0.01, "half_life_weak_months": 1e3, "half_life_strong_months": 1e3}


def tried(own: Arm, ablated: frozenset[str] = CALM, **changes: dict[str, float]) -> World:
    """Eight worlds at month 0 whose firm in focus is about to buy online ordering, with money enough."""
    usual = {"focal": {"cash_days": 400.0}, "finance": NO_BANK, "phasing": {"pilot_noise": 0.0}}
    world = make(street(**{name: {**usual.get(name, {}), **changes.get(name, {})} for name in {*usual, *changes}}),
                 range(8), own)
    world.ablated = ablated
    return world


def paid(world: World, account: str, months: int = 12) -> list[int]:
    """Cents that the first firm in focus pays on an account, month by month."""
    return [-int(live(world, 1).firms.flow_cents[0, FLOW[account]]) for _ in range(months)]


def test_a_pilot_pays_part_of_the_price_and_the_rest_when_it_is_rolled_out() -> None:
    once = paid(tried(FIRST, phasing={"prior_spread": 0.0}), "tools_once")

    assert paid(tried(PLAN), "tools_once") == [0] * BOUGHT + [140000] + [0] * (11 - BOUGHT)
    assert once == [0] * BOUGHT + [35000, 0, 0, 0, 105000] + [0] * (11 - OVER)


def test_a_pilot_costs_two_ways_of_working_and_part_of_the_subscription() -> None:
    """The owner trusts the forecast; nothing is handled by the tool, so that no fee by use is in the way."""
    idle = CALM | {"projects.put_tools_to_work"}
    running = paid(tried(FIRST, idle, phasing={"prior_spread": 0.0}), "tools_running")

    assert running[:BOUGHT] == [0] * BOUGHT
    assert running[BOUGHT:LIVE] == [3725]
    assert running[LIVE:OVER] == [2800 + 3725] * 3
    assert running[OVER] == 2800 + 14900
    assert running[OVER + 1 :] == [14900] * (11 - OVER)


def test_the_benefits_of_a_pilot_are_its_part_and_come_whole_with_the_roll_out() -> None:
    """Where people learn and use both alike."""
    alike = CALM | {"skill.learn_tools", "acceptance.accept_tools"}
    first, at_once = tried(FIRST, alike), tried(PLAN, alike)
    rows, share = focal_rows(first), []
    for _ in range(12):
        for world in (first, at_once):
            live(world, 1)
        whole = at_once.firms.tool_orders[rows, 3]
        share.append((first.firms.tool_orders[rows, 3] / np.where(whole > 0.0, whole, 1.0)).mean())

    assert share[:LIVE] == [0.0] * LIVE
    assert share[LIVE:OVER] == pytest.approx([0.25] * 3)
    assert share[OVER:] == pytest.approx([1.0] * (12 - OVER))


def test_a_pilot_of_a_tool_that_does_little_is_the_end_of_it_and_of_its_costs() -> None:
    world = tried(FIRST, skill=SLOW, phasing={"prior_spread": 1e3})
    live(world, BOUGHT + 12)
    kinds = [note.kind for note in world.journal for _ in note.rows]

    assert kinds.count("pilot_stop") == 8
    assert "rollout" not in kinds
    assert (world.firms.tool_family[focal_rows(world), 0] == NO_TOOL).all()
    assert not world.firms.tool_orders[focal_rows(world)].any()
    assert not world.firms.tool_fee_usd_month[focal_rows(world)].any()


@pytest.mark.parametrize(("learns", "goes_everywhere"), [(True, 8), (False, 0)])
def test_a_good_tool_is_not_thrown_out_for_being_new(learns: bool, goes_everywhere: int) -> None:
    """People at the end of a trial get a quarter out of it: from nearly nothing, on their way, or as on the first day.

    The project gains two fifths of its price where all that is promised comes true, and an owner trusts the pilot.
    """
    own = {} if learns else {"half_life_weak_months": 1e6, "half_life_strong_months": 1e6}
    world = tried(FIRST, CALM | {"acceptance.accept_tools"}, phasing={"prior_spread": 1e3}, choosing={"optimism": 0.0},
                  skill={"start": 0.05 if learns else 0.25, **own})
    rows, firms = focal_rows(world), world.firms
    live(world, OVER)
    firms.tool_skill[rows, 0] = 0.25
    whole = firms.tool_quote_usd[rows, 0] + firms.tool_rest_usd[rows, 0]
    firms.tool_promise_usd[rows, 0] = 1.4 * whole
    firms.tool_benefit_usd[rows, 0] = 0.4 * whole + firms.tool_quote_usd[rows, 0]
    live(world, 1)

    assert [note.kind for note in world.journal for _ in note.rows].count("rollout") == goes_everywhere


def test_an_owner_who_cannot_pay_the_rest_stops() -> None:
    world = live(tried(FIRST, phasing={"prior_spread": 0.0}), LIVE + 1)
    rows = focal_rows(world)
    world.firms.tool_rest_usd[rows, 0] = 1e9
    live(world, 4)

    (stopped,) = [note for note in world.journal if note.kind == "pilot_stop"]
    assert stopped.details["unpayable"].tolist() == [1] * 8


def test_a_pilot_of_the_whole_firm_is_buying_at_once() -> None:
    first, at_once = (live(tried(own, phasing={"pilot_share": 1.0}), 18) for own in (FIRST, PLAN))

    assert differing(snapshot(first), snapshot(at_once)) == {"firms.phased"}


def test_switched_off_every_pilot_goes_on_and_costs_nothing_beside() -> None:
    off = CALM | {"phasing.end_pilots", "projects.put_tools_to_work"}
    world = tried(FIRST, off, skill=SLOW, phasing={"prior_spread": 1e3})
    running = paid(world, "tools_running", BOUGHT + 12)
    kinds = [note.kind for note in world.journal for _ in note.rows]

    assert kinds.count("rollout") == 8
    assert running == [0] * BOUGHT + [3725] * (OVER - BOUGHT) + [14900] * (BOUGHT + 12 - OVER)
    assert not world.firms.tool_held_back.any()


def test_who_tries_first_starts_nothing_else_meanwhile() -> None:
    """A plan that falls due while a pilot is on waits for its end."""
    world = tried(replace(FIRST, purchases=(*PLAN.purchases, Purchase("crm", LIVE))), phasing={"prior_spread": 0.0})
    live(world, 12)
    starts = [(note.month, note.details["item"].tolist()) for note in world.journal if note.kind == "start"]

    assert starts == [(BOUGHT, [FAMILIES.index("online_ordering")] * 8), (OVER + 1, [FAMILIES.index("crm")] * 8)]


def purchases(own: object, months: int = 30) -> list[list[tuple[int, int]]]:
    """Month and item of what each firm in focus buys."""
    world = make(street(focal={"cash_days": 400.0}, choosing={"noise": 0.0}), range(8), own)  # type: ignore[arg-type]
    world.ablated = frozenset({"finance.close_firms", "entry.open_new_firms", "overruns.settle_the_account"})
    live(world, months)
    return [
        [(note.month, int(item)) for note in world.journal if note.kind == "start"
         for firm, item in zip(note.rows, note.details["item"], strict=True) if firm == row]
        for row in focal_rows(world)
    ]


def test_a_plan_put_off_buys_the_same_so_many_months_later() -> None:
    plan = planned(("online_ordering", 3), ("crm", 9))
    (late,) = parse_arms("none+later6")
    later = replace(plan, later_months=late.later_months)

    assert late.label.endswith("6 months later")
    assert [[(month + 6, item) for month, item in own] for own in purchases(plan)] == purchases(later)
    assert all(len(own) == 2 for own in purchases(later))


def test_owners_who_put_decisions_off_sit_down_in_the_same_months_so_much_later() -> None:
    """They may find another offer or picture by then; when they look is the same."""
    months: list[list[int]] = []
    for wait in (0, 7):
        world = everybody(make(street(choosing={"hurdle": 1e9}), [1, 2]), arm("npv", later_months=wait))
        world.ablated = frozenset({"finance.close_firms", "entry.open_new_firms"})
        live(world, 24 + wait)
        months.append([note.month - wait for note in world.journal if note.kind == "declined" for _ in note.rows])

    assert months[0] == months[1]
    assert len(months[0]) > 10
