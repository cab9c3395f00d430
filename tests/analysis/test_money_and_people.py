"""Returns, payback, survival, and the identities of money and hours."""

from __future__ import annotations

from dataclasses import replace
from warnings import catch_warnings, simplefilter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from synthetic import ALIGNED, CHOICES, NONE, comparison

from sim.analysis.amounts import change
from sim.analysis.bridge import bridge
from sim.analysis.figures import bridge_steps
from sim.analysis.flows import EARNING, discounted_gap
from sim.analysis.payback import NEVER, month_ahead_for_good, payback_month, payback_shares
from sim.analysis.people import LESS, hours, sides
from sim.analysis.projects import kinds, missed
from sim.analysis.resample import share_interval
from sim.analysis.returns import earned
from sim.analysis.survival import kaplan_meier, life_gap, open_share
from sim.analysis.twins import bridge_table


@pytest.fixture(scope="module")
def made():
    return comparison(CHOICES, worlds=60)


@pytest.fixture(scope="module")
def random_money(made):
    """The same worlds with every series and forecast replaced by noise, firms closing at random."""
    luck = np.random.default_rng(7)
    series = {
        arm: {name: luck.normal(0, 1_000, (made.worlds, made.months)) for name in columns}
        for arm, columns in made.series.items()
    }
    for columns in series.values():
        columns["alive"] = (luck.random((made.worlds, made.months)).cumsum(axis=1) < 40).astype(float)
    return replace(made, series=series, scalars=made.scalars + luck.normal(0, 1_000, made.scalars.shape))


@pytest.mark.parametrize("arm", ["own_sake", "tactical", "aligned"])
def test_the_bridge_leaves_nothing_over_in_any_world(random_money, arm):
    found = bridge(random_money, arm)
    crossed = found.forecast.per_world + sum(step.per_world for step in found.steps)
    assert crossed == pytest.approx(found.outcome.per_world, abs=1e-6)
    assert found.outcome.per_world == pytest.approx(discounted_gap(random_money, arm, EARNING), abs=1e-6)
    worth = random_money.gap(arm, "owner_value_usd")
    assert found.outcome.per_world + found.beyond.per_world == pytest.approx(worth, abs=1e-6)
    assert found.gain.per_world == pytest.approx(worth, abs=1e-6)


def test_the_bridge_of_picture_and_table_ends_at_the_headline(made):
    found, headline = bridge(made, "aligned"), made.gap("aligned", "owner_value_usd").mean()
    bars = [patch for patch in bridge_steps(found).axes[0].patches if patch.get_width()]
    assert bars[-1].get_x() == 0
    assert bars[-1].get_width() == pytest.approx(headline)
    assert bars[-2].get_x() + bars[-2].get_width() == pytest.approx(headline)
    assert [bar.get_width() for bar in bars] == pytest.approx(
        [part.mean for part in (found.forecast, *found.crossed, found.gain) if part.mean]
    )
    assert bridge_table(found).rows[-1][:2] == ("What came of it", change(headline, "USD"))
    assert bridge_table(found).rows[-2][0] == "Waiting in the till, loans, write-offs"


def test_the_bridge_in_the_mean_is_the_mean_of_the_bridges(made):
    found = bridge(made, "aligned")
    steps = found.forecast.mean + sum(step.mean for step in found.steps)
    assert steps == pytest.approx(found.outcome.mean, abs=1e-6)
    assert found.forecast.mean == pytest.approx(ALIGNED.expected_usd)


def test_a_dearer_tool_shows_in_the_cost_and_nowhere_else(made):
    dearer = {arm: dict(columns) for arm, columns in made.series.items()}
    dearer["aligned"]["flow_tools_once"] = made.series["aligned"]["flow_tools_once"] - 10.0
    before, after = (bridge(this, "aligned") for this in (made, replace(made, series=dearer)))
    moved = {a.name: b.mean - a.mean for a, b in zip(before.steps, after.steps, strict=True)}
    paid = 10 * ((1.01 ** -np.arange(60.0)).sum())
    assert moved.pop("cost") == pytest.approx(-paid)
    assert all(change == 0 for change in moved.values())


