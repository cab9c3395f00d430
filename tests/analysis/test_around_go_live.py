"""Months counted from go-live: futures are laid over each other at the right month, closed firms left out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from synthetic import CHOICES, comparison

from sim.analysis.golive import AFTER, BEFORE, around_go_live, live_months, since_live
from sim.analysis.report import report_files


@pytest.fixture(scope="module")
def made():
    return comparison(CHOICES, worlds=40)


def moved(made, metric, month):
    """The comparison in which one metric jumps by 1 for the aligned firm from a month on, by world."""
    series = {arm: dict(columns) for arm, columns in made.series.items()}
    since = np.arange(made.months)[None, :] - np.asarray(month)[:, None]
    series["aligned"][metric] = series["none"][metric] + (since >= 0)
    for arm in ("none", "aligned"):
        series[arm]["alive"] = np.ones((made.worlds, made.months))
    return replace(made, series=series)


def test_month_0_is_the_month_in_which_the_first_project_went_to_work(made):
    found = around_go_live(moved(made, "utilisation", live_months(made, "aligned")), "aligned", "utilisation")

    assert list(found.months) == list(range(BEFORE, AFTER))
    assert found.mean == pytest.approx((found.months >= 0).astype(float))
    assert (found.futures == made.worlds).all()


def test_months_in_which_a_firm_had_closed_say_nothing(made):
    there = moved(made, "utilisation", live_months(made, "aligned"))
    there.series["none"]["alive"][:, 20:] = 0.0
    gap = since_live(there, "aligned", "utilisation")
    live = int(live_months(made, "aligned")[0])

    assert np.isfinite(gap[0, : 20 - live - BEFORE]).all()
    assert np.isnan(gap[0, 20 - live - BEFORE :]).all()


def test_a_choice_that_buys_nothing_has_no_go_live(made):
    assert np.isnan(live_months(made, "none")).all()
    assert around_go_live(made, "none", "utilisation").months.size == 0


def test_the_report_tells_the_months_around_a_go_live_and_leaves_them_out_where_there_is_none(made):
    bought = report_files(made)
    nothing = {arm: dict.fromkeys(found, ()) for arm, found in made.projects.items()}
    without = report_files(replace(made, projects=nothing))

    assert "golive.svg" in bought
    assert 'id="golive"' in bought["report.html"]
    assert "golive.svg" not in without
    assert 'id="golive"' not in without["report.html"]
