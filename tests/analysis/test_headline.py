"""The headline figures are read off runs as they say: trades alike, futures as evidence, selection apart from cause."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from synthetic import comparison

from sim.analysis.bridge import bridge
from sim.analysis.growth import ratio_of_ratios, ratio_of_shares
from sim.analysis.headline import bridge_of, gain_share, growth_forms, lived, mean_of, ratio_of
from sim.analysis.projects import missed

FIRMS = 50


@pytest.fixture(scope="module")
def played():
    return comparison(worlds=40, months=36)


@pytest.fixture(scope="module")
def rows(played) -> pd.DataFrame:
    return lived(played).assign(trade="bakery")


def grown(causal: float, selected: float, seed: int = 1, worlds: int = 100) -> pd.DataFrame:
    """Shares of fast growers, 1 in 10 of those who do not follow; of followers more, by cause and by who they are."""
    luck, parts = np.random.default_rng(seed), []
    for assignment, factor in (("chosen", causal * selected), ("mixed", causal)):
        for arm, chance in (("none", 0.1), ("aligned", 0.1 * factor)):
            fast = luck.binomial(FIRMS, chance, worlds) / FIRMS
            parts.append(pd.DataFrame({
                "trade": "bakery", "assignment": assignment, "arm": arm, "replicate": range(worlds),
                "fast_growth_share": fast, "alive_share": 1.0,
            }))
    return pd.concat(parts)


def test_projects_that_fall_short_are_those_that_their_books_call_so(played, rows):
    for arm in played.choices:
        own, books = rows[rows["arm"] == arm.name], missed(played, arm.name)
        for name in ("forecast", "hurdle", "zero"):
            found, part = ratio_of(own, f"below_{name}", "projects"), getattr(books, name)
            assert found.value == pytest.approx(part.share)
            if 0 < part.share < 1:
                assert tuple(found) == pytest.approx((part.share, part.low, part.high))


def test_the_bridge_of_a_dollar_adds_up_to_what_came_of_it(played, rows):
    for arm in played.choices:
        table = bridge_of(rows[rows["arm"] == arm.name])["value"]
        whole = bridge(played, arm.name)
        assert table["outcome"] == pytest.approx(whole.outcome.mean / whole.forecast.mean)
        assert table.drop(["outcome", "beyond"]).sum() == pytest.approx(table["outcome"])


def test_trades_count_alike_whatever_the_size_of_their_firms():
    small = pd.DataFrame({"arm": "aligned", "replicate": range(4), "worth_usd": 100.0, "gain_usd": [10.0, 20, 10, 20]})
    large = small.assign(worth_usd=1e6, gain_usd=-1e5)
    both = pd.concat([small.assign(trade="kiosk"), large.assign(trade="factory")])
    assert gain_share(both, "aligned") == pytest.approx([0.0, 0.05, 0.0, 0.05])
    assert mean_of(gain_share(both, "aligned")).value == pytest.approx(0.025)


def test_against_a_rival_the_same_futures_are_held_side_by_side():
    one = pd.DataFrame({"trade": "bakery", "arm": "aligned", "replicate": range(30), "worth_usd": 100.0,
                        "gain_usd": np.random.default_rng(1).normal(0, 500, 30)})
    both = pd.concat([one, one.assign(arm="tactical", gain_usd=one["gain_usd"] - 5.0)])
    found = mean_of(gain_share(both, "aligned", "tactical"))
    assert tuple(found) == pytest.approx((0.05, 0.05, 0.05))


def test_selection_is_what_a_survey_sees_beyond_the_cause():
    told = growth_forms(grown(causal=1.5, selected=2.0), "aligned", "none")
    assert told["selection"].low > 1.0
    assert told["selection"].value == pytest.approx(told["survey"].value / told["causal"].value)


@pytest.mark.parametrize("selected", [1.0, 2.0])
def test_intervals_hold_the_truth_about_as_often_as_they_say(selected: float):
    truth = {"survey": 1.5 * selected, "every": 1.5 * selected, "causal": 1.5, "selection": selected}
    held = dict.fromkeys(truth, 0)
    for seed in range(40):
        told = growth_forms(grown(1.5, selected, seed), "aligned", "none")
        for form, value in truth.items():
            held[form] += told[form].low < value < told[form].high
    assert all(33 <= times <= 40 for times in held.values()), held


def test_a_survey_does_not_hear_from_closed_firms():
    open_half = grown(causal=1.0, selected=1.0)
    followers = (open_half["arm"] == "aligned") & (open_half["assignment"] == "chosen")
    open_half.loc[followers, "alive_share"] = 0.5
    told = growth_forms(open_half, "aligned", "none")
    assert told["survey"].value == pytest.approx(2 * told["every"].value)


def test_a_ratio_over_itself_is_one_and_over_an_empty_group_unknown():
    luck = np.random.default_rng(2)
    shares = ([luck.random(20), luck.random(20)], [np.ones(20), np.ones(20)])
    assert ratio_of_ratios(shares, shares)[:3] == pytest.approx((1, 1, 1))
    assert np.isnan(ratio_of_ratios(shares, (shares[0], [np.zeros(20), np.ones(20)])).value)
    other = ([luck.random(20), luck.random(20)], shares[1])
    quotient = ratio_of_shares(*shares).value / ratio_of_shares(*other).value
    assert ratio_of_ratios(shares, other).value == pytest.approx(quotient)