@pytest.mark.parametrize("arm", ["own_sake", "tactical", "aligned"])
def test_freed_hours_and_their_uses_agree_in_every_world(random_money, arm):
    found = hours(random_money, arm)
    used = sum(use.per_world for use in found.uses)
    assert used == pytest.approx(found.freed.per_world, abs=1e-6)


@pytest.mark.parametrize("arm", ["own_sake", "tactical", "aligned"])
def test_where_hours_came_from_and_what_they_were_used_for_are_told_without_a_minus_and_agree(random_money, arm):
    found = hours(random_money, arm)
    sources, uses = sides(found)
    assert all(bar.mean > 0 for bar in (*sources[1:], *uses))
    assert sum(bar.per_world for bar in sources) == pytest.approx(
        sum(bar.per_world for bar in uses) + sum(use.per_world for use in found.uses if use.mean == 0), abs=1e-6
    )
    assert all(bar.low <= bar.mean <= bar.high for bar in (*sources, *uses))
    turned = {use.name for use in found.uses if use.mean < 0}
    assert {bar.label for bar in sources[1:]} == {LESS[name] for name in turned}


def test_hours_saved_on_the_payroll_are_told_as_fewer_paid_hours(made):
    series = {arm: dict(columns) for arm, columns in made.series.items()}
    series["aligned"] = dict(series["none"])
    series["aligned"]["hours_automated"] = series["none"]["hours_automated"] + 40.0
    series["aligned"]["hours_paid"] = series["none"]["hours_paid"] - 40.0
    found = hours(replace(made, series=series), "aligned")
    told = {use.name: use.mean for use in found.uses}
    still_open = made.series["none"]["alive"][:, -12:].mean()
    assert told["unpaid"] == pytest.approx(40 * still_open)
    assert told["orders"] == told["idle"] == 0
    assert told["rework"] == pytest.approx(0, abs=1e-9)


def test_money_is_back_when_it_stays_ahead_and_never_if_it_does_not():
    gap = np.array([
        [-5.0, 1.0, -1.0, 2.0, 3.0],
        [-5.0, -4.0, -3.0, -2.0, -1.0],
        [1.0, 2.0, 3.0, 4.0, 5.0],
        [1.0, 2.0, 3.0, 4.0, -1.0],
        [-1.0, 0.0, 0.0, 0.0, 0.0],
    ])  # fmt: skip
    assert month_ahead_for_good(gap).tolist() == [4, NEVER, 1, NEVER, NEVER]


def test_firms_that_spent_nothing_have_no_payback_and_are_counted(made):
    idle = replace(NONE, name="idle", label="Idle")
    months = payback_month(comparison((NONE, idle), worlds=4, months=24), "idle")
    assert np.isnan(months).all()
    assert payback_shares(months)["nothing spent"] == 1
    shares = payback_shares(payback_month(made, "own_sake"))
    assert shares["never"] > 0.5
    assert sum(shares.values()) == pytest.approx(1)


def test_kaplan_meier_of_a_hand_made_case():
    open_months = np.array([2.0, 3.0, 3.0, 5.0, 6.0])
    closed = np.array([True, True, False, True, False])
    curve = kaplan_meier(open_months, closed, 6)
    assert curve.share == pytest.approx([1, 1, 0.8, 0.6, 0.6, 0.3, 0.3])
    assert (curve.low <= curve.share).all()
    assert (curve.share <= curve.high).all()


def test_a_market_without_closures_stays_at_one():
    curve = kaplan_meier(np.full(4, 12.0), np.zeros(4, dtype=bool), 12)
    assert (curve.share == 1).all()
    assert (curve.low == 1).all()


