"""What decides, where it breaks, what to watch: a planted truth is found, and none is found where there is none."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import gaining, noise, seeing, study
from scipy import stats

from sim.analysis.plan.breaks import LOSES, corner, corner_words, orders_change
from sim.analysis.plan.cards import NO_SIGN, watched
from sim.analysis.plan.drivers import drivers, luck_share
from sim.analysis.plan.findings import findings
from sim.analysis.plan.halves import chance_of_more, first_half, shares_apart
from sim.analysis.plan.signposts import VISIBLE, scale_words, signposts, stop_words
from sim.analysis.returns import Share


@pytest.fixture(scope="module")
def made():
    return study(worlds=600)


def test_the_strongest_thing_comes_first_with_its_swing_in_money(made):
    gain = 5_000 - 2_000 * made.drawn["delay"] + 20_000 * made.drawn["trend"] + noise(made, 1_000)
    found = drivers(gaining(made, gain)).found
    assert [driver.unsure.name for driver in found] == ["delay", "trend", "inert"]
    assert found[0].swing_usd == pytest.approx(-2_000 * 7 * 2 / 3, rel=0.1)
    assert found[1].swing_usd == pytest.approx(20_000 * 0.3 * 2 / 3, rel=0.2)
    assert [driver.clear for driver in found] == [True, True, False]


def test_the_share_of_luck_is_the_share_that_was_put_in(made):
    known = 3_000 * made.drawn["delay"].to_numpy()
    mixed = known + noise(made, known.std())
    drawn = made.drawn.to_numpy()
    assert luck_share(drawn, mixed) == pytest.approx(0.5, abs=0.06)
    assert luck_share(drawn, noise(made, 1_000)) == pytest.approx(1, abs=0.02)
    assert luck_share(drawn, known) == pytest.approx(0, abs=0.001)


def test_what_two_things_do_only_together_is_not_called_luck(made):
    centred = made.drawn - made.drawn.mean()
    assert luck_share(made.drawn.to_numpy(), (centred["delay"] * centred["trend"]).to_numpy()) < 0.01


def test_too_few_futures_say_nothing_about_luck(made):
    assert np.isnan(luck_share(made.drawn.to_numpy()[:20], noise(made, 1.0)[:20]))
    assert luck_share(np.empty((600, 0)), noise(made, 1.0)) == 1


def failing(made, share_inside, share_outside, seed=3):
    """The study that fails so often in the corner "delay over 5 and trend under -5%" and elsewhere."""
    there = ((made.drawn["delay"] > 5) & (made.drawn["trend"] < -0.05)).to_numpy()
    chance = np.where(there, share_inside, share_outside)
    bad = np.random.default_rng(100 + seed).random(len(there)) < chance
    return gaining(made, np.where(bad, -4_000.0, 3_000.0)), bad


def test_the_planted_corner_is_found_with_its_limits(made):
    worse, bad = failing(made, 0.9, 0.05)
    found = corner(worse, bad)
    limits = {(limit.thing.name, limit.above): limit.number for limit in found.limits}
    assert limits == {("delay", True): pytest.approx(5, abs=0.5), ("trend", False): pytest.approx(-0.05, abs=0.02)}
    assert found.inside.value == pytest.approx(0.9, abs=0.13)
    assert found.outside.value == pytest.approx(0.05, abs=0.05)
    words = corner_words(found, LOSES)
    assert words.startswith("The plan leaves you worse off than doing nothing mostly when months until it works is ")
    assert " or more and change of demand a year is −" in words


def test_a_corner_in_which_most_futures_go_well_is_not_where_it_mostly_fails(made):
    worse, bad = failing(made, 0.4, 0.04)
    found = corner(worse, bad)
    assert 0 < found.inside.value < 0.5
    assert " more often when " in corner_words(found, LOSES)


def test_the_shares_come_from_futures_the_corner_was_not_sought_in(made):
    worse, bad = failing(made, 0.9, 0.05)
    half = first_half(len(bad))
    found = corner(worse, bad)
    assert found.inside.of + found.outside.of == (~half).sum()
    assert found.inside.hits + found.outside.hits == bad[~half].sum()


def test_nothing_is_said_to_separate_where_failing_is_luck(made):
    said = []
    for seed in range(20):
        worse, bad = failing(made, 0.3, 0.3, seed)
        said.append(corner(worse, bad).limits)
    assert sum(map(bool, said)) <= 2
    worse, bad = failing(made, 0.3, 0.3, 1)
    assert "it is mostly luck" in corner_words(corner(worse, bad), LOSES)


def test_too_few_failures_name_no_corner(made):
    worse, bad = failing(made, 0.0, 0.02)
    found = corner(worse, bad)
    assert found.few
    assert "no corner can be named" in corner_words(found, LOSES)


def test_the_names_of_things_and_their_order_decide_nothing(made):
    worse, bad = failing(made, 0.8, 0.1)
    turned = replace(worse, unsure=worse.unsure[::-1])
    here, there = (sorted(map(str, corner(one, bad).limits)) for one in (worse, turned))
    assert here == there


def test_the_change_of_orders_is_that_of_the_first_year_and_survives_a_closure(made):
    falling = np.broadcast_to(1_000.0 - 20 * np.arange(24), (600, 24)).copy()
    closed = np.ones((600, 24))
    closed[0, 6:] = 0
    falling[0, 6:] = 0
    seen = orders_change(seeing(seeing(made, "orders_demanded", falling, "none"), "alive", closed, "none"))
    assert seen[1] == pytest.approx(800 / 980 - 1)
    assert seen[0] == pytest.approx(920 / 980 - 1)


def telling(made, apart):
    """The study whose till in month 4 tells bad from good futures, by so many standard deviations."""
    bad = np.random.default_rng(2).random(600) < 0.4
    cash = 10_000 + np.random.default_rng(4).normal(0, 1_000, (600, 24))
    cash[:, 3:6] -= np.where(bad, apart * 1_000, 0)[:, None]
    told = seeing(gaining(made, np.where(bad, -4_000.0, 3_000.0)), "cash_usd", cash)
    return told, bad


def test_the_number_that_tells_is_found_in_its_month_with_both_triggers(made):
    told, bad = telling(made, 3)
    found = signposts(told)
    assert (found.stop.watched.metric, found.stop.month, found.stop.above) == ("cash_usd", 4, False)
    assert (found.scale.watched.metric, found.scale.month, found.scale.above) == ("cash_usd", 4, True)
    assert found.stop.hits.value > 0.85
    assert found.stop.alarms.value < 0.25
    sounds = (told.comparison.series["plan"]["cash_usd"][:, 3] < found.stop.number)[~first_half(600)]
    assert found.stop.hits.hits == (sounds & bad[~first_half(600)]).sum()
    assert "money in the till at the end of month 4 below $" in stop_words(found.stop)


def test_no_trigger_is_given_where_nothing_tells(made):
    found = [signposts(gaining(made, noise(made, 1_000, seed))) for seed in range(10)]
    assert sum(post.stop is not None for post in found) <= 1
    assert stop_words(None) == "No early number says when to stop."
    assert scale_words(None) == "No early number says when to scale up."


def using(made, hours, bad):
    """The study in which bad futures use the tools so many hours from month 6 on, good ones 40, give or take 3."""
    used = np.where(bad, hours, 40.0)[:, None] + np.random.default_rng(4).normal(0, 3, (600, 24))
    used[:, :5] = 0.0
    return seeing(gaining(made, np.where(bad, -4_000.0, 3_000.0)), "hours_automated", np.maximum(used, 0.0))


def test_a_tool_that_is_not_used_is_a_sign_also_in_the_second_half_year(made):
    bad = np.random.default_rng(2).random(600) < 0.4
    post = signposts(using(made, 20.0, bad)).stop
    assert (post.watched.metric, post.above) == ("hours_automated", False)
    assert 6 <= post.month <= 8
    assert re.search(r"hours the tools took over in months \d to \d below \d+ hours a month \(the middle", str(post))


def test_a_threshold_nobody_would_notice_is_said_as_hardly_any_or_not_at_all(made):
    bad = np.random.default_rng(2).random(600) < 0.4
    idle = using(made, 0.0, bad)
    few = np.where(bad[:, None], idle.comparison.series["plan"]["hours_automated"] / 3, 8.0)
    post = signposts(seeing(idle, "hours_automated", few)).stop
    assert post.number == VISIBLE["hours/month"] == 5
    assert str(post).startswith("the tools hardly used in month 1: less than 5 hours a month (the middle future: ")
    tiny = np.random.default_rng(4).normal(0, 0.01, (600, 24)) + np.where(bad, 1.5, 1.55)[:, None]
    assert signposts(seeing(gaining(made, np.where(bad, -4_000.0, 3_000.0)), "wait_ratio", tiny)).stop is None


def test_no_sign_is_given_whose_hits_may_be_as_rare_as_its_false_alarms(made):
    given = 0
    for apart in np.linspace(0.2, 1.0, 9):
        posts = signposts(telling(made, apart)[0])
        for post in filter(None, (posts.stop, posts.scale)):
            assert post.hits.low > post.alarms.high
            given += 1
    assert 0 < given < 18


def test_hits_and_false_alarms_are_said_with_their_ranges(made):
    post = signposts(telling(made, 3)[0]).stop
    for found in (post.hits, post.alarms):
        said = f"{100 * found.value:.0f} of 100 ({100 * found.low:.0f}–{100 * found.high:.0f}) futures"
        assert said.replace(" futures", "") in stop_words(post)


def month_words(made, back, early=np.inf):
    """What is said to whoever has no early sign, where the money is back in half of the futures by a month."""
    found = findings(made)
    months = replace(found.payback, middle=back, early=early)
    none = replace(found.signposts, stop=None, scale=None)
    return watched(made, replace(found, payback=months, signposts=none, till=replace(found.till, month=np.array([4]))))


def test_without_an_early_sign_the_months_that_matter_are_named(made):
    low = f"{NO_SIGN} Watch the till around month 4, where it is usually lowest; "
    assert month_words(made, 31.0) == (
        "The till, around month 4, and again in month 31.",
        f"{low}look again in month 31, when half of the futures have the money back.",
    )
    assert month_words(made, np.inf, 9.0) == (
        "The till, around month 4.",
        f"{low}the luckiest 10 of 100 futures have the money back by month 9, most not within 2 years.",
    )
    assert month_words(made, np.inf)[1] == f"{low}in most futures the money is not back within 2 years."
    assert month_words(made, np.nan)[1] == f"{low}nothing was bought, so there is nothing else to watch."


def test_shares_that_differ_by_little_or_by_luck_are_not_apart():
    target = np.arange(2_000) % 2 == 0
    assert not shares_apart(np.arange(2_000) < 1_000, target)[2]
    few = np.array([True, True, False, False])
    assert not shares_apart(few, few)[2]
    assert shares_apart(target, target)[2]


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_the_chance_of_more_is_that_of_fishers_exact_test(first, second, data):
    hits, others = data.draw(st.integers(0, first)), data.draw(st.integers(0, second))
    table = [[hits, first - hits], [others, second - others]]
    exact = stats.fisher_exact(table, alternative="greater").pvalue
    found = chance_of_more(Share(hits, first, 0.0, 1.0), Share(others, second, 0.0, 1.0))
    assert found == pytest.approx(exact, rel=1e-9)
