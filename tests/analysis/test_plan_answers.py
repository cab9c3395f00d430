"""Should I, when is it paid back, can I survive the worst months: known truths come out as they were put in."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from plans import GOAL, WORTH, gaining, noise, seeing, study, with_comparison
from scipy import stats

from sim.analysis.plan.answer import answer, bought
from sim.analysis.plan.cards import cards
from sim.analysis.plan.case import benefits, costs
from sim.analysis.plan.cash import dip
from sim.analysis.plan.findings import findings
from sim.analysis.plan.money import payback
from sim.analysis.plan.regret import better_choice, foresight_usd, regrets, yardsticks
from sim.analysis.till import rounded_up, till

UP, DOWN = np.linspace(-1_000, 9_000, 200), np.linspace(-9_000, 1_000, 200)
LEVEL, WIDE = np.linspace(-50, 50, 200), np.linspace(-9_000, 9_500, 200)
RARELY = np.where(np.arange(200) < 60, 20_000.0, -500.0)


@pytest.fixture(scope="module")
def made():
    return study()


def orders(made, plan, nothing):
    """The study with so many of 100 futures above the goal with the plan and when nothing is done."""
    shape = made.comparison.series["plan"]["orders_served"].shape
    for arm, share in (("plan", plan), ("none", nothing)):
        met = np.arange(shape[0]) < share * shape[0] / 100
        made = seeing(made, "orders_served", np.broadcast_to(np.where(met, 2_100, 1_900)[:, None], shape), arm)
    return made


def test_the_sentence_says_how_often_the_goal_is_met_and_how_often_without(made):
    said = answer(gaining(orders(made, 62, 41), np.linspace(-2_000, 8_000, 200)))
    assert said.frequencies == (
        "In 200 possible futures your plan meets its goal (orders delivered a month: at least 2,000 over months 7 to "
        "18) in 62 of 100 (55–69); doing nothing: 41."
    )
    low, high = stats.binomtest(124, 200).proportion_ci(method="wilson")
    assert (said.reached.low, said.reached.high) == pytest.approx((low, high), abs=0.005)
    assert "better off in 80 of 100 futures and worse off in 20" in said.money


@pytest.mark.parametrize(
    ("gain", "with_plan", "without", "kind", "words"),
    [
        (UP, 60, 40, "pays", "Yes: on these numbers your plan pays."),
        (UP, 19, 14, "pays",
         "Yes: on these numbers your plan pays, but your goal stays out of reach in 81 of 100."),
        (RARELY, 60, 60, "pays", "Your plan pays on average, though not in most futures."),
        (RARELY, 30, 30, "pays",
         "Your plan pays on average, though not in most futures; your goal stays out of reach in 70 of 100."),
        (DOWN, 40, 40, "worse", "No: your plan makes things worse here."),
        (DOWN, 70, 70, "worse", "No: your plan makes things worse here, although your goal is met in 70 of 100."),
        (LEVEL, 60, 60, "same", "Your plan makes no difference here."),
        (LEVEL, 40, 40, "same",
         "Your plan makes no difference here; with it or without, your goal stays out of reach in 60 of 100."),
        (np.zeros(200), 60, 60, "same", "Your plan makes no difference here."),
        (WIDE, 60, 60, "open", "Whether your plan pays cannot be told from these futures."),
        (WIDE, 40, 40, "open",
         "Whether your plan pays cannot be told from these futures; your goal stays out of reach in 60 of 100."),
        (WIDE, 70, 40, "open", "Your plan meets your goal more often, but whether it pays cannot be told."),
        (WIDE, 40, 20, "open", "Your plan meets your goal more often, but whether it pays cannot be told; your goal "
         "stays out of reach in 60 of 100."),
        (DOWN, 70, 40, "mixed", "Your plan meets your goal more often, but it costs you money."),
        (UP, 30, 60, "mixed", "Your plan earns money, but it meets your goal less often than doing nothing."),
        (LEVEL, 70, 40, "mixed", "Your plan moves the goal, but not the money."),
    ],
)
def test_every_truth_has_its_set_form(made, gain, with_plan, without, kind, words):
    said = answer(gaining(orders(made, with_plan, without), gain))
    assert said.kind == kind
    assert said.verdict == words


def unpaid_for(made, unbought):
    """The study in which the plan cannot be bought in so many of 200 futures: nothing is spent and nothing gained."""
    never = np.arange(200) < unbought
    scalars = made.comparison.scalars.copy()
    for name in ("automation_cost_usd", WORTH):
        without = scalars[("none", name)]
        scalars[("plan", name)] = np.where(never, without, without + 3_000)
    return with_comparison(made, scalars=scalars)


@pytest.mark.parametrize(
    ("unbought", "words"),
    [
        (200, "No: in none of these futures could you pay for it."),
        (180, "It pays where it is bought, but in only 10 of 100 futures could you pay for it."),
        (100, "Yes: on these numbers your plan pays."),
    ],
)
def test_a_plan_that_cannot_be_paid_for_is_answered_by_that(made, unbought, words):
    poor = orders(unpaid_for(made, unbought), 60, 60)
    assert bought(poor).hits == 200 - unbought
    assert answer(poor).verdict == words


def test_a_few_windfalls_do_not_pass_for_most_futures(made):
    gain = RARELY
    assert answer(gaining(orders(made, 60, 60), gain)).verdict == (
        "Your plan pays on average, though not in most futures."
    )


def test_a_firm_that_closed_has_not_met_its_goal(made):
    wait_goal = replace(GOAL, metric="wait_ratio", unit="ratio", number=5.0, at_least=False)
    calm = seeing(replace(made, goal=wait_goal), "wait_ratio", np.ones((200, 24)))
    closed = np.ones((200, 24))
    closed[:50, 10:] = 0
    assert calm.reached("plan").all()
    assert seeing(calm, "alive", closed).reached("plan").sum() == 150


def test_a_goal_on_a_flow_is_held_against_a_year_and_one_on_a_stock_against_its_month(made):
    ramp = np.broadcast_to(np.arange(24.0), (200, 24))
    assert np.all(seeing(made, "orders_served", ramp).goal_value("plan") == np.mean(range(6, 18)))
    on_cash = replace(made, goal=replace(GOAL, metric="cash_usd", unit="USD"))
    assert np.all(seeing(on_cash, "cash_usd", ramp).goal_value("plan") == 17)
    on_total = replace(made, goal=replace(GOAL, metric="quits"))
    assert np.all(on_total.goal_value("plan") == made.comparison.scalar("plan", "quits"))


def test_a_goal_on_the_return_is_met_where_the_gain_repays_what_was_spent_fast_enough_and_never_by_doing_nothing(made):
    wanted = replace(made, goal=replace(GOAL, metric="return_year", unit="share/year", number=0.2))
    spent = made.comparison.gap("plan", "automation_cost_usd")
    assert (spent > 0).all()
    rich = np.where(np.arange(200) < 70, 0.41, 0.39) * spent  # over the two years
    assert gaining(wanted, rich).reached("plan").sum() == 70
    assert gaining(wanted, rich).reached("none").sum() == 0


def short_of(made, missing_usd, arm="plan"):
    """The study in which a choice runs dry in month 7, short of so much beyond its credit of 4,000, (worlds,)."""
    dry = missing_usd > 0
    alive, cash, unpaid = np.ones((200, 24)), np.full((200, 24), 3_000.0), np.zeros((200, 24))
    alive[dry, 6:], cash[dry, 6:] = 0, 0
    unpaid[dry, 6] = 4_000 + missing_usd[dry]
    limit = 4_000 * alive
    for name, values in (
        ("alive", alive), ("cash_usd", cash), ("flow_written_off", unpaid), ("overdraft_limit_usd", limit)
    ):
        made = seeing(made, name, values, arm)
    return made


def dry(share):
    """So many of 100 futures, each 1,000 short, (200,)."""
    return np.where(np.arange(200) < 2 * share, 1_000.0, 0.0)


def survival(made, with_plan, without, profit_usd=-500.0):
    """Headline and text about the worst months, where so many of 100 futures run dry and a firm makes so much."""
    both = short_of(short_of(made, dry(with_plan)), dry(without), "none")
    study = seeing(both, "profit_usd", np.full((200, 24), profit_usd), "none")
    card = cards(study, findings(study))[2]
    return card.headline, card.text


def test_extra_cash_is_said_to_be_a_least_where_firms_that_ran_dry_closed(made):
    headline, text = survival(made, 20, 2)
    assert headline == "Not always: $1,000 more may not be enough."
    assert text.endswith("At least $1,000 more; firms that ran dry closed there, so the true need is larger.")
    assert "makes it 95 of 100" not in text
    assert "; doing nothing would need at least $1,000 too." in survival(made, 40, 20)[1]


def test_a_firm_that_fails_as_often_by_itself_is_not_told_to_set_cash_aside(made):
    headline, text = survival(made, 95, 90)
    assert headline == "No: the firm itself loses money; extra cash only delays it."
    assert text.endswith("Doing nothing ends the same way in 90 of 100 futures: the loss must be mended first.")
    assert "more" not in text.split("doing nothing: 10.")[1]


@pytest.mark.parametrize(("with_plan", "without", "profit"), [(95, 60, -500.0), (95, 40, -500.0), (95, 90, 500.0)])
def test_a_firm_is_said_to_lose_money_only_where_it_fails_mostly_by_itself_as_often_and_does(
    made, with_plan, without, profit
):
    assert survival(made, with_plan, without, profit)[0] == "Not always: $1,000 more may not be enough."


def test_extra_cash_makes_it_95_of_100_only_where_no_firm_closed_for_want_of_it(made):
    cash = np.where(dry(20)[:, None] > 0, -5_000.0, 3_000.0) * np.ones((200, 24))
    beyond = seeing(short_of(made, np.zeros(200)), "cash_usd", cash)
    card = cards(beyond, findings(beyond))[2]
    assert card.headline == "Not always: set aside $1,000 more first."
    assert card.text.endswith("That much extra cash, kept for it, makes it 95 of 100.")


def test_the_buffer_is_what_keeps_95_of_100_futures_within_credit(made):
    missing = np.where(np.arange(200) < 20, 100.0 * (np.arange(200) + 1), 0)  # 20 of 200 dry, short of 100 to 2,000
    worst = till(short_of(made, missing).comparison, "plan")
    assert worst.within.hits == 180
    assert worst.buffer_usd == 1_000
    assert np.mean(worst.short_usd <= worst.buffer_usd) == 0.95
    assert worst.lowest_usd.min() == -6_000
    assert worst.is_least


@pytest.mark.parametrize(("usd", "said"), [(0.0, 0.0), (3.7, 10.0), (1_183.2, 1_190.0), (12_340.0, 12_400.0)])
def test_extra_cash_is_never_rounded_below_what_is_needed(usd, said):
    assert rounded_up(usd) == said


def test_no_buffer_is_asked_for_where_enough_futures_survive_and_what_is_left_is_said(made):
    worst = till(short_of(made, np.where(np.arange(200) < 10, 500.0, 0)).comparison, "plan")
    assert worst.buffer_usd == 0
    assert not worst.is_least
    worst = till(short_of(made, np.zeros(200)).comparison, "plan")
    assert worst.spare_usd == 7_000
    assert worst.usual_month == 1


def test_the_dip_is_how_deep_the_plan_digs_below_doing_nothing(made):
    base = made.comparison.series["none"]["cash_usd"]
    below = np.zeros(24)
    below[4:9] = [-1_000, -3_000, -5_000, -2_000, -500]
    assert dip(seeing(made, "cash_usd", base + below).comparison) == (pytest.approx(5_000), 7)
    assert dip(seeing(made, "cash_usd", base + 10).comparison)[0] == 0


def test_never_is_a_month_like_any_other(made):
    flows = {name: values for name, values in made.comparison.series["none"].items() if name.startswith("flow")}
    for name, values in flows.items():
        made = seeing(made, name, values)
    back = np.where(np.arange(200)[:, None] < 80, np.where(np.arange(24) >= 11, 1_000.0, 0.0), 0.0)
    made = seeing(made, "flow_sales", flows["flow_sales"] + back)
    made = seeing(made, "flow_tools_once", np.where(np.arange(24) == 3, -500.0, 0.0) + np.zeros((200, 1)))
    found = payback(made)
    assert (found.early, found.middle) == (12, np.inf)
    assert found.back.hits == 80
    assert found.never.hits == 120
    headline = cards(made, findings(made))[1].headline
    assert headline == "Not within 2 years, in most futures"


def test_regret_is_measured_against_the_best_choice_of_the_same_future(made):
    even = np.arange(200) % 2 == 0
    for arm, gain in (("plan", np.where(even, 3_000, -1_000)), ("plan_phased", 0.0), ("wait_6", -9_000.0)):
        made = gaining(made, gain, arm)
    found = {regret.arm.name: regret for regret in regrets(made)}
    assert list(found) == ["plan", "none", "plan_phased", "wait_6"]
    assert found["plan"].mean_usd == pytest.approx(500)
    assert found["none"].mean_usd == pytest.approx(1_500)
    assert found["wait_6"].mean_usd == pytest.approx(10_500)
    assert found["plan"].best_share == 0.5
    assert found["none"].p90_usd == pytest.approx(3_000)
    assert foresight_usd(regrets(made)) == pytest.approx(500)
    worth = made.comparison.scalar("plan", WORTH)
    assert found["plan"].worst_usd == worth.min()
    assert found["plan"].worst_five_usd == pytest.approx(np.sort(worth)[:10].mean())


def test_every_yardstick_names_its_own_first_choice(made):
    low = made.comparison.scalar("none", WORTH)
    made = gaining(made, np.where(np.arange(200) < 100, 30_000.0, -9_000.0))
    made = gaining(gaining(made, 500.0, "plan_phased"), -1_000.0, "wait_6")
    said = yardsticks(regrets(orders(made, 20, 60)))
    assert "Least regretted on average: “Your plan”" in said
    assert "the best worst future: “Your plan, in two steps”" in said
    assert low.min() + 500 == pytest.approx(max(one.worst_usd for one in regrets(made)))


def test_a_better_choice_is_named_only_if_it_clearly_is(made):
    made = gaining(gaining(made, 1_000.0), 900.0, "wait_6")
    clearly = gaining(made, 4_000 + noise(made, 2_000), "plan_phased")
    arm, more, share = better_choice(clearly)
    assert arm.name == "plan_phased"
    assert more == pytest.approx(3_000, abs=400)
    assert share > 0.8
    assert better_choice(gaining(made, 1_100 + noise(made, 9_000), "plan_phased")) is None


def test_costs_and_benefits_add_up_to_the_gain_in_every_future(made):
    lines = (*costs(made), *benefits(made))
    assert np.sum([line.per_world for line in lines], axis=0) == pytest.approx(made.gain_usd)
    assert {line.name for line in costs(made)} == {"flow_tools_once", "flow_tools_running", "flow_assessment"}