def test_the_survival_curve_is_the_share_still_open(made):
    curve = open_share(made, "aligned")
    assert curve.share[1:] == pytest.approx(made.series["aligned"]["alive"].mean(axis=0))
    assert curve.share[0] == 1


def test_life_gained_is_the_paired_difference_of_months_open(made):
    gap = life_gap(made, "own_sake")
    alive = {arm: made.series[arm]["alive"][:, :-1].sum(axis=1) for arm in ("own_sake", "none")}
    assert gap.months == pytest.approx((alive["own_sake"] - alive["none"]).mean())
    assert gap.low < gap.months < gap.high < 0


def test_the_return_is_gain_over_cost_a_year_and_a_ratio_of_sums(made):
    found = earned(made, "aligned")
    gain, cost = made.gap("aligned", "owner_value_usd"), made.scalar("aligned", "automation_cost_usd")
    assert found.pooled_year == pytest.approx(gain.sum() / cost.sum() / 5)
    assert found.low < found.pooled_year < found.high
    assert found.return_year[0] == pytest.approx(gain[0] / cost[0] / 5)
    assert found.ahead.hits + found.lost.hits + (gain == 0).sum() == made.worlds
    assert found.cleared.hits <= found.ahead.hits


def test_firms_that_closed_before_buying_have_no_return(made):
    found = earned(made, "own_sake")
    spent = made.scalar("own_sake", "automation_cost_usd") > 0
    assert found.idle == (~spent).sum()
    assert np.isnan(found.return_year[~spent]).all()


def test_of_the_projects_shares_are_over_projects_and_intervals_over_worlds(made):
    found = missed(made, "aligned")
    every = [project for projects in made.projects["aligned"].values() for project in projects]

    assert found.projects == len(every) == made.worlds
    assert found.zero.share == np.mean([project.outcome_usd < 0 for project in every])
    assert found.zero.share <= found.hurdle.share <= found.forecast.share
    assert found.forecast.low <= found.forecast.share <= found.forecast.high


def test_a_share_of_projects_that_are_all_alike_still_has_a_range(made):
    every = {row: tuple(replace(project, outcome_usd=-1e9) for project in projects)
             for row, projects in made.projects["aligned"].items()}  # fmt: skip
    found = missed(replace(made, projects=made.projects | {"aligned": every}), "aligned")
    low, high = share_interval(made.worlds, made.worlds)
    assert (found.zero.share, found.zero.low, found.zero.high) == (1.0, low, high)
    assert found.zero.low < 1.0


def test_a_choice_without_a_project_has_no_shares(made):
    found = missed(made, "none")

    assert found.projects == 0
    assert np.isnan(found.zero.share)
    assert kinds(made, "none") == []


def test_what_weighed_most_is_the_largest_step_in_the_mean(made):
    (kind,) = kinds(made, "aligned")
    parts = [project.parts_usd for projects in made.projects["aligned"].values() for project in projects]
    means = {name: abs(np.mean([part[name] for part in parts])) for name in parts[0]}

    assert kind.heaviest == max(means, key=means.get)


@given(st.lists(st.tuples(st.integers(1, 12), st.booleans()), min_size=1, max_size=60))
def test_kaplan_meier_has_the_bits_of_scipy(firms):
    month, closed = (np.array(column) for column in zip(*firms, strict=True))
    curve = kaplan_meier(month.astype(np.float64), closed, 12)
    seen = stats.ecdf(stats.CensoredData.right_censored(month.astype(np.float64), ~closed)).sf
    assert np.array_equal(curve.share, seen.evaluate(np.arange(13)))
    if closed.any():
        with np.errstate(all="ignore"), catch_warnings():
            simplefilter("ignore")
            band = seen.confidence_interval(method="log-log")
        for side, theirs in ((curve.low, band.low), (curve.high, band.high)):
            bound = theirs.evaluate(np.arange(13))
            assert np.array_equal(side, np.where(np.isfinite(bound), bound, curve.share))
